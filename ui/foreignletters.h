// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QStringList>

// Letters and signs in a command that are shown as they are though they are not ASCII: what they
// are, so that nobody takes them for others.
namespace ForeignLetters {

// One for each script, in the order of their first letters: "Cyrillic с (U+0441) and 2 more".
[[nodiscard]] QStringList named(const QByteArray &command);

} // namespace ForeignLetters
