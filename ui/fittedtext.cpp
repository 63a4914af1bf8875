// SPDX-License-Identifier: Apache-2.0
#include "fittedtext.h"

#include <QAbstractTextDocumentLayout>
#include <QEvent>

#include <algorithm>
#include <cmath>

FittedText::FittedText(int maximumLines, QWidget *parent)
    : QPlainTextEdit(parent), m_maximumLines(maximumLines)
{
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setTabChangesFocus(true);
    setFrameShape(QFrame::NoFrame);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false); // it stands on the window
    document()->setDocumentMargin(0);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    fit();
}

void FittedText::setText(const QString &text)
{
    if (text == toPlainText())
        return;
    setPlainText(text);
    fit();
}

void FittedText::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    fit();
}

void FittedText::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fit();
}

void FittedText::fit(QPlainTextEdit *text, int maximumLines)
{
    // The layout of a QPlainTextEdit counts lines.
    const auto *document = text->document();
    const int lines = int(std::ceil(document->documentLayout()->documentSize().height()));
    const int around = 2 * (text->frameWidth() + int(document->documentMargin())) + 2;
    // Else a bar that comes before it is high enough would make its lines shorter.
    text->setVerticalScrollBarPolicy(lines > maximumLines ? Qt::ScrollBarAsNeeded
                                                          : Qt::ScrollBarAlwaysOff);
    text->setFixedHeight(std::clamp(lines, 1, maximumLines) * text->fontMetrics().lineSpacing()
                         + around);
}
