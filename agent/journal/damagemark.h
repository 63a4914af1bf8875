// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

// Remembers until the next start that SQLite met damage in journal.db while it wrote: not all of it
// is seen when the pages are read. The file "damaged" beside it holds the inode of the database,
// so that it says nothing about another one, and SQLite's words.
namespace DamageMark {

// Without one, when it cannot be written, the next start may find nothing and fail in the same way.
void put(const QString &directory, const QString &words);
// SQLite's words; empty: there is none of the database that is there now.
[[nodiscard]] QString words(const QString &directory);
void remove(const QString &directory);

} // namespace DamageMark
