// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSize>

class QWidget;

// How large a window is made: by its font, and never larger than the screen has room for.
namespace DialogSize {

// columns: average characters; rows: lines of text.
[[nodiscard]] QSize fitting(const QWidget *dialog, int columns, int rows);

// What the screen has room for.
[[nodiscard]] QSize room(const QWidget *dialog);

// A window knows the least height of wrapped texts in their usual width only: to be called at each
// QEvent::LayoutRequest, so that what is said squeezes nothing.
void keepTextsWhole(QWidget *dialog);

// Between the parts of a window: pixels, fewer on a screen for few lines of text.
[[nodiscard]] int spacing(const QWidget *dialog);

} // namespace DialogSize
