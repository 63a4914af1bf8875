// SPDX-License-Identifier: Apache-2.0
#include "requestdetails.h"

#include "agent.h"
#include "bytesview.h"
#include "commandrunner.h"
#include "curlline.h"
#include "fittedtext.h"
#include "pagestack.h"
#include "plain.h"
#include "requestactions.h"
#include "requesttext.h"
#include "rule.h"
#include "streampane.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>

using namespace std::chrono_literals;

namespace {

enum Page { StreamPage, DifferencePage };

constexpr int MaximumLines = 6; // of the facts and of the command; the rest of it scrolls

} // namespace

RequestDetails::RequestDetails(Agent *agent, QWidget *parent)
    : QWidget(parent), m_agent(agent), m_comparison(agent->journal()),
      m_facts(new FittedText(MaximumLines)), m_actions(new RequestActions(agent->journal())),
      m_command(new BytesView(BytesView::Numbers::Shown)), m_pages(new PageStack),
      m_streams(new QSplitter(Qt::Vertical)), m_output(new StreamPane(tr("Output"))),
      m_errors(new StreamPane(tr("Errors"))), m_summary(Plain::label({}, true)),
      m_difference(new OutputView)
{
    build();
    connectParts();
    clear();
}

void RequestDetails::build()
{
    m_facts->setObjectName(QStringLiteral("requestFacts"));
    m_facts->setAccessibleName(tr("What became of it"));
    m_command->setObjectName(QStringLiteral("requestCommand"));
    m_command->setAccessibleName(tr("Command"));
    m_command->setMaximumLines(MaximumLines);
    m_output->view()->setObjectName(QStringLiteral("requestOutput"));
    m_errors->view()->setObjectName(QStringLiteral("requestErrors"));
    m_difference->setObjectName(QStringLiteral("requestDifference"));
    m_difference->setAccessibleName(tr("Difference to the previous run"));
    m_streams->setChildrenCollapsible(false);
    m_streams->addWidget(m_output);
    m_streams->addWidget(m_errors);
    auto *difference = new QWidget;
    auto *rows = new QVBoxLayout(difference);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(4);
    rows->addWidget(m_summary);
    rows->addWidget(m_difference, 1);
    rows->addStretch(0);
    m_pages->addWidget(m_streams);
    m_pages->addWidget(difference);
    auto *top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(m_facts, 1);
    top->addWidget(m_actions, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(8);
    column->addLayout(top);
    column->addWidget(m_command);
    column->addWidget(m_pages, 1);
    column->addStretch(0);
}

void RequestDetails::connectParts()
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(100ms);
    connect(&m_soon, &QTimer::timeout, this, &RequestDetails::refresh);
    connect(m_agent->journal(), &Journal::requestChanged, this, [this](const QString &name) {
        if (name == m_row.request.name && !m_soon.isActive())
            m_soon.start();
    });
    connect(m_actions, &RequestActions::stopClicked, this, &RequestDetails::stop);
    connect(m_actions, &RequestActions::compareToggled, this, &RequestDetails::compare);
    connect(m_actions, &RequestActions::ruleClicked, this, &RequestDetails::requestRule);
    connect(m_actions, &RequestActions::failed, this, &RequestDetails::failed);
    connect(&m_comparison, &RunComparison::finished, this, &RequestDetails::showComparison);
    connect(m_difference, &OutputView::coloursChanged, this, [this] {
        if (m_pages->currentIndex() == DifferencePage)
            compare(true);
    });
}

void RequestDetails::clear()
{
    m_row = {};
    m_actions->setComparing(false);
    m_output->clear();
    m_errors->clear();
    watchRunner();
    hide();
}

void RequestDetails::showRequest(const RequestRow &row)
{
    const bool another = row.request.name != m_row.request.name;
    const bool hasChanged = another || row.state != m_row.state;
    if (another) {
        clear();
        m_row = row;
        m_command->setBytes(row.request.command);
    }
    m_row = row;
    m_facts->setText(RequestText::facts(row));
    m_actions->setRequest(row, sendUrl(*m_agent, row.scope));
    watchRunner();
    if (hasChanged || m_runner)
        showOutput();
    show();
}

void RequestDetails::refresh()
{
    if (const auto row = m_agent->journal()->request(m_row.request.name))
        showRequest(*row);
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
    const QString name = m_row.request.name;
    const bool ended = hasEnded(m_row.state);
    const bool hasRun = ended ? m_row.outcome.hasRun : m_runner != nullptr;
    if (ended && hasRun) {
        using Stream = OutputFiles::Stream;
        const OutputFiles files(m_agent->journal()->outputDirectory());
        const auto path = [&files, &name](Stream stream) {
            return files.size(name, stream) > 0 ? files.path(name, stream) : QString();
        };
        m_output->showEnded(path(Stream::Output), m_row.outputBytes);
        m_errors->showEnded(path(Stream::Error), m_row.errorBytes);
    } else if (hasRun) {
        m_output->showLive(m_runner->standardOutput());
        m_errors->showLive(m_runner->standardError());
    }
    const bool hasErrors = !m_errors->isSilent();
    if (hasErrors && m_errors->isHidden()) // the output is what is mostly looked for
        m_streams->setSizes({2 * height(), height()});
    m_errors->setVisible(hasErrors);
    m_pages->setVisible(hasRun);
}

void RequestDetails::compare(bool compare)
{
    m_comparison.cancel();
    m_pages->setCurrentIndex(compare ? DifferencePage : StreamPage);
    if (!compare)
        return;
    m_summary->setText(tr("Looking for the previous run of this command…"));
    m_difference->hide();
    m_comparison.start(m_row);
}

void RequestDetails::showComparison(const QString &summary, const QList<OutputView::Line> &lines)
{
    m_summary->setText(summary);
    m_difference->setLines(lines);
    m_difference->setVisible(!lines.isEmpty());
}

void RequestDetails::stop()
{
    QString error;
    if (!m_agent->stop(m_row.request.name, &error))
        Q_EMIT failed(error);
}

// What was denied once is suggested to be denied from now on.
void RequestDetails::requestRule()
{
    Rule rule;
    rule.command = m_row.request.command;
    rule.scope = m_row.scope;
    rule.verdict = m_row.state == RequestState::Denied ? Rule::Verdict::Deny : Rule::Verdict::Allow;
    Q_EMIT ruleRequested(rule);
}
