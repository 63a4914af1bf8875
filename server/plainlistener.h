// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTcpServer>

// Listens for connections in the clear, and makes no QTcpSocket of them.
class PlainListener final : public QTcpServer
{
    Q_OBJECT

public:
    using QTcpServer::QTcpServer;

Q_SIGNALS:
    void accepted(int descriptor); // now the receiver's

protected:
    void incomingConnection(qintptr descriptor) override
    {
        Q_EMIT accepted(static_cast<int>(descriptor));
    }
};
