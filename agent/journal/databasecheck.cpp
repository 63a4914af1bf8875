// SPDX-License-Identifier: Apache-2.0
#include "databasecheck.h"

#include "chain.h"
#include "datadirectory.h"
#include "headrecord.h"
#include "requestcomparison.h"
#include "requesttable.h"
#include "schema.h"
#include "sqlconnection.h"
#include "verification.h"

#include <QVariant>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace {

constexpr int TailRows = 100; // of the chain, checked at each start
constexpr qint64 WriteVersionOffset = 18; // in the header of a SQLite file
constexpr uchar LatestWriteVersion = 2; // with a write-ahead log
constexpr int SqliteError = 1;
constexpr int SqliteCorrupt = 11;
constexpr int SqliteNotADatabase = 26;

} // namespace

DatabaseCheck::DatabaseCheck(SqlConnection *connection, const QString &directory,
                             DatabaseSeal::Finding seal)
    : m_connection(connection), m_directory(directory), m_seal(seal)
{
    using Step = void (DatabaseCheck::*)();
    for (const Step step :
         {&DatabaseCheck::checkSchema, &DatabaseCheck::checkVersion, &DatabaseCheck::checkPages,
          &DatabaseCheck::checkTail, &DatabaseCheck::checkHead, &DatabaseCheck::checkRequests}) {
        if (m_finding == Finding::Good)
            (this->*step)();
    }
}

void DatabaseCheck::checkSchema()
{
    const auto head = HeadRecord::read(m_directory);
    switch (Schema::inspect(m_connection)) {
    case Schema::Finding::Ours:
        return;
    case Schema::Finding::Empty:
        if (head && head->seq > 0)
            return fail(Finding::Damaged, tr("it is empty"));
        return fail(Finding::Empty, {});
    case Schema::Finding::Foreign:
        return fail(Finding::Damaged, tr("it holds tables, views or triggers that are not ours"));
    case Schema::Finding::Later:
        return fail(Finding::Refused,
                    tr("The journal in %1 was written by a later version of the agent; "
                       "install that one.")
                        .arg(m_directory));
    case Schema::Finding::Unreadable:
        break;
    }
    failToRead(m_connection->lastError());
}

// One that only a later SQLite may write is opened all the same, but for reading.
void DatabaseCheck::checkVersion()
{
    const QByteArray version =
        DataDirectory::read(m_directory + "/journal.db"_L1, WriteVersionOffset, 1);
    if (m_connection->isReadOnly() && !version.isEmpty()
        && uchar(version.front()) > LatestWriteVersion)
        fail(Finding::Damaged, tr("its header is damaged"));
}

void DatabaseCheck::checkPages()
{
    if (m_seal == DatabaseSeal::Finding::Fits)
        return;
    const QString result = integrity(u"PRAGMA quick_check(1)"_s);
    if (!result.isEmpty() && result != "ok"_L1)
        fail(Finding::Damaged, tr("its pages are damaged"));
}

QString DatabaseCheck::integrity(const QString &pragma)
{
    QString result = m_connection->scalar(pragma).toString();
    // It takes a page that it could not read for a damaged one.
    if (!result.isEmpty() && result != "ok"_L1) {
        if (!canBeRead()) {
            fail(Finding::Refused,
                 tr("The journal in %1 cannot be read: input/output error.").arg(m_directory));
            return {};
        }
        result = m_connection->scalar(pragma).toString();
    }
    if (result.isEmpty())
        failToRead(m_connection->lastError());
    return result;
}

bool DatabaseCheck::canBeRead() const
{
    const QString database = m_directory + "/journal.db"_L1;
    const QString log = database + "-wal"_L1;
    return !DataDirectory::sha256(database).isEmpty()
        && (DataDirectory::fileSize(log) == 0 || !DataDirectory::sha256(log).isEmpty());
}

void DatabaseCheck::checkTail()
{
    Statement query(m_connection,
                    "SELECT "_L1 + Chain::storedColumns()
                        + " FROM journal ORDER BY seq DESC LIMIT ?"_L1);
    bool isRow = query.run({TailRows}) && query.next();
    Chain::StoredRow later;
    for (; isRow; isRow = query.next()) {
        const Chain::StoredRow row = Chain::storedRow(query);
        if (later.seq != 0 && (later.seq != row.seq + 1 || !Chain::isIntact(row.hash, later)))
            return fail(Finding::Damaged, tr("row %1 of the chain is broken").arg(later.seq));
        later = row;
    }
    if (query.lastError().isError())
        failToRead(query.lastError());
    else if (later.seq == 1 && !Chain::isIntact(Chain::firstHash(), later))
        fail(Finding::Damaged, tr("row 1 of the chain is broken"));
}

void DatabaseCheck::checkHead()
{
    const qint64 last = m_connection->scalar(u"SELECT max(seq) FROM journal"_s).toLongLong();
    if (m_connection->lastError().isError())
        return failToRead(m_connection->lastError());
    const auto head = HeadRecord::read(m_directory);
    if (!head) {
        if (last == 0)
            return;
        m_warning = tr("The file head of the journal is missing; whether its last rows are all "
                       "there cannot be told.");
        m_record = {{u"event"_s, u"head-missing"_s}, {u"last"_s, last}};
        return;
    }
    if (head->seq > last && head->bootId == HeadRecord::currentBootId())
        return fail(Finding::Damaged, tr("rows %1 to %2 are missing").arg(last + 1).arg(head->seq));
    if (head->seq > last) {
        // The machine went down before they had reached the disk.
        m_warning =
            tr("The last rows of the journal, %1 to %2, were lost when the machine went down.")
                .arg(last + 1)
                .arg(head->seq);
        m_record = {{u"event"_s, u"rows-lost"_s},
                    {u"last"_s, last},
                    {u"head"_s, head->seq},
                    {u"head_hash"_s, QString::fromLatin1(head->hash)}};
        return;
    }
    const QString hash =
        m_connection->scalar(u"SELECT hash FROM journal WHERE seq = %1"_s.arg(head->seq))
            .toString();
    if (m_connection->lastError().isError())
        failToRead(m_connection->lastError());
    else if (head->seq > 0 && hash != QLatin1StringView(head->hash))
        fail(Finding::Damaged, tr("row %1 is not the one in the file head").arg(head->seq));
}

// A crash of the agent leaves table and chain in step, but whoever changed one of them since has
// left no trace where there was no seal.
void DatabaseCheck::checkRequests()
{
    using Seal = DatabaseSeal::Finding;
    const qint64 last = m_connection->scalar(u"SELECT max(seq) FROM journal"_s).toLongLong();
    const qint64 alive = RequestTable(m_connection).oldestAlive();
    m_isThorough = m_seal == Seal::Broken || (m_seal == Seal::Missing && last <= ComparedRows);
    const qint64 newest = m_seal == Seal::Fits ? last + 1 : last + 1 - ComparedRows;
    // One that has ended by the chain must not end again as interrupted.
    const qint64 from = m_isThorough ? std::numeric_limits<qint64>::min() : std::min(newest, alive);
    if (from > last || areRequestsWhole(from).value_or(true))
        return;
    // Nothing is made from a chain that is not whole itself.
    SqlError error;
    const qint64 row = Verification(m_connection, m_directory).firstBrokenRow(&error);
    if (error.isError())
        failToRead(error);
    else if (row != 0)
        fail(Finding::Damaged, tr("row %1 of the chain is broken").arg(row));
    else
        m_needsRebuild = true;
}

std::optional<bool> DatabaseCheck::areRequestsWhole(qint64 from)
{
    if (const auto difference = RequestComparison::compare(m_connection, from)) {
        if (!difference->error.isError())
            return false;
        failToRead(difference->error);
        return std::nullopt;
    }
    if (!m_isThorough)
        return true;
    // The pages are whole: it is the order of an index, or that it is not that of its table.
    const QString result = integrity(u"PRAGMA integrity_check(1)"_s);
    return result.isEmpty() ? std::nullopt : std::optional(result == "ok"_L1);
}

void DatabaseCheck::fail(Finding finding, const QString &detail)
{
    m_finding = finding;
    m_detail = detail;
}

void DatabaseCheck::failToRead(const SqlError &error)
{
    // We never make a format that SQLite does not know.
    const bool isUnknown =
        error.code == SqliteError && error.text.contains("unsupported file format"_L1);
    // An input error is no reason to begin anew.
    if (isUnknown || error.code == SqliteCorrupt || error.code == SqliteNotADatabase)
        fail(Finding::Damaged, error.text);
    else
        fail(Finding::Refused,
             tr("The journal in %1 cannot be read: %2.").arg(m_directory, error.text));
}
