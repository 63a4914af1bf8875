// SPDX-License-Identifier: Apache-2.0
#include "replyqueue.h"

#include <algorithm>
#include <utility>

QList<ReplyQueue::Open> ReplyQueue::arrived(quint64 number, BootClock::time_point now)
{
    QList<Open> givenUp;
    while (!m_open.isEmpty() && now - m_open.first().arrived >= Pipelined)
        givenUp.append(m_open.takeFirst());
    m_open.append({number, now, std::nullopt});
    return givenUp;
}

bool ReplyQueue::reply(quint64 number, const QByteArray &data)
{
    const auto open = std::find_if(m_open.begin(), m_open.end(),
                                   [number](const Open &o) { return o.number == number; });
    if (open == m_open.end() || open->reply)
        return false;
    open->reply = data;
    return true;
}

QList<QByteArray> ReplyQueue::takeReady()
{
    QList<QByteArray> ready;
    while (!m_open.isEmpty() && m_open.first().reply)
        ready.append(*m_open.takeFirst().reply);
    return ready;
}

QList<ReplyQueue::Open> ReplyQueue::takeAll()
{
    return std::exchange(m_open, {});
}
