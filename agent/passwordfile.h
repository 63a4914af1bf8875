// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>

// A password in a file of its own, which nobody else may read.
namespace PasswordFile {

constexpr qsizetype MaximumSize = 255; // bytes: more does not fit into what SOCKS sends

// The first line, without its end. Nothing, with one line that names the file and what to do, when
// others can read or change it, or it holds no password.
[[nodiscard]] std::optional<QString> read(const QString &path, QString *errorString);
// Replaces the file in one step, mode 0600. False with one line: it is as it was.
[[nodiscard]] bool write(const QString &path, const QString &password, QString *errorString);

} // namespace PasswordFile
