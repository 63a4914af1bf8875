// SPDX-License-Identifier: Apache-2.0
#include "controlconnection.h"

#include "controlsocket.h"

#include <QJsonDocument>
#include <QLocalSocket>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 maximumUnread = 64LL * 1024 * 1024; // bytes of answers that nobody takes

} // namespace

ControlConnection::ControlConnection(QLocalSocket *socket, Answer answer, QObject *parent,
                                     std::chrono::milliseconds patience)
    : QObject(parent), m_socket(socket), m_answer(std::move(answer))
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(ControlSocket::MaximumLine + 1); // with its newline
    connect(m_socket, &QLocalSocket::readyRead, this, &ControlConnection::handleReadyRead);
    connect(m_socket, &QLocalSocket::disconnected, this, &QObject::deleteLater);
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_socket->abort();
        deleteLater();
    });
    m_patience.start();
    if (m_socket->bytesAvailable() > 0)
        QMetaObject::invokeMethod(this, &ControlConnection::handleReadyRead, Qt::QueuedConnection);
}

ControlConnection::~ControlConnection()
{
    m_socket->disconnect(this); // it says "disconnected" once more while it is deleted
}

void ControlConnection::handleReadyRead()
{
    while (!m_isRefused && m_socket->canReadLine()) {
        m_patience.start();
        answerLine(m_socket->readLine());
    }
    if (!m_isRefused && m_socket->bytesAvailable() > ControlSocket::MaximumLine)
        refuse(tr("A line has at most %1 bytes.").arg(ControlSocket::MaximumLine));
}

void ControlConnection::answerLine(const QByteArray &line)
{
    if (!line.isValidUtf8())
        return refuse(tr("This is not UTF-8."));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(line, &error);
    if (!document.isObject())
        return refuse(tr("Write one JSON object a line, such as {\"do\":\"status\"}."));
    write(m_answer(document.object()));
    if (m_socket->bytesToWrite() > maximumUnread)
        refuse(tr("Read the answers."));
}

void ControlConnection::write(const QJsonObject &object)
{
    m_socket->write(QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
}

void ControlConnection::refuse(const QString &error)
{
    m_isRefused = true;
    write({{u"ok"_s, false}, {u"error"_s, error}});
    m_socket->disconnectFromServer(); // once the answer is written; m_patience bounds that
}
