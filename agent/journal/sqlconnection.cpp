// SPDX-License-Identifier: Apache-2.0
#include "sqlconnection.h"

#include <QSqlQuery>
#include <QUuid>
#include <QVariant>

using namespace Qt::StringLiterals;

SqlConnection::~SqlConnection()
{
    close();
}

bool SqlConnection::open(const QString &path, Access access)
{
    close();
    m_database =
        QSqlDatabase::addDatabase(u"QSQLITE"_s, QUuid::createUuid().toString(QUuid::Id128));
    m_database.setDatabaseName(path);
    // Readers never keep a writer waiting in WAL; 100 ms covers another process's recovery of it.
    QString options = u"QSQLITE_BUSY_TIMEOUT=100"_s;
    if (access == Access::ReadOnly)
        options += ";QSQLITE_OPEN_READONLY"_L1;
    m_database.setConnectOptions(options);
    if (!m_database.open()) {
        m_error = m_database.lastError();
        return false;
    }
    // Functions named in a schema that somebody else has written are not run.
    return execute(u"PRAGMA trusted_schema=OFF"_s);
}

void SqlConnection::close()
{
    if (!m_database.isValid())
        return;
    const QString name = m_database.connectionName();
    m_database.close();
    m_database = {};
    QSqlDatabase::removeDatabase(name);
}

bool SqlConnection::execute(const QString &sql)
{
    QSqlQuery query(m_database);
    if (query.exec(sql))
        return true;
    m_error = query.lastError();
    return false;
}

QVariant SqlConnection::scalar(const QString &sql)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (query.exec(sql) && query.next())
        return query.value(0);
    m_error = query.lastError();
    return {};
}

int sqliteCode(const QSqlError &error)
{
    return error.nativeErrorCode().toInt() & 0xff; // the rest is SQLite's extended code
}
