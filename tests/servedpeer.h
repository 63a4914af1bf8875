// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plainsocket.h"
#include "socketpoll.h"
#include "tcppeer.h"

#include <memory>
#include <unistd.h>

// Connects the peer to nobody but this process, and gives the server's end, which the caller owns.
inline PeerSocket *connectServed(TcpPeer *peer)
{
    const std::unique_ptr<QTcpSocket> socket(peer->connectPair());
    const int descriptor = dup(static_cast<int>(socket->socketDescriptor()));
    return new PlainSocket(descriptor, std::make_shared<SocketPoll>());
}
