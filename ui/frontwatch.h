// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QPointer>

class ArmGuard;
class CoverWatch;
class QWidget;

// Keeps an ArmGuard informed about a window: is it exposed, active and uncovered; was it shown,
// raised, moved or resized.
class FrontWatch final : public QObject
{
    Q_OBJECT

public:
    FrontWatch(QWidget *window, ArmGuard *guard); // owned by the window

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void disturbed(); // the guard's time started anew, or it is not in front any more

private:
    void watchHandle();
    void update();

    QWidget *m_window;
    ArmGuard *m_guard;
    QPointer<CoverWatch> m_cover;
};
