// SPDX-License-Identifier: Apache-2.0
#include "websocketbridge.h"

bool WebSocketBridge::hasRoom(const QString &device) const
{
    return count() < MaximumInAll && count(device) < MaximumPerDevice;
}

WebSocketConnection *WebSocketBridge::open(PeerSocket *socket, DeviceSession *device)
{
    auto *connection = new WebSocketConnection(socket, device, this);
    const QString id = device->id();
    m_connections.insert(id, connection);
    connect(connection, &WebSocketConnection::ended, this, [this, id, connection] {
        m_connections.remove(id, connection);
        connection->deleteLater();
    });
    return connection;
}

void WebSocketBridge::checkDeadlines(DeviceSession::Clock::time_point now)
{
    // A copy: one that is dropped leaves the hash.
    const QList<WebSocketConnection *> connections = m_connections.values();
    for (WebSocketConnection *connection : connections)
        connection->checkDeadlines(now);
}
