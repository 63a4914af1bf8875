// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journalrows.h"
#include "statement.h"

#include <QMap>

#include <optional>

// For views that go through the whole journal: reads it a range of numbers at a time, so that the
// event loop can have its turn in between, and passes over the steps of requests within SQLite. A
// range of SliceRows takes some milliseconds. Needs the open journal, and goes before it is closed.
class ChainReader final
{
public:
    static constexpr qint64 SliceRows = 10'000;

    explicit ChainReader(SqlConnection *connection);

    [[nodiscard]] qint64 oldest() const; // number of a row; 0: there is none
    [[nodiscard]] qint64 newest() const;
    // Rows about no request with from <= number < before, newest first, at most limit; without
    // their hash. kinds: empty for all.
    [[nodiscard]] QList<JournalEntry> entries(const QStringList &kinds, qint64 from, qint64 before,
                                              int limit) const;
    // Of the newest row below that number that the agent's end had a part in: not one of those that
    // the next start writes first. Invalid: there is none.
    [[nodiscard]] QDateTime lastTimeBefore(qint64 number) const;
    // How many requests came in each minute since 1970, of those with such numbers.
    [[nodiscard]] QMap<qint64, int> requestsByMinute(qint64 from, qint64 before) const;

private:
    mutable Statement m_ends;
    mutable Statement m_entries;
    mutable Statement m_lastTime;
    mutable Statement m_requests;
};
