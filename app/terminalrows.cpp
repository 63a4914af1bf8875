// SPDX-License-Identifier: Apache-2.0
#include "terminalrows.h"

#include "terminalsize.h"
#include "visibletext.h"

#include <algorithm>
#include <limits>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

constexpr int nameColumns = 12; // of a field
constexpr qsizetype longestCount = 8; // characters in the braces of an escape

QString blanks(int count)
{
    return QString(count, u' ');
}

// At most so many: terminals do not agree about how wide a character of another script is.
int columnsOf(QStringView text)
{
    int columns = 0;
    for (const QChar unit : text)
        columns += unit < u'\x80' ? 1 : unit.isLowSurrogate() ? 0 : 2;
    return columns;
}

// The length of what is not torn at the beginning: an escape of VisibleText or a character.
qsizetype pieceLength(QStringView text)
{
    if (text[0].isHighSurrogate() || text[0] == u'\\') {
        const bool hasBraces = text.size() > 2 && text[2] == u'{'
            && u"nstux"_s.contains(text[1]); // not those behind an escaped backslash
        const qsizetype end =
            hasBraces ? text.first(qMin(text.size(), longestCount + 4)).indexOf(u'}') : -1;
        return end < 0 ? qMin(text.size(), qsizetype(2)) : end + 1;
    }
    return 1;
}

// Where a row is broken. A blank at the end of it would not be seen; behind a margin it is.
qsizetype breakOf(QStringView row, qsizetype margin)
{
    qsizetype end = row.size();
    while (end > margin && row[end - 1] == u' ')
        --end;
    return end > margin ? end : row.size();
}

} // namespace

TerminalRows::TerminalRows(int columns) : m_columns(std::max(columns, TerminalSize::Least)) { }

TerminalRows TerminalRows::forOutput()
{
    return TerminalRows(isatty(STDOUT_FILENO) == 1 ? TerminalSize::of({STDOUT_FILENO}).columns
                                                   : std::numeric_limits<int>::max());
}

void TerminalRows::add(const QString &first, const QString &next, const QString &text)
{
    QString row = first;
    qsizetype margin = first.size();
    int used = columnsOf(row);
    QStringView rest = text;
    while (!rest.isEmpty()) {
        const QStringView piece = rest.first(pieceLength(rest));
        rest = rest.sliced(piece.size());
        // The last column stays free: some terminals wrap as soon as it is written to.
        while (used + columnsOf(piece) >= m_columns && row.size() > margin) {
            const qsizetype end = breakOf(row, margin);
            m_rows += row.first(end);
            row = next + row.sliced(end);
            margin = next.size();
            used = columnsOf(row);
        }
        row += piece;
        used += columnsOf(piece);
    }
    m_rows += row;
}

void TerminalRows::addListed(const QString &ours, const QString &text)
{
    add(QString(), blanks(10) + u"| "_s, ours + text);
}

void TerminalRows::addField(const QString &name, const QString &value)
{
    add(u"  %1 "_s.arg(name, -nameColumns), blanks(nameColumns + 3), value);
}

void TerminalRows::addQuoted(const QString &text)
{
    const QString margin = blanks(nameColumns + 1) + u"| "_s;
    add(margin, margin, text);
}

void TerminalRows::addCommand(const QByteArray &command)
{
    const VisibleText text(command);
    const QList<int> numbers = text.lineNumbers();
    const QList<QList<VisibleText::Segment>> lines = text.lines();
    for (qsizetype i = 0; i < lines.size(); ++i) {
        QString line;
        for (const VisibleText::Segment &segment : lines.at(i))
            line += segment.text;
        add(u"%1 | "_s.arg(numbers.at(i), 5), u"      | "_s, line);
    }
    if (text.hasHidden())
        add(u"  Beware: it has hidden characters or bytes, shown as \\u{…} and \\x{…}."_s);
    if (text.hasNonAscii())
        add(u"  Beware: it has characters that are not ASCII; they can look like others."_s);
}

QString TerminalRows::text() const
{
    return m_rows.isEmpty() ? QString() : m_rows.join(u'\n') + u'\n';
}
