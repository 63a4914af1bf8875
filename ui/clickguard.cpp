// SPDX-License-Identifier: Apache-2.0
#include "clickguard.h"

#include "armguard.h"

#include <QAbstractButton>
#include <QKeyEvent>

ClickGuard::ClickGuard(QAbstractButton *button, ArmGuard *guard)
    : QObject(button), m_button(button), m_guard(guard)
{
    button->installEventFilter(this);
}

bool ClickGuard::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::MouseButtonDblClick:
        return true;
    case QEvent::MouseButtonPress:
        return refusesPress();
    case QEvent::MouseButtonRelease:
        return refusesRelease();
    case QEvent::KeyPress:
    case QEvent::KeyRelease:
        return refusesKey(event);
    default:
        return QObject::eventFilter(watched, event);
    }
}

bool ClickGuard::refusesPress()
{
    if (!m_guard)
        return false;
    m_guard->press();
    return !m_guard->isArmed();
}

bool ClickGuard::refusesRelease()
{
    if (!m_guard || m_guard->release())
        return false;
    m_button->setDown(false);
    return true;
}

bool ClickGuard::refusesKey(QEvent *event)
{
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool activates = key->key() == Qt::Key_Space || key->key() == Qt::Key_Select;
    const bool enters = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (!activates && !enters)
        return false;
    if (key->isAutoRepeat() || (enters && m_guard))
        return true;
    if (!activates)
        return false;
    return event->type() == QEvent::KeyPress ? refusesPress() : refusesRelease();
}
