// SPDX-License-Identifier: Apache-2.0
#include "plainsocket.h"

#include "socketpoll.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace {

sockaddr_storage peerOf(int descriptor)
{
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    getpeername(descriptor, reinterpret_cast<sockaddr *>(&address), &size);
    return address;
}

bool isForNow(int error)
{
    return error == EAGAIN || error == EINTR;
}

} // namespace

PlainSocket::PlainSocket(int descriptor, std::shared_ptr<SocketPoll> poll, QObject *parent)
    : PeerSocket(parent), m_descriptor(descriptor), m_awaited(EPOLLIN | EPOLLRDHUP),
      m_poll(std::move(poll))
{
    const int one = 1;
    setsockopt(m_descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    const int flags = fcntl(m_descriptor, F_GETFL);
    if (fcntl(m_descriptor, F_SETFL, flags | O_NONBLOCK) != 0
        || !m_poll->add(m_descriptor, m_awaited, this))
        release();
}

PlainSocket::~PlainSocket()
{
    release();
}

QHostAddress PlainSocket::peerAddress() const
{
    const sockaddr_storage address = peerOf(m_descriptor);
    return QHostAddress(reinterpret_cast<const sockaddr *>(&address));
}

quint16 PlainSocket::peerPort() const
{
    const sockaddr_storage address = peerOf(m_descriptor);
    // Both families have it at the same place.
    return ntohs(reinterpret_cast<const sockaddr_in *>(&address)->sin_port);
}

QByteArray PlainSocket::read()
{
    if (m_descriptor < 0)
        return {};
    std::array<char, ReadSize> buffer;
    const ssize_t size = recv(m_descriptor, buffer.data(), buffer.size(), 0);
    m_isOver = size == 0 || (size < 0 && !isForNow(errno));
    m_hasBytes = false;
    awaitEvents();
    return size > 0 ? QByteArray(buffer.data(), size) : QByteArray();
}

void PlainSocket::write(const QByteArray &data)
{
    if (!isOpen())
        return;
    if (!m_unsent.isEmpty()) {
        m_unsent += data;
        return;
    }
    const qsizetype sent = send(data);
    if (sent < data.size()) {
        m_unsent = data.sliced(sent);
        awaitEvents();
    }
}

// How much is done with. All of it after an error, which comes as an event too.
qsizetype PlainSocket::send(const QByteArray &data)
{
    const ssize_t sent =
        ::send(m_descriptor, data.constData(), static_cast<size_t>(data.size()), MSG_NOSIGNAL);
    if (sent < 0)
        return isForNow(errno) ? 0 : data.size();
    return sent;
}

void PlainSocket::close()
{
    if (!isOpen())
        return;
    m_isClosing = true;
    if (m_unsent.isEmpty())
        finishClose();
}

void PlainSocket::abort()
{
    if (m_descriptor >= 0)
        end();
}

void PlainSocket::handleReady(quint32 events)
{
    if ((events & EPOLLOUT) != 0)
        flush();
    const bool isEnding = (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
    if (m_descriptor >= 0 && !m_hasBytes && (isEnding || (events & EPOLLIN) != 0)) {
        m_hasBytes = true;
        Q_EMIT readyRead();
    }
    if (m_descriptor < 0)
        return; // a slot has closed it
    if (m_isOver
        || (isEnding && m_hasBytes)) // whoever does not read is told of the end all the same
        end();
    else
        awaitEvents();
}

void PlainSocket::flush()
{
    m_unsent.remove(0, send(m_unsent));
    if (m_unsent.isEmpty() && m_isClosing)
        return finishClose();
    Q_EMIT written();
}

void PlainSocket::awaitEvents()
{
    quint32 awaited = EPOLLRDHUP;
    if (!m_hasBytes)
        awaited |= EPOLLIN;
    if (!m_unsent.isEmpty())
        awaited |= EPOLLOUT;
    if (std::exchange(m_awaited, awaited) != awaited)
        m_poll->change(m_descriptor, awaited, this);
}

void PlainSocket::finishClose()
{
    // A close with bytes unread would reset the connection, and what was written might be lost.
    constexpr int Reads = 64;
    std::array<char, ReadSize> buffer;
    for (int i = 0; i < Reads; ++i) {
        if (recv(m_descriptor, buffer.data(), buffer.size(), 0) <= 0)
            break;
    }
    end();
}

void PlainSocket::release()
{
    if (m_descriptor < 0)
        return;
    m_poll->remove(m_descriptor, this);
    ::close(std::exchange(m_descriptor, -1));
}

void PlainSocket::end()
{
    release();
    m_unsent.clear();
    m_hasBytes = false;
    Q_EMIT disconnected();
}
