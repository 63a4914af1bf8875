// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QSslKey>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>

#include <memory>

// A server on loopback that a test plays by hand: it answers each attach with the bytes it was told
// to, and keeps what the device sends.
class ScriptedServer final : public QObject
{
    Q_OBJECT

public:
    // An answer as both SDK clients take it.
    static QByteArray
    accepted(const QByteArray &body = R"({"msg":"200","heartbeat":60,"timestamp":1700000000})")
    {
        return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk(body);
    }
    static QByteArray chunk(const QByteArray &data)
    {
        return QByteArray::number(data.size(), 16) + "\r\n" + data + "\r\n";
    }

    explicit ScriptedServer(bool tls = false, const QSslConfiguration &configuration = {})
    {
        if (tls) {
            auto server = std::make_unique<QSslServer>();
            server->setSslConfiguration(configuration);
            m_server = std::move(server);
        } else {
            m_server = std::make_unique<QTcpServer>();
        }
        connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this,
                &ScriptedServer::takeConnections);
        if (!m_server->listen(QHostAddress::LocalHost, 0))
            qFatal("no port on loopback");
    }

    [[nodiscard]] quint16 port() const { return m_port == 0 ? m_server->serverPort() : m_port; }
    [[nodiscard]] int connections() const { return m_connections; }
    [[nodiscard]] bool hasDevice() const
    {
        return m_socket && m_socket->state() == QAbstractSocket::ConnectedState;
    }
    [[nodiscard]] QByteArray attachRequest() const { return m_attachRequest; }
    [[nodiscard]] QByteArray received() const { return m_received; } // behind the attach request

    void setAnswer(const QByteArray &answer) { m_answer = answer; } // empty: silence
    void setAnswerByteByByte(bool enabled) { m_byteByByte = enabled; }
    void setGreeting(const QByteArray &greeting)
    {
        m_greeting = greeting;
    } // before the attach request
    void setHangUpAfterAnswer(bool enabled) { m_hangUp = enabled; }
    void send(const QByteArray &bytes)
    {
        m_socket->write(bytes);
        m_socket->flush();
    }
    void closeLink() { m_socket->disconnectFromHost(); }
    void resetLink()
    {
        m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        m_socket->abort();
    }
    void stopListening()
    {
        m_port = m_server->serverPort();
        m_server->close();
    }
    bool listenAgain() { return m_server->listen(QHostAddress::LocalHost, m_port); }

private:
    void takeConnections()
    {
        while (QTcpSocket *socket = m_server->nextPendingConnection()) {
            ++m_connections;
            m_socket = socket;
            m_attachRequest.clear();
            m_received.clear();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
            if (!m_greeting.isEmpty())
                send(m_greeting);
            read(socket);
        }
    }
    void read(QTcpSocket *socket)
    {
        if (socket != m_socket)
            return;
        if (!m_attachRequest.isEmpty()) {
            m_received += socket->readAll();
            return;
        }
        m_received += socket->readAll();
        const qsizetype end = m_received.indexOf("\r\n\r\n");
        const qsizetype field = m_received.indexOf("Content-Length: ");
        if (end < 0 || field < 0)
            return;
        const qsizetype length =
            m_received.mid(field + 16, m_received.indexOf("\r\n", field) - field - 16).toInt();
        if (m_received.size() < end + 4 + length)
            return;
        m_attachRequest = m_received.left(end + 4 + length);
        m_received = m_received.mid(end + 4 + length);
        answer();
    }
    void answer()
    {
        if (m_byteByByte) {
            m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
            for (const char byte : std::as_const(m_answer))
                send(QByteArray(1, byte));
        } else if (!m_answer.isEmpty()) {
            send(m_answer);
        }
        if (m_hangUp)
            m_socket->disconnectFromHost();
    }

    std::unique_ptr<QTcpServer> m_server;
    QTcpSocket *m_socket = nullptr;
    quint16 m_port = 0;
    int m_connections = 0;
    QByteArray m_greeting;
    QByteArray m_answer = accepted();
    QByteArray m_attachRequest;
    QByteArray m_received;
    bool m_byteByByte = false;
    bool m_hangUp = false;
};
