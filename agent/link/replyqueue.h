// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deadline.h"

#include <QByteArray>
#include <QList>

#include <optional>

// The requests of one connection that the server has no reply for yet, in the order of arrival.
// There are no request ids on the wire: a reply belongs to the oldest one, so replies go out in
// order, and a request that the server has given up on must never be answered.
class ReplyQueue final
{
public:
    // A request that follows an unanswered one sooner than this is pipelined; one that comes later
    // tells that the server gave up on it.
    static constexpr std::chrono::milliseconds Pipelined{1'000};

    struct Open
    {
        quint64 number = 0;
        BootClock::time_point arrived;
        std::optional<QByteArray> reply; // given, but one before it is not
    };

    // The ones that the server gave up on; they are out of the queue.
    [[nodiscard]] QList<Open> arrived(quint64 number, BootClock::time_point now);
    // False when that request is not open or has its reply.
    bool reply(quint64 number, const QByteArray &data);
    // The replies that may be written now, in order; they are out of the queue.
    [[nodiscard]] QList<QByteArray> takeReady();
    // All that are open; the connection is lost.
    [[nodiscard]] QList<Open> takeAll();

private:
    QList<Open> m_open;
};
