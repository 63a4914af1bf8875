// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSqlDatabase>
#include <QSqlError>
#include <QString>

// A connection of its own name to a SQLite file; closed and forgotten with this object.
class SqlConnection final
{
public:
    enum class Access { ReadOnly, ReadWrite };

    SqlConnection() = default;
    ~SqlConnection();
    Q_DISABLE_COPY_MOVE(SqlConnection)

    // path may be ":memory:". False with SQLite's words in lastError().
    [[nodiscard]] bool open(const QString &path, Access access);
    void close();

    [[nodiscard]] bool isOpen() const { return m_database.isOpen(); }
    [[nodiscard]] QSqlDatabase database() const { return m_database; }
    [[nodiscard]] QSqlError lastError() const { return m_error; }

    // One statement without a result to read, prepared for this one time.
    [[nodiscard]] bool execute(const QString &sql);
    // The first column of the first row; invalid when there is none or it failed.
    [[nodiscard]] QVariant scalar(const QString &sql);

private:
    QSqlDatabase m_database;
    QSqlError m_error;
};

// The primary result code of SQLite, "SQLITE_FULL" as 13; 0 without an error.
[[nodiscard]] int sqliteCode(const QSqlError &error);
