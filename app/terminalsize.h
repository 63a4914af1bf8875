// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <initializer_list>

// How much a terminal shows at once.
struct TerminalSize
{
    static constexpr int Least = 30; // columns

    int columns = 80;
    int rows = 24;

    // Of the first of the files that is a terminal and says it; else what most have.
    [[nodiscard]] static TerminalSize of(std::initializer_list<int> files);
    // Empty, or why no question about a command can be asked there.
    [[nodiscard]] QString fault() const;
};
