// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linkhistory.h"

#include <QRectF>

class QPainter;
class QPalette;

// Draws states of the link: each has a height and a pattern besides its colour.
namespace SpanPainter {

// bar: where the span would be if it were of full height. unit: height of a line of text.
void paint(QPainter *painter, const QPalette &palette, const QRectF &bar, LinkHistory::State state,
           double unit);
[[nodiscard]] double share(LinkHistory::State state); // of the bar's height, 0..1
// What is drawn later is drawn over what is beside it, and never narrower than some pixels.
[[nodiscard]] int priority(LinkHistory::State state); // 0..2

} // namespace SpanPainter
