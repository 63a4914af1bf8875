// SPDX-License-Identifier: Apache-2.0
#include "schema.h"

#include "sqlconnection.h"

#include <QSqlQuery>
#include <QStringList>
#include <QVariant>

using namespace Qt::StringLiterals;

namespace {

// serial of a request is the seq of its row "received". The full text index reads its text from
// requests, so that it is stored once; the agent keeps it in step, there are no triggers.
const QStringList &statements()
{
    static const QStringList list = {
        u"CREATE TABLE journal (seq INTEGER PRIMARY KEY, time TEXT NOT NULL, kind TEXT NOT NULL, "
        "request TEXT NOT NULL, data TEXT NOT NULL, hash TEXT NOT NULL)"_s,
        u"CREATE INDEX journal_kind ON journal (kind, seq)"_s,
        u"CREATE TABLE requests (serial INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, "
        "state TEXT NOT NULL, scope TEXT NOT NULL, received INTEGER NOT NULL, ended INTEGER, "
        "ended_seq INTEGER, decided_by TEXT NOT NULL DEFAULT '', pending INTEGER NOT NULL DEFAULT "
        "0, "
        "generation INTEGER NOT NULL, number INTEGER NOT NULL, command BLOB NOT NULL, "
        "shown TEXT NOT NULL, reply TEXT NOT NULL, timeout INTEGER NOT NULL, reason TEXT NOT NULL, "
        "requester_id TEXT, ignored TEXT NOT NULL, exit INTEGER, signal INTEGER NOT NULL DEFAULT "
        "0, "
        "has_run INTEGER NOT NULL DEFAULT 0, duration_ms INTEGER NOT NULL DEFAULT 0, "
        "time_limit INTEGER NOT NULL DEFAULT 0, left_behind INTEGER NOT NULL DEFAULT 0, "
        "detail TEXT NOT NULL DEFAULT '', stdout_bytes INTEGER NOT NULL DEFAULT 0, "
        "stderr_bytes INTEGER NOT NULL DEFAULT 0)"_s,
        u"CREATE INDEX requests_state ON requests (state, serial)"_s,
        u"CREATE INDEX requests_ended ON requests (ended_seq)"_s,
        u"CREATE VIRTUAL TABLE requests_fts USING fts5(shown, reason, content='requests', "
        "content_rowid='serial', tokenize='unicode61')"_s,
        u"CREATE TABLE outbox (id INTEGER PRIMARY KEY AUTOINCREMENT, kind INTEGER NOT NULL, "
        "scope TEXT NOT NULL, payload BLOB NOT NULL)"_s,
        u"CREATE INDEX outbox_kind ON outbox (kind, id)"_s,
        u"CREATE INDEX outbox_scope ON outbox (scope, id)"_s,
    };
    return list;
}

bool createIn(SqlConnection *connection)
{
    for (const QString &statement : statements()) {
        if (!connection->execute(statement))
            return false;
    }
    return connection->execute(u"PRAGMA user_version=%1"_s.arg(Schema::Version));
}

// One line an object. The tables that FTS5 makes for itself are compared by name only, since
// another version of SQLite may word them otherwise.
QStringList objects(const QSqlDatabase &database)
{
    QStringList list;
    QSqlQuery query(database);
    query.setForwardOnly(true);
    if (!query.exec(u"SELECT type, name, tbl_name, sql FROM sqlite_master"_s))
        return list;
    while (query.next()) {
        const QString name = query.value(1).toString();
        QStringList parts = {query.value(0).toString(), name, query.value(2).toString()};
        if (!name.startsWith("requests_fts_"_L1))
            parts.append(query.value(3).toString());
        list.append(parts.join(u'\n'));
    }
    list.sort();
    return list;
}

} // namespace

Schema::Finding Schema::inspect(SqlConnection *connection)
{
    const QVariant version = connection->scalar(u"PRAGMA user_version"_s);
    const QVariant count = connection->scalar(u"SELECT count(*) FROM sqlite_master"_s);
    if (!version.isValid() || !count.isValid())
        return Finding::Unreadable;
    if (version.toInt() > Version)
        return Finding::Later;
    if (count.toInt() == 0)
        return Finding::Empty;
    SqlConnection model;
    if (!model.open(u":memory:"_s, SqlConnection::Access::ReadWrite) || !createIn(&model))
        return Finding::Unreadable;
    const bool same =
        version.toInt() == Version && objects(model.database()) == objects(connection->database());
    return same ? Finding::Ours : Finding::Foreign;
}

bool Schema::create(SqlConnection *connection)
{
    // Before the first table: pages of rows that were removed are given back to the file system.
    return connection->execute(u"PRAGMA auto_vacuum=INCREMENTAL"_s)
        && connection->execute(u"PRAGMA journal_mode=WAL"_s)
        && connection->execute(u"BEGIN IMMEDIATE"_s) && createIn(connection)
        && connection->execute(u"COMMIT"_s);
}
