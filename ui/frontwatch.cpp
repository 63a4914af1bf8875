// SPDX-License-Identifier: Apache-2.0
#include "frontwatch.h"

#include "armguard.h"
#include "coverwatch.h"

#include <QEvent>
#include <QWidget>
#include <QWindow>

FrontWatch::FrontWatch(QWidget *window, ArmGuard *guard)
    : QObject(window), m_window(window), m_guard(guard)
{
    window->installEventFilter(this);
    window->winId(); // the handle has to be there before the window is shown
    watchHandle();
}

void FrontWatch::watchHandle()
{
    QWindow *handle = m_window->windowHandle();
    if (!handle || m_cover)
        return;
    handle->installEventFilter(this);
    m_cover = new CoverWatch(handle);
    connect(m_cover, &CoverWatch::coveredChanged, this, &FrontWatch::update);
}

bool FrontWatch::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::WinIdChange:
        watchHandle();
        break;
    case QEvent::Show:
    case QEvent::Hide:
    case QEvent::Move:
    case QEvent::Resize:
    case QEvent::Expose:
    case QEvent::WindowActivate:
    case QEvent::WindowDeactivate:
    case QEvent::WindowStateChange:
        // Once the event has been dealt with: what it changes is not in force yet.
        QMetaObject::invokeMethod(this, &FrontWatch::update, Qt::QueuedConnection);
        m_guard->disturb();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

void FrontWatch::update()
{
    const QWindow *handle = m_window->windowHandle();
    const bool inFront = m_window->isVisible() && handle && handle->isExposed()
        && m_window->isActiveWindow() && !(m_cover && m_cover->isCovered());
    m_guard->setInFront(inFront);
    m_guard->disturb();
    Q_EMIT disturbed();
}
