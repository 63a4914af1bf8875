// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QObject>
#include <QSslServer>
#include <QTcpSocket>

#include <memory>

// An HTTP server on loopback that answers each whole request with the next of the answers it was
// given, and keeps what it was asked.
class ScriptedApi final : public QObject
{
    Q_OBJECT

public:
    struct Answer
    {
        int status = 200; // 0: none, the connection ends; -1: silence
        QByteArray body;
        QByteArray fields; // CR LF each
        qsizetype missing = 0; // bytes of the body that are not sent before the connection ends
    };
    struct Request
    {
        QByteArray line; // "POST /v1/… HTTP/1.1"
        QByteArray head;
        QByteArray body;
    };

    explicit ScriptedApi(const QSslConfiguration *tls = nullptr)
    {
        if (tls) {
            auto server = std::make_unique<QSslServer>();
            server->setSslConfiguration(*tls);
            m_server = std::move(server);
        } else {
            m_server = std::make_unique<QTcpServer>();
        }
        connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this,
                &ScriptedApi::takeConnections);
        if (!m_server->listen(QHostAddress::LocalHost, 0))
            qFatal("no port on loopback");
    }

    [[nodiscard]] quint16 port() const { return m_server->serverPort(); }
    [[nodiscard]] const QList<Request> &requests() const { return m_requests; }
    [[nodiscard]] QByteArray bodies() const
    {
        QByteArray all;
        for (const Request &request : m_requests)
            all += request.body + '\n';
        return all;
    }
    [[nodiscard]] qsizetype bytesRead() const { return m_bytesRead; }

    // The last one is given again and again.
    void setAnswers(const QList<Answer> &answers) { m_answers = answers; }

    // Written as soon as somebody connects; then the connection ends.
    void setGreeting(const QByteArray &greeting) { m_greeting = greeting; }

private:
    void takeConnections()
    {
        while (QTcpSocket *socket = m_server->nextPendingConnection()) {
            auto bytes = std::make_shared<QByteArray>();
            connect(socket, &QTcpSocket::readyRead, this, [=, this] { read(socket, bytes.get()); });
            if (!m_greeting.isEmpty()) {
                socket->write(m_greeting);
                socket->disconnectFromHost();
            }
            read(socket, bytes.get());
        }
    }
    void read(QTcpSocket *socket, QByteArray *bytes)
    {
        const QByteArray more = socket->readAll();
        m_bytesRead += more.size();
        *bytes += more;
        const qsizetype end = bytes->indexOf("\r\n\r\n") + 4;
        if (end < 4)
            return;
        const QByteArray head = bytes->first(end);
        const qsizetype field = head.toLower().indexOf("content-length: ") + 16;
        const qsizetype size =
            field < 16 ? 0 : head.sliced(field, head.indexOf("\r\n", field) - field).toLongLong();
        if (bytes->size() < end + size)
            return;
        m_requests.append({head.first(head.indexOf("\r\n")), head, bytes->sliced(end, size)});
        bytes->remove(0, end + size);
        answer(socket);
    }
    void answer(QTcpSocket *socket)
    {
        const Answer next = m_answers.size() > 1 ? m_answers.takeFirst() : m_answers.value(0);
        if (next.status < 0)
            return;
        if (next.status > 0)
            socket->write("HTTP/1.1 " + QByteArray::number(next.status)
                          + " Text\r\nContent-Type: text/plain\r\nContent-Length: "
                          + QByteArray::number(next.body.size()) + "\r\n" + next.fields + "\r\n"
                          + next.body.chopped(next.missing));
        if (next.status == 0 || next.missing > 0)
            socket->disconnectFromHost();
    }

    std::unique_ptr<QTcpServer> m_server;
    QByteArray m_greeting;
    QList<Answer> m_answers{Answer{}};
    QList<Request> m_requests;
    qsizetype m_bytesRead = 0;
};
