// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

struct Request;

// A request as a line for a shell that sends it again.
namespace RequestCurl {

// One word of a POSIX shell that stands for exactly these bytes; no NUL.
[[nodiscard]] QByteArray quoted(const QByteArray &bytes);
// The message that makes the request: JSON in ASCII. Empty when the command is not UTF-8, which no
// message can hold.
[[nodiscard]] QByteArray message(const Request &request);
// url: of the device. Empty like the message.
[[nodiscard]] QString of(const Request &request, const QString &url,
                         const QString &secret = QStringLiteral("APPLICATION-SECRET"));

} // namespace RequestCurl
