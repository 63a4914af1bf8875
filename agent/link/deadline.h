// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>

class QSocketNotifier;

// CLOCK_BOOTTIME as a std::chrono clock: monotonic, and it counts the time the machine sleeps.
struct BootClock
{
    using duration = std::chrono::nanoseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<BootClock>;
    static constexpr bool is_steady = true;
    static time_point now() noexcept;
};

// A single-shot timer on CLOCK_BOOTTIME. QTimer stands still while the machine sleeps; a Deadline
// that passed during sleep expires at once when the machine wakes.
class Deadline final : public QObject
{
    Q_OBJECT

public:
    explicit Deadline(QObject *parent = nullptr);
    ~Deadline() override;

    [[nodiscard]] bool isActive() const { return m_active; }
    // Zero when it is not active or has passed.
    [[nodiscard]] std::chrono::milliseconds remaining() const;

    void
    start(std::chrono::milliseconds in); // starts anew when active; zero expires in the next turn
    void stop();

Q_SIGNALS:
    void expired();

private:
    bool openTimer();
    void handleReadable();
    void handleLook();

    QTimer m_look; // at the clock, while there is no descriptor for a timer of the kernel
    int m_fd = -1;
    QSocketNotifier *m_notifier = nullptr;
    BootClock::time_point m_end;
    bool m_active = false;
};
