// SPDX-License-Identifier: Apache-2.0
#include "connectattempt.h"

#include <QNetworkInterface>
#include <QSocketNotifier>

#include <cerrno>
#include <cstring>
#include <utility>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

struct Target
{
    sockaddr_storage address = {};
    socklen_t size = 0;
};

Target targetOf(const QHostAddress &address, quint16 port)
{
    Target target;
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        sockaddr_in v4 = {};
        v4.sin_family = AF_INET;
        v4.sin_port = htons(port);
        v4.sin_addr.s_addr = htonl(address.toIPv4Address());
        std::memcpy(&target.address, &v4, sizeof v4);
        target.size = sizeof v4;
        return target;
    }
    sockaddr_in6 v6 = {};
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    std::memcpy(&v6.sin6_addr, &bytes, sizeof bytes);
    v6.sin6_scope_id =
        static_cast<uint32_t>(QNetworkInterface::interfaceIndexFromName(address.scopeId()));
    std::memcpy(&target.address, &v6, sizeof v6);
    target.size = sizeof v6;
    return target;
}

} // namespace

ConnectAttempt::ConnectAttempt(const QHostAddress &address, quint16 port, QObject *parent)
    : QObject(parent), m_address(address), m_port(port)
{
}

ConnectAttempt::~ConnectAttempt()
{
    delete m_notifier;
    if (m_fd >= 0)
        ::close(m_fd);
}

void ConnectAttempt::start()
{
    if (begin())
        return;
    const int error = errno;
    QMetaObject::invokeMethod(
        this, [this, error] { Q_EMIT failed(error); }, Qt::QueuedConnection);
}

int ConnectAttempt::takeDescriptor()
{
    return std::exchange(m_fd, -1);
}

bool ConnectAttempt::begin()
{
    const Target target = targetOf(m_address, m_port);
    m_fd = ::socket(target.address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (m_fd < 0)
        return false;
    const auto *address = reinterpret_cast<const sockaddr *>(&target.address);
    if (::connect(m_fd, address, target.size) != 0 && errno != EINPROGRESS)
        return false;
    m_notifier = new QSocketNotifier(m_fd, QSocketNotifier::Write, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &ConnectAttempt::handleWritable);
    return true;
}

void ConnectAttempt::handleWritable()
{
    m_notifier->setEnabled(false);
    int error = 0;
    socklen_t size = sizeof error;
    if (::getsockopt(m_fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0)
        error = errno;
    if (error == 0)
        Q_EMIT connected();
    else
        Q_EMIT failed(error);
}
