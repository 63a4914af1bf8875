// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <chrono>

// The body of the answer to an attach: the first chunk, or the body of a refusal. Servers differ in
// spacing, order, and in strings or numbers; the member names are those of all documented versions.
struct AttachReply
{
    // A JSON object; the first of msg, status and response that is there begins with 200, and none
    // of the others with another number of HTTP.
    bool accepted = false;
    int status = 0; // the number that the one that counts begins with; 0: none
    QString words; // what the server says, printable ASCII, at most 120 characters
    std::chrono::seconds heartbeat{60}; // 1..300
    QDateTime serverTime; // invalid when there was none
    std::chrono::milliseconds timeout{0}; // the server's request time-out; 0: not told

    [[nodiscard]] static AttachReply parse(const QByteArray &body);
};

// Words of the server fit to be shown: printable ASCII, at most 120 characters.
[[nodiscard]] QString shownWords(const QByteArray &words);
