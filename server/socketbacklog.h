// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSslSocket>
#include <QTcpSocket>

// Bytes that were written and that the other side has not taken, those inside TLS counted twice at
// the most.
[[nodiscard]] inline qint64 backlogOf(const QTcpSocket *socket)
{
    const auto *tls = qobject_cast<const QSslSocket *>(socket);
    return socket->bytesToWrite() + (tls ? tls->encryptedBytesToWrite() : 0);
}
