// SPDX-License-Identifier: Apache-2.0
#include "requestrebuild.h"

#include "requestprojection.h"
#include "requesttable.h"

using namespace Qt::StringLiterals;

namespace {

bool insert(RequestTable *table, const RequestRow &row)
{
    const bool isAlive = row.endedSeq == 0;
    if (!table->insert(row.request, row.scope, row.serial, row.received,
                       isAlive ? row.state : RequestState::Received, row.by)
        || (row.pendingSent && !table->setPending(row.request.name)))
        return false;
    Outcome outcome = row.outcome;
    outcome.standardOutput.total = row.outputBytes;
    outcome.standardError.total = row.errorBytes;
    return isAlive || table->end(row.request.name, outcome, row.endedSeq, row.ended);
}

} // namespace

bool RequestRebuild::isIndexDamaged(SqlConnection *connection)
{
    for (const QString &sql :
         {u"INSERT INTO requests_fts (rowid, shown, reason) SELECT serial, shown, reason "
          "FROM requests WHERE ended_seq IS NULL AND state = 'approved' "
          "AND serial NOT IN (SELECT id FROM requests_fts_docsize)"_s,
          u"INSERT INTO requests_fts (requests_fts, rank) VALUES ('integrity-check', 1)"_s}) {
        if (!connection->execute(sql))
            return connection->lastError().isDamage();
    }
    return false;
}

bool RequestRebuild::run(SqlConnection *connection, SqlError *error)
{
    RequestTable table(connection);
    RequestProjection projection;
    bool ok = table.clear();
    Statement rows(connection,
                   "SELECT "_L1 + Chain::storedColumns() + " FROM journal ORDER BY seq"_L1);
    for (ok = ok && rows.run(); ok && rows.next();) {
        if (projection.take(Chain::storedRow(rows)) == RequestProjection::Step::Ended)
            ok = insert(&table, projection.current());
    }
    const QList<RequestRow> alive = projection.alive();
    for (auto row = alive.cbegin(); ok && row != alive.cend(); ++row)
        ok = insert(&table, *row);
    *error = rows.lastError().isError() ? rows.lastError() : table.lastError();
    if (ok && !connection->execute(u"REINDEX outbox"_s))
        *error = connection->lastError();
    return ok && !error->isError();
}
