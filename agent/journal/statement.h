// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sqlconnection.h"

#include <QVariant>

#include <memory>

struct sqlite3_stmt;

// One SQL statement, prepared at its first use and kept.
class Statement final
{
public:
    // connection: open when it runs, and outlives this.
    Statement(SqlConnection *connection, const QString &sql);

    // Binds values to its question marks and executes it; finish() is implied. Invalid: NULL. Text
    // and bytes are never NULL, a null string is an empty one.
    [[nodiscard]] bool run(const QVariantList &values = {});
    [[nodiscard]] bool next();
    // NULL: invalid; integers are qint64, text is QString, blobs are QByteArray.
    [[nodiscard]] QVariant value(int column) const;
    [[nodiscard]] int changedRows() const;
    [[nodiscard]] SqlError lastError() const { return m_error; }
    void finish(); // a statement left half read would hold its snapshot

private:
    struct Finalizer
    {
        void operator()(sqlite3_stmt *statement) const;
    };

    [[nodiscard]] bool prepare();
    [[nodiscard]] bool bind(int position, const QVariant &value);
    void step();
    void take(int code);

    SqlConnection *m_connection;
    QString m_sql;
    std::unique_ptr<sqlite3_stmt, Finalizer> m_statement;
    SqlError m_error;
    bool m_isRow = false; // it stands on one
    bool m_isFirst = false; // which next() has not given yet
};
