// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chunkdecoder.h"

#include <QByteArray>
#include <QList>

// One HTTP request, read as its bytes come: RFC 9112 and nothing looser, so that no two readers can
// disagree on where it ends. What it gives never depends on how the bytes were split.
class HttpRequest final
{
public:
    enum class State { Head, Body, Complete, Refused };
    struct Field
    {
        QByteArray name; // lower case
        QByteArray value; // without blanks at its ends
    };

    static constexpr qsizetype MaximumHead = 16 * 1024;
    static constexpr qsizetype MaximumFields = 100;
    static constexpr qsizetype MaximumBody = 1024 * 1024;
    static constexpr qsizetype MaximumCodedBody =
        8 * MaximumBody; // chunk sizes and extensions included

    HttpRequest();

    // Takes bytes up to the end of this request and returns how many; what is left is the next
    // one's. The call that completes the head returns there, so that the body can be awaited or
    // announced.
    [[nodiscard]] qsizetype feed(QByteArrayView bytes);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool hasStarted() const { return m_headSize > 0; }
    [[nodiscard]] int errorStatus() const { return m_errorStatus; } // 400, 413, 417, 431, 501, 505

    // Once the head is complete:
    [[nodiscard]] const QByteArray &method() const { return m_method; }
    [[nodiscard]] QByteArrayView query() const; // behind the question mark, percent-encoded
    [[nodiscard]] QByteArrayView path() const; // as sent, percent-encoded, without the query
    [[nodiscard]] QByteArray value(QByteArrayView name) const; // the first of that name, or empty
    [[nodiscard]] qsizetype count(QByteArrayView name) const;
    [[nodiscard]] bool expectsContinue() const;
    [[nodiscard]] bool isHttp10() const { return m_http10; }
    [[nodiscard]] bool keepsAlive() const;

    [[nodiscard]] const QByteArray &body() const { return m_body; }

private:
    void takeLine(QByteArrayView line);
    void takeRequestLine(QByteArrayView line);
    void takeField(QByteArrayView line);
    void finishHead();
    void chooseBody();
    void takeLength(const QByteArray &value);
    [[nodiscard]] qsizetype feedHead(QByteArrayView bytes);
    [[nodiscard]] qsizetype feedBody(QByteArrayView bytes);
    [[nodiscard]] qsizetype feedChunks(QByteArrayView bytes);
    void refuse(int status);

    State m_state = State::Head;
    int m_errorStatus = 0;
    bool m_http10 = false;
    bool m_isChunked = false;
    qsizetype m_headSize = 0;
    qsizetype m_codedSize = 0;
    qsizetype m_missing = 0; // bytes of a body with Content-Length
    QByteArray m_line;
    QByteArray m_method;
    QByteArray m_target;
    QList<Field> m_fields;
    QByteArray m_body;
    ChunkDecoder m_decoder;
};
