// SPDX-License-Identifier: Apache-2.0
#include "missedrequests.h"

#include "agent.h"

MissedRequests::MissedRequests(const Agent *agent, QObject *parent) : QObject(parent)
{
    connect(agent, &Agent::requestEnded, this, &MissedRequests::handleEnded);
}

void MissedRequests::handleEnded(const ActiveRequest *request, const Outcome &outcome)
{
    if (outcome.state != RequestState::Expired)
        return;
    ++m_count;
    m_newest = {request->request().name, request->request().command, QDateTime::currentDateTime()};
    Q_EMIT changed();
}

void MissedRequests::dismiss()
{
    m_count = 0;
    m_newest = {};
    Q_EMIT changed();
}
