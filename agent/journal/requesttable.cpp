// SPDX-License-Identifier: Apache-2.0
#include "requesttable.h"

#include "requestquery.h"
#include "storedrequest.h"
#include "visibletext.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

RequestTable::RequestTable(SqlConnection *connection)
    : m_connection(connection), m_terms(connection)
{
}

bool RequestTable::insert(const Request &request, const QString &scope, qint64 seq,
                          const QDateTime &received, RequestState state, const QString &by)
{
    const QString shown = VisibleText::encode(request.command);
    const QVariant requester = request.requesterId.isNull() ? QVariant() : request.requesterId;
    const QByteArray ignored =
        QJsonDocument(QJsonArray::fromStringList(request.ignored)).toJson(QJsonDocument::Compact);
    const bool json = request.replyForm == Request::ReplyForm::Json;
    return run(u"INSERT INTO requests (serial, name, state, scope, received, decided_by, "
               "generation, number, command, shown, reply, timeout, reason, requester_id, ignored) "
               "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
               {seq, request.name, stateName(state), scope, received.toMSecsSinceEpoch(), by,
                request.id.generation, request.id.number, request.command, shown,
                json ? u"json"_s : u"raw"_s, qint64(request.timeout.count()), request.reason,
                requester, QString::fromUtf8(ignored)})
        // A command waits for "approved" to be on disk, which takes half as long without the index.
        && (state == RequestState::Approved
            || run(u"INSERT INTO requests_fts (rowid, shown, reason) VALUES (?, ?, ?)"_s,
                   {seq, shown, request.reason}));
}

bool RequestTable::indexApproved(const QString &name)
{
    return run(u"INSERT INTO requests_fts (rowid, shown, reason) "
               "SELECT serial, shown, reason FROM requests WHERE name = ? AND state = 'approved' "
               "AND serial NOT IN (SELECT id FROM requests_fts_docsize)"_s,
               {name});
}

// Far cheaper than to open the index for nothing.
bool RequestTable::hasBeenIndexed(const QString &name)
{
    return number(u"SELECT 1 FROM requests WHERE name = ? AND state <> 'approved'"_s, {name})
        .has_value();
}

bool RequestTable::setState(const QString &name, RequestState state, const QString &by)
{
    const QVariant decidedBy = by.isNull() ? QVariant() : by;
    return (state != RequestState::Running || indexApproved(name))
        && change(u"UPDATE requests SET state = ?, decided_by = ifnull(?, decided_by) "
                  "WHERE name = ? AND ended_seq IS NULL"_s,
                  {stateName(state), decidedBy, name});
}

bool RequestTable::setPending(const QString &name)
{
    return change(u"UPDATE requests SET pending = 1 WHERE name = ? AND ended_seq IS NULL"_s,
                  {name});
}

bool RequestTable::end(const QString &name, const Outcome &outcome, qint64 seq,
                       const QDateTime &ended)
{
    const QVariant by = outcome.by.isEmpty() ? QVariant() : outcome.by;
    const QVariant exitCode = outcome.exitCode ? QVariant(*outcome.exitCode) : QVariant();
    // Who has run is in the index since then, but for a journal that could not be written.
    return (hasBeenIndexed(name) || indexApproved(name))
        && change(
               u"UPDATE requests SET state = ?, decided_by = ifnull(?, decided_by), ended = ?, "
               "ended_seq = ?, exit = ?, signal = ?, has_run = ?, duration_ms = ?, time_limit = ?, "
               "left_behind = ?, detail = ?, stdout_bytes = ?, stderr_bytes = ? "
               "WHERE name = ? AND ended_seq IS NULL"_s,
               {stateName(outcome.state), by, ended.toMSecsSinceEpoch(), seq, exitCode,
                outcome.signal, int(outcome.hasRun), qint64(outcome.duration.count()),
                qint64(outcome.limit.count()), outcome.leftBehind, outcome.detail,
                outcome.standardOutput.total, outcome.standardError.total, name});
}

std::optional<QStringList> RequestTable::removeEnded(qint64 through)
{
    static const QString those = u"FROM requests WHERE serial <= ?1 AND ended_seq IS NOT NULL"_s;
    Statement &ended = statement(u"SELECT name "_s + those);
    QStringList names;
    bool isRow = ended.run({through}) && ended.next();
    for (; isRow; isRow = ended.next())
        names.append(ended.value(0).toString());
    m_error = ended.lastError();
    ended.finish();
    if (m_error.isError())
        return std::nullopt;
    if (names.isEmpty())
        return names;
    // The index reads its text from the table, so it must forget it first.
    const bool ok = run(u"INSERT INTO requests_fts (requests_fts, rowid, shown, reason) "
                        "SELECT 'delete', serial, shown, reason "_s
                            + those,
                        {through})
        && run(u"DELETE "_s + those, {through});
    return ok ? std::optional(names) : std::nullopt;
}

bool RequestTable::removeRows(qint64 through)
{
    return run(u"DELETE FROM journal WHERE seq <= ?"_s, {through});
}

bool RequestTable::clear()
{
    return run(u"INSERT INTO requests_fts (requests_fts) VALUES ('delete-all')"_s, {})
        && run(u"DELETE FROM requests"_s, {});
}

std::optional<RequestRow> RequestTable::find(const QString &name)
{
    const auto rows = read(
        "SELECT "_L1 + StoredRequest::columns() + "FROM requests r WHERE r.name = ?"_L1, {name});
    return rows && !rows->isEmpty() ? std::optional(rows->constFirst()) : std::nullopt;
}

bool RequestTable::contains(const QString &name)
{
    Statement &one = statement(u"SELECT 1 FROM requests WHERE name = ?"_s);
    const bool found = one.run({name}) && one.next();
    one.finish();
    return found;
}

QList<RequestRow> RequestTable::alive()
{
    return read("SELECT "_L1 + StoredRequest::columns()
                    + "FROM requests r WHERE r.ended_seq IS NULL ORDER BY r.serial"_L1,
                {})
        .value_or(QList<RequestRow>());
}

std::optional<QList<RequestRow>> RequestTable::page(const RequestFilter &filter)
{
    const qint64 before =
        filter.beforeSerial > 0 ? filter.beforeSerial : std::numeric_limits<qint64>::max();
    const qint64 since = filter.since.isValid() ? firstSince(filter.since) : 0;
    const RequestQuery query(filter, m_terms.match(filter.text), std::max(filter.fromSerial, since),
                             before, StoredRequest::columns());
    return query.sql().isEmpty() ? QList<RequestRow>() : read(query.sql(), query.values());
}

std::optional<RequestRow> RequestTable::at(qint64 serial)
{
    const auto rows =
        read("SELECT "_L1 + StoredRequest::columns() + "FROM requests r WHERE r.serial = ?"_L1,
             {serial});
    return rows && !rows->isEmpty() ? std::optional(rows->constFirst()) : std::nullopt;
}

// Serials follow the time, but for a clock that was set back: the furthest of ever longer steps
// back that is in time counts, and from there halving finds where the time begins.
qint64 RequestTable::firstSince(const QDateTime &time)
{
    const qint64 newest = number(u"SELECT max(serial) FROM requests"_s, {}).value_or(0);
    const qint64 oldest = number(u"SELECT min(serial) FROM requests"_s, {}).value_or(newest + 1);
    if (!time.isValid() || oldest > newest)
        return oldest;
    qint64 late = newest + 1; // it and all that are newer are in time
    qint64 early = oldest - 1; // the nearest before it that is not
    for (qint64 step = 1; step / 2 <= newest - oldest; step *= 2) {
        const qint64 serial = std::max(oldest, newest + 1 - step);
        if (wasReceivedSince(serial, time)) {
            late = serial;
            early = oldest - 1;
        } else if (early < oldest) {
            early = serial;
        }
    }
    while (late - early > 1) {
        const qint64 middle = early + (late - early) / 2;
        (wasReceivedSince(middle, time) ? late : early) = middle;
    }
    return late;
}

bool RequestTable::wasReceivedSince(qint64 serial, const QDateTime &time)
{
    const qint64 begin = time.toMSecsSinceEpoch();
    return number(u"SELECT received FROM requests WHERE serial >= ? ORDER BY serial LIMIT 1"_s,
                  {serial})
               .value_or(begin)
        >= begin;
}

std::optional<qint64> RequestTable::previousRun(const QByteArray &command, qint64 before,
                                                qint64 from)
{
    return number(u"SELECT serial FROM requests WHERE serial < ? AND serial >= ? AND command = ? "
                  "AND has_run = 1 ORDER BY serial DESC LIMIT 1"_s,
                  {before, from, command});
}

qint64 RequestTable::oldestAlive()
{
    Statement &oldest = statement(u"SELECT min(serial) FROM requests WHERE ended_seq IS NULL"_s);
    qint64 serial = 0; // cannot be read: nothing may go
    if (oldest.run() && oldest.next())
        serial = oldest.value(0).isNull() ? std::numeric_limits<qint64>::max()
                                          : oldest.value(0).toLongLong();
    oldest.finish();
    return serial;
}

std::optional<qint64> RequestTable::number(const QString &sql, const QVariantList &values)
{
    Statement &one = statement(sql);
    const bool found = one.run(values) && one.next() && one.value(0).isValid();
    const auto value = found ? std::optional(one.value(0).toLongLong()) : std::nullopt;
    one.finish();
    return value;
}

Statement &RequestTable::statement(const QString &sql)
{
    const auto found = m_statements.find(sql);
    return found != m_statements.end()
        ? found->second
        : m_statements.emplace(sql, Statement(m_connection, sql)).first->second;
}

bool RequestTable::run(const QString &sql, const QVariantList &values)
{
    Statement &change = statement(sql);
    const bool ok = change.run(values);
    m_error = change.lastError();
    m_changedRows = ok ? change.changedRows() : 0;
    change.finish();
    return ok;
}

bool RequestTable::change(const QString &sql, const QVariantList &values)
{
    return run(sql, values) && m_changedRows > 0;
}

std::optional<QList<RequestRow>> RequestTable::read(const QString &sql, const QVariantList &values)
{
    Statement &query = statement(sql);
    if (!query.run(values)) {
        m_error = query.lastError();
        return std::nullopt;
    }
    QList<RequestRow> rows;
    while (query.next())
        rows.append(StoredRequest::row(query));
    m_error = query.lastError(); // some of the rows are not all of them
    query.finish();
    return m_error.isError() ? std::nullopt : std::optional(rows);
}
