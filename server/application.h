// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "devicesession.h"
#include "eventlog.h"

#include <QHash>
#include <QJsonObject>
#include <QStringList>

// One application: its id and secret, the devices that are attached to it, what went through them.
class Application final : public QObject
{
    Q_OBJECT

public:
    // Of the secret only a digest is kept.
    Application(const QString &id, const QString &name, const QByteArray &secret,
                const DeviceSession::Timing &timing, QObject *parent = nullptr);

    [[nodiscard]] const QString &id() const { return m_id; }
    // Takes as long for a wrong secret as for the right one, wherever they differ.
    [[nodiscard]] bool isSecret(QByteArrayView candidate) const;

    [[nodiscard]] DeviceSession *device(const QString &id) const; // null when it is not attached
    [[nodiscard]] qsizetype deviceCount() const { return m_devices.size(); }
    [[nodiscard]] QStringList deviceIds() const; // sorted
    [[nodiscard]] QJsonObject information() const;
    [[nodiscard]] static QJsonObject presence(const DeviceSession &device);

    [[nodiscard]] const EventLog &events() const { return m_events; }
    // Only when no device of that id is attached. Takes the socket over.
    DeviceSession *attach(QTcpSocket *socket, const QString &deviceId, const QByteArray &info);
    void checkDeadlines(DeviceSession::Clock::time_point now);

private:
    void remove(DeviceSession *device, const QString &reason);

    QString m_id;
    QString m_name;
    QByteArray m_secretDigest;
    DeviceSession::Timing m_timing;
    Statistics m_statistics;
    EventLog m_events;
    QHash<QString, DeviceSession *> m_devices; // children
};
