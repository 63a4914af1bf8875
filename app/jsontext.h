// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

class QJsonDocument;

namespace JsonText {

// The document in one line, without the line end. What VisibleText would not show as it is stands
// there as \uXXXX: it means the same to a program, and a terminal obeys nothing of it.
[[nodiscard]] QByteArray line(const QJsonDocument &document);

} // namespace JsonText
