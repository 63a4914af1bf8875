// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

// Remembers from one run to the next that nobody has written to journal.db since we closed it, so
// that not all of its pages need to be read at each start, which takes seconds with a large one.
// After the close the file gets a time of modification that no write gives by chance, and the file
// "seal" beside it holds its times of modification and of change, the size and the inode. Whoever
// forges those could forge the rows, too; that is what the chain is for.
namespace DatabaseSeal {

enum class Finding {
    Fits,
    Missing, // the last run did not end by a close
    Broken, // somebody has written to the file since
};

// One that fits is gone afterwards, so that a run that does not end by a close leaves none. A
// broken one stays: what a start has not mended to its end, the next one does.
[[nodiscard]] Finding take(const QString &directory);
void remove(const QString &directory);
// The database is closed. Without a seal, when it could not be written, all pages are read again.
void put(const QString &directory);

} // namespace DatabaseSeal
