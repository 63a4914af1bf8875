// SPDX-License-Identifier: Apache-2.0
#include "keypair.h"

#include <QSslConfiguration>
#include <QSslSocket>

#include <sys/socket.h>
#include <unistd.h>

bool KeyPair::isUsable(const QSslConfiguration &configuration)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return true;
    QSslSocket socket;
    const bool taken = socket.setSocketDescriptor(ends[0]);
    if (taken) {
        socket.setSslConfiguration(configuration);
        socket.startClientEncryption();
    } else {
        ::close(ends[0]);
    }
    const QAbstractSocket::SocketError error = socket.error();
    socket.abort();
    ::close(ends[1]);
    return error != QAbstractSocket::SslInternalError
        && error != QAbstractSocket::SslInvalidUserDataError;
}
