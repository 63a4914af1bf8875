// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include <chrono>

class QLabel;
class QProgressBar;

// How long a decision is possible, as a bar and in words.
class CountdownBar final : public QWidget
{
    Q_OBJECT

public:
    explicit CountdownBar(QWidget *parent = nullptr);

    // held: the time stands still, since the owner is at work.
    void setTime(std::chrono::milliseconds remaining, std::chrono::milliseconds total, bool held);
    void setOver();

private:
    QProgressBar *m_bar;
    QLabel *m_text;
};
