// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "databaseseal.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <QString>

#include <optional>

class SqlConnection;
struct SqlError;

// Looks at an open journal.db before it is used: schema, pages, the end of the chain, its head
// record, and whether the requests that are shown are those of the chain. The whole chain is the
// work of JournalFile::verify().
class DatabaseCheck final
{
    Q_DECLARE_TR_FUNCTIONS(DatabaseCheck)

public:
    enum class Finding {
        Good,
        Empty, // a new one is to be made in it
        Damaged, // detail: what is broken
        Refused, // detail: a line for the owner; it may be whole, but cannot be used now
    };

    // Of a chain of up to so many rows, or when the seal is broken, all requests are compared; else
    // those of the newest so many rows.
    static constexpr qint64 ComparedRows = 100'000;

    // When the seal fits nobody has written to the file since it was closed; then not all of it is
    // read.
    DatabaseCheck(SqlConnection *connection, const QString &directory,
                  DatabaseSeal::Finding seal = DatabaseSeal::Finding::Missing);

    [[nodiscard]] Finding finding() const { return m_finding; }
    [[nodiscard]] QString detail() const { return m_detail; }
    // Good, but the last rows or the head record were lost: a line for the owner, and for the
    // chain.
    [[nodiscard]] QString warning() const { return m_warning; }
    [[nodiscard]] QJsonObject record() const { return m_record; }
    // Good, and the whole of it was looked at but for the full text index.
    [[nodiscard]] bool wasThorough() const { return m_isThorough; }
    // Good, but the table of requests is not what follows from the chain, which is whole.
    [[nodiscard]] bool needsRebuild() const { return m_needsRebuild; }

private:
    void checkSchema();
    void checkVersion();
    void checkPages();
    // "ok", or what that PRAGMA has found; empty, with a finding: it could not be read.
    [[nodiscard]] QString integrity(const QString &pragma);
    // The bytes, damaged or not.
    [[nodiscard]] bool canBeRead() const;
    void checkTail();
    void checkHead();
    void checkRequests();
    // Nothing, with a finding: it could not be read.
    [[nodiscard]] std::optional<bool> areRequestsWhole(qint64 from);
    void fail(Finding finding, const QString &detail);
    // Damaged or Refused, in SQLite's words.
    void failToRead(const SqlError &error);

    SqlConnection *m_connection;
    QString m_directory;
    DatabaseSeal::Finding m_seal;
    Finding m_finding = Finding::Good;
    QString m_detail;
    QString m_warning;
    QJsonObject m_record;
    bool m_isThorough = false;
    bool m_needsRebuild = false;
};
