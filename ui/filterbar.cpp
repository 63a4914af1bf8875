// SPDX-License-Identifier: Apache-2.0
#include "filterbar.h"

#include "plain.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QSignalBlocker>

using namespace std::chrono_literals;

namespace {

QList<RequestState> statesOf(FilterBar::States states)
{
    using State = RequestState;
    switch (states) {
    case FilterBar::States::Any:
        return {};
    case FilterBar::States::Open:
        return {State::Received, State::AwaitingApproval, State::Approved, State::Running};
    case FilterBar::States::Finished:
        return {State::Finished};
    case FilterBar::States::Failed:
        return {State::Finished, State::Failed, State::TimedOut, State::Stopped,
                State::Interrupted};
    case FilterBar::States::NotRun:
        return {State::Denied,    State::Expired, State::Withdrawn,
                State::Cancelled, State::Busy,    State::Invalid};
    }
    Q_UNREACHABLE();
}

QDateTime timeOf(FilterBar::Since since, const QDateTime &now)
{
    switch (since) {
    case FilterBar::Since::Any:
        return {};
    case FilterBar::Since::Today:
        return now.date().startOfDay();
    case FilterBar::Since::Week:
        return now.date().addDays(-6).startOfDay();
    case FilterBar::Since::Month:
        return now.date().addDays(-29).startOfDay();
    }
    Q_UNREACHABLE();
}

} // namespace

FilterBar::FilterBar(QWidget *parent)
    : QWidget(parent), m_text(new QLineEdit), m_states(new QComboBox), m_since(new QComboBox),
      m_export(new QPushButton(tr("E&xport…")))
{
    fillBoxes();
    m_text->installEventFilter(this);
    m_typed.setSingleShot(true);
    m_typed.setInterval(200ms);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_text, 1);
    row->addWidget(m_states);
    row->addWidget(m_since);
    row->addWidget(m_export);
    nameParts();
    connect(m_text, &QLineEdit::textChanged, &m_typed, qOverload<>(&QTimer::start));
    connect(&m_typed, &QTimer::timeout, this, &FilterBar::changed);
    for (const QComboBox *box : {m_states, m_since})
        connect(box, &QComboBox::currentIndexChanged, this, &FilterBar::changed);
    connect(m_export, &QPushButton::clicked, this, &FilterBar::exportClicked);
    auto *find = new QShortcut(QKeySequence::Find, this);
    connect(find, &QShortcut::activated, this, [this] {
        m_text->setFocus(Qt::ShortcutFocusReason);
        m_text->selectAll();
    });
}

void FilterBar::fillBoxes()
{
    m_states->addItem(tr("Any state"), int(States::Any));
    m_states->addItem(tr("Waiting or running"), int(States::Open));
    m_states->addItem(tr("Finished"), int(States::Finished));
    m_states->addItem(tr("Failed or stopped"), int(States::Failed));
    m_states->addItem(tr("Denied or expired"), int(States::NotRun));
    m_since->addItem(tr("Any day"), int(Since::Any));
    m_since->addItem(tr("Today"), int(Since::Today));
    m_since->addItem(tr("Last 7 days"), int(Since::Week));
    m_since->addItem(tr("Last 30 days"), int(Since::Month));
}

void FilterBar::nameParts()
{
    m_text->setObjectName(QStringLiteral("requestSearch"));
    m_text->setAccessibleName(tr("Search"));
    m_text->setPlaceholderText(tr("Search commands and reasons"));
    m_text->setToolTip(tr("Words that a command or a reason holds, or their beginnings (Ctrl+F)"));
    m_text->setClearButtonEnabled(true);
    m_states->setObjectName(QStringLiteral("requestStates"));
    Plain::nameChoice(m_states, tr("State"));
    m_since->setObjectName(QStringLiteral("requestDays"));
    Plain::nameChoice(m_since, tr("Days"));
    m_export->setObjectName(QStringLiteral("requestExport"));
    m_export->setAccessibleName(tr("Export"));
    m_export->setToolTip(tr("Write the requests that are listed to a file, CSV or JSON"));
}

RequestFilter FilterBar::filterOf(const QString &text, States states, Since since,
                                  const QDateTime &now)
{
    RequestFilter filter;
    filter.text = text.trimmed();
    filter.states = statesOf(states);
    filter.failuresOnly = states == States::Failed;
    filter.since = timeOf(since, now);
    return filter;
}

RequestFilter FilterBar::filter() const
{
    return filterOf(m_text->text(), States(m_states->currentData().toInt()),
                    Since(m_since->currentData().toInt()), QDateTime::currentDateTime());
}

bool FilterBar::isActive() const
{
    return !m_text->text().trimmed().isEmpty() || m_states->currentIndex() > 0
        || m_since->currentIndex() > 0;
}

void FilterBar::clear()
{
    const QSignalBlocker textBlocker(m_text);
    const QSignalBlocker statesBlocker(m_states);
    const QSignalBlocker sinceBlocker(m_since);
    m_text->clear();
    m_states->setCurrentIndex(0);
    m_since->setCurrentIndex(0);
    m_typed.stop();
    Q_EMIT changed();
}

void FilterBar::setExportEnabled(bool enabled)
{
    m_export->setEnabled(enabled);
}

bool FilterBar::eventFilter(QObject *watched, QEvent *event)
{
    const bool isKey =
        event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (watched != m_text || !isKey || m_text->text().isEmpty()
        || static_cast<QKeyEvent *>(event)->key() != Qt::Key_Escape)
        return QWidget::eventFilter(watched, event);
    event->accept(); // no shortcut of the window
    if (event->type() == QEvent::KeyPress)
        m_text->clear();
    return true;
}
