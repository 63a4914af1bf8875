// SPDX-License-Identifier: Apache-2.0
#include "statement.h"

#include <QSqlError>

using namespace Qt::StringLiterals;

Statement::Statement(const QSqlDatabase &database, const QString &sql)
    : m_query(database), m_sql(sql)
{
    m_query.setForwardOnly(true);
}

bool Statement::run(const QVariantList &values)
{
    m_query.finish();
    if (!m_prepared)
        m_prepared = m_query.prepare(m_sql);
    if (!m_prepared)
        return false;
    for (qsizetype i = 0; i < values.size(); ++i)
        m_query.bindValue(int(i), values.at(i));
    return m_query.exec();
}

QVariant Statement::text(const QString &string)
{
    return string.isNull() ? u""_s : string;
}
