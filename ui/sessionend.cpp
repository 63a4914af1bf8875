// SPDX-License-Identifier: Apache-2.0
#include "sessionend.h"

#include <QEvent>
#include <QGuiApplication>
#include <QSessionManager>

SessionEnd::SessionEnd(QObject *parent) : QObject(parent)
{
    connect(qGuiApp, &QGuiApplication::commitDataRequest, this, &SessionEnd::answer,
            Qt::DirectConnection);
    connect(qGuiApp, &QGuiApplication::saveStateRequest, this, &SessionEnd::answer,
            Qt::DirectConnection);
    qGuiApp->installEventFilter(this);
}

// Qt's own answer would be to close all windows, of which each could say no.
bool SessionEnd::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != qGuiApp || event->type() != QEvent::Quit)
        return false;
    event->accept();
    Q_EMIT endRequested();
    return true;
}

// Whether it starts at the next log-in is the owner's setting alone.
void SessionEnd::answer(QSessionManager &manager)
{
    manager.setRestartHint(QSessionManager::RestartNever);
}
