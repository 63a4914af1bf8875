// SPDX-License-Identifier: Apache-2.0
#include "schema.h"

#include "sqlconnection.h"

#include <QStringList>
#include <QVariant>

using namespace Qt::StringLiterals;

namespace {

constexpr int SqliteError = 1; // "no such column" and the like

// serial of a request is the seq of its row "received". Its state is indexed when it has ended: the
// few that are alive have an index of their own, and each step of a life touches fewer pages.
// The full text index reads its text from requests, so that it is stored once; the agent keeps it
// in step, there are no triggers.
const QStringList &statements()
{
    static const QStringList list = {
        u"CREATE TABLE journal (seq INTEGER PRIMARY KEY, time TEXT NOT NULL, kind TEXT NOT NULL, "
        "request TEXT NOT NULL, data TEXT NOT NULL, hash TEXT NOT NULL)"_s,
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
        u"CREATE INDEX requests_state ON requests (state, serial) WHERE ended_seq IS NOT NULL"_s,
        u"CREATE INDEX requests_alive ON requests (serial) WHERE ended_seq IS NULL"_s,
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

// What sqlite_master holds when all is ours. SQLite keeps the text of our statements; what it and
// FTS5 make for themselves is known by name only, since other versions may word it otherwise.
QStringList ourObjects()
{
    return statements()
        + QStringList{u"CREATE TABLE sqlite_sequence(name,seq)"_s,
                      u"index sqlite_autoindex_requests_1"_s,
                      u"table requests_fts_config"_s,
                      u"table requests_fts_data"_s,
                      u"table requests_fts_docsize"_s,
                      u"table requests_fts_idx"_s};
}

// The columns by which FTS5 uses the tables that are known by name only.
Schema::Finding inspectIndex(SqlConnection *connection)
{
    for (const QString &columns :
         {u"id, block FROM requests_fts_data"_s, u"segid, term, pgno FROM requests_fts_idx"_s,
          u"id, sz FROM requests_fts_docsize"_s, u"k, v FROM requests_fts_config"_s}) {
        if (!connection->execute("SELECT "_L1 + columns + " LIMIT 0"_L1))
            return connection->lastError().code == SqliteError ? Schema::Finding::Foreign
                                                               : Schema::Finding::Unreadable;
    }
    return Schema::Finding::Ours;
}

} // namespace

Schema::Finding Schema::inspect(SqlConnection *connection)
{
    const QVariant version = connection->scalar(u"PRAGMA user_version"_s);
    const QVariant objects = connection->scalar(
        u"SELECT ifnull(group_concat(CASE WHEN sql IS NULL OR name GLOB 'requests_fts_*' "
        "THEN type || ' ' || name ELSE sql END, char(31)), '') FROM sqlite_master"_s);
    if (!version.isValid() || !objects.isValid())
        return Finding::Unreadable;
    if (version.toInt() > Version)
        return Finding::Later;
    QStringList found = objects.toString().split(u'\x1f', Qt::SkipEmptyParts);
    if (found.isEmpty())
        return Finding::Empty;
    QStringList ours = ourObjects();
    found.sort();
    ours.sort();
    return version.toInt() == Version && found == ours ? inspectIndex(connection)
                                                       : Finding::Foreign;
}

bool Schema::create(SqlConnection *connection)
{
    // Before the first table: pages of rows that were removed are given back to the file system.
    return connection->execute(u"PRAGMA auto_vacuum=INCREMENTAL"_s)
        && connection->execute(u"PRAGMA journal_mode=WAL"_s)
        && connection->execute(u"BEGIN IMMEDIATE"_s) && createIn(connection)
        && connection->execute(u"COMMIT"_s);
}
