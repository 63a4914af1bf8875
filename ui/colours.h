// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>

class QPalette;

// The few colours that are not the palette's. None of them carries a meaning alone.
namespace Colours {

// Gold is a fill behind text, the others are for text and shapes.
enum Name { Green, Blue, Amber, Gold, Grey, Red };

// Readable on the palette's base, light or dark.
[[nodiscard]] QColor of(Name name, const QPalette &palette);
[[nodiscard]] bool isDark(const QPalette &palette);
// share: of top, 0..1.
[[nodiscard]] QColor blend(const QColor &bottom, const QColor &top, double share);

} // namespace Colours
