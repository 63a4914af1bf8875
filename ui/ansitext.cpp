// SPDX-License-Identifier: Apache-2.0
#include "ansitext.h"

#include "visiblescanner.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace {

constexpr qsizetype LongestSequence = 64; // bytes; whatever is longer sets no colour
constexpr qsizetype LongestCharacter = 4;

bool isPlain(char byte)
{
    return (byte >= ' ' && byte <= '~') || byte == '\n' || byte == '\t';
}

bool isParameter(char byte)
{
    return (byte >= '0' && byte <= '9') || byte == ';' || byte == ':';
}

// The bytes could be the beginning of a character that goes on after them.
bool isCutCharacter(QByteArrayView bytes)
{
    const int length = std::countl_one(uchar(bytes.front()));
    return length >= 2 && length <= LongestCharacter && bytes.size() < length
        && std::all_of(bytes.cbegin() + 1, bytes.cend(),
                       [](char byte) { return (uchar(byte) & 0xC0) == 0x80; });
}

} // namespace

QList<AnsiText::Piece> AnsiText::feed(const QByteArray &bytes)
{
    decode(std::exchange(m_heldBack, {}) + bytes, false);
    return std::exchange(m_pieces, {});
}

QList<AnsiText::Piece> AnsiText::finish()
{
    decode(std::exchange(m_heldBack, {}), true);
    m_style = {};
    return std::exchange(m_pieces, {});
}

void AnsiText::decode(const QByteArray &bytes, bool isLast)
{
    qsizetype position = 0;
    while (position < bytes.size()) {
        const char byte = bytes.at(position);
        const qsizetype end = isPlain(byte) ? takePlain(bytes, position)
            : byte == '\x1b'                ? takeSequence(bytes, position, isLast)
                                            : takeOther(bytes, position, isLast);
        if (end == position) {
            m_heldBack = bytes.sliced(position);
            return;
        }
        position = end;
    }
}

qsizetype AnsiText::takePlain(const QByteArray &bytes, qsizetype from)
{
    const auto end =
        std::find_if_not(bytes.cbegin() + from, bytes.cend(), isPlain) - bytes.cbegin();
    append(QString::fromLatin1(bytes.constData() + from, end - from), false);
    return end;
}

qsizetype AnsiText::takeSequence(const QByteArray &bytes, qsizetype from, bool isLast)
{
    const QByteArrayView rest =
        QByteArrayView(bytes).sliced(from).first(std::min(LongestSequence, bytes.size() - from));
    const bool isBegun = rest.size() < 2 || rest[1] == '[';
    const auto end = rest.size() < 2
        ? rest.cend()
        : std::find_if_not(rest.cbegin() + 2, rest.cend(), isParameter);
    if (isBegun && end == rest.cend() && rest.size() < LongestSequence && !isLast)
        return from;
    if (isBegun && end != rest.cend() && *end == 'm') {
        m_style.apply(rest.sliced(2, end - rest.cbegin() - 2).toByteArray());
        return from + (end - rest.cbegin()) + 1;
    }
    append(QStringLiteral("\\u{001B}"), true);
    return from + 1;
}

qsizetype AnsiText::takeOther(const QByteArray &bytes, qsizetype from, bool isLast)
{
    const QByteArrayView rest =
        QByteArrayView(bytes).sliced(from).first(std::min(LongestCharacter, bytes.size() - from));
    if (!isLast && isCutCharacter(rest))
        return from;
    VisibleScanner scanner(rest);
    const VisibleScanner::Piece piece = scanner.next();
    append(piece.text, piece.kind == VisibleText::Kind::Escape);
    return from + piece.length;
}

void AnsiText::append(const QString &text, bool isEscape)
{
    const bool joins = !m_pieces.isEmpty() && m_pieces.constLast().isEscape == isEscape
        && m_pieces.constLast().style == m_style;
    if (joins)
        m_pieces.last().text += text;
    else
        m_pieces.append({text, m_style, isEscape});
}
