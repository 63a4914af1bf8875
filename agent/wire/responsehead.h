// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

// Reads the head of the answer to an attach: status line and header fields, HTTP/1.1 only.
// Interim answers (1xx, at most five) are skipped; 101 is an error.
// Limits: 16 KiB a head, 8 KiB a line, 100 fields.
class ResponseHead final
{
public:
    enum class Error {
        None,
        BadStatusLine,
        BadField,
        BadLineEnd, // a bare CR or LF
        LineTooLong,
        HeadTooLong,
        TooManyFields,
        TooManyInterim,
        SwitchingProtocols,
    };
    enum class Body { Chunked, Length, UntilClose, None, Invalid };
    struct Field
    {
        QByteArray name; // lower case
        QByteArray value; // without blanks at its ends
    };

    // Takes bytes up to the end of the head and returns how many; what follows is the body.
    [[nodiscard]] qsizetype feed(QByteArrayView bytes);

    [[nodiscard]] bool isComplete() const;
    [[nodiscard]] Error error() const { return m_error; }
    [[nodiscard]] QString errorString() const; // one sentence for the owner; empty without an error

    // Of a complete head:
    [[nodiscard]] int statusCode() const;      // 200..599
    [[nodiscard]] QByteArray reason() const;
    [[nodiscard]] QList<Field> fields() const;
    [[nodiscard]] QByteArray value(QByteArrayView name) const; // the first of that name, or empty
    // How the body is framed. Invalid: both Content-Length and Transfer-Encoding, several of either
    // that differ, a coding other than "chunked", or any Content-Encoding but identity.
    [[nodiscard]] Body body() const;
    [[nodiscard]] qint64 contentLength() const; // of Body::Length

private:
    Error m_error = Error::None;
};
