// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>

// Full jitter: each delay is drawn from 0 to a ceiling that doubles from 1 s to 60 s.
class Backoff final
{
public:
    using Random = std::function<double()>; // 0 <= x < 1

    static constexpr std::chrono::milliseconds Base{1'000};
    static constexpr std::chrono::milliseconds Cap{60'000};

    explicit Backoff(Random random); // tests give a source of their own
    Backoff(); // the system's random numbers

    [[nodiscard]] std::chrono::milliseconds next();
    void reset() { m_ceiling = Base; }
    // A delay drawn from lowest to highest, for the cases that have bounds of their own.
    [[nodiscard]] std::chrono::milliseconds between(std::chrono::milliseconds lowest,
                                                    std::chrono::milliseconds highest) const;

private:
    Random m_random;
    std::chrono::milliseconds m_ceiling = Base;
};
