// SPDX-License-Identifier: Apache-2.0
#include "bytesview.h"

#include "colours.h"
#include "fittedtext.h"
#include "plain.h"
#include "visibletext.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextLayout>

#include <memory>

// The column of line numbers to the left of the text.
class LineNumbers final : public QWidget
{
public:
    explicit LineNumbers(BytesView *view) : QWidget(view), m_view(view) { }

protected:
    void paintEvent(QPaintEvent *event) override { m_view->paintNumbers(event); }

private:
    BytesView *m_view;
};

namespace {

QTextCharFormat formatOf(VisibleText::Kind kind, const QPalette &palette)
{
    QTextCharFormat format;
    const bool escape = kind == VisibleText::Kind::Escape;
    const QColor mark = Colours::of(escape ? Colours::Gold : Colours::Blue, palette);
    format.setBackground(Colours::blend(palette.color(QPalette::Base), mark, escape ? 0.40 : 0.20));
    if (!escape)
        format.setFontUnderline(true);
    return format;
}

using Ranges = QList<QTextLayout::FormatRange>;

struct Marks
{
    QTextCharFormat escape;
    QTextCharFormat foreign;
};

Ranges markedRanges(const QList<VisibleText::Segment> &line, const Marks &marks)
{
    Ranges ranges;
    int start = 0;
    for (const VisibleText::Segment &segment : line) {
        const int length = int(segment.text.size());
        if (segment.kind != VisibleText::Kind::Plain)
            ranges.append(
                {start, length,
                 segment.kind == VisibleText::Kind::Escape ? marks.escape : marks.foreign});
        start += length;
    }
    return ranges;
}

} // namespace

BytesView::BytesView(Numbers numbers, QWidget *parent) : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setTabChangesFocus(true);
    setFont(Plain::fixedFont());
    setWordWrapMode(QTextOption::WrapAnywhere);
    setLineWrapMode(QPlainTextEdit::WidgetWidth);
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    if (numbers == Numbers::Shown)
        m_numbers = new LineNumbers(this);
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, [this](int, int maximum) {
        if (m_followsEnd)
            verticalScrollBar()->setValue(maximum);
    });
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this,
            [this] { m_followsEnd = false; });
    connect(this, &QPlainTextEdit::updateRequest, this, &BytesView::placeNumbers);
}

void BytesView::setBytes(const QByteArray &bytes)
{
    m_bytes = bytes;
    m_endShown = false;
    m_followsEnd = false;
    showText();
}

// The formats are set on the layouts, not in the document: a document of 64 KiB with an escape at
// every second byte would have 65,536 fragments.
void BytesView::showText()
{
    const VisibleText visible(m_bytes);
    const QList<QList<VisibleText::Segment>> lines = visible.lines();
    m_lineNumbers = visible.lineNumbers();
    QString text;
    for (const auto &line : lines) {
        if (&line != &lines.first())
            text += u'\n';
        for (const VisibleText::Segment &segment : line)
            text += segment.text;
    }
    showNumbers(m_lineNumbers.value(lines.size()
                                    - 1)); // before the text, or all of it would be laid out twice
    setPlainText(text);
    const Marks marks{formatOf(VisibleText::Kind::Escape, palette()),
                      formatOf(VisibleText::Kind::NonAscii, palette())};
    QTextBlock block = document()->begin();
    for (const auto &line : lines) {
        const Ranges ranges = markedRanges(line, marks);
        if (!ranges.isEmpty())
            block.layout()->setFormats(ranges);
        block = block.next();
    }
    fit();
}

void BytesView::setMaximumLines(int lines)
{
    m_maximumLines = lines;
    fit();
}

void BytesView::fit()
{
    if (m_maximumLines > 0)
        FittedText::fit(this, m_maximumLines);
}

bool BytesView::isScrolledToEnd() const
{
    return verticalScrollBar()->value() == verticalScrollBar()->maximum();
}

// A layout that is still under way may move the end; it is followed until somebody scrolls.
void BytesView::scrollToEnd()
{
    m_followsEnd = true;
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

bool BytesView::isEndVisible() const
{
    if (!isVisible() || !isScrolledToEnd())
        return false;
    QTextCursor end(document());
    end.movePosition(QTextCursor::End);
    const QRect last = cursorRect(end);
    return last.top() >= 0 && last.bottom() <= viewport()->height();
}

// Qt scrolls a text without a cursor by Home and End alone.
void BytesView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::MoveToStartOfDocument))
        verticalScrollBar()->triggerAction(QScrollBar::SliderToMinimum);
    else if (event->matches(QKeySequence::MoveToEndOfDocument))
        verticalScrollBar()->triggerAction(QScrollBar::SliderToMaximum);
    else
        QPlainTextEdit::keyPressEvent(event);
}

void BytesView::paintEvent(QPaintEvent *event)
{
    QPlainTextEdit::paintEvent(event);
    if (!m_endShown && isEndVisible()) {
        m_endShown = true;
        QMetaObject::invokeMethod(this, &BytesView::reportEnd, Qt::QueuedConnection);
    }
}

void BytesView::reportEnd()
{
    if (m_endShown) // not if other bytes were set meanwhile
        Q_EMIT endShown();
}

void BytesView::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    placeNumbers();
    // Afterwards: this may be in the midst of placing the viewport.
    QMetaObject::invokeMethod(this, &BytesView::fit, Qt::QueuedConnection);
}

void BytesView::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_bytes.isEmpty())
        showText();
}

void BytesView::showNumbers(int last)
{
    if (!m_numbers)
        return;
    const auto digits = QString::number(last).size();
    const int width = 16 + fontMetrics().horizontalAdvance(u'9') * int(digits);
    if (viewportMargins().left() != width)
        setViewportMargins(width, 0, 0, 0);
    placeNumbers();
}

void BytesView::placeNumbers()
{
    if (!m_numbers)
        return;
    const int width = viewportMargins().left();
    const QRect inside = contentsRect();
    m_numbers->setGeometry(inside.left(), inside.top(), width, viewport()->height());
    m_numbers->update();
}

void BytesView::paintNumbers(QPaintEvent *event)
{
    QPainter painter(m_numbers);
    painter.fillRect(event->rect(), palette().color(QPalette::Window));
    painter.setFont(font());
    painter.setPen(Colours::blend(palette().color(QPalette::Window),
                                  palette().color(QPalette::WindowText), 0.6));
    QTextBlock block = firstVisibleBlock();
    QRectF box = blockBoundingGeometry(block).translated(contentOffset());
    while (block.isValid() && box.top() <= event->rect().bottom()) {
        const QRectF cell(0, box.top(), m_numbers->width() - 8, fontMetrics().lineSpacing());
        painter.drawText(cell, Qt::AlignRight,
                         QString::number(m_lineNumbers.value(block.blockNumber())));
        block = block.next();
        box.moveTop(box.bottom());
        box.setHeight(blockBoundingRect(block).height());
    }
}

void BytesView::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *selected = menu->addAction(tr("&Copy as shown"), this, &QPlainTextEdit::copy);
    selected->setEnabled(textCursor().hasSelection());
    menu->addAction(tr("Copy &all, original bytes"), this, &BytesView::copyOriginal);
    menu->addAction(tr("&Select all"), this, &QPlainTextEdit::selectAll);
    menu->popup(event->globalPos());
}

void BytesView::copyOriginal()
{
    auto original = std::make_unique<QMimeData>();
    original->setData(QStringLiteral("text/plain"), m_bytes);
    QGuiApplication::clipboard()->setMimeData(original.release());
}
