// SPDX-License-Identifier: Apache-2.0
#include "spanpainter.h"

#include "colours.h"

#include <QPainter>
#include <QPalette>

#include <cmath>

using State = LinkHistory::State;

namespace {

Colours::Name colourName(State state)
{
    switch (state) {
    case State::Attached:
        return Colours::Green;
    case State::Connecting:
    case State::Waiting:
        return Colours::Amber;
    case State::Refused:
        return Colours::Red;
    case State::NotRunning:
    case State::Paused:
    case State::Disconnected:
        return Colours::Grey;
    }
    Q_UNREACHABLE();
}

// The lines stand where they would if the whole bar were hatched, so that spans fit together.
// slope: 1 rises to the right, -1 falls.
void hatch(QPainter *painter, const QRectF &rect, const QPen &pen, double step, int slope)
{
    painter->save();
    painter->setClipRect(rect);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(pen);
    const int first = int(std::floor((rect.left() - rect.height()) / step));
    const int last = int(std::ceil((rect.right() + rect.height()) / step));
    for (int i = first; i <= last; ++i) {
        const double x = i * step;
        const QPointF top(x + (slope > 0 ? rect.height() : 0), rect.top());
        const QPointF bottom(x + (slope > 0 ? 0 : rect.height()), rect.bottom());
        painter->drawLine(bottom, top);
    }
    painter->restore();
}

} // namespace

double SpanPainter::share(State state)
{
    switch (state) {
    case State::Attached:
        return 1;
    case State::Refused:
        return 0.75;
    case State::Connecting:
    case State::Waiting:
        return 0.5;
    case State::Paused:
    case State::Disconnected:
        return 0.25;
    case State::NotRunning:
        return 0;
    }
    Q_UNREACHABLE();
}

int SpanPainter::priority(State state)
{
    switch (state) {
    case State::Attached:
    case State::Connecting:
    case State::Paused:
    case State::Disconnected:
        return 0;
    case State::NotRunning:
    case State::Waiting:
        return 1;
    case State::Refused:
        return 2;
    }
    Q_UNREACHABLE();
}

void SpanPainter::paint(QPainter *painter, const QPalette &palette, const QRectF &bar, State state,
                        double unit)
{
    const QColor base = palette.color(QPalette::Base);
    const QColor colour = Colours::of(colourName(state), palette);
    painter->fillRect(bar, base); // over a neighbour that is higher
    QRectF rect = bar;
    rect.setTop(bar.bottom() - std::round(bar.height() * share(state)));
    const double step = std::max(4.0, unit * 0.4);
    const QPen line(colour, step * 0.4);
    if (state != State::NotRunning && bar.width() < step) // too narrow for a pattern
        return painter->fillRect(rect, colour);
    switch (state) {
    case State::NotRunning:
        return;
    case State::Connecting:
    case State::Waiting:
        painter->fillRect(rect, Colours::blend(base, colour, 0.2));
        hatch(painter, rect, line, step, 1);
        return;
    case State::Refused:
        painter->fillRect(rect, colour);
        hatch(painter, rect, QPen(base, step * 0.15), step * 1.5, 1);
        hatch(painter, rect, QPen(base, step * 0.15), step * 1.5, -1);
        return;
    case State::Attached:
    case State::Paused:
    case State::Disconnected:
        painter->fillRect(rect, colour);
        return;
    }
}
