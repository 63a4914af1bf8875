// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>

#include <utility>

// One end of a connection on loopback that a test plays by hand: it writes bytes as they are told,
// and keeps what comes.
class TcpPeer final
{
public:
    void connectTo(quint16 port)
    {
        m_socket.connectToHost(QHostAddress::LocalHost, port);
        if (!m_socket.waitForConnected())
            qFatal("nobody listens");
        m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    }
    // Connects to nobody but this process, and gives the other end, which the caller owns.
    QTcpSocket *connectPair()
    {
        QTcpServer server;
        if (!server.listen(QHostAddress::LocalHost, 0))
            qFatal("no port on loopback");
        connectTo(server.serverPort());
        if (!server.waitForNewConnection(5'000))
            qFatal("no connection on loopback");
        QTcpSocket *other = server.nextPendingConnection();
        other->setParent(nullptr);
        return other;
    }

    void send(const QByteArray &bytes)
    {
        m_socket.write(bytes);
        m_socket.flush();
    }
    // All that has come, those bytes excepted that were taken out.
    [[nodiscard]] const QByteArray &received()
    {
        m_received += m_socket.readAll();
        return m_received;
    }
    [[nodiscard]] QByteArray takeReceived()
    {
        (void)received();
        return std::exchange(m_received, {});
    }
    [[nodiscard]] bool isOpen() const
    {
        return m_socket.state() == QAbstractSocket::ConnectedState;
    }
    [[nodiscard]] quint16 port() const { return m_socket.localPort(); }
    void close() { m_socket.disconnectFromHost(); }
    // What comes waits in TCP, and at last with whoever writes it.
    void stopReading() { m_socket.setReadBufferSize(1); }
    void startReading() { m_socket.setReadBufferSize(0); }

private:
    QTcpSocket m_socket;
    QByteArray m_received;
};
