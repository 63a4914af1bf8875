// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

// Collects one line of a head or a trailer, byte by byte, up to its CR LF.
class LineReader final
{
public:
    enum class Result {
        Incomplete,
        Line, // line() is whole; the next byte begins a new one
        BareEnd, // a CR or LF alone
        BadByte, // a control character other than HTAB
        TooLong,
    };

    // maximum: bytes of a line without its CR LF.
    explicit LineReader(qsizetype maximum) : m_maximum(maximum) { }

    [[nodiscard]] Result take(char c);
    [[nodiscard]] const QByteArray &line() const { return m_line; } // without its CR LF

private:
    qsizetype m_maximum;
    QByteArray m_line;
    bool m_hasReturn = false; // the CR of the end came
    bool m_isWhole = false;
};
