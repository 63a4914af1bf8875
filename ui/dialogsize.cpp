// SPDX-License-Identifier: Apache-2.0
#include "dialogsize.h"

#include <QFontMetrics>
#include <QGuiApplication>
#include <QScreen>
#include <QWidget>

namespace DialogSize {

QSize fitting(const QWidget *dialog, int columns, int rows)
{
    const QFontMetrics metrics(dialog->font());
    const QSize wanted(columns * metrics.averageCharWidth(), rows * metrics.lineSpacing());
    const QSize frame(16, 48); // of the window manager
    const QScreen *screen = dialog->screen() ? dialog->screen() : QGuiApplication::primaryScreen();
    return wanted.boundedTo(screen->availableSize() - frame);
}

} // namespace DialogSize
