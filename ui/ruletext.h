// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rule.h"

// A rule in words.
namespace RuleText {

[[nodiscard]] QString decision(Rule::Verdict verdict); // with a symbol: "● allow"
[[nodiscard]] QString end(const Rule &rule); // "until removed", "this session", "3 more times"

} // namespace RuleText
