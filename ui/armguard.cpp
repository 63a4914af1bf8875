// SPDX-License-Identifier: Apache-2.0
#include "armguard.h"

#include <algorithm>
#include <utility>

#include <ctime>

using std::chrono::milliseconds;

namespace {

milliseconds read(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return std::chrono::duration_cast<milliseconds>(std::chrono::seconds(time.tv_sec)
                                                    + std::chrono::nanoseconds(time.tv_nsec));
}

} // namespace

ArmGuard::Now ArmGuard::systemNow()
{
    const milliseconds awake = read(CLOCK_MONOTONIC);
    return {awake, read(CLOCK_BOOTTIME) - awake};
}

ArmGuard::ArmGuard(Clock clock) : m_clock(std::move(clock)), m_since(m_clock()) { }

void ArmGuard::setInFront(bool inFront)
{
    if (m_inFront == inFront)
        return;
    m_inFront = inFront;
    disturb();
}

void ArmGuard::disturb()
{
    m_since = m_clock();
    m_pressed = false;
}

milliseconds ArmGuard::remaining()
{
    if (!m_inFront)
        return Delay;
    const Now now = m_clock();
    // The two clocks are read one after the other: a few milliseconds apart are no sleep.
    if (now.asleep - m_since.asleep > milliseconds(50)) {
        disturb();
        return Delay;
    }
    return std::clamp(Delay - (now.awake - m_since.awake), milliseconds(0), Delay);
}

void ArmGuard::press()
{
    m_pressed = isArmed();
}

bool ArmGuard::release()
{
    const bool armed = isArmed(); // may drop the press
    return std::exchange(m_pressed, false) && armed;
}
