// SPDX-License-Identifier: Apache-2.0
#pragma once

class QFontMetrics;
class QPainter;
class QPalette;
struct TimeScale;

// Draws the hours below a line of times: a tick each, labels as many as fit, "now" at the end.
namespace HourPainter {

void paint(QPainter *painter, const QPalette &palette, const TimeScale &times, int top);
[[nodiscard]] int height(const QFontMetrics &metrics); // pixels

} // namespace HourPainter
