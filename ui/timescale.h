// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QList>

#include <algorithm>

// Times on a horizontal line, from left to right.
struct TimeScale
{
    QDateTime from;
    QDateTime to;
    double left = 0; // pixels
    double width = 1; // pixels, above 0

    [[nodiscard]] double x(const QDateTime &time) const
    {
        const double share = double(from.msecsTo(time)) / double(std::max<qint64>(1, length()));
        return left + width * std::clamp(share, 0.0, 1.0);
    }
    [[nodiscard]] QDateTime time(double x) const
    {
        const double share = std::clamp((x - left) / width, 0.0, 1.0);
        return from.addMSecs(qint64(share * double(length())));
    }
    [[nodiscard]] qint64 length() const { return from.msecsTo(to); } // milliseconds
    // The full hours in between, local; whole days are 24 or, when the clock is changed, 23 or 25.
    [[nodiscard]] QList<QDateTime> hours() const
    {
        QList<QDateTime> list;
        const QDateTime local = from.toLocalTime();
        QDateTime hour = local.addMSecs(-local.time().msecsSinceStartOfDay() % 3'600'000);
        for (hour = hour.addSecs(3600); hour <= to; hour = hour.addSecs(3600))
            list.append(hour);
        return list;
    }
};
