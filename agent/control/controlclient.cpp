// SPDX-License-Identifier: Apache-2.0
#include "controlclient.h"

#include <QJsonDocument>

ControlClient::ControlClient(const QString &path, QObject *parent) : QObject(parent), m_path(path)
{
    connect(&m_socket, &QLocalSocket::connected, this, [this] { m_socket.write(m_line); });
    connect(&m_socket, &QLocalSocket::readyRead, this, &ControlClient::handleReadyRead);
    connect(&m_socket, &QLocalSocket::errorOccurred, this, &ControlClient::handleEnd);
    connect(&m_socket, &QLocalSocket::disconnected, this, &ControlClient::handleEnd);
}

void ControlClient::send(const QJsonObject &request)
{
    m_line = QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n';
    m_isWaiting = true;
    m_socket.abort();
    // Later, so that an error is not told before this returns.
    QMetaObject::invokeMethod(
        this, [this] { m_socket.connectToServer(m_path); }, Qt::QueuedConnection);
}

void ControlClient::handleReadyRead()
{
    if (!m_socket.canReadLine())
        return;
    const QJsonDocument document = QJsonDocument::fromJson(m_socket.readLine());
    if (document.isObject())
        finish(document.object(), {});
    else
        finish({}, tr("The agent answered something that is no JSON object."));
}

void ControlClient::handleEnd()
{
    switch (m_socket.error()) {
    case QLocalSocket::ServerNotFoundError:
    case QLocalSocket::ConnectionRefusedError:
        return finish({},
                      tr("No agent runs there (%1): start cometa-agent or cometa-agentd, or name "
                         "its directory with --data-dir.")
                          .arg(m_path));
    default:
        return finish({}, tr("The agent went away without an answer."));
    }
}

void ControlClient::finish(const QJsonObject &answer, const QString &error)
{
    if (!m_isWaiting)
        return;
    m_isWaiting = false;
    m_socket.abort();
    if (error.isEmpty())
        Q_EMIT answered(answer);
    else
        Q_EMIT failed(error);
}
