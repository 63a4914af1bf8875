// SPDX-License-Identifier: Apache-2.0
#include "waitinglist.h"

#include "agent.h"
#include "plain.h"
#include "waitingrow.h"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

using namespace std::chrono_literals;

namespace {

constexpr int MaximumShown = 4; // lines; the others are scrolled to

} // namespace

WaitingList::WaitingList(Agent *agent, QWidget *parent)
    : QWidget(parent), m_agent(agent), m_area(new QScrollArea), m_column(new QVBoxLayout)
{
    QLabel *title = Plain::label(tr("Waiting for you"));
    QFont font = title->font();
    font.setBold(true);
    title->setFont(font);
    auto *inner = new QWidget;
    inner->setLayout(m_column);
    inner->installEventFilter(this);
    m_column->setContentsMargins(8, 8, 8, 8);
    m_column->setSpacing(8);
    m_column->setAlignment(Qt::AlignTop); // one that comes moves no other
    m_area->setWidget(inner);
    m_area->setWidgetResizable(true);
    m_area->setFocusPolicy(Qt::NoFocus); // it scrolls to the button that has the focus
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(title);
    column->addWidget(m_area);
    connect(agent, &Agent::requestChanged, this, &WaitingList::update);
    connect(agent, &Agent::requestEnded, this,
            [this](ActiveRequest *request) { remove(request->request().name); });
    m_second.setInterval(1s);
    connect(&m_second, &QTimer::timeout, this, &WaitingList::showTimes);
    hide();
    const QList<ActiveRequest *> requests = agent->requests();
    for (ActiveRequest *request : requests)
        update(request);
}

void WaitingList::update(ActiveRequest *request)
{
    const QString name = request->request().name;
    const bool waits = request->state() == RequestState::AwaitingApproval;
    if (waits && !row(name))
        add(request);
    else if (!waits)
        remove(name);
}

WaitingRow *WaitingList::row(const QString &name) const
{
    const auto found = std::find_if(m_rows.cbegin(), m_rows.cend(),
                                    [&name](const WaitingRow *one) { return one->name() == name; });
    return found == m_rows.cend() ? nullptr : *found;
}

void WaitingList::add(const ActiveRequest *request)
{
    auto *made = new WaitingRow(request);
    const QString name = made->name();
    connect(made, &WaitingRow::reviewClicked, this, [this, name] { Q_EMIT reviewRequested(name); });
    connect(made, &WaitingRow::denyClicked, this, [this, name] { deny(name); });
    m_column->addWidget(made);
    m_rows.append(made);
    showTimes();
    fitHeight();
    m_second.start();
    show();
}

void WaitingList::remove(const QString &name)
{
    WaitingRow *gone = row(name);
    if (!gone)
        return;
    m_column->removeWidget(gone);
    gone->hide();
    gone->deleteLater();
    m_rows.removeOne(gone);
    fitHeight();
    if (m_rows.isEmpty()) {
        m_second.stop();
        hide();
    }
}

// A row is told of its own moves only.
void WaitingList::disturb()
{
    for (WaitingRow *moved : std::as_const(m_rows))
        moved->disturb();
}

bool WaitingList::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Move) // they are scrolled
        disturb();
    return QWidget::eventFilter(watched, event);
}

void WaitingList::moveEvent(QMoveEvent *event)
{
    QWidget::moveEvent(event);
    disturb();
}

void WaitingList::showTimes()
{
    for (WaitingRow *shown : std::as_const(m_rows)) {
        if (const ActiveRequest *request = m_agent->request(shown->name()))
            shown->setTimeLeft(request->approvalRemaining());
    }
}

void WaitingList::fitHeight()
{
    if (m_rows.isEmpty())
        return;
    const int shown = std::min(MaximumShown, int(m_rows.size()));
    const int height = m_rows.first()->sizeHint().height();
    m_area->setFixedHeight(shown * (height + 8) + 8 + 2 * m_area->frameWidth());
}

void WaitingList::deny(const QString &name)
{
    QString error;
    if (!m_agent->deny(name, {}, &error))
        Q_EMIT denyFailed(error);
}
