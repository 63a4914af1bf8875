// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "outcome.h"
#include "requestparser.h"

#include <QDateTime>

// The bytes of every answer. None is ever empty, longer than its limit, or begins like a heartbeat
// or an event.
namespace Reply {

inline constexpr qsizetype DefaultLimit = 1024 * 1024; // bytes

// The answer to a request that ended, in the form that it asked for. Whatever the agent itself has
// to say (denied, expired, busy, …) is JSON in both forms.
[[nodiscard]] QByteArray ended(const Request &request, const Outcome &outcome,
                               qsizetype limit = DefaultLimit);
// The same, always in the JSON form: the answer to {"op":"result"}.
[[nodiscard]] QByteArray json(const Request &request, const Outcome &outcome,
                              qsizetype limit = DefaultLimit);
// The payload of the upstream event {"event":"result",…}: the members of the JSON form, cut to fit.
[[nodiscard]] QByteArray resultEvent(const Request &request, const Outcome &outcome);

// {"msg":"Pending.",…}; state is AwaitingApproval, Approved or Running.
[[nodiscard]] QByteArray pending(const Request &request, RequestState state);
[[nodiscard]] QByteArray refused(const QString &requestName, const Refusal &refusal);
// requesterId: the member "id" of the message, echoed; null when none was sent.
[[nodiscard]] QByteArray unknown(const QString &target, const QString &requesterId = {});

// {"op":"status"}
struct Status
{
    QString version;
    QString approval; // "ask", "rules" or "all"
    QDateTime windowUntil; // invalid: no window is open
    int awaiting = 0;
    int running = 0;
    bool answerable = false; // somebody can be asked now
};
[[nodiscard]] QByteArray status(const Status &status, const QString &requesterId = {});

} // namespace Reply
