// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "peersocket.h"

class QTcpSocket;

// A PeerSocket over one of Qt's: those with TLS.
class QtSocket final : public PeerSocket
{
    Q_OBJECT

public:
    // Takes the socket over, which is connected.
    explicit QtSocket(QTcpSocket *socket, QObject *parent = nullptr);
    ~QtSocket() override;

    [[nodiscard]] bool isOpen() const override;
    [[nodiscard]] QHostAddress peerAddress() const override;
    [[nodiscard]] quint16 peerPort() const override;
    [[nodiscard]] bool hasBytes() const override;
    [[nodiscard]] QByteArray read() override;
    void write(const QByteArray &data) override;
    [[nodiscard]] qint64 backlog() const override;
    void close() override;
    void abort() override;

private:
    QTcpSocket *m_socket; // child
};
