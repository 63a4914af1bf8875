// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QVariant>

struct sqlite3;

struct SqlError
{
    int code = 0; // SQLite's primary result code, SQLITE_FULL as 13; 0: none
    QString text; // SQLite's words
    int extendedCode = 0;

    [[nodiscard]] bool isError() const { return code != 0; }
    // A UNIQUE column holds the value already.
    [[nodiscard]] bool isDuplicate() const;
    // Of a statement that is known to be right: "SQL logic error" and a number of a new row that
    // another one has come from damage, too.
    [[nodiscard]] bool isDamage() const;
};

// A connection to a SQLite file. Used directly and not through Qt Sql, whose driver plug-in costs
// half a MiB, a tenth of the start and a third of the time of each step.
class SqlConnection final
{
public:
    // Immutable: of a file that nobody writes to, in a directory that cannot be written.
    enum class Access { ReadOnly, ReadWrite, Immutable };

    SqlConnection() = default;
    ~SqlConnection();
    Q_DISABLE_COPY_MOVE(SqlConnection)

    [[nodiscard]] bool open(const QString &path, Access access);
    // When it is closed the write-ahead log stays beside the database as it is; false when opened.
    void setKeepsLog(bool keeps);
    void close(); // the statements are gone before

    [[nodiscard]] bool isOpen() const { return m_handle != nullptr; }
    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] SqlError lastError() const { return m_error; } // of this, not of statements
    [[nodiscard]] bool isReadOnly() const; // by how it was opened, or by its header
    // The file is no longer where it was opened, or its write-ahead log, where noteLog() has seen
    // it.
    [[nodiscard]] bool isMoved() const;
    void noteLog(); // after a commit
    void takeLogOver() const; // as far as that is possible
    // A statement has met a damaged page since it was opened.
    [[nodiscard]] bool foundDamage() const { return m_foundDamage; }
    void reportDamage() { m_foundDamage = true; }
    [[nodiscard]] sqlite3 *handle() const { return m_handle; }

    // One statement without a result to read, prepared for this one time.
    [[nodiscard]] bool execute(const QString &sql);
    // The first column of the first row; invalid when there is none, it is NULL, or it failed.
    [[nodiscard]] QVariant scalar(const QString &sql);

private:
    sqlite3 *m_handle = nullptr;
    QString m_path;
    SqlError m_error;
    quint64 m_logInode = 0; // of the write-ahead log; 0: none was seen
    bool m_foundDamage = false;
};
