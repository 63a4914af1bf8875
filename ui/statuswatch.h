// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "appearance.h"

#include <QObject>
#include <QTimer>

class Agent;
class MissedRequests;

// The agent's status, brought up to date at most ten times a second, however much happens, and each
// second while a time in it runs down.
class StatusWatch final : public QObject
{
    Q_OBJECT

public:
    // missed: outlives this; null: none is counted.
    explicit StatusWatch(Agent *agent, const MissedRequests *missed = nullptr,
                         QObject *parent = nullptr);

    [[nodiscard]] const AgentStatus &status() const { return m_status; }

Q_SIGNALS:
    void changed(const AgentStatus &status);

private:
    void schedule();
    void update();

    Agent *m_agent;
    const MissedRequests *m_missed;
    AgentStatus m_status;
    QTimer m_soon;
    QTimer m_second;
};
