// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "peersocket.h"

#include <memory>

class SocketPoll;

// A PeerSocket in the clear. It has no buffer for what has come, which stays with the system until
// it is read: a QTcpSocket would take 10 kB and more for each device.
class PlainSocket final : public PeerSocket
{
    Q_OBJECT

public:
    // Takes over the descriptor of a TCP connection. Not open when the system has no room for it.
    PlainSocket(int descriptor, std::shared_ptr<SocketPoll> poll, QObject *parent = nullptr);
    ~PlainSocket() override;

    [[nodiscard]] bool isOpen() const override { return m_descriptor >= 0 && !m_isClosing; }
    [[nodiscard]] QHostAddress peerAddress() const override; // null once it ended
    [[nodiscard]] quint16 peerPort() const override;
    [[nodiscard]] bool hasBytes() const override { return m_hasBytes; }
    [[nodiscard]] QByteArray read() override;
    void write(const QByteArray &data) override;
    [[nodiscard]] qint64 backlog() const override { return m_unsent.size(); }
    void close() override;
    void abort() override;

    void handleReady(quint32 events); // of epoll, for the poll

private:
    [[nodiscard]] qsizetype send(const QByteArray &data);
    void flush();
    void awaitEvents();
    void finishClose();
    void release();
    void end();

    int m_descriptor; // -1: ended
    quint32 m_awaited; // events
    std::shared_ptr<SocketPoll> m_poll;
    QByteArray m_unsent;
    bool m_hasBytes = false; // came and not read; not asked for again until they are
    bool m_isOver = false; // the peer ended it, and all was read
    bool m_isClosing = false;
};
