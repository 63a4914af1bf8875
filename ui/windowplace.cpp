// SPDX-License-Identifier: Apache-2.0
#include "windowplace.h"

#include "datadirectory.h"
#include "wholefile.h"

#include <QCoreApplication>
#include <QEvent>
#include <QWidget>

namespace {

constexpr qint64 MaximumSize = 4096; // bytes

} // namespace

WindowPlace::WindowPlace(QWidget *window, const QString &path)
    : QObject(window), m_window(window), m_path(path),
      m_saved(DataDirectory::read(path, 0, MaximumSize))
{
    window->restoreGeometry(m_saved);
    window->installEventFilter(this);
    connect(qApp, &QCoreApplication::aboutToQuit, this, &WindowPlace::save);
}

bool WindowPlace::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Hide && !event->spontaneous())
        save();
    return QObject::eventFilter(watched, event);
}

void WindowPlace::save()
{
    const QByteArray geometry = m_window->saveGeometry();
    QString ignored; // then it opens as it did before
    if (geometry != m_saved && WholeFile::replace(m_path, geometry, &ignored))
        m_saved = geometry;
}

#include "moc_windowplace.cpp"
