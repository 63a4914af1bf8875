// SPDX-License-Identifier: Apache-2.0
#include "controlsocket.h"

#include "controlcommands.h"
#include "controlconnection.h"

#include <QFile>
#include <QLocalSocket>

#include <algorithm>
#include <cerrno>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace {

constexpr int backlog = 64;

// A file descriptor that is closed unless it is released.
class Descriptor
{
public:
    explicit Descriptor(int fd) : m_fd(fd) { }
    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Q_DISABLE_COPY_MOVE(Descriptor)

    [[nodiscard]] int get() const { return m_fd; }
    [[nodiscard]] int release() { return std::exchange(m_fd, -1); }

private:
    int m_fd;
};

sockaddr_un addressOf(const QByteArray &path)
{
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    std::copy(path.begin(), path.end(), static_cast<char *>(address.sun_path));
    return address;
}

template<typename Call>
int withAddress(Call call, int fd, const sockaddr_un &address)
{
    return call(fd, reinterpret_cast<const sockaddr *>(&address), sizeof(address));
}

bool somebodyListens(const sockaddr_un &address)
{
    const Descriptor probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    // EAGAIN: it does listen, but its queue is full.
    return withAddress(::connect, probe.get(), address) == 0 || errno == EAGAIN;
}

} // namespace

ControlSocket::ControlSocket(Agent *agent, bool allowApprove, QObject *parent)
    : QObject(parent), m_agent(agent), m_allowApprove(allowApprove)
{
    connect(&m_server, &QLocalServer::newConnection, this, &ControlSocket::handleNewConnection);
}

ControlSocket::~ControlSocket()
{
    m_server.close();
    if (!m_path.isEmpty())
        QFile::remove(m_path);
}

bool ControlSocket::listen(const QString &path, QString *errorString)
{
    const QByteArray name = QFile::encodeName(path);
    if (name.isEmpty() || name.size() >= qsizetype(sizeof(sockaddr_un::sun_path))) {
        *errorString = tr("%1 cannot be the name of a socket.").arg(path);
        return false;
    }
    const sockaddr_un address = addressOf(name);
    struct stat status = {};
    if (lstat(name.constData(), &status) == 0) {
        if (!S_ISSOCK(status.st_mode) || status.st_uid != geteuid()) {
            *errorString = tr("%1 is in the way and not a socket of ours: remove it.").arg(path);
            return false;
        }
        if (somebodyListens(address)) {
            *errorString = tr("Another program listens at %1: end it first.").arg(path);
            return false;
        }
        ::unlink(name.constData());
    }
    Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    const mode_t before = umask(0177); // never open to others, not for a moment
    const bool bound = withAddress(::bind, socket.get(), address) == 0;
    umask(before);
    if (!bound || ::listen(socket.get(), backlog) != 0 || !m_server.listen(socket.get())) {
        *errorString =
            tr("The control socket %1 could not be made: %2").arg(path, qt_error_string(errno));
        return false;
    }
    (void)socket.release(); // the server's now
    m_path = path;
    return true;
}

bool ControlSocket::isPeerOf(qintptr descriptor, uid_t uid)
{
    ucred peer = {};
    socklen_t size = sizeof(peer);
    return getsockopt(int(descriptor), SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0
        && peer.uid == uid;
}

void ControlSocket::handleNewConnection()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        if (m_connections >= MaximumConnections
            || !isPeerOf(socket->socketDescriptor(), geteuid())) {
            socket->abort();
            delete socket;
            continue;
        }
        ++m_connections;
        const ControlCommands commands(m_agent, m_allowApprove);
        auto *connection = new ControlConnection(
            socket, [commands](const QJsonObject &request) { return commands.answer(request); },
            this);
        connect(connection, &QObject::destroyed, this, [this] { --m_connections; });
    }
}
