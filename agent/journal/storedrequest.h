// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journalrows.h"
#include "statement.h"

// How a row of the table "requests" becomes a RequestRow.
namespace StoredRequest {

[[nodiscard]] QString columns(); // of the table as r, in the order that row() expects
[[nodiscard]] RequestRow row(const Statement &row);

} // namespace StoredRequest
