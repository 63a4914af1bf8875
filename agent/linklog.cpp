// SPDX-License-Identifier: Apache-2.0
#include "linklog.h"

#include "journal.h"

#include <utility>

using namespace Qt::StringLiterals;

LinkLog::LinkLog(const CometaClient *client, Journal *journal, QObject *parent)
    : QObject(parent), m_client(client), m_journal(journal)
{
    connect(client, &CometaClient::heartbeatSent, this, &LinkLog::count);
}

void LinkLog::count()
{
    ++m_heartbeats;
    m_lastHeartbeat = QDateTime::currentDateTimeUtc();
    Q_EMIT heartbeatCounted();
}

void LinkLog::write(CometaClient::State state, const QString &scope)
{
    const CometaClient::State before = std::exchange(m_state, state);
    switch (state) {
    case CometaClient::State::Connecting:
    case CometaClient::State::Attaching:
        return;
    case CometaClient::State::Attached:
        m_lastProblem.clear();
        (void)m_journal->note(u"link"_s,
                              {{u"state"_s, u"attached"_s},
                               {u"to"_s, scope},
                               {u"device"_s, m_client->deviceId()},
                               {u"encrypted"_s, m_client->isEncrypted()}});
        return;
    case CometaClient::State::Waiting:
        if (m_client->errorString() == m_lastProblem)
            return;
        m_lastProblem = m_client->errorString();
        return writeEnd({{u"state"_s, u"waiting"_s},
                         {u"detail"_s, m_lastProblem},
                         {u"error"_s, int(m_client->error())},
                         {u"status"_s, m_client->statusCode()}});
    case CometaClient::State::Paused:
        m_lastProblem.clear();
        return writeEnd({{u"state"_s, u"paused"_s}});
    case CometaClient::State::Disconnected:
        m_lastProblem.clear();
        if (before != CometaClient::State::Paused) // it has been detached since then
            writeEnd({{u"state"_s, u"disconnected"_s}});
        return;
    }
}

void LinkLog::writeEnd(QJsonObject data)
{
    if (m_heartbeats > 0) {
        data.insert("heartbeats"_L1, m_heartbeats);
        data.insert("last_heartbeat"_L1, m_lastHeartbeat.toString(Qt::ISODateWithMs));
    }
    m_heartbeats = 0;
    m_lastHeartbeat = {};
    (void)m_journal->note(u"link"_s, data);
}
