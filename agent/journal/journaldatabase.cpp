// SPDX-License-Identifier: Apache-2.0
#include "journaldatabase.h"

#include "damagemark.h"
#include "databasecheck.h"
#include "databaseseal.h"
#include "requestrebuild.h"
#include "schema.h"

#include <QFileInfo>
#include <QLoggingCategory>

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcJournal, "cometa.journal", QtInfoMsg)

constexpr int SqliteCannotOpen = 14;
constexpr qsizetype LongestWords = 120;

} // namespace

bool JournalDatabase::open(const QString &directory, QString *errorString)
{
    close();
    if (m_directory.open(directory, errorString) && m_directory.secureFiles(errorString)
        && openChecked(errorString) && configure(errorString)) {
        DatabaseSeal::remove(m_directory.path()); // a broken one
        if (m_isNew)
            m_directory.sync();
        return true;
    }
    close();
    return false;
}

void JournalDatabase::close()
{
    const bool isWhole = m_begin.has_value() && !m_connection.foundDamage();
    m_begin.reset();
    m_commit.reset();
    m_rollback.reset();
    m_connection.close();
    if (isWhole)
        DatabaseSeal::put(m_directory.path());
    m_directory.close();
    m_warning.clear();
    m_record = {};
    m_isNew = false;
}

bool JournalDatabase::openChecked(QString *errorString)
{
    const DatabaseSeal::Finding seal = DatabaseSeal::take(m_directory.path());
    if (const QString damage = DamageMark::words(m_directory.path()); !damage.isEmpty())
        return startAnew(damage, errorString);
    if (!connect(errorString))
        return false;
    m_connection.setKeepsLog(true); // in what may be damaged, not a byte is changed
    const DatabaseCheck check(&m_connection, m_directory.path(), seal);
    switch (check.finding()) {
    case DatabaseCheck::Finding::Good:
        m_warning = check.warning();
        m_record = check.record();
        if (!mend(check, errorString))
            return false;
        m_connection.setKeepsLog(false);
        return true;
    case DatabaseCheck::Finding::Empty:
        m_connection.setKeepsLog(false);
        m_isNew = true;
        m_record = {{u"event"_s, u"begin"_s}};
        return true;
    case DatabaseCheck::Finding::Damaged:
        return startAnew(check.detail(), errorString);
    case DatabaseCheck::Finding::Refused:
        *errorString = check.detail();
        return false;
    }
    Q_UNREACHABLE();
}

bool JournalDatabase::mend(const DatabaseCheck &check, QString *errorString)
{
    if (!check.needsRebuild()
        && (!check.wasThorough() || !RequestRebuild::isIndexDamaged(&m_connection)))
        return true;
    SqlError error;
    if (!rebuild(&error)) {
        if (error.isDamage() || error.isDuplicate()) // names in the chain are unique
            return startAnew(error.text, errorString);
        // What is not so must not be shown.
        *errorString = tr("The requests in %1 do not agree with the chain of the journal, and "
                          "cannot be made anew from it: %2.")
                           .arg(m_directory.path(), error.text);
        return false;
    }
    const QString mended = tr("The requests that the journal showed did not agree with its chain. "
                              "They were made anew from it.");
    qCWarning(lcJournal).noquote() << mended;
    m_warning = m_warning.isEmpty() ? mended : m_warning + u' ' + mended;
    if (m_record.isEmpty())
        m_record.insert("event"_L1, "requests-rebuilt"_L1);
    else
        m_record.insert("requests"_L1, "rebuilt"_L1);
    return true;
}

bool JournalDatabase::rebuild(SqlError *error)
{
    if (m_connection.execute(u"BEGIN IMMEDIATE"_s) && RequestRebuild::run(&m_connection, error)
        && m_connection.execute(u"COMMIT"_s))
        return true;
    if (!error->isError())
        *error = m_connection.lastError();
    (void)m_connection.execute(u"ROLLBACK"_s);
    return false;
}

bool JournalDatabase::startAnew(const QString &words, QString *errorString)
{
    // SQLite may quote a whole table.
    const QString damage = words.size() > LongestWords ? words.left(LongestWords) + u'…' : words;
    m_connection.close();
    const QString aside = m_directory.setAside(errorString);
    if (aside.isEmpty() || !m_directory.makeOutputs(errorString)
        || !m_directory.secureFiles(errorString))
        return false;
    DamageMark::remove(m_directory.path());
    m_record = {{u"event"_s, u"begin"_s},
                {u"damaged"_s, QFileInfo(aside).fileName()},
                {u"sha256"_s, QString::fromLatin1(DataDirectory::sha256(aside))},
                {u"damage"_s, damage}};
    m_warning = tr("The journal was damaged (%1). It was moved aside to %2, and a new one begins.")
                    .arg(damage, aside);
    qCWarning(lcJournal).noquote() << m_warning;
    m_isNew = true;
    return connect(errorString);
}

bool JournalDatabase::connect(QString *errorString)
{
    if (m_connection.open(m_directory.databasePath(), SqlConnection::Access::ReadWrite))
        return true;
    *errorString = tr("%1 cannot be opened: %2.")
                       .arg(m_directory.databasePath(), m_connection.lastError().text);
    return false;
}

bool JournalDatabase::configure(QString *errorString)
{
    m_full = false;
    if ((!m_isNew || Schema::create(&m_connection))
        && m_connection.execute(u"PRAGMA synchronous=NORMAL"_s)
        // Beyond this size the write-ahead log is cut back when it has been taken over.
        && m_connection.execute(u"PRAGMA journal_size_limit=4194304"_s)) {
        m_begin.emplace(&m_connection, u"BEGIN IMMEDIATE"_s);
        m_commit.emplace(&m_connection, u"COMMIT"_s);
        m_rollback.emplace(&m_connection, u"ROLLBACK"_s);
        return true;
    }
    *errorString = tr("The journal in %1 cannot be set up: %2.")
                       .arg(m_directory.path(), m_connection.lastError().text);
    return false;
}

bool JournalDatabase::begin(bool full)
{
    if (isMoved())
        return false;
    // SQLite sets this while it reads the statement, so that it cannot be a prepared one.
    if (full != m_full) {
        if (!m_connection.execute(full ? u"PRAGMA synchronous=FULL"_s
                                       : u"PRAGMA synchronous=NORMAL"_s)) {
            m_error = m_connection.lastError();
            return false;
        }
        m_full = full;
    }
    return run(&m_begin);
}

bool JournalDatabase::commit()
{
    if (!run(&m_commit))
        return false;
    m_connection.noteLog();
    return !isMoved();
}

// SQLite would go on in a file that nobody finds again.
bool JournalDatabase::isMoved()
{
    if (!m_connection.isMoved())
        return false;
    m_connection.takeLogOver(); // for the rows that were written
    m_error = {SqliteCannotOpen, u"the file was moved or removed"_s};
    return true;
}

void JournalDatabase::rollback()
{
    // After some errors SQLite has rolled back already and says that there is nothing to do.
    const SqlError error = m_error;
    if (!run(&m_rollback))
        qCDebug(lcJournal) << "rollback:" << m_error.text;
    m_error = error;
}

bool JournalDatabase::run(std::optional<Statement> *statement)
{
    if (!statement->has_value())
        return false;
    const bool ok = (*statement)->run();
    m_error = (*statement)->lastError();
    (*statement)->finish();
    return ok;
}

qint64 JournalDatabase::usedBytes()
{
    const qint64 pages = m_connection.scalar(u"PRAGMA page_count"_s).toLongLong()
        - m_connection.scalar(u"PRAGMA freelist_count"_s).toLongLong();
    return pages * m_connection.scalar(u"PRAGMA page_size"_s).toLongLong();
}

void JournalDatabase::releasePages()
{
    Statement vacuum(&m_connection, u"PRAGMA incremental_vacuum(1000)"_s);
    bool ok = vacuum.run();
    while (ok && vacuum.next()) // a step a page
        continue;
    if (!ok)
        qCInfo(lcJournal) << "no pages given back:" << vacuum.lastError().text;
}
