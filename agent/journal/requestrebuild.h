// SPDX-License-Identifier: Apache-2.0
#pragma once

class SqlConnection;
struct SqlError;

// Makes the table "requests" and its full text index anew from the chain, and the indices of the
// other tables from those.
namespace RequestRebuild {

// The index holds the words of the table. It may be written to: those that are not in it before
// they run are added.
[[nodiscard]] bool isIndexDamaged(SqlConnection *connection);
// Within a transaction, which is to be undone when this is false.
[[nodiscard]] bool run(SqlConnection *connection, SqlError *error);

} // namespace RequestRebuild
