// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cometaclient.h"

#include <QDateTime>
#include <QObject>

class Journal;

// Writes what becomes of the link into the journal, as rows of the kind "link"; the same problem
// only once. Counts heartbeats, which have no rows: the row that ends a connection has their
// number.
class LinkLog final : public QObject
{
    Q_OBJECT

public:
    // client, journal: outlive this.
    LinkLog(const CometaClient *client, Journal *journal, QObject *parent = nullptr);

    // To be called after each change of the client's state. scope: what it is attached to.
    void write(CometaClient::State state, const QString &scope);
    [[nodiscard]] int heartbeats() const { return m_heartbeats; } // of the connection that is up
    [[nodiscard]] QDateTime lastHeartbeat() const { return m_lastHeartbeat; } // invalid: none yet

Q_SIGNALS:
    void heartbeatCounted();

private:
    void count();
    void writeEnd(QJsonObject data);

    const CometaClient *m_client;
    Journal *m_journal;
    CometaClient::State m_state = CometaClient::State::Disconnected;
    QString m_lastProblem; // which has been written
    int m_heartbeats = 0;
    QDateTime m_lastHeartbeat;
};
