// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <chrono>

class QTcpSocket;

// What the kernel knows of a TCP connection and Qt does not tell.
namespace SocketStatus {

// Bytes that were written and that the peer's TCP has not acknowledged (SIOCOUTQ), those that Qt
// still holds included.
[[nodiscard]] qint64 unacknowledged(const QTcpSocket &socket);
// Bytes that the peer's TCP has acknowledged since the connection was made (tcpi_bytes_acked).
[[nodiscard]] quint64 acknowledged(const QTcpSocket &socket);
// No delay for small frames, keep-alive probes, and an end when nothing is acknowledged for longer
// than timeout (TCP_USER_TIMEOUT).
void setTimeout(const QTcpSocket &socket, std::chrono::milliseconds timeout);

} // namespace SocketStatus
