// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "outbox.h"

#include <QHash>
#include <QObject>
#include <QTimer>

class CometaClient;
class Journal;

// Moves events from the outbox to the link, in order; one leaves the outbox when the peer's TCP has
// acknowledged it. Also makes the periodic time stamp event of the SDK's sample.
class EventSender final : public QObject
{
    Q_OBJECT

public:
    EventSender(CometaClient *client, Journal *journal, const Outbox::Limits &limits,
                QObject *parent = nullptr);

    // scope: "host:port/application" that the link goes to now. interval: 0 for no time stamps.
    void setTarget(const QString &scope, const QString &deviceId, std::chrono::seconds interval);
    [[nodiscard]] int count() const { return m_outbox.count(); }

    // scope: where the event is to go. False when it could not be stored.
    bool add(Outbox::Kind kind, const QString &scope, const QByteArray &payload);

Q_SIGNALS:
    void countChanged(int count);

private:
    void handleStateChanged();
    void handleDelivered(quint64 ticket);
    void addTimeStamp();
    void send();

    struct Sent
    {
        qint64 id = 0;
        QByteArray payload;
    };
    CometaClient *m_client;
    Journal *m_journal;
    Outbox m_outbox;
    QString m_scope;
    QString m_deviceId;
    QTimer m_timeStamp;
    QHash<quint64, Sent> m_inFlight; // ticket -> event; of this connection
    qint64 m_lastSent = 0; // id; of this connection
};
