// SPDX-License-Identifier: Apache-2.0
#include "socketpoll.h"

#include "plainsocket.h"

#include <unistd.h>

SocketPoll::SocketPoll(QObject *parent)
    : QObject(parent), m_epoll(epoll_create1(EPOLL_CLOEXEC)),
      m_notifier(m_epoll, QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, &SocketPoll::tellReady);
}

SocketPoll::~SocketPoll()
{
    m_notifier.setEnabled(false);
    ::close(m_epoll);
}

bool SocketPoll::add(int descriptor, quint32 events, PlainSocket *socket)
{
    epoll_event event{events, {socket}};
    return epoll_ctl(m_epoll, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

void SocketPoll::change(int descriptor, quint32 events, PlainSocket *socket)
{
    epoll_event event{events, {socket}};
    epoll_ctl(m_epoll, EPOLL_CTL_MOD, descriptor, &event);
}

void SocketPoll::remove(int descriptor, const PlainSocket *socket)
{
    epoll_ctl(m_epoll, EPOLL_CTL_DEL, descriptor, nullptr);
    for (int i = 0; i < m_ready; ++i) {
        if (m_events[static_cast<size_t>(i)].data.ptr == socket)
            m_events[static_cast<size_t>(i)].data.ptr = nullptr;
    }
}

void SocketPoll::tellReady()
{
    m_ready = epoll_wait(m_epoll, m_events.data(), static_cast<int>(m_events.size()), 0);
    for (int i = 0; i < m_ready; ++i) {
        const epoll_event &event = m_events[static_cast<size_t>(i)];
        if (auto *socket = static_cast<PlainSocket *>(event.data.ptr))
            socket->handleReady(event.events);
    }
    m_ready = 0;
}
