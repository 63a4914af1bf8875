// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "settings.h"

#include <QIcon>

struct Appearance;

// The comet with the state's emblem at the lower right: hollow dot, ring of dots, dot, disc with a
// number, triangle, bars, cross. Drawn for 16 to 64 pixels. Light and dark are one colour each, for
// panels that are dark or light; the emblem then stands in a gap of the comet.
[[nodiscard]] QIcon stateIcon(const Appearance &appearance,
                              Settings::TrayIcon style = Settings::TrayIcon::Colours);
[[nodiscard]] QIcon applicationIcon();
