// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deadline.h"

#include <QList>

// Lets so many runs through in any minute, and no more.
class RunRate final
{
public:
    // limit: a minute. False: this one would be too many; it does not count.
    [[nodiscard]] bool take(int limit, BootClock::time_point now)
    {
        m_times.removeIf([now](BootClock::time_point time) { return now - time >= Span; });
        if (m_times.size() >= limit)
            return false;
        m_times.append(now);
        return true;
    }

private:
    static constexpr std::chrono::minutes Span{1};

    QList<BootClock::time_point> m_times;
};
