// SPDX-License-Identifier: Apache-2.0
#include "lifeline.h"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

void closeEnd(int *end)
{
    if (*end >= 0)
        ::close(std::exchange(*end, -1));
}

} // namespace

Lifeline::~Lifeline()
{
    close();
}

// A pipe may hold as little as a page when its user has many of them.
bool Lifeline::open()
{
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return false;
    m_end = ends[0];
    m_childEnd = ends[1];
    return true;
}

void Lifeline::inheritChildEnd()
{
    ::fcntl(m_childEnd, F_SETFD, 0);
}

void Lifeline::closeChildEnd()
{
    closeEnd(&m_childEnd);
}

bool Lifeline::send(QByteArrayView bytes)
{
    ssize_t sent = -1;
    do {
        sent = ::send(m_end, bytes.data(), size_t(bytes.size()), MSG_DONTWAIT | MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    if (sent >= 0 && sent < bytes.size())
        errno = ENOBUFS;
    return sent == bytes.size();
}

void Lifeline::close()
{
    closeEnd(&m_end);
    closeEnd(&m_childEnd);
}
