// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "request.h"

#include <variant>

// Why a message is no request. The reply's msg is the SDK's: "Invalid JSON object." or
// "Invalid command.".
struct Refusal
{
    enum class Kind { InvalidJson, InvalidCommand };
    Kind kind = Kind::InvalidJson;
    QString detail; // says what is wrong; no bytes of the message in it
    QString requesterId; // the member "id"; null when none could be read
};

inline constexpr int MaximumDepth = 8; // of the JSON; the object itself is 1
inline constexpr int MaximumMembers = 64; // in all
inline constexpr qsizetype MaximumCommand = 65536; // bytes
inline constexpr int MaximumReason = 500; // characters (code points)
inline constexpr int MaximumRequesterId = 64; // characters (code points)
inline constexpr int MaximumTimeout = 86400; // seconds

// Strict UTF-8 JSON, one object, no duplicate keys. With acceptText a message that begins neither
// with '{' nor a control character and is UTF-8 is the command itself, as in the SDK's C sample.
// The result has no id and no name yet.
[[nodiscard]] std::variant<Request, Refusal> parseRequest(QByteArrayView message, bool acceptText);
