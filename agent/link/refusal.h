// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cometaclient.h"

#include <optional>

class ResponseHead;

// Why a connection ended, in one sentence that says what to do.
struct LinkFailure
{
    CometaClient::Error error = CometaClient::Error::Network;
    int status = 0; // HTTP status when the server refused the attach, else 0
    QString text;
    std::optional<std::chrono::seconds> retryAfter; // the server's wish, at most 10 min
};

// The failure for an attach that was refused with this status. words: what the server said.
[[nodiscard]] LinkFailure refusedAttach(int status, const QString &words, const QString &server);
// The server's Retry-After field, in seconds or as a date; capped at 10 min.
[[nodiscard]] std::optional<std::chrono::seconds> retryAfter(const QByteArray &field);
