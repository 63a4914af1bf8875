// SPDX-License-Identifier: Apache-2.0
#include "linkstrip.h"

#include "colours.h"
#include "eventtext.h"
#include "hourpainter.h"
#include "plain.h"
#include "spanpainter.h"

#include <QEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

using namespace std::chrono;
using namespace Qt::StringLiterals;
using State = LinkHistory::State;

namespace {

constexpr int Margin = 4; // for the frame of the current span
constexpr double NarrowestSpan = 3; // pixels, of those that must not get lost
constexpr double MarkWidth = 2;

QString sentence(int requests)
{
    return requests == 1 ? LinkStrip::tr("1 request") : LinkStrip::tr("%1 requests").arg(requests);
}

double aligned(double x, double ratio)
{
    return std::round(x * ratio) / ratio;
}

} // namespace

LinkStrip::LinkStrip(QWidget *parent) : QWidget(parent)
{
    setObjectName(u"linkStrip"_s);
    setAccessibleName(tr("Connection in the last 24 hours"));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
}

void LinkStrip::setHistory(const LinkHistory &history, const QDateTime &now)
{
    const bool atEnd = m_current < 0 || m_current == m_spans.size() - 1;
    const QDateTime place = atEnd ? now : m_spans.at(m_current).begin;
    m_history = history;
    m_now = now;
    m_spans = history.spans(now.addSecs(-seconds(Depth).count()), now);
    const auto found = std::find_if(m_spans.cbegin(), m_spans.cend(),
                                    [&](const auto &span) { return place < span.end; });
    const int last = int(m_spans.size()) - 1;
    m_current = atEnd || found == m_spans.cend() ? last : int(found - m_spans.cbegin());
    setAccessibleDescription(description(m_current));
    update();
}

QString LinkStrip::summary() const
{
    const QDateTime from = m_now.addSecs(-seconds(Depth).count());
    qint64 attached = 0;
    for (const LinkHistory::Span &span : m_spans) {
        if (span.state == State::Attached)
            attached += std::max(span.begin, from).secsTo(span.end);
    }
    return tr("attached for %1, %2")
        .arg(EventText::length(seconds(attached)), sentence(m_history.requests(from, m_now)));
}

QString LinkStrip::description(int span) const
{
    if (span < 0 || span >= m_spans.size())
        return {};
    const LinkHistory::Span &one = m_spans.at(span);
    const QString length = EventText::length(seconds(one.begin.secsTo(one.end)));
    QStringList lines{one.words};
    if (span == m_spans.size() - 1)
        lines.append(tr("since %1, for %2").arg(Plain::shortTime(one.begin), length));
    else
        lines.append(tr("from %1 to %2, for %3")
                         .arg(Plain::shortTime(one.begin), Plain::shortTime(one.end), length));
    const int requests = m_history.requests(one.begin, one.end);
    if (requests > 0)
        lines.append(sentence(requests));
    return lines.join(u'\n');
}

QSize LinkStrip::sizeHint() const
{
    const int unit = fontMetrics().height();
    return {unit * 30, barRect().bottom() + 2 + HourPainter::height(fontMetrics())};
}

QSize LinkStrip::minimumSizeHint() const
{
    return {fontMetrics().height() * 10, sizeHint().height()};
}

QRect LinkStrip::barRect() const
{
    const int unit = fontMetrics().height();
    const int marks = unit / 2;
    return {Margin, marks + Margin, std::max(1, width() - 2 * Margin), unit * 7 / 4};
}

TimeScale LinkStrip::scale() const
{
    const QRectF bar = barRect();
    return {m_now.addSecs(-seconds(Depth).count()), m_now, bar.left(), bar.width()};
}

QRectF LinkStrip::rectOf(const LinkHistory::Span &span) const
{
    const TimeScale times = scale();
    const double ratio = devicePixelRatioF();
    const bool isNow = span.end == m_now;
    const double least = isNow || SpanPainter::priority(span.state) > 0 ? NarrowestSpan : 0;
    const double left =
        std::min(aligned(times.x(span.begin), ratio), times.left + times.width - least);
    const double right = std::max(aligned(times.x(span.end), ratio), left + least);
    QRectF rect = barRect();
    rect.setLeft(left);
    rect.setRight(right);
    return rect;
}

int LinkStrip::spanAt(double x) const
{
    const TimeScale times = scale();
    if (x >= times.left + times.width - NarrowestSpan)
        return int(m_spans.size()) - 1;
    int found = -1;
    for (int i = 0; i < m_spans.size(); ++i) {
        const QRectF rect = rectOf(m_spans.at(i));
        const bool isOver = found < 0
            || SpanPainter::priority(m_spans.at(i).state)
                >= SpanPainter::priority(m_spans.at(found).state);
        if (x >= rect.left() && x < rect.right() && isOver)
            found = i;
    }
    return found;
}

QString LinkStrip::toolTipAt(double x) const
{
    QString text = description(spanAt(x));
    const TimeScale times = scale();
    const QDateTime begin = times.time(x - MarkWidth);
    const int requests = m_history.requests(begin, times.time(x + MarkWidth));
    if (requests > 0)
        text += u'\n' + tr("%1 about %2").arg(sentence(requests), Plain::shortTime(times.time(x)));
    return text;
}

bool LinkStrip::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QString text = toolTipAt(help->pos().x());
    const int x = help->pos().x();
    // As soon as the mouse is elsewhere, it may be another span.
    QToolTip::showText(help->globalPos(), text.isEmpty() ? QString() : Plain::toolTip(text), this,
                       QRect(x - 1, 0, 3, height()));
    return true;
}

void LinkStrip::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateGeometry();
}

void LinkStrip::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        return setCurrent(m_current - 1);
    case Qt::Key_Right:
        return setCurrent(m_current + 1);
    case Qt::Key_Home:
        return setCurrent(0);
    case Qt::Key_End:
        return setCurrent(int(m_spans.size()) - 1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_current >= 0)
            Q_EMIT timeClicked(m_spans.at(m_current).begin);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void LinkStrip::mousePressEvent(QMouseEvent *event)
{
    const double x = event->position().x();
    const int span = spanAt(x);
    if (event->button() != Qt::LeftButton || span < 0)
        return QWidget::mousePressEvent(event);
    m_current = span;
    setAccessibleDescription(description(span));
    update();
    // A span may be drawn wider than it was long.
    const LinkHistory::Span &one = m_spans.at(span);
    Q_EMIT timeClicked(std::min(std::max(scale().time(x), one.begin), one.end));
}

void LinkStrip::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    if (event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason)
        tellCurrent();
}

void LinkStrip::setCurrent(int span)
{
    if (span < 0 || span >= m_spans.size())
        return;
    m_current = span;
    setAccessibleDescription(description(span));
    update();
    tellCurrent();
}

void LinkStrip::tellCurrent()
{
    if (m_current < 0)
        return;
    const QRect rect = rectOf(m_spans.at(m_current)).toAlignedRect();
    QToolTip::showText(mapToGlobal(QPoint(rect.center().x(), rect.bottom() + 1)),
                       Plain::toolTip(description(m_current)), this);
}

void LinkStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRect bar = barRect();
    painter.fillRect(bar, palette().color(QPalette::Base));
    if (m_now.isValid()) {
        paintSpans(&painter);
        paintMarks(&painter);
        HourPainter::paint(&painter, palette(), scale(), bar.bottom() + 2);
    }
    painter.setPen(Colours::blend(palette().color(QPalette::Window),
                                  palette().color(QPalette::WindowText), 0.4));
    painter.drawRect(bar.adjusted(-1, -1, 0, 0));
    if (!hasFocus() || m_current < 0)
        return;
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
    painter.drawRect(rectOf(m_spans.at(m_current)).adjusted(-2, -2, 2, 2));
}

void LinkStrip::paintSpans(QPainter *painter) const
{
    const double unit = fontMetrics().height();
    for (int priority = 0; priority <= 2; ++priority) {
        for (const LinkHistory::Span &span : m_spans) {
            if (SpanPainter::priority(span.state) == priority)
                SpanPainter::paint(painter, palette(), rectOf(span), span.state, unit);
        }
    }
    if (m_spans.isEmpty())
        return;
    QRectF end = rectOf(m_spans.last()); // what is now is seen, whatever was just before
    end.setLeft(end.right() - NarrowestSpan);
    SpanPainter::paint(painter, palette(), end, m_spans.last().state, unit);
}

// Many in one place are one mark.
void LinkStrip::paintMarks(QPainter *painter) const
{
    const TimeScale times = scale();
    const double ratio = devicePixelRatioF();
    const QColor colour = Colours::of(Colours::Blue, palette());
    const QMap<qint64, int> &requests = m_history.requestsByMinute();
    const qint64 first = times.from.toSecsSinceEpoch() / 60;
    double last = -1;
    for (auto minute = requests.lowerBound(first); minute != requests.cend(); ++minute) {
        const QDateTime time = QDateTime::fromSecsSinceEpoch(minute.key() * 60, Qt::UTC);
        const double x = aligned(times.x(time) - MarkWidth / 2, ratio);
        if (x == last)
            continue;
        painter->fillRect(QRectF(x, 2, MarkWidth, barRect().top() - 4), colour);
        last = x;
    }
}
