// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sgr.h"

#include <QList>
#include <QString>

// The output of a command as text, a piece at a time as it comes. Colours and styles that it asks
// for (ANSI SGR, ESC [ … m) are followed; nothing else has an effect: line ends, tabs and blanks
// are kept, every other control or invisible character and every byte that is not UTF-8 is written
// as VisibleText does. What may go on in the next piece, half a character or sequence, is held
// back.
class AnsiText final
{
public:
    struct Piece
    {
        QString text; // may hold '\n' and '\t'
        Sgr style = {};
        bool isEscape = false; // stands for what is not shown as it is
    };

    [[nodiscard]] QList<Piece> feed(const QByteArray &bytes);
    [[nodiscard]] QList<Piece> finish(); // what is still held back; and begins anew

private:
    void decode(const QByteArray &bytes, bool isLast);
    // Each takes what begins at a place and returns where that ends; the place: it is incomplete.
    [[nodiscard]] qsizetype takePlain(const QByteArray &bytes, qsizetype from);
    [[nodiscard]] qsizetype takeSequence(const QByteArray &bytes, qsizetype from, bool isLast);
    [[nodiscard]] qsizetype takeOther(const QByteArray &bytes, qsizetype from, bool isLast);
    void append(const QString &text, bool isEscape);

    Sgr m_style;
    QByteArray m_heldBack;
    QList<Piece> m_pieces;
};
