// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

// The output of a command from another machine, for a terminal: lines, tabs and blanks are laid out
// as they are, letters of all scripts are shown; what a terminal would obey (control characters),
// what cannot be seen or turns the text round, and bytes that are no UTF-8 become visible escapes.
namespace TerminalText {

[[nodiscard]] QByteArray visible(const QByteArray &output);

} // namespace TerminalText
