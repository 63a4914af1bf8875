// SPDX-License-Identifier: Apache-2.0
#include "singleinstance.h"

#include "controlpath.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QLoggingCategory>

#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace {

Q_LOGGING_CATEGORY(lcInstance, "cometa.ui", QtInfoMsg)

// Nobody has to wait for an answer. Plain calls, since connecting to a local socket succeeds or
// fails at once, as does a message that has room in its buffer, and this is before the event loop.
bool knock(const QByteArray &path, const QByteArray &message)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (size_t(path.size()) >= sizeof address.sun_path)
        return false;
    std::memcpy(address.sun_path, path.constData(), size_t(path.size()));
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return false;
    const bool connected =
        connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
    if (connected && send(fd, message.constData(), size_t(message.size()), MSG_NOSIGNAL) < 0)
        qCInfo(lcInstance, "the options were not told"); // it shows itself all the same
    close(fd);
    return connected;
}

QByteArray messageOf(const SingleInstance::Values &values)
{
    QJsonObject object;
    for (auto value = values.cbegin(); value != values.cend(); ++value)
        object.insert(value.key(), value.value());
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

SingleInstance::Values valuesOf(const QByteArray &message)
{
    SingleInstance::Values values;
    const QJsonObject object = QJsonDocument::fromJson(message).object();
    for (auto value = object.constBegin(); value != object.constEnd(); ++value) {
        if (value->isString())
            values.insert(value.key(), value->toString());
    }
    return values;
}

} // namespace

SingleInstance::SingleInstance(QObject *parent) : QObject(parent)
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::handleConnection);
}

SingleInstance::Claim SingleInstance::claim(const QString &dataDirectory, const Values &values,
                                            QString *errorString)
{
    QString path = controlSocketPath(dataDirectory, errorString);
    if (path.isEmpty())
        return Claim::Failed;
    path.replace(path.lastIndexOf(QLatin1String(".sock")), 5, QLatin1String(".window"));
    if (knock(QFile::encodeName(path), messageOf(values)))
        return Claim::Raised;
    QLocalServer::removeServer(path); // left behind by one that was killed
    if (m_server.listen(path))
        return Claim::First;
    *errorString = tr("%1 cannot be made: %2. Check that the directory can be written.")
                       .arg(path, m_server.errorString());
    return Claim::Failed;
}

void SingleInstance::handleConnection()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, this, [this, socket] { take(socket); });
        connect(socket, &QLocalSocket::readyRead, socket, [socket] {
            if (socket->bytesAvailable() > MaximumMessage)
                socket->abort();
        });
        if (socket->state() == QLocalSocket::UnconnectedState)
            take(socket);
    }
}

void SingleInstance::take(QLocalSocket *socket)
{
    Q_EMIT raiseRequested(valuesOf(socket->readAll()));
    socket->deleteLater();
}
