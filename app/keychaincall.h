// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

// The keychain for a program that has nothing else to do meanwhile: waits as long as its owner
// takes to unlock it. Without success there is one line with what to do.
namespace KeychainCall {

[[nodiscard]] bool isThere(QString *errorString);
[[nodiscard]] std::optional<QByteArray> read(const QString &key, QString *errorString);
[[nodiscard]] bool write(const QString &key, const QByteArray &secret, QString *errorString);
[[nodiscard]] bool remove(const QString &key, QString *errorString);

} // namespace KeychainCall
