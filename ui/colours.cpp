// SPDX-License-Identifier: Apache-2.0
#include "colours.h"

#include <QPalette>

namespace Colours {

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness()
        < palette.color(QPalette::WindowText).lightness();
}

QColor of(Name name, const QPalette &palette)
{
    const bool dark = isDark(palette);
    switch (name) {
    case Green:
        return QColor::fromRgb(dark ? 0x5fc97b : 0x1b7f3b);
    case Blue:
        return QColor::fromRgb(dark ? 0x6fb1ff : 0x1a5fb4);
    case Amber:
        return QColor::fromRgb(dark ? 0xf5c04a : 0x875000);
    case Gold:
        return QColor::fromRgb(0xf5b51e);
    case Grey:
        return QColor::fromRgb(dark ? 0xa8adb3 : 0x62686f);
    case Red:
        return QColor::fromRgb(dark ? 0xff7b72 : 0xc01c28);
    }
    Q_UNREACHABLE();
}

QColor blend(const QColor &bottom, const QColor &top, double share)
{
    const auto mix = [share](int low, int high) { return int(low + (high - low) * share); };
    return QColor::fromRgb(mix(bottom.red(), top.red()), mix(bottom.green(), top.green()),
                           mix(bottom.blue(), top.blue()));
}

} // namespace Colours
