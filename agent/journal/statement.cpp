// SPDX-License-Identifier: Apache-2.0
#include "statement.h"

#include <sqlite3.h>

#include <utility>

namespace {

constexpr int PrimaryCode = 0xff; // the rest is SQLite's extended code

} // namespace

void Statement::Finalizer::operator()(sqlite3_stmt *statement) const
{
    sqlite3_finalize(statement);
}

Statement::Statement(SqlConnection *connection, const QString &sql)
    : m_connection(connection), m_sql(sql)
{
}

bool Statement::run(const QVariantList &values)
{
    finish();
    m_error = {};
    if (!m_statement && !prepare())
        return false;
    for (qsizetype i = 0; i < values.size(); ++i) {
        if (!bind(int(i) + 1, values.at(i)))
            return false;
    }
    step();
    m_isFirst = m_isRow;
    return !m_error.isError();
}

bool Statement::next()
{
    if (!std::exchange(m_isFirst, false) && m_isRow)
        step();
    return m_isRow;
}

QVariant Statement::value(int column) const
{
    sqlite3_stmt *row = m_statement.get();
    switch (sqlite3_column_type(row, column)) {
    case SQLITE_INTEGER:
        return qint64(sqlite3_column_int64(row, column));
    case SQLITE_FLOAT:
        return sqlite3_column_double(row, column);
    case SQLITE_TEXT: {
        const auto *text = reinterpret_cast<const char *>(sqlite3_column_text(row, column));
        return QString::fromUtf8(text, sqlite3_column_bytes(row, column));
    }
    case SQLITE_BLOB: {
        const auto *bytes = static_cast<const char *>(sqlite3_column_blob(row, column));
        return QByteArray(bytes, sqlite3_column_bytes(row, column));
    }
    default:
        return {};
    }
}

int Statement::changedRows() const
{
    return sqlite3_changes(m_connection->handle());
}

void Statement::finish()
{
    m_isRow = false;
    m_isFirst = false;
    if (m_statement)
        sqlite3_reset(m_statement.get());
}

bool Statement::prepare()
{
    if (!m_connection->isOpen()) {
        m_error = {SQLITE_MISUSE, QStringLiteral("the database is not open")};
        return false;
    }
    sqlite3_stmt *statement = nullptr;
    const QByteArray sql = m_sql.toUtf8();
    take(sqlite3_prepare_v3(m_connection->handle(), sql.constData(), int(sql.size()),
                            SQLITE_PREPARE_PERSISTENT, &statement, nullptr));
    m_statement.reset(statement);
    return !m_error.isError();
}

bool Statement::bind(int position, const QVariant &value)
{
    sqlite3_stmt *statement = m_statement.get();
    switch (value.typeId()) {
    case QMetaType::UnknownType:
        take(sqlite3_bind_null(statement, position));
        break;
    case QMetaType::QString: {
        const QByteArray text = value.toString().toUtf8();
        take(sqlite3_bind_text(statement, position, text.constData(), int(text.size()),
                               SQLITE_TRANSIENT));
        break;
    }
    case QMetaType::QByteArray: {
        const QByteArray bytes = value.toByteArray();
        take(sqlite3_bind_blob(statement, position, bytes.constData(), int(bytes.size()),
                               SQLITE_TRANSIENT));
        break;
    }
    default:
        take(sqlite3_bind_int64(statement, position, value.toLongLong()));
    }
    return !m_error.isError();
}

void Statement::step()
{
    const int code = sqlite3_step(m_statement.get());
    m_isRow = code == SQLITE_ROW;
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        take(code);
}

void Statement::take(int code)
{
    if (code == SQLITE_OK)
        return;
    m_error = {code & PrimaryCode, QString::fromUtf8(sqlite3_errmsg(m_connection->handle())),
               sqlite3_extended_errcode(m_connection->handle())};
    if (m_error.code == SQLITE_CORRUPT || m_error.code == SQLITE_NOTADB)
        m_connection->reportDamage();
}
