// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QIcon>

struct Appearance;

// The comet with the state's emblem at the lower right: hollow dot, ring of dots, dot, disc with a
// number, triangle, bars, cross. Drawn for 16 to 64 pixels.
[[nodiscard]] QIcon stateIcon(const Appearance &appearance);
[[nodiscard]] QIcon applicationIcon();
