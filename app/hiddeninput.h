// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace HiddenInput {

// The first line of standard input, trimmed. On a terminal it is asked for and not shown while it
// is typed. Empty when there is none, or at Ctrl+C.
[[nodiscard]] QByteArray readLine(const QString &prompt);

} // namespace HiddenInput
