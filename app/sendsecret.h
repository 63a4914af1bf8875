// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

// The application's secret, which must not stand on a command line: everybody on the machine can
// read those.
namespace SendSecret {

inline constexpr qsizetype MaximumSize = 4096; // bytes

// The first line of a file that only its owner can read. Nothing, with one line that names the file
// and the remedy, when it cannot be used.
[[nodiscard]] std::optional<QByteArray> fromFile(const QString &path, QString *errorString);
// COMETA_SECRET. Nothing when it is not set, or, with one line, when it is no secret.
[[nodiscard]] std::optional<QByteArray> fromEnvironment(QString *errorString);
// What "cometactl secret store" put into the keychain by this key; waits while its owner unlocks
// it.
[[nodiscard]] std::optional<QByteArray> fromKeychain(const QString &key, QString *errorString);
// Visible ASCII, 1..MaximumSize bytes: it becomes part of a header field.
[[nodiscard]] bool isSecret(const QByteArray &secret);

} // namespace SendSecret
