// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ansitext.h"

#include <QPlainTextEdit>
#include <QTextLayout>

#include <deque>

// The output of a command in a frame: colours as it asks for, everything else escaped, newest at
// the end. Bounded: the beginning goes when there are more than MaximumCharacters. Follows its end
// until the owner scrolls up, and again when they have scrolled down. Read only.
class OutputView final : public QPlainTextEdit
{
    Q_OBJECT

public:
    static constexpr int MaximumCharacters = 1024 * 1024;
    static constexpr qint64 PieceSize = 64 * 1024; // characters of one append(): milliseconds

    explicit OutputView(QWidget *parent = nullptr);

    enum class At { Begin, End };
    // So many of the bytes, from either end, as fill about PieceSize when they are shown.
    [[nodiscard]] static QByteArray piece(const QByteArray &bytes, At end);

    // Shows what follows after that many bytes of the output, from its beginning or following its
    // end.
    void begin(qint64 offset, At at);
    void append(const QByteArray &bytes);
    void finish(); // nothing follows: half a character is shown as it is
    [[nodiscard]] qint64 firstShown() const { return m_first; } // offset in the output, about
    [[nodiscard]] qint64 end() const { return m_end; } // offset behind what was appended
    [[nodiscard]] bool followsEnd() const { return m_followsEnd; }

    struct Line
    {
        QString text;
        QTextCharFormat format = {};
    };
    void setLines(const QList<Line> &lines); // ready-made, in place of an output

Q_SIGNALS:
    void followsEndChanged(bool follows); // by the owner, who has scrolled
    void coloursChanged(); // of the palette; what is shown was made for the old ones

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Row
    {
        QString text;
        QList<QTextLayout::FormatRange> formats = {};
    };
    struct Chunk // of one append()
    {
        int rows = 0; // that began in it
        int characters = 0;
        qint64 bytes = 0;
    };

    [[nodiscard]] QList<Row> rowsOf(const QList<AnsiText::Piece> &pieces);
    void insert(const QList<Row> &rows); // the first one goes on in the last row
    void trim();
    void followEnd();
    void noteScrolling();

    AnsiText m_decoder;
    std::deque<Chunk> m_chunks;
    int m_characters = 0; // of all chunks
    qint64 m_first = 0;
    qint64 m_end = 0;
    bool m_lineEnds = false; // a line end that is shown when something follows
    bool m_followsEnd = true;
};
