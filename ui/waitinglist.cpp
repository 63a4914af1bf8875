// SPDX-License-Identifier: Apache-2.0
#include "waitinglist.h"

#include "agent.h"
#include "commandlabel.h"
#include "plain.h"
#include "visibletext.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

using namespace std::chrono_literals;

namespace {

constexpr int MaximumShown = 4; // lines; the others are scrolled to
constexpr int MaximumCharacters = 56; // of a name for a screen reader

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
    m_column->setContentsMargins(8, 8, 8, 8);
    m_column->setSpacing(8);
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
    const bool known = std::any_of(m_lines.cbegin(), m_lines.cend(),
                                   [&name](const Line &line) { return line.name == name; });
    const bool waits = request->state() == RequestState::AwaitingApproval;
    if (waits && !known)
        add(request);
    else if (!waits && known)
        remove(name);
}

void WaitingList::add(const ActiveRequest *request)
{
    const QString name = request->request().name;
    const QByteArray command = request->request().command;
    auto *row = new QWidget;
    const QString shown = VisibleText::encodeShort(command, MaximumCharacters);
    auto *text = new CommandLabel(command);
    const int lines = VisibleText(command).lineCount();
    QLabel *size = Plain::label(lines == 1 ? tr("1 line") : tr("%1 lines").arg(lines));
    QLabel *countdown = Plain::label();
    countdown->setToolTip(tr("Time left to decide"));
    auto *review = new QPushButton(tr("Re&view…"));
    auto *deny = new QPushButton(tr("&Deny"));
    review->setAccessibleName(tr("Review: %1").arg(shown)); // one of several
    deny->setAccessibleName(tr("Deny: %1").arg(shown));
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(text, 1);
    layout->addWidget(size);
    layout->addWidget(countdown);
    layout->addWidget(review);
    layout->addWidget(deny);
    connect(review, &QPushButton::clicked, this, [this, name] { Q_EMIT reviewRequested(name); });
    connect(deny, &QPushButton::clicked, this, [this, name] { this->deny(name); });
    m_column->addWidget(row);
    m_lines.append({name, row, countdown});
    showTimes();
    fitHeight();
    m_second.start();
    show();
}

void WaitingList::remove(const QString &name)
{
    const auto line = std::find_if(m_lines.begin(), m_lines.end(),
                                   [&name](const Line &l) { return l.name == name; });
    if (line == m_lines.end())
        return;
    m_column->removeWidget(line->widget);
    line->widget->hide();
    line->widget->deleteLater();
    m_lines.erase(line);
    fitHeight();
    if (m_lines.isEmpty()) {
        m_second.stop();
        hide();
    }
}

void WaitingList::showTimes()
{
    for (const Line &line : std::as_const(m_lines)) {
        if (const ActiveRequest *request = m_agent->request(line.name))
            line.countdown->setText(Plain::countdown(request->approvalRemaining()));
    }
}

void WaitingList::fitHeight()
{
    if (m_lines.isEmpty())
        return;
    const int shown = std::min(MaximumShown, int(m_lines.size()));
    const int row = m_lines.first().widget->sizeHint().height();
    m_area->setFixedHeight(shown * (row + 8) + 8 + 2 * m_area->frameWidth());
}

void WaitingList::deny(const QString &name)
{
    QString error;
    if (!m_agent->deny(name, {}, &error))
        Q_EMIT denyFailed(error);
}
