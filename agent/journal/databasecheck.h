// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>
#include <QJsonObject>
#include <QString>

class SqlConnection;
struct SqlError;

// Looks at an open journal.db before it is used: schema, pages, the end of the chain and its head
// record. The whole chain is the work of JournalFile::verify().
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

    // Sealed: nobody has written to the file since it was closed; then not all of it is read.
    enum class Pages { Unknown, Sealed };

    DatabaseCheck(SqlConnection *connection, const QString &directory,
                  Pages pages = Pages::Unknown);

    [[nodiscard]] Finding finding() const { return m_finding; }
    [[nodiscard]] QString detail() const { return m_detail; }
    // Good, but the last rows or the head record were lost: a line for the owner, and for the
    // chain.
    [[nodiscard]] QString warning() const { return m_warning; }
    [[nodiscard]] QJsonObject record() const { return m_record; }

private:
    void checkSchema();
    void checkVersion();
    void checkPages();
    // The bytes, damaged or not.
    [[nodiscard]] bool canBeRead() const;
    void checkTail();
    void checkHead();
    void fail(Finding finding, const QString &detail);
    // Damaged or Refused, in SQLite's words.
    void failToRead(const SqlError &error);

    SqlConnection *m_connection;
    QString m_directory;
    Pages m_pages;
    Finding m_finding = Finding::Good;
    QString m_detail;
    QString m_warning;
    QJsonObject m_record;
};
