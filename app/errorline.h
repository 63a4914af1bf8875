// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace ErrorLine {

// One line on standard error, behind the program's name. Whatever is in it is made visible: it may
// name what others wrote, and a terminal obeys control characters.
void write(const QByteArray &text);
// For main(): with code 0 the text is what was asked for, and goes to standard output as it is;
// else it tells in a line why the program ends. Returns code.
[[nodiscard]] int leave(int code, const QString &text);

} // namespace ErrorLine
