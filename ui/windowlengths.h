// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>

class QMenu;

// For how long the owner can approve everything: 5, 15 or 60 minutes, each an entry of a menu.
namespace WindowLengths {

using Chosen = std::function<void(std::chrono::minutes length)>;

void addTo(QMenu *menu, const Chosen &chosen);

} // namespace WindowLengths
