// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deadline.h"

#include <QObject>
#include <QTimer>

#include <sys/types.h>

// Ends the processes of a command whose supervisor was killed. They fall to the agent, since it is
// made their subreaper; children that the agent started itself are left alone.
class Orphans final : public QObject
{
    Q_OBJECT

public:
    explicit Orphans(QObject *parent = nullptr);

    // Makes this process the one that orphans below it fall to. May be called again.
    static void adopt();

    // Kills all that began after the supervisor; ended() follows within 2 s, never at once.
    void end(pid_t supervisor, BootClock::time_point supervisorStart);

Q_SIGNALS:
    // Processes of our user and of others that could not be ended.
    void ended(int own, int foreign);

private:
    void handleRound();

    QTimer m_round;
    pid_t m_supervisor = 0;
    BootClock::time_point m_since;
    BootClock::time_point m_end;
    int m_emptyRounds = 0; // one after the other
};
