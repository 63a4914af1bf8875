// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

struct SqlError;

// Why the journal in directory cannot be written, and what to do: one line for the owner.
[[nodiscard]] QString writeErrorText(const SqlError &error, const QString &directory);
