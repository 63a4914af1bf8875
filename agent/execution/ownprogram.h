// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

// Where a program that only our own programs start is: beside this one, else in the libexec
// directory. Empty: nowhere.
[[nodiscard]] QString ownProgram(const QString &name);
