// SPDX-License-Identifier: Apache-2.0
#include "singleinstance.h"

#include "controlpath.h"

#include <QFile>
#include <QLocalSocket>

#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace {

// To connect is the whole message: nobody has to wait for an answer. Plain calls, since connecting
// to a local socket succeeds or fails at once, and this is before the event loop.
bool knock(const QByteArray &path)
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
    close(fd);
    return connected;
}

} // namespace

SingleInstance::SingleInstance(QObject *parent) : QObject(parent)
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::handleConnection);
}

SingleInstance::Claim SingleInstance::claim(const QString &dataDirectory, QString *errorString)
{
    QString path = controlSocketPath(dataDirectory, errorString);
    if (path.isEmpty())
        return Claim::Failed;
    path.replace(path.lastIndexOf(QLatin1String(".sock")), 5, QLatin1String(".window"));
    if (knock(QFile::encodeName(path)))
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
        socket->deleteLater();
        Q_EMIT raiseRequested();
    }
}
