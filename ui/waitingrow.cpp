// SPDX-License-Identifier: Apache-2.0
#include "waitingrow.h"

#include "activerequest.h"
#include "clickguard.h"
#include "commandlabel.h"
#include "plain.h"
#include "visibletext.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMoveEvent>
#include <QPushButton>

namespace {

constexpr int MaximumCharacters = 56; // of a name for a screen reader

} // namespace

WaitingRow::WaitingRow(const ActiveRequest *request, QWidget *parent)
    : QWidget(parent), m_name(request->request().name), m_countdown(Plain::label()),
      m_review(new QPushButton(tr("Re&view…"))), m_deny(new QPushButton(tr("&Deny")))
{
    const QByteArray command = request->request().command;
    const QString shown = VisibleText::encodeShort(command, MaximumCharacters);
    const int lines = VisibleText(command).lineCount();
    m_countdown->setToolTip(tr("Time left to decide"));
    m_review->setAccessibleName(tr("Review: %1").arg(shown)); // one of several
    m_deny->setAccessibleName(tr("Deny: %1").arg(shown));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(new CommandLabel(command), 1);
    row->addWidget(Plain::label(lines == 1 ? tr("1 line") : tr("%1 lines").arg(lines)));
    row->addWidget(m_countdown);
    row->addWidget(m_review);
    row->addWidget(m_deny);
    m_settled.setSingleShot(true);
    connect(&m_settled, &QTimer::timeout, this, &WaitingRow::showArming);
    m_guard.setInFront(true); // where the window is not, its first press brings it there
    addButton(m_review, &WaitingRow::reviewClicked);
    addButton(m_deny, &WaitingRow::denyClicked);
    disturb();
}

// Arming is checked once more here: assistive technology clicks without a mouse.
void WaitingRow::addButton(QPushButton *button, void (WaitingRow::*signal)())
{
    new ClickGuard(button, &m_guard);
    connect(button, &QPushButton::clicked, this, [this, signal] {
        if (m_guard.isArmed())
            Q_EMIT(this->*signal)();
    });
}

void WaitingRow::setTimeLeft(std::chrono::milliseconds left)
{
    m_countdown->setText(Plain::countdown(left));
}

void WaitingRow::disturb()
{
    m_guard.disturb();
    m_settled.start(m_guard.remaining());
    showArming();
}

void WaitingRow::moveEvent(QMoveEvent *event)
{
    QWidget::moveEvent(event);
    if (event->pos() != event->oldPos())
        disturb();
}

void WaitingRow::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    disturb();
}

// They only look off, as a button that is would hand the focus to its neighbour.
void WaitingRow::showArming()
{
    const bool armed = m_guard.isArmed();
    QPalette colours; // with nothing of its own
    if (!armed)
        colours.setColor(QPalette::ButtonText,
                         palette().color(QPalette::Disabled, QPalette::ButtonText));
    for (QPushButton *button : {m_review, m_deny})
        button->setPalette(colours);
    if (!armed && !m_settled.isActive())
        m_settled.start(m_guard.remaining()); // a timer may be early
}
