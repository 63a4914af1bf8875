// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fieldline.h"
#include "linereader.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QList>
#include <QString>

// Reads the head of the answer to an attach: status line and header fields, HTTP/1.1 only. That of
// a proxy may be HTTP/1.0.
// Interim answers (1xx, at most five) are skipped; 101 is an error.
// Limits: 16 KiB a head, 8 KiB a line, 100 fields.
class ResponseHead final
{
    Q_DECLARE_TR_FUNCTIONS(ResponseHead)

public:
    enum class Error {
        None,
        BadStatusLine,
        BadField, // no token before the colon, a blank there, a folded line, a control character
        BadLineEnd, // a bare CR or LF
        LineTooLong,
        HeadTooLong,
        TooManyFields,
        TooManyInterim,
        SwitchingProtocols,
    };
    enum class Body { Chunked, Length, UntilClose, None, Invalid };
    enum class Version { Http11, Http1x };
    using Field = FieldLine;

    explicit ResponseHead(Version version = Version::Http11);

    // Takes bytes up to the end of the head or a fault and returns how many; what follows the end
    // is the body. Takes none after that.
    [[nodiscard]] qsizetype feed(QByteArrayView bytes);

    [[nodiscard]] bool isComplete() const { return m_isComplete; }
    [[nodiscard]] Error error() const { return m_error; }
    [[nodiscard]] QString errorString() const; // one sentence for the owner; empty without an error

    // Of a complete head:
    [[nodiscard]] int statusCode() const { return m_statusCode; } // 200..599
    [[nodiscard]] QByteArray reason() const { return m_reason; }
    [[nodiscard]] QList<Field> fields() const { return m_fields; }
    // The first of that name, whatever its case, or empty.
    [[nodiscard]] QByteArray value(QByteArrayView name) const;
    // How the body is framed. Invalid: both Content-Length and Transfer-Encoding, lengths that
    // differ or are no number, several Transfer-Encoding fields, a coding other than "chunked",
    // or any Content-Encoding but identity.
    [[nodiscard]] Body body() const;
    [[nodiscard]] qint64 contentLength() const; // of Body::Length; else -1

private:
    void takeByte(char c);
    void takeLine(const QByteArray &line);
    void takeStatusLine(const QByteArray &line);
    void endHead();
    [[nodiscard]] bool isStatusLineSoFar() const;
    [[nodiscard]] QList<QByteArray> values(QByteArrayView name) const;

    Version m_version;
    Error m_error = Error::None;
    bool m_isComplete = false;
    bool m_hasStatusLine = false;
    int m_interim = 0; // heads skipped
    qsizetype m_size = 0; // bytes of this head
    int m_statusCode = 0;
    QByteArray m_reason;
    QList<Field> m_fields;
    LineReader m_line;
};
