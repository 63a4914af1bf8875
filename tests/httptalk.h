// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>

// HTTP as a requester of the server speaks it: requests, and answers taken apart.
namespace HttpTalk {

// line: "GET /healthz". fields end with CR LF each.
inline QByteArray request(const QByteArray &line, const QByteArray &fields = {},
                          const QByteArray &body = {})
{
    const QByteArray length =
        body.isEmpty() ? "" : "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    return line + " HTTP/1.1\r\nHost: h\r\n" + fields + length + "\r\n" + body;
}

struct Answer
{
    int status = 0;
    QByteArray head; // with the empty line behind it
    QByteArray body;

    [[nodiscard]] QByteArray field(const QByteArray &name) const
    {
        const qsizetype at = head.indexOf("\r\n" + name + ": ");
        const qsizetype begin = at + 2 + name.size() + 2;
        return at < 0 ? QByteArray() : head.sliced(begin, head.indexOf("\r\n", begin) - begin);
    }
};

// The whole answers at the beginning of a stream, in order. The body of a chunked one is all the
// rest.
inline QList<Answer> answersIn(QByteArray stream)
{
    QList<Answer> answers;
    for (;;) {
        const qsizetype end = stream.indexOf("\r\n\r\n");
        if (!stream.startsWith("HTTP/1.1 ") || end < 0)
            return answers;
        Answer answer{stream.sliced(9, 3).toInt(), stream.first(end + 4), {}};
        const bool isChunked = answer.field("Transfer-Encoding") == "chunked";
        const qsizetype size = isChunked ? stream.size() - answer.head.size()
                                         : answer.field("Content-Length").toLongLong();
        if (stream.size() < answer.head.size() + size)
            return answers;
        answer.body = stream.sliced(answer.head.size(), size);
        stream.remove(0, answer.head.size() + size);
        answers.append(answer);
    }
}

inline QList<int> statusesIn(const QByteArray &stream)
{
    QList<int> statuses;
    for (const Answer &answer : answersIn(stream))
        statuses.append(answer.status);
    return statuses;
}

} // namespace HttpTalk
