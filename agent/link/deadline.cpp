// SPDX-License-Identifier: Apache-2.0
#include "deadline.h"

#include <QSocketNotifier>

#include <algorithm>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

using namespace std::chrono;

static constexpr milliseconds LookInterval = 500ms;

BootClock::time_point BootClock::now() noexcept
{
    timespec t{};
    clock_gettime(CLOCK_BOOTTIME, &t);
    return time_point(seconds(t.tv_sec) + nanoseconds(t.tv_nsec));
}

Deadline::Deadline(QObject *parent) : QObject(parent)
{
    m_look.setSingleShot(true);
    connect(&m_look, &QTimer::timeout, this, &Deadline::handleLook);
}

Deadline::~Deadline()
{
    delete m_notifier;
    if (m_fd >= 0)
        close(m_fd);
}

milliseconds Deadline::remaining() const
{
    if (!m_active)
        return 0ms;
    return std::max(0ms, ceil<milliseconds>(m_end - BootClock::now()));
}

void Deadline::start(milliseconds in)
{
    m_end = BootClock::now() + in;
    m_active = true;
    m_look.stop();
    if (!openTimer()) {
        m_look.start(std::min(in, LookInterval));
        return;
    }
    const nanoseconds ns = std::max<nanoseconds>(in, 1ns); // 0 would disarm the timer
    itimerspec spec{};
    spec.it_value.tv_sec = duration_cast<seconds>(ns).count();
    spec.it_value.tv_nsec = (ns % 1s).count();
    timerfd_settime(m_fd, 0, &spec, nullptr);
}

void Deadline::stop()
{
    if (!m_active)
        return;
    m_active = false;
    m_look.stop();
    const itimerspec never{};
    timerfd_settime(m_fd, 0, &never, nullptr);
}

bool Deadline::openTimer()
{
    if (m_fd >= 0)
        return true;
    m_fd = timerfd_create(CLOCK_BOOTTIME, TFD_NONBLOCK | TFD_CLOEXEC);
    if (m_fd < 0)
        return false;
    m_notifier = new QSocketNotifier(m_fd, QSocketNotifier::Read);
    connect(m_notifier, &QSocketNotifier::activated, this, &Deadline::handleReadable);
    return true;
}

void Deadline::handleReadable()
{
    quint64 count = 0;
    if (read(m_fd, &count, sizeof count) != sizeof count || !m_active)
        return; // started anew or stopped since the kernel woke us
    m_active = false;
    Q_EMIT expired();
}

void Deadline::handleLook()
{
    if (const milliseconds left = remaining(); left > 0ms) {
        m_look.start(std::min(left, LookInterval));
        return;
    }
    m_active = false;
    Q_EMIT expired();
}
