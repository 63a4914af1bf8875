// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>

// The commands of cometactl and their options, as they are read and as --help tells them.

struct OptionSpec
{
    const char *name = nullptr;
    const char *value = nullptr; // null: a switch
    const char *text = nullptr;
};

struct CommandSpec
{
    const char *name;
    const char *synopsis; // arguments after the name
    int minimum; // of arguments
    int maximum;
    const char *summary;
    const char *details;
    std::array<OptionSpec, 15> options;
};

inline constexpr int MaximumWords = 10'000; // of a command to send: all that follow

[[nodiscard]] std::span<const CommandSpec> commandSpecs();
