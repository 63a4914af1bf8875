// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rule.h"

#include <optional>

struct CtlUsage;

// What the options of cometactl rules add say.
namespace RuleOptions {

// A rule without a command. Nothing, with one line that says what to do, when they do not fit.
[[nodiscard]] std::optional<Rule> read(const CtlUsage &usage, QString *errorString);
// "host:port/application" as the agent writes it; empty when scope is none.
[[nodiscard]] QString normalisedScope(const QString &scope);

} // namespace RuleOptions
