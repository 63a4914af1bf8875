// SPDX-License-Identifier: Apache-2.0
#include "visibletext.h"

#include "visiblescanner.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestDecoded = 64 * 1024 * 1024; // bytes; a counter could ask for any number

// Reads what oneLine() writes, and more; the caller compares.
class Decoder
{
public:
    explicit Decoder(QStringView text) : m_text(text) { }

    // Null when text is not made of known escapes.
    QByteArray decoded()
    {
        QByteArray bytes("");
        while (!m_text.isEmpty()) {
            const bool good = m_text.startsWith(u'\\') ? takeEscape(&bytes) : takePlain(&bytes);
            if (!good || bytes.size() > longestDecoded)
                return {};
        }
        return bytes;
    }

private:
    bool takePlain(QByteArray *bytes)
    {
        const qsizetype end = m_text.indexOf(u'\\');
        const QStringView plain = end < 0 ? m_text : m_text.first(end);
        *bytes += plain.toUtf8();
        m_text = m_text.sliced(plain.size());
        return true;
    }

    bool takeEscape(QByteArray *bytes)
    {
        if (m_text.size() < 2)
            return false;
        const char16_t letter = m_text[1].unicode();
        m_text = m_text.sliced(2);
        switch (letter) {
        case u'\\':
            *bytes += '\\';
            return true;
        case u'r':
            *bytes += '\r';
            return true;
        case u'n':
            return takeRun('\n', bytes);
        case u't':
            return takeRun('\t', bytes);
        case u's':
            return takeRun(' ', bytes);
        case u'u':
            return takeCodePoint(bytes);
        case u'x':
            return takeByte(bytes);
        default:
            return false;
        }
    }

    bool takeRun(char byte, QByteArray *bytes)
    {
        const bool counted =
            m_text.size() > 1 && m_text[0] == u'{' && m_text[1] >= u'0' && m_text[1] <= u'9';
        if (!counted) {
            *bytes += byte;
            return true;
        }
        const std::optional<uint> count = takeNumber(10);
        if (!count || *count > longestDecoded)
            return false;
        bytes->append(*count, byte);
        return true;
    }

    bool takeCodePoint(QByteArray *bytes)
    {
        const std::optional<uint> number = takeNumber(16);
        if (!number || *number > QChar::LastValidCodePoint || QChar::isSurrogate(*number))
            return false;
        *bytes += QStringView(QChar::fromUcs4(*number)).toUtf8();
        return true;
    }

    bool takeByte(QByteArray *bytes)
    {
        const std::optional<uint> number = takeNumber(16);
        if (!number || *number > 0xFF)
            return false;
        *bytes += char(*number);
        return true;
    }

    std::optional<uint> takeNumber(int base)
    {
        const qsizetype end = m_text.indexOf(u'}');
        if (!m_text.startsWith(u'{') || end < 0)
            return std::nullopt;
        bool good = false;
        const uint number = m_text.first(end).sliced(1).toUInt(&good, base);
        m_text = m_text.sliced(end + 1);
        return good ? std::optional(number) : std::nullopt;
    }

    QStringView m_text;
};

void appendTo(QList<VisibleText::Segment> *line, const VisibleScanner::Piece &piece)
{
    const bool joins = !line->isEmpty() && piece.kind != VisibleText::Kind::Escape
        && line->constLast().kind == piece.kind;
    if (joins) {
        line->last().text += piece.text;
        line->last().length += piece.length;
    } else {
        line->append({piece.text, piece.kind, piece.offset, piece.length});
    }
}

} // namespace

VisibleText::VisibleText(const QByteArray &bytes) : m_bytes(bytes)
{
    VisibleScanner scanner(m_bytes);
    while (!scanner.atEnd() && !(m_hasHidden && m_hasNonAscii)) {
        const VisibleScanner::Piece piece = scanner.next();
        m_hasHidden = m_hasHidden || piece.isHidden;
        m_hasNonAscii = m_hasNonAscii || !piece.isAscii;
    }
}

QString VisibleText::oneLine() const
{
    QString text;
    text.reserve(m_bytes.size());
    VisibleScanner scanner(m_bytes);
    while (!scanner.atEnd())
        text += scanner.next().text;
    return text;
}

QList<QList<VisibleText::Segment>> VisibleText::lines() const
{
    QList<QList<Segment>> lines(1);
    VisibleScanner scanner(m_bytes);
    while (!scanner.atEnd()) {
        const VisibleScanner::Piece piece = scanner.next();
        if (piece.newlines == 0) {
            appendTo(&lines.last(), piece);
            continue;
        }
        lines.append(QList<Segment>());
        if (piece.newlines > 1 || scanner.atEnd())
            appendTo(&lines.last(), piece);
        if (piece.newlines > 1 && !scanner.atEnd())
            lines.append(QList<Segment>());
    }
    return lines;
}

QList<int> VisibleText::lineNumbers() const
{
    QList<int> numbers;
    int number = 1;
    const QList<QList<Segment>> all = lines();
    for (const QList<Segment> &line : all) {
        numbers += number;
        const bool isRun = line.size() == 1 && line.constFirst().text.startsWith("\\n{"_L1);
        number += isRun ? int(line.constFirst().length) - 1 : 1;
    }
    return numbers;
}

int VisibleText::lineCount() const
{
    return int(m_bytes.count('\n')) + 1;
}

QString VisibleText::encodeShort(const QByteArray &bytes, qsizetype maximum)
{
    QString text;
    VisibleScanner scanner(bytes);
    while (!scanner.atEnd()) {
        const VisibleScanner::Piece piece = scanner.next();
        if (text.size() + piece.text.size() > maximum)
            return text
                + QCoreApplication::translate("VisibleText", " … (%1 more bytes)")
                      .arg(bytes.size() - piece.offset);
        text += piece.text;
    }
    return text;
}

std::optional<QByteArray> VisibleText::decode(QStringView text)
{
    const QByteArray bytes = Decoder(text).decoded();
    // Whatever is not exactly what oneLine() makes was not made by it.
    if (bytes.isNull() || VisibleText(bytes).oneLine() != text)
        return std::nullopt;
    return bytes;
}
