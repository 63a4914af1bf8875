// SPDX-License-Identifier: Apache-2.0
#include "outputview.h"

#include "colours.h"
#include "plain.h"

#include <QScrollBar>
#include <QTextBlock>

#include <algorithm>
#include <numeric>
#include <utility>

namespace {

constexpr qsizetype LongestRow = 2048; // characters; what goes on is laid out by itself
constexpr int TabColumns = 8;

// What it takes to show a byte, in letters: a control character is \u{0007}, one that is no ASCII a
// part of a letter or \x{FF}, and a row is laid out by itself.
qint64 costOf(char byte)
{
    const auto code = static_cast<unsigned char>(byte);
    if (code >= 0x80)
        return 4;
    return (code >= ' ' && code < 0x7f) || code == '\t' ? 1 : 8;
}

QTextCharFormat formatOf(const AnsiText::Piece &piece, const QPalette &palette)
{
    QTextCharFormat format = piece.style.format(palette);
    if (piece.isEscape) {
        format.setForeground(palette.color(QPalette::Text));
        format.setBackground(Colours::blend(palette.color(QPalette::Base),
                                            Colours::of(Colours::Gold, palette), 0.40));
    }
    return format;
}

} // namespace

OutputView::OutputView(QWidget *parent) : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setTabChangesFocus(true);
    setFont(Plain::fixedFont());
    setTabStopDistance(TabColumns * fontMetrics().horizontalAdvance(u' '));
    setWordWrapMode(QTextOption::WrapAnywhere);
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, &OutputView::followEnd);
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, &OutputView::noteScrolling);
}

QByteArray OutputView::piece(const QByteArray &bytes, At end)
{
    qint64 room = PieceSize;
    const auto overflows = [&room](char byte) { return (room -= costOf(byte)) < 0; };
    if (end == At::Begin)
        return bytes.first(std::find_if(bytes.cbegin(), bytes.cend(), overflows) - bytes.cbegin());
    return bytes.last(std::find_if(bytes.crbegin(), bytes.crend(), overflows) - bytes.crbegin());
}

void OutputView::begin(qint64 offset, At at)
{
    m_decoder = {};
    m_chunks.clear();
    m_characters = 0;
    m_first = m_end = offset;
    m_lineEnds = false;
    m_followsEnd = at == At::End;
    clear();
}

void OutputView::append(const QByteArray &bytes)
{
    const QList<Row> rows = rowsOf(m_decoder.feed(bytes));
    const int characters =
        std::accumulate(rows.cbegin(), rows.cend(), 0,
                        [](int sum, const Row &row) { return sum + int(row.text.size()) + 1; });
    m_end += bytes.size();
    m_characters += characters;
    m_chunks.push_back({int(rows.size()) - 1, characters, bytes.size()});
    insert(rows);
    trim();
    followEnd();
}

void OutputView::finish()
{
    insert(rowsOf(m_decoder.finish()));
    followEnd();
}

QList<OutputView::Row> OutputView::rowsOf(const QList<AnsiText::Piece> &pieces)
{
    QList<Row> rows(1);
    qsizetype length = document()->lastBlock().length() - 1;
    const auto begin = [&rows, &length] {
        rows.append(Row());
        length = 0;
    };
    for (const AnsiText::Piece &piece : pieces) {
        const bool isPlain = !piece.isEscape && piece.style == Sgr();
        const QTextCharFormat format = isPlain ? QTextCharFormat() : formatOf(piece, palette());
        for (QStringView rest = piece.text; !rest.isEmpty();) {
            if (std::exchange(m_lineEnds, false) || length >= LongestRow)
                begin();
            const qsizetype end = rest.indexOf(u'\n');
            const QStringView part =
                rest.first(std::min(LongestRow - length, end < 0 ? rest.size() : end));
            if (!isPlain && !part.isEmpty())
                rows.last().formats.append(
                    {int(rows.constLast().text.size()), int(part.size()), format});
            rows.last().text += part;
            length += part.size();
            rest = rest.sliced(part.size());
            m_lineEnds = part.size() == end;
            if (m_lineEnds)
                rest = rest.sliced(1);
        }
    }
    return rows;
}

// The formats are set on the layouts, not in the document, where each would be a fragment.
void OutputView::insert(const QList<Row> &rows)
{
    QTextBlock block = document()->lastBlock();
    const int length = block.length() - 1;
    QList<QTextLayout::FormatRange> formats = block.layout()->formats();
    for (QTextLayout::FormatRange format : rows.constFirst().formats) {
        format.start += length;
        formats.append(format);
    }
    QString text;
    for (const Row &row : rows)
        text += (&row == &rows.constFirst() ? QString() : QStringLiteral("\n")) + row.text;
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    cursor.insertText(text);
    for (const Row &row : rows) {
        const auto &ofRow = &row == &rows.constFirst() ? formats : row.formats;
        if (!ofRow.isEmpty())
            block.layout()->setFormats(ofRow);
        block = block.next();
    }
}

// Whole chunks go, but for the line that the next one goes on with.
void OutputView::trim()
{
    int rows = 0;
    while (m_characters > MaximumCharacters && m_chunks.size() > 1) {
        rows += m_chunks.front().rows;
        m_characters -= m_chunks.front().characters;
        m_first += m_chunks.front().bytes;
        m_chunks.pop_front();
    }
    if (rows == 0)
        return;
    const QTextBlock first = document()->findBlockByNumber(rows);
    const int lines = first.firstLineNumber();
    const int shown = verticalScrollBar()->value();
    QTextCursor cursor(document());
    cursor.setPosition(first.position(), QTextCursor::KeepAnchor);
    cursor.removeSelectedText();
    if (!m_followsEnd)
        verticalScrollBar()->setValue(std::max(0, shown - lines));
}

void OutputView::setLines(const QList<Line> &lines)
{
    begin(0, At::Begin);
    QList<Row> rows;
    for (const Line &line : lines)
        rows.append({line.text, {{0, int(line.text.size()), line.format}}});
    if (!rows.isEmpty())
        insert(rows);
    verticalScrollBar()->setValue(0);
}

// A layout that is still under way moves the end, too.
void OutputView::followEnd()
{
    if (m_followsEnd && !textCursor().hasSelection())
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void OutputView::noteScrolling()
{
    const bool follows = verticalScrollBar()->sliderPosition() >= verticalScrollBar()->maximum();
    if (std::exchange(m_followsEnd, follows) != follows)
        Q_EMIT followsEndChanged(follows);
}

void OutputView::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        Q_EMIT coloursChanged();
}
