// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>
#include <QString>

// How the journal's rows about rules are written for people.
namespace RuleEventText {

[[nodiscard]] QString sentence(const QJsonObject &data); // VisibleText, one line

} // namespace RuleEventText
