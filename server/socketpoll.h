// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <array>
#include <sys/epoll.h>

class PlainSocket;

// Tells sockets when they are ready. Qt's event loop looks at every descriptor on each of its
// turns, which takes longer than all else with thousands of devices; here the system looks, and Qt
// has one descriptor for all of them.
class SocketPoll final : public QObject
{
    Q_OBJECT

public:
    explicit SocketPoll(QObject *parent = nullptr);
    ~SocketPoll() override;

    // events: those of epoll that the socket is told of, as long as they last.
    [[nodiscard]] bool add(int descriptor, quint32 events, PlainSocket *socket);
    void change(int descriptor, quint32 events, PlainSocket *socket);
    void remove(int descriptor, const PlainSocket *socket); // before the descriptor is closed

private:
    void tellReady();

    int m_epoll;
    QSocketNotifier m_notifier;
    std::array<epoll_event, 64> m_events{};
    int m_ready = 0; // of m_events, being told
};
