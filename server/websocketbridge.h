// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "websocketconnection.h"

#include <QMultiHash>

// The open WebSockets of an application, by device. They outlive their device for as long as it
// takes to tell their clients.
class WebSocketBridge final : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype MaximumPerDevice = 100;
    static constexpr qsizetype MaximumInAll = 2'000;

    using QObject::QObject;

    [[nodiscard]] bool hasRoom(const QString &device) const;
    [[nodiscard]] qsizetype count() const { return m_connections.size(); }
    [[nodiscard]] qsizetype count(const QString &device) const
    {
        return m_connections.count(device);
    }
    // Takes the socket over. Only when there is room.
    WebSocketConnection *open(PeerSocket *socket, DeviceSession *device);
    void checkDeadlines(DeviceSession::Clock::time_point now);

private:
    QMultiHash<QString, WebSocketConnection *> m_connections; // children
};
