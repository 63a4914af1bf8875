// SPDX-License-Identifier: Apache-2.0
#include "elidinglabel.h"

#include "plain.h"

namespace {

constexpr int LeastCharacters = 16; // of a line

} // namespace

ElidingLabel::ElidingLabel(QWidget *parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
}

void ElidingLabel::setWhole(const QString &text)
{
    m_whole = text;
    fit();
}

QSize ElidingLabel::minimumSizeHint() const
{
    const QSize hint = QLabel::minimumSizeHint();
    return {LeastCharacters * fontMetrics().averageCharWidth(), hint.height()};
}

void ElidingLabel::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    fit();
}

void ElidingLabel::fit()
{
    const QString dots = QStringLiteral("…");
    QStringList words = m_whole.split(u' ');
    for (QString &word : words)
        word = fontMetrics()
                   .elidedText(word, Qt::ElideMiddle, width())
                   .replace(dots, dots + QChar(0x2060)); // where it would break
    const QString shown = words.join(u' ');
    setText(shown);
    setToolTip(shown == m_whole ? QString() : Plain::toolTip(m_whole));
}
