// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "outcome.h"
#include "request.h"

#include <QJsonObject>

// What the chain keeps of each step of a request, as the data of its row.
namespace RowData {

// message: what came, of which an unreadable one leaves its size, hash and first KiB.
[[nodiscard]] QJsonObject received(const Request &request, const QString &scope,
                                   const QByteArray &message);
[[nodiscard]] QJsonObject approved(const Request &request, const QString &by);
[[nodiscard]] QJsonObject ended(const Outcome &outcome);
// {"bytes":N,"sha256":…} of an output file.
[[nodiscard]] QJsonObject file(qint64 bytes, const QByteArray &sha256);

// The command of a row "received", byte for byte; nothing when the row holds none.
[[nodiscard]] std::optional<QByteArray> commandOf(const QJsonObject &received);

} // namespace RowData
