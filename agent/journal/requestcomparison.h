// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "requestprojection.h"
#include "statement.h"

#include <optional>

// Compares the table "requests" with the chain while somebody goes through the rows of that, both
// from the same row on: no more is kept than the requests that are alive.
class RequestComparison final
{
public:
    enum class Kind {
        Changed, // both have it, with different contents
        Missing, // in the table
        Added, // to the table: the chain does not know it
        Unreadable, // error says why
    };

    struct Difference
    {
        Kind kind = Kind::Changed;
        qint64 serial = 0;
        QString request = {}; // its name
        SqlError error = {};
    };

    // from: what was received in rows before that is left out.
    explicit RequestComparison(SqlConnection *connection, qint64 from = 0);

    RequestProjection::Step take(const Chain::StoredRow &row);
    void finish(); // that was the last row
    [[nodiscard]] const RequestProjection &projection() const { return m_projection; }
    // The first one that was found.
    [[nodiscard]] const std::optional<Difference> &difference() const { return m_difference; }

    // Goes through the chain by itself.
    [[nodiscard]] static std::optional<Difference> compare(SqlConnection *connection, qint64 from);

private:
    struct Stored
    {
        RequestRow row;
        QString shown; // the text that can be searched
    };

    void begin(const RequestRow &row);
    void compare(const RequestRow &row);
    void readNext();
    void failToRead(const SqlError &error);
    void differ(Kind kind, const RequestRow &row);

    RequestProjection m_projection;
    Statement m_table;
    std::optional<Stored> m_next; // of the table; nothing: that was all
    QHash<qint64, Stored> m_alive; // what the table holds of them, by serial
    std::optional<Difference> m_difference;
};
