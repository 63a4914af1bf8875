// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>

// Decides whether a press on Approve counts. It counts when it began and ended while the prompt was
// in front and nothing about it had changed for 700 ms; so a key or button that was on its way when
// the prompt came, or moved, approves nothing. Knows no widgets.
class ArmGuard final
{
public:
    static constexpr std::chrono::milliseconds Delay{700};

    // Time that the machine was awake, and that it slept, each since some fixed point.
    struct Now
    {
        std::chrono::milliseconds awake{0};
        std::chrono::milliseconds asleep{0};
    };
    using Clock = std::function<Now()>;
    [[nodiscard]] static Now systemNow();

    explicit ArmGuard(Clock clock = systemNow);

    // The prompt is exposed, uncovered and active. Each change starts the time anew.
    void setInFront(bool inFront);
    // Shown, raised, moved, resized, other content: starts the time anew and drops a press.
    void disturb();

    [[nodiscard]] bool isArmed() { return m_inFront && remaining().count() == 0; }
    // Until it is armed, 0..700 ms; all of it while the prompt is not in front.
    [[nodiscard]] std::chrono::milliseconds remaining();

    void press(); // a button or key went down
    [[nodiscard]] bool release(); // it went up; true: it counts. One press counts once.

private:
    Clock m_clock;
    Now m_since;
    bool m_inFront = false;
    bool m_pressed = false;
};
