// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

class ArmGuard;
class QAbstractButton;

// Stands before a button of the prompt and lets through only what was meant for it. For every
// button: not the second click of a double click, no key that repeats itself. With an ArmGuard:
// only a press that began and ended armed, and neither Return nor Enter.
class ClickGuard final : public QObject
{
    Q_OBJECT

public:
    // guard: null for a button that needs no arming. Owned by the button.
    ClickGuard(QAbstractButton *button, ArmGuard *guard);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool refusesPress();
    bool refusesRelease();
    bool refusesKey(QEvent *event);

    QAbstractButton *m_button;
    ArmGuard *m_guard;
};
