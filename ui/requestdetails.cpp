// SPDX-License-Identifier: Apache-2.0
#include "requestdetails.h"

#include "agent.h"
#include "bytesview.h"
#include "commandrunner.h"
#include "plain.h"
#include "requesttext.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

using namespace std::chrono_literals;

namespace {

constexpr qint64 ShownBytes = 65'536; // of a stream; the last ones

} // namespace

RequestDetails::RequestDetails(Agent *agent, QWidget *parent)
    : QWidget(parent), m_agent(agent), m_facts(Plain::label({}, true)),
      m_stop(new QPushButton(tr("&Stop"))), m_command(new BytesView(BytesView::Numbers::Shown)),
      m_outputTitle(Plain::label()), m_output(new BytesView(BytesView::Numbers::Hidden)),
      m_errorTitle(Plain::label()), m_errors(new BytesView(BytesView::Numbers::Hidden))
{
    build();
    m_soon.setSingleShot(true);
    m_soon.setInterval(100ms);
    connect(&m_soon, &QTimer::timeout, this, &RequestDetails::showOutput);
    connect(m_stop, &QPushButton::clicked, this, &RequestDetails::stop);
    clear();
}

void RequestDetails::build()
{
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_command->setAccessibleName(tr("Command"));
    m_output->setAccessibleName(tr("Output"));
    m_errors->setAccessibleName(tr("Errors"));
    auto *top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(m_facts, 1);
    top->addWidget(m_stop, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(8);
    column->addLayout(top);
    column->addWidget(m_command);
    column->addWidget(m_outputTitle);
    column->addWidget(m_output, 4);
    column->addWidget(m_errorTitle);
    column->addWidget(m_errors, 2);
    column->addStretch(0);
    for (BytesView *view : {m_output, m_errors})
        view->setMinimumHeight(view->fontMetrics().lineSpacing() * 2 + 12);
}

void RequestDetails::clear()
{
    m_row = {};
    m_runner = nullptr;
    hide();
}

void RequestDetails::showRequest(const RequestRow &row)
{
    const bool another = row.request.name != m_row.request.name;
    const bool ended = hasEnded(row.state);
    m_row = row;
    m_facts->setText(RequestText::facts(row));
    m_stop->setVisible(row.state == RequestState::Running || row.state == RequestState::Approved);
    if (another) {
        m_command->setBytes(row.request.command);
        fitCommand();
        m_output->setBytes({});
        m_errors->setBytes({});
    }
    watchRunner();
    if (another || ended)
        showOutput();
    show();
}

// As high as the command, up to a few lines; what is longer scrolls.
void RequestDetails::fitCommand()
{
    constexpr int MaximumLines = 6;
    const int columns = std::max(1, width() / m_command->fontMetrics().horizontalAdvance(u'x'));
    const auto lines = m_command->blockCount() + int(m_row.request.command.size()) / columns;
    m_command->setFixedHeight(
        std::clamp(lines, 1, MaximumLines) * m_command->fontMetrics().lineSpacing() + 16);
}

void RequestDetails::watchRunner()
{
    const ActiveRequest *live = m_agent->request(m_row.request.name);
    CommandRunner *runner = live ? live->runner() : nullptr;
    if (runner == m_runner)
        return;
    if (m_runner)
        disconnect(m_runner, nullptr, this, nullptr);
    m_runner = runner;
    if (!runner)
        return;
    connect(runner, &CommandRunner::outputRead, this, [this] {
        if (!m_soon.isActive())
            m_soon.start();
    });
}

void RequestDetails::showOutput()
{
    const bool ended = hasEnded(m_row.state);
    KeptOutput output;
    KeptOutput errors;
    if (ended && m_row.outcome.hasRun) {
        const Outcome outcome = m_agent->journal()->outcome(m_row);
        output = outcome.standardOutput;
        errors = outcome.standardError;
    } else if (m_runner) {
        output = m_runner->standardOutput();
        errors = m_runner->standardError();
    }
    const auto title = [](const QString &name, const KeptOutput &stream) {
        const QString size = Plain::size(stream.total);
        return stream.total > ShownBytes
            ? tr("%1, %2; the last %3 are shown").arg(name, size, Plain::size(ShownBytes))
            : tr("%1, %2").arg(name, size);
    };
    const bool runs = m_runner && !ended;
    const bool hasOutput = runs || m_row.outcome.hasRun;
    const bool silent = !runs && output.total == 0;
    m_outputTitle->setText(silent ? tr("No output") : title(tr("Output"), output));
    m_errorTitle->setText(title(tr("Errors"), errors));
    m_outputTitle->setVisible(hasOutput);
    m_output->setVisible(hasOutput && !silent);
    m_errorTitle->setVisible(errors.total > 0);
    m_errors->setVisible(errors.total > 0);
    showStream(m_output, output);
    showStream(m_errors, errors);
}

// While it grows it follows its end, unless the owner has scrolled up to read.
void RequestDetails::showStream(BytesView *view, const KeptOutput &output)
{
    QByteArray bytes = output.last(std::min(ShownBytes, output.total));
    if (bytes.endsWith('\n'))
        bytes.chop(1); // or each output would end with a marked \n
    if (bytes == view->bytes() || !(view->isScrolledToEnd() || hasEnded(m_row.state)))
        return;
    view->setBytes(bytes);
    view->scrollToEnd();
}

void RequestDetails::stop()
{
    QString error;
    if (!m_agent->stop(m_row.request.name, &error))
        Q_EMIT stopFailed(error);
}
