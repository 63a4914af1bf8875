// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class CommandLabel;
class MissedRequests;
class QLabel;
class QPushButton;

// "2 commands expired while nobody decided", with the newest of them. It is there until the owner
// has taken note.
class MissedLine final : public QWidget
{
    Q_OBJECT

public:
    explicit MissedLine(MissedRequests *missed, QWidget *parent = nullptr);

Q_SIGNALS:
    void showRequested(const QString &name); // the newest, in the list of requests

private:
    void build();
    void showMissed();
    void showNewest();

    MissedRequests *m_missed;
    QLabel *m_sentence;
    QLabel *m_time;
    CommandLabel *m_command;
    QPushButton *m_show;
    QPushButton *m_dismiss;
};
