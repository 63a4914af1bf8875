// SPDX-License-Identifier: Apache-2.0
#include "socketstatus.h"

#include <QSslSocket>
#include <QTcpSocket>

#include <algorithm>
#include <linux/sockios.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace {

void setInt(int fd, int level, int option, int value)
{
    setsockopt(fd, level, option, &value, sizeof value);
}

} // namespace

namespace SocketStatus {

qint64 unacknowledged(const QTcpSocket &socket)
{
    qint64 buffered = socket.bytesToWrite();
    if (const auto *ssl = qobject_cast<const QSslSocket *>(&socket))
        buffered += ssl->encryptedBytesToWrite();
    int queued = 0;
    const auto fd = static_cast<int>(socket.socketDescriptor());
    if (fd < 0 || ioctl(fd, SIOCOUTQ, &queued) != 0)
        return buffered;
    return buffered + queued;
}

quint64 acknowledged(const QTcpSocket &socket)
{
    tcp_info info{};
    socklen_t size = sizeof info;
    const auto fd = static_cast<int>(socket.socketDescriptor());
    if (fd < 0 || getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) != 0)
        return 0;
    return info.tcpi_bytes_acked;
}

void setTimeout(const QTcpSocket &socket, std::chrono::milliseconds timeout)
{
    const auto fd = static_cast<int>(socket.socketDescriptor());
    if (fd < 0)
        return;
    const auto ms = static_cast<int>(timeout.count());
    setInt(fd, IPPROTO_TCP, TCP_NODELAY, 1);
    setInt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, ms);
    setInt(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
    setInt(fd, IPPROTO_TCP, TCP_KEEPIDLE, std::max(1, ms / 2000));
    setInt(fd, IPPROTO_TCP, TCP_KEEPINTVL, std::max(1, ms / 4000));
    setInt(fd, IPPROTO_TCP, TCP_KEEPCNT, 3);
}

} // namespace SocketStatus
