// SPDX-License-Identifier: Apache-2.0
#include "requesttable.h"

#include "visibletext.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int PageLimit = 1000;

constexpr auto Columns =
    "r.serial, r.name, r.state, r.scope, r.received, r.ended, r.decided_by, r.pending, "
    "r.generation, r.number, r.command, r.reply, r.timeout, r.reason, r.requester_id, r.ignored, "
    "r.exit, r.signal, r.has_run, r.duration_ms, r.time_limit, r.left_behind, r.detail, "
    "r.stdout_bytes, r.stderr_bytes "_L1;

QDateTime timeOf(const QVariant &value)
{
    return value.isNull() ? QDateTime()
                          : QDateTime::fromMSecsSinceEpoch(value.toLongLong(), Qt::UTC);
}

Request requestOf(const Statement &row)
{
    Request request;
    request.name = row.value(1).toString();
    request.id = {row.value(8).toULongLong(), row.value(9).toULongLong()};
    request.command = row.value(10).toByteArray();
    request.replyForm =
        row.value(11).toString() == "json"_L1 ? Request::ReplyForm::Json : Request::ReplyForm::Raw;
    request.timeout = std::chrono::seconds(row.value(12).toLongLong());
    request.reason = row.value(13).toString();
    request.requesterId = row.value(14).isNull() ? QString() : row.value(14).toString();
    const QJsonArray ignored = QJsonDocument::fromJson(row.value(15).toString().toUtf8()).array();
    for (const QJsonValue member : ignored)
        request.ignored.append(member.toString());
    return request;
}

Outcome outcomeOf(const Statement &row, RequestState state)
{
    Outcome outcome;
    outcome.state = state;
    if (!row.value(16).isNull())
        outcome.exitCode = row.value(16).toInt();
    outcome.signal = row.value(17).toInt();
    outcome.hasRun = row.value(18).toBool();
    outcome.duration = std::chrono::milliseconds(row.value(19).toLongLong());
    outcome.limit = std::chrono::seconds(row.value(20).toLongLong());
    outcome.leftBehind = row.value(21).toInt();
    outcome.detail = row.value(22).toString();
    outcome.by = row.value(6).toString();
    return outcome;
}

RequestRow rowOf(const Statement &row)
{
    RequestRow result;
    result.serial = row.value(0).toLongLong();
    result.request = requestOf(row);
    // A state that we do not know was not written by us.
    result.state = stateFromName(row.value(2).toString()).value_or(RequestState::Invalid);
    result.scope = row.value(3).toString();
    result.received = timeOf(row.value(4));
    result.ended = timeOf(row.value(5));
    result.by = row.value(6).toString();
    result.pendingSent = row.value(7).toBool();
    result.outcome = outcomeOf(row, result.state);
    result.outputBytes = row.value(23).toLongLong();
    result.errorBytes = row.value(24).toLongLong();
    return result;
}

// Each word as a quoted phrase that may go on, so that nothing in it is syntax. Empty when there is
// no word that the index could hold.
QString matchOf(const QString &text)
{
    QStringList phrases;
    const auto isIndexed = [](QChar c) { return c.isLetterOrNumber() || c.isSurrogate(); };
    for (QString word : text.simplified().split(u' ', Qt::SkipEmptyParts)) {
        word.remove(QChar(u'\0'));
        if (std::any_of(word.cbegin(), word.cend(), isIndexed))
            phrases.append(u'"' + word.replace(u'"', "\"\""_L1) + "\"*"_L1);
    }
    return phrases.join(u' ');
}

QString marks(qsizetype count)
{
    return QStringList(count, u"?"_s).join(u',');
}

} // namespace

RequestTable::RequestTable(SqlConnection *connection) : m_connection(connection) { }

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
    return indexApproved(name)
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
    // What ended up to there began before it, so that no index of the ends is needed.
    static const QString those = u"FROM requests WHERE serial < ?1 AND ended_seq <= ?1"_s;
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

std::optional<RequestRow> RequestTable::find(const QString &name)
{
    const auto rows = read("SELECT "_L1 + Columns + "FROM requests r WHERE r.name = ?"_L1, {name});
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
    return read("SELECT "_L1 + Columns
                    + "FROM requests r WHERE r.ended_seq IS NULL ORDER BY r.serial"_L1,
                {})
        .value_or(QList<RequestRow>());
}

std::optional<QList<RequestRow>> RequestTable::page(const RequestFilter &filter)
{
    const qint64 before =
        filter.beforeSerial > 0 ? filter.beforeSerial : std::numeric_limits<qint64>::max();
    const int limit = std::clamp(filter.limit, 1, PageLimit);
    QVariantList states;
    for (const RequestState state : filter.states)
        states.append(stateName(state));
    if (!filter.text.trimmed().isEmpty()) {
        const QString match = matchOf(filter.text);
        if (match.isEmpty())
            return QList<RequestRow>();
        const QString ofStates =
            states.isEmpty() ? QString() : "AND r.state IN ("_L1 + marks(states.size()) + ") "_L1;
        return read("SELECT "_L1 + Columns
                        + "FROM requests_fts f JOIN requests r ON r.serial = f.rowid "
                          "WHERE requests_fts MATCH ? AND f.rowid < ? "_L1
                        + ofStates + "ORDER BY f.rowid DESC LIMIT ?"_L1,
                    QVariantList{match, before} + states + QVariantList{limit});
    }
    if (states.isEmpty())
        return read("SELECT "_L1 + Columns
                        + "FROM requests r WHERE r.serial < ? ORDER BY r.serial DESC LIMIT ?"_L1,
                    {before, limit});
    // One descent of an index a state: with IN (…) all rows of the states would be sorted.
    QStringList descents;
    QVariantList values;
    for (const RequestState state : filter.states) {
        const auto ended = hasEnded(state) ? "NOT NULL"_L1 : "NULL"_L1;
        descents.append(
            "SELECT * FROM (SELECT serial FROM requests WHERE state = ? AND ended_seq IS "_L1
            + ended + " AND serial < ? ORDER BY serial DESC LIMIT ?)"_L1);
        values << stateName(state) << before << limit;
    }
    values.append(limit);
    return read("SELECT "_L1 + Columns + "FROM requests r WHERE r.serial IN ("_L1
                    + descents.join(" UNION ALL "_L1) + ") ORDER BY r.serial DESC LIMIT ?"_L1,
                values);
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
        rows.append(rowOf(query));
    m_error = query.lastError(); // some of the rows are not all of them
    query.finish();
    return m_error.isError() ? std::nullopt : std::optional(rows);
}
