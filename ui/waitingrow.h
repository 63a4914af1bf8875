// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "armguard.h"

#include <QTimer>
#include <QWidget>

class ActiveRequest;
class QLabel;
class QPushButton;

// A line for a request that waits, with Review and Deny. Its buttons take no press that began
// before the line was in its place for a while: one that was meant for another line, or the second
// of a double click, which comes after the first one's line has gone.
class WaitingRow final : public QWidget
{
    Q_OBJECT

public:
    explicit WaitingRow(const ActiveRequest *request, QWidget *parent = nullptr);

    [[nodiscard]] QString name() const { return m_name; } // of the request
    void setTimeLeft(std::chrono::milliseconds left);
    void disturb(); // it is elsewhere on the screen

Q_SIGNALS:
    void reviewClicked();
    void denyClicked();

protected:
    void moveEvent(QMoveEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void addButton(QPushButton *button, void (WaitingRow::*signal)());
    void showArming();

    QString m_name;
    ArmGuard m_guard;
    QTimer m_settled;
    QLabel *m_countdown;
    QPushButton *m_review;
    QPushButton *m_deny;
};
