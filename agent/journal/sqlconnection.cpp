// SPDX-License-Identifier: Apache-2.0
#include "sqlconnection.h"

#include "statement.h"

#include <QFile>

#include <sqlite3.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace {

// Readers never keep a writer waiting in WAL; this covers another process's recovery of it.
constexpr int BusyTimeout = 100; // ms

// 0: there is no such file, or it is empty.
quint64 logInode(const QString &path)
{
    struct stat status = {};
    const bool isThere = stat(QFile::encodeName(path + "-wal"_L1).constData(), &status) == 0;
    return isThere && status.st_size > 0 ? status.st_ino : 0;
}

} // namespace

bool SqlError::isDuplicate() const
{
    return extendedCode == SQLITE_CONSTRAINT_UNIQUE;
}

bool SqlError::isDamage() const
{
    return code == SQLITE_ERROR || code == SQLITE_CORRUPT || code == SQLITE_NOTADB
        || (code == SQLITE_CONSTRAINT && !isDuplicate());
}

SqlConnection::~SqlConnection()
{
    close();
}

bool SqlConnection::open(const QString &path, Access access)
{
    close();
    m_path = path;
    m_foundDamage = false;
    m_logInode = 0;
    int flags = SQLITE_OPEN_NOMUTEX
        | (access == Access::ReadWrite ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                       : SQLITE_OPEN_READONLY);
    QByteArray name = QFile::encodeName(path);
    if (access == Access::Immutable) {
        name = "file:" + name.toPercentEncoding("/") + "?immutable=1";
        flags |= SQLITE_OPEN_URI;
    }
    const int code = sqlite3_open_v2(name.constData(), &m_handle, flags, nullptr);
    if (code != SQLITE_OK) {
        m_error = {code, QString::fromUtf8(sqlite3_errmsg(m_handle))};
        close();
        return false;
    }
    sqlite3_busy_timeout(m_handle, BusyTimeout);
    // Functions named in a schema that somebody else has written are not run.
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    return true;
}

void SqlConnection::setKeepsLog(bool keeps)
{
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, int(keeps), nullptr);
}

bool SqlConnection::isMoved() const
{
    int moved = 0;
    if (isOpen())
        sqlite3_file_control(m_handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    // SQLite looks after the database alone. Its log is never empty once something is in it.
    return moved != 0 || (m_logInode != 0 && logInode(m_path) != m_logInode);
}

void SqlConnection::noteLog()
{
    if (m_logInode == 0) // another one later is none of ours
        m_logInode = logInode(m_path);
}

// SQLite still has the file of a log that was removed; what is in it goes into the database.
void SqlConnection::takeLogOver() const
{
    if (isOpen())
        sqlite3_wal_checkpoint_v2(m_handle, "main", SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

void SqlConnection::close()
{
    sqlite3_close_v2(m_handle);
    m_handle = nullptr;
}

bool SqlConnection::isReadOnly() const
{
    return sqlite3_db_readonly(m_handle, "main") == 1;
}

bool SqlConnection::execute(const QString &sql)
{
    Statement statement(this, sql);
    const bool ok = statement.run();
    m_error = statement.lastError();
    return ok;
}

QVariant SqlConnection::scalar(const QString &sql)
{
    Statement statement(this, sql);
    const bool found = statement.run() && statement.next();
    m_error = statement.lastError();
    return found ? statement.value(0) : QVariant();
}
