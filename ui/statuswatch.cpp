// SPDX-License-Identifier: Apache-2.0
#include "statuswatch.h"

#include "agent.h"
#include "missedrequests.h"

using namespace std::chrono_literals;

StatusWatch::StatusWatch(Agent *agent, const MissedRequests *missed, QObject *parent)
    : QObject(parent), m_agent(agent), m_missed(missed), m_status(AgentStatus::of(agent))
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(100ms);
    m_second.setInterval(1s);
    connect(&m_soon, &QTimer::timeout, this, &StatusWatch::update);
    connect(&m_second, &QTimer::timeout, this, &StatusWatch::update);
    connect(agent, &Agent::stateChanged, this, &StatusWatch::schedule);
    connect(agent, &Agent::settingsChanged, this, &StatusWatch::schedule);
    connect(agent, &Agent::requestAdded, this, &StatusWatch::schedule);
    connect(agent, &Agent::requestChanged, this, &StatusWatch::schedule);
    connect(agent, &Agent::requestEnded, this, &StatusWatch::schedule);
    if (missed)
        connect(missed, &MissedRequests::changed, this, &StatusWatch::schedule);
}

void StatusWatch::schedule()
{
    if (!m_soon.isActive())
        m_soon.start();
}

void StatusWatch::update()
{
    AgentStatus status = AgentStatus::of(m_agent);
    status.missed = m_missed ? m_missed->count() : 0;
    if (status.state == CometaClient::State::Attached) {
        const bool still =
            m_status.attachment == status.attachment && m_status.attachedSince.isValid();
        status.attachedSince = still ? m_status.attachedSince : QDateTime::currentDateTime();
    }
    m_status = status;
    const bool runsDown =
        status.windowUntil.isValid() || status.state == CometaClient::State::Waiting;
    if (runsDown && !m_second.isActive())
        m_second.start();
    else if (!runsDown)
        m_second.stop();
    Q_EMIT changed(m_status);
}
