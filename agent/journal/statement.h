// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

// One SQL statement, prepared at its first use and kept.
class Statement final
{
public:
    Statement(const QSqlDatabase &database, const QString &sql);

    // Binds values to its question marks and executes it; finish() is implied.
    [[nodiscard]] bool run(const QVariantList &values = {});
    [[nodiscard]] bool next() { return m_query.next(); }
    [[nodiscard]] QVariant value(int column) const { return m_query.value(column); }
    [[nodiscard]] int changedRows() const { return m_query.numRowsAffected(); }
    [[nodiscard]] QSqlError lastError() const { return m_query.lastError(); }
    void finish() { m_query.finish(); } // a statement left half read would hold its snapshot

    // Text for a column that is NOT NULL: Qt binds a null string as NULL.
    [[nodiscard]] static QVariant text(const QString &string);

private:
    QSqlQuery m_query;
    QString m_sql;
    bool m_prepared = false;
};
