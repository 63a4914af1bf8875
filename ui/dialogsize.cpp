// SPDX-License-Identifier: Apache-2.0
#include "dialogsize.h"

#include <QFontMetrics>
#include <QGuiApplication>
#include <QLayout>
#include <QScreen>
#include <QWidget>

#include <algorithm>

namespace DialogSize {
namespace {

const QScreen *screenOf(const QWidget *dialog)
{
    return dialog->screen() ? dialog->screen() : QGuiApplication::primaryScreen();
}

} // namespace

QSize fitting(const QWidget *dialog, int columns, int rows)
{
    const QFontMetrics metrics(dialog->font());
    const QSize wanted(columns * metrics.averageCharWidth(), rows * metrics.lineSpacing());
    return wanted.boundedTo(room(dialog));
}

QSize room(const QWidget *dialog)
{
    const QSize frame(16, 48); // of the window manager
    return screenOf(dialog)->availableSize() - frame;
}

void keepTextsWhole(QWidget *dialog)
{
    const int needed = dialog->layout()->minimumHeightForWidth(dialog->width());
    dialog->setMinimumHeight(std::min(needed, room(dialog).height()));
}

int spacing(const QWidget *dialog)
{
    constexpr int FewLines = 32; // on the whole screen
    const int line = QFontMetrics(dialog->font()).lineSpacing();
    return screenOf(dialog)->availableSize().height() < FewLines * line ? 3 : 8;
}

} // namespace DialogSize
