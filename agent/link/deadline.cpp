// SPDX-License-Identifier: Apache-2.0
#include "deadline.h"

#include <QSocketNotifier>

#include <algorithm>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

using namespace std::chrono;

BootClock::time_point BootClock::now() noexcept
{
    timespec t{};
    clock_gettime(CLOCK_BOOTTIME, &t);
    return time_point(seconds(t.tv_sec) + nanoseconds(t.tv_nsec));
}

Deadline::Deadline(QObject *parent) : QObject(parent) { }

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
    if (m_fd < 0) {
        m_fd = timerfd_create(CLOCK_BOOTTIME, TFD_NONBLOCK | TFD_CLOEXEC);
        if (m_fd < 0)
            qFatal("no timer could be made: out of file descriptors");
        m_notifier = new QSocketNotifier(m_fd, QSocketNotifier::Read);
        connect(m_notifier, &QSocketNotifier::activated, this, &Deadline::handleReadable);
    }
    m_end = BootClock::now() + in;
    m_active = true;
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
    const itimerspec never{};
    timerfd_settime(m_fd, 0, &never, nullptr);
}

void Deadline::handleReadable()
{
    quint64 count = 0;
    if (read(m_fd, &count, sizeof count) != sizeof count || !m_active)
        return; // started anew or stopped since the kernel woke us
    m_active = false;
    Q_EMIT expired();
}
