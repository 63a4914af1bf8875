// SPDX-License-Identifier: Apache-2.0
#include "visiblescanner.h"

#include <algorithm>
#include <array>
#include <bit>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestPlainRun = 8; // of blanks, newlines, tabs; longer ones are counted

struct Range
{
    char32_t first;
    char32_t last;
};

// Letters and signs by their category that are nevertheless blank, join or change what is beside
// them, stand for something that is missing, or look like the backslash of an escape.
constexpr std::array deceptive{
    Range{0x0E33, 0x0E33},   Range{0x0EB3, 0x0EB3}, // Thai and Lao vowels above the letter before
    Range{0x0D4E, 0x0D4E}, // dot reph, above the letter after
    Range{0x1100, 0x11FF}, // Hangul parts and blank fillers
    Range{0x2216, 0x2216},   Range{0x27CD, 0x27CD}, // like a backslash
    Range{0x2800, 0x2800}, // Braille blank
    Range{0x29F5, 0x29F5},   Range{0x29F9, 0x29F9}, // like a backslash
    Range{0x3164, 0x3164}, // Hangul filler
    Range{0xA960, 0xA97F},   Range{0xD7B0, 0xD7FF}, // Hangul parts
    Range{0xFE68, 0xFE68},   Range{0xFF3C, 0xFF3C}, // like a backslash
    Range{0xFF9E, 0xFFA0}, // half-width sound marks, filler
    Range{0xFFFC, 0xFFFD}, // stand for what cannot be shown
    Range{0x111C2, 0x111C3}, Range{0x1193F, 0x1193F}, // joined to the letter after
    Range{0x11941, 0x11941}, Range{0x11A3A, 0x11A3A}, Range{0x11A84, 0x11A89},
    Range{0x11D46, 0x11D46}, Range{0x1D159, 0x1D159}, // a note head that is not drawn
    Range{0x1F1E6, 0x1F1FF}, // two of them make a flag
    Range{0x1F3FB, 0x1F3FF}, // colour the picture before
};

bool isDrawnCategory(QChar::Category category)
{
    switch (category) {
    case QChar::Letter_Uppercase:
    case QChar::Letter_Lowercase:
    case QChar::Letter_Titlecase:
    case QChar::Letter_Modifier:
    case QChar::Letter_Other:
    case QChar::Number_DecimalDigit:
    case QChar::Number_Letter:
    case QChar::Number_Other:
    case QChar::Punctuation_Connector:
    case QChar::Punctuation_Dash:
    case QChar::Punctuation_Open:
    case QChar::Punctuation_Close:
    case QChar::Punctuation_InitialQuote:
    case QChar::Punctuation_FinalQuote:
    case QChar::Punctuation_Other:
    case QChar::Symbol_Math:
    case QChar::Symbol_Currency:
    case QChar::Symbol_Modifier:
    case QChar::Symbol_Other:
        return true;
    case QChar::Mark_NonSpacing:
    case QChar::Mark_SpacingCombining:
    case QChar::Mark_Enclosing:
    case QChar::Separator_Space:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
        return false;
    }
    return false;
}

bool isLeftToRight(QChar::Direction direction)
{
    return direction == QChar::DirL || direction == QChar::DirEN || direction == QChar::DirES
        || direction == QChar::DirET || direction == QChar::DirCS || direction == QChar::DirON;
}

struct Decoded
{
    char32_t codePoint = 0;
    qsizetype length = 0; // 0: no well-formed character begins there
};

// The first character of bytes, which begins above ASCII, if it is well-formed UTF-8.
Decoded decodeFirst(QByteArrayView bytes)
{
    static constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
    const int length = std::countl_one(uchar(bytes[0]));
    if (length < 2 || length > 4 || length > bytes.size())
        return {};
    char32_t codePoint = uchar(bytes[0]) & (0x7FU >> length);
    for (int i = 1; i < length; ++i) {
        if ((uchar(bytes[i]) & 0xC0) != 0x80)
            return {};
        codePoint = codePoint << 6 | (uchar(bytes[i]) & 0x3FU);
    }
    if (codePoint < smallest[std::size_t(length)] || codePoint > 0x10FFFF
        || QChar::isSurrogate(codePoint))
        return {};
    return {codePoint, length};
}

QString hex(char32_t number, int width)
{
    return QString::number(number, 16).toUpper().rightJustified(width, u'0');
}

} // namespace

bool isDrawnAlone(char32_t codePoint)
{
    const bool isDeceptive =
        std::any_of(deceptive.begin(), deceptive.end(), [=](const Range &range) {
            return range.first <= codePoint && codePoint <= range.last;
        });
    return !isDeceptive && isDrawnCategory(QChar::category(codePoint))
        && isLeftToRight(QChar::direction(codePoint));
}

VisibleScanner::Piece VisibleScanner::next()
{
    const char byte = m_bytes[m_position];
    const Piece piece = byte == ' ' ? blanks()
        : byte == '\n'              ? run(u'n', runLength(byte))
        : byte == '\t'              ? run(u't', runLength(byte))
        : uchar(byte) < 0x80        ? ascii(byte)
                                    : character();
    m_position += piece.length;
    return piece;
}

qsizetype VisibleScanner::runLength(char byte) const
{
    qsizetype end = m_position;
    while (end < m_bytes.size() && m_bytes[end] == byte)
        ++end;
    return end - m_position;
}

// What follows would be read as the count of an escape before it.
bool VisibleScanner::countFollows(qsizetype position) const
{
    return position + 1 < m_bytes.size() && m_bytes[position] == '{' && m_bytes[position + 1] >= '0'
        && m_bytes[position + 1] <= '9';
}

VisibleScanner::Piece VisibleScanner::escaped(const QString &text, qsizetype length,
                                              bool isHidden) const
{
    const bool isAscii = uchar(m_bytes[m_position]) < 0x80;
    return {text, VisibleText::Kind::Escape, m_position, length, 0, isHidden, isAscii};
}

VisibleScanner::Piece VisibleScanner::run(QChar letter, qsizetype length) const
{
    const QString name = QString(u'\\') + letter;
    const qsizetype shown = length > longestPlainRun ? length : 1;
    const bool last = shown == length;
    Piece piece = escaped(name, shown, false);
    if (length > longestPlainRun || (last && countFollows(m_position + length)))
        piece.text += u"{%1}"_s.arg(shown);
    if (letter == u'n')
        piece.newlines = int(shown);
    return piece;
}

VisibleScanner::Piece VisibleScanner::blanks() const
{
    const qsizetype length = runLength(' ');
    const qsizetype end = m_position + length;
    const bool atLineBegin = m_position == 0 || m_bytes[m_position - 1] == '\n';
    const bool atLineEnd = end == m_bytes.size() || m_bytes[end] == '\n';
    if (length > longestPlainRun)
        return run(u's', length);
    if (!atLineBegin && !atLineEnd)
        return {QString(length, u' '), VisibleText::Kind::Plain, m_position, length};
    Piece piece = escaped(u"\\s"_s.repeated(length), length, false);
    if (countFollows(end))
        piece.text += u"{1}"_s;
    return piece;
}

VisibleScanner::Piece VisibleScanner::ascii(char byte) const
{
    if (byte == '\\')
        return escaped(u"\\\\"_s, 1, false);
    if (byte == '\r')
        return escaped(u"\\r"_s, 1, true);
    if (byte < 0x20 || byte == 0x7F)
        return escaped(u"\\u{%1}"_s.arg(hex(uchar(byte), 4)), 1, true);
    return {QString(QLatin1Char(byte)), VisibleText::Kind::Plain, m_position, 1};
}

VisibleScanner::Piece VisibleScanner::character() const
{
    const QByteArrayView rest = m_bytes.sliced(m_position);
    const Decoded decoded = decodeFirst(rest);
    if (decoded.length == 0)
        return escaped(u"\\x{%1}"_s.arg(hex(uchar(rest[0]), 2)), 1, true);
    if (!isDrawnAlone(decoded.codePoint))
        return escaped(u"\\u{%1}"_s.arg(hex(decoded.codePoint, 4)), decoded.length, true);
    return {QStringView(QChar::fromUcs4(decoded.codePoint)).toString(),
            VisibleText::Kind::NonAscii,
            m_position,
            decoded.length,
            0,
            false,
            false};
}
