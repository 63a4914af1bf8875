// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "devicesession.h"
#include "eventlog.h"
#include "serverlimits.h"
#include "webhook.h"
#include "websocketbridge.h"

#include <QHash>
#include <QJsonObject>
#include <QStringList>

#include <memory>

// One application: its id and secret, the devices that are attached to it, what went through them.
class Application final : public QObject
{
    Q_OBJECT

public:
    // Of the secret only a digest is kept.
    Application(const QString &id, const QString &name, const QByteArray &secret,
                const DeviceSession::Timing &timing, QObject *parent = nullptr);

    // What may change while it runs. Attached devices stay, with the timing they were told.
    void setName(const QString &name) { m_name = name; }
    void setSecret(const QByteArray &secret);
    void setTiming(const DeviceSession::Timing &timing) { m_timing = timing; }
    void setMaximumDevices(qint64 count) { m_maximumDevices = count; }
    // With an empty address none: what waits for the one before is dropped.
    void setWebhook(const WebhookTarget &target);
    // Keeps events in this file from now on. False with one line.
    [[nodiscard]] bool keepEvents(const QString &path, QString *errorString);

    [[nodiscard]] const QString &id() const { return m_id; }
    // Takes as long for a wrong secret as for the right one, wherever they differ.
    [[nodiscard]] bool isSecret(QByteArrayView candidate) const;

    [[nodiscard]] DeviceSession *device(const QString &id) const; // null when it is not attached
    [[nodiscard]] qsizetype deviceCount() const { return m_devices.size(); }
    [[nodiscard]] bool isFull() const { return m_devices.size() >= m_maximumDevices; }
    [[nodiscard]] QStringList deviceIds() const; // sorted
    [[nodiscard]] QJsonObject information() const;
    [[nodiscard]] QJsonObject presence(const DeviceSession &device) const;

    [[nodiscard]] WebSocketBridge &webSockets() { return m_webSockets; }
    [[nodiscard]] qsizetype webSocketCount() const { return m_webSockets.count(); }
    [[nodiscard]] const EventLog &events() const { return m_events; }
    [[nodiscard]] const Statistics &statistics() const { return m_statistics; }
    [[nodiscard]] const Webhook *webhook() const { return m_webhook.get(); } // null: none
    // Only when no device of that id is attached. Takes the socket over.
    DeviceSession *attach(PeerSocket *socket, const QString &deviceId, const QByteArray &info);
    void checkDeadlines(DeviceSession::Clock::time_point now);
    void detachAll();

private:
    void takeEvent(const QString &device, const QByteArray &event);
    void remove(DeviceSession *device, const QString &reason);

    QString m_id;
    QString m_name;
    QByteArray m_secretDigest;
    DeviceSession::Timing m_timing;
    Statistics m_statistics;
    EventLog m_events;
    std::unique_ptr<Webhook> m_webhook;
    qint64 m_maximumDevices = ServerLimits().devices;
    QHash<QString, DeviceSession *> m_devices; // children
    WebSocketBridge m_webSockets;
};
