// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "visibletext.h"

// Walks over bytes and hands out the pieces that VisibleText is made of: a character, an escape, or
// a run of blanks. It looks ahead but never copies, so that the beginning of a long text is cheap.
class VisibleScanner final
{
public:
    struct Piece
    {
        QString text;
        VisibleText::Kind kind = VisibleText::Kind::Plain;
        qsizetype offset = 0;
        qsizetype length = 0;
        int newlines = 0; // it is a run of so many
        bool isHidden = false; // not seen as it is
        bool isAscii = true; // its bytes
    };

    explicit VisibleScanner(QByteArrayView bytes) : m_bytes(bytes) { }

    [[nodiscard]] bool atEnd() const { return m_position == m_bytes.size(); }
    [[nodiscard]] Piece next();

private:
    [[nodiscard]] qsizetype runLength(char byte) const;
    [[nodiscard]] bool countFollows(qsizetype position) const;
    [[nodiscard]] Piece escaped(const QString &text, qsizetype length, bool isHidden) const;
    [[nodiscard]] Piece run(QChar letter, qsizetype length) const;
    [[nodiscard]] Piece blanks() const;
    [[nodiscard]] Piece ascii(char byte) const;
    [[nodiscard]] Piece character() const;

    QByteArrayView m_bytes;
    qsizetype m_position = 0;
};

// Drawn by itself, from left to right, and not to be taken for nothing or for an escape.
[[nodiscard]] bool isDrawnAlone(char32_t codePoint);
