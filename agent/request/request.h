// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "requestid.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

// The life of a request. The first four are alive, all others are ends.
enum class RequestState {
    Received,
    AwaitingApproval,
    Approved,
    Running,
    Finished, // the command ended by itself, whatever its exit status
    Invalid, // not a request that we can read
    Busy, // too many wait or run
    Denied,
    Expired, // nobody decided in time
    Withdrawn, // the link was lost before anybody decided
    Failed, // could not be started, or its supervisor was ended
    TimedOut,
    Stopped, // by the owner
    Cancelled, // by the requester
    Interrupted, // the agent died
};

[[nodiscard]] QString stateName(RequestState state); // "awaiting-approval", "timed-out", …
[[nodiscard]] std::optional<RequestState> stateFromName(QStringView name);
[[nodiscard]] bool hasEnded(RequestState state);

// One message of the server, understood. A value: it never changes after it was parsed.
struct Request
{
    enum class Kind { Command, Status, Result, Cancel };
    enum class ReplyForm { Raw, Json };

    RequestId id; // the connection it came by and its number there
    QString name; // how people and replies call it, unique on this device: 10 letters and digits
    Kind kind = Kind::Command;
    QByteArray command; // exactly the bytes that are shown and run
    ReplyForm replyForm = ReplyForm::Raw;
    std::chrono::seconds timeout{0}; // asked for; 0: none
    QString reason; // says the requester, unverified
    QString requesterId; // the member "id", echoed; null when none was sent
    QString target; // of Result and Cancel: the name of the request meant
    QStringList ignored; // members that were not understood

    [[nodiscard]] QByteArray commandSha256() const; // 64 lower-case hex digits
    // For JSON: nothing when a string would not keep exactly these bytes.
    [[nodiscard]] std::optional<QString> commandText() const;
    [[nodiscard]] static QString newName();
    friend bool operator==(const Request &, const Request &) = default;
};
