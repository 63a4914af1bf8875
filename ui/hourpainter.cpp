// SPDX-License-Identifier: Apache-2.0
#include "hourpainter.h"

#include "colours.h"
#include "timescale.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPainter>
#include <QPalette>

using namespace Qt::StringLiterals;

namespace {

constexpr int TickHeight = 4;
constexpr int Gap = 8; // between labels, at least

QString labelOf(const QDateTime &hour)
{
    const QString form = hour.time().hour() == 0 ? u"ddd"_s : u"HH:mm"_s;
    return QLocale().toString(hour, form);
}

// Hours from label to label.
int stepFor(const TimeScale &times, double room)
{
    const double perHour = times.width * 3'600'000 / double(times.length());
    for (const int step : {1, 2, 3, 4, 6, 12}) {
        if (perHour * step >= room)
            return step;
    }
    return 24;
}

} // namespace

int HourPainter::height(const QFontMetrics &metrics)
{
    return TickHeight + metrics.height();
}

void HourPainter::paint(QPainter *painter, const QPalette &palette, const TimeScale &times, int top)
{
    const QFontMetrics metrics = painter->fontMetrics();
    const auto box = [&](int left, const QString &text) {
        return QRect(left, top + TickHeight, metrics.horizontalAdvance(text) + 1, metrics.height());
    };
    painter->setPen(
        Colours::blend(palette.color(QPalette::Window), palette.color(QPalette::WindowText), 0.75));
    const QString now = QCoreApplication::translate("HourPainter", "now");
    const QRect end = box(int(times.left + times.width) - metrics.horizontalAdvance(now), now);
    painter->drawText(end, Qt::AlignRight | Qt::AlignVCenter, now);
    const int step = stepFor(times, metrics.horizontalAdvance(u"00:00"_s) + 2 * Gap);
    for (const QDateTime &hour : times.hours()) {
        const QString label = labelOf(hour);
        const int x = int(times.x(hour));
        const QRect rect = box(x - metrics.horizontalAdvance(label) / 2, label);
        const bool isDue = hour.time().hour() % step == 0;
        painter->drawLine(x, top, x, top + (isDue ? TickHeight : TickHeight / 2) - 1);
        if (isDue && rect.left() >= 0 && rect.right() + Gap <= end.left())
            painter->drawText(rect, Qt::AlignCenter, label);
    }
}
