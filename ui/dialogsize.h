// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSize>

class QWidget;

// How large a window is made: by its font, and never larger than the screen has room for.
namespace DialogSize {

// columns: average characters; rows: lines of text.
[[nodiscard]] QSize fitting(const QWidget *dialog, int columns, int rows);

} // namespace DialogSize
