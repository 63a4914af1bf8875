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

// And back. Of what a row does not keep, the value is that of a request or an outcome without it.
[[nodiscard]] Request requestOf(const QString &name, const QJsonObject &received);
[[nodiscard]] Outcome outcomeOf(RequestState state, const QJsonObject &ended);
// The command of a row "received", byte for byte; nothing when the row holds none.
[[nodiscard]] std::optional<QByteArray> commandOf(const QJsonObject &received);

} // namespace RowData
