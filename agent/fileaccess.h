// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

// What the mode and the owner of a file let others do, root aside. False when there is no such
// file.
namespace FileAccess {

[[nodiscard]] bool othersCanRead(const QString &path);
[[nodiscard]] bool othersCanChange(const QString &path);

} // namespace FileAccess
