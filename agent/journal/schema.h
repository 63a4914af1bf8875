// SPDX-License-Identifier: Apache-2.0
#pragma once

class SqlConnection;

// The tables of journal.db. Nothing else may be in it: no view, no trigger, no table of others.
namespace Schema {

constexpr int Version = 1; // PRAGMA user_version; a database of a later one is refused

enum class Finding { Empty, Ours, Foreign, Later, Unreadable };

[[nodiscard]] Finding inspect(SqlConnection *connection);
// In one transaction, in an empty database.
[[nodiscard]] bool create(SqlConnection *connection);

} // namespace Schema
