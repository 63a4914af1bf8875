// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chain.h"
#include "journalrows.h"

#include <QHash>

// The requests as the rows of the chain tell them, which is what the table "requests" has to hold.
// Takes the rows one after the other and keeps only the requests that are alive.
class RequestProjection final
{
public:
    enum class Step {
        Other,
        Began,
        Ended,
    };

    // The steps of a request whose row "received" was not among the rows are passed over: that one
    // was pruned, and the request with it.
    Step take(const Chain::StoredRow &row);
    // The request that the last row has begun or ended.
    [[nodiscard]] const RequestRow &current() const { return m_current; }
    [[nodiscard]] QList<RequestRow> alive() const { return m_alive.values(); }

private:
    Step begin(const Chain::StoredRow &row);
    Step end(const Chain::StoredRow &row, RequestState state);

    QHash<QByteArray, RequestRow> m_alive; // by name
    RequestRow m_current;
};
