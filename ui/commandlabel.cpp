// SPDX-License-Identifier: Apache-2.0
#include "commandlabel.h"

#include "plain.h"
#include "visibletext.h"

#include <algorithm>

namespace {

constexpr int Wanted = 56; // characters
constexpr int Least = 16;
constexpr int CountLength = 24; // of " … (65000 more bytes)", in any language

} // namespace

CommandLabel::CommandLabel(const QByteArray &command, QWidget *parent)
    : QLabel(parent), m_command(command)
{
    setTextFormat(Qt::PlainText);
    setFont(Plain::fixedFont());
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    setText(VisibleText::encodeShort(m_command, Wanted));
}

void CommandLabel::setCommand(const QByteArray &command)
{
    m_command = command;
    fit();
}

QSize CommandLabel::sizeHint() const
{
    return {Wanted * fontMetrics().horizontalAdvance(u'x'), QLabel::sizeHint().height()};
}

QSize CommandLabel::minimumSizeHint() const
{
    return {Least * fontMetrics().horizontalAdvance(u'x'), QLabel::minimumSizeHint().height()};
}

void CommandLabel::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    fit();
}

void CommandLabel::fit()
{
    const int room = width() / std::max(1, fontMetrics().horizontalAdvance(u'x'));
    QString shown = VisibleText::encodeShort(m_command, std::max(Least, room));
    if (fontMetrics().horizontalAdvance(shown) > width())
        shown = VisibleText::encodeShort(m_command, std::max(1, room - CountLength));
    setText(shown);
}
