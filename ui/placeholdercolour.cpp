// SPDX-License-Identifier: Apache-2.0
#include "placeholdercolour.h"

#include "colours.h"

#include <QApplication>
#include <QEvent>
#include <QPalette>

#include <cmath>

namespace {

constexpr int LeastDifference = 64; // of the lightness, 255 between black and white

void mend()
{
    QPalette now = QApplication::palette(); // its other colours stay the desktop's
    const QColor base = now.color(QPalette::Base);
    const QColor text = now.color(QPalette::PlaceholderText);
    const QColor seen = Colours::blend(base, text, text.alphaF());
    if (std::abs(seen.lightness() - base.lightness()) >= LeastDifference)
        return;
    now.setColor(QPalette::PlaceholderText, Colours::blend(base, now.color(QPalette::Text), 0.6));
    QApplication::setPalette(now);
}

} // namespace

PlaceholderColour::PlaceholderColour(QObject *parent) : QObject(parent)
{
    qApp->installEventFilter(this);
    mend();
}

bool PlaceholderColour::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == qApp && event->type() == QEvent::ApplicationPaletteChange)
        mend();
    return QObject::eventFilter(watched, event);
}
