// SPDX-License-Identifier: Apache-2.0
#include "databasecheck.h"

#include "chain.h"
#include "headrecord.h"
#include "schema.h"
#include "sqlconnection.h"

#include <QVariant>

using namespace Qt::StringLiterals;

namespace {

constexpr int TailRows = 100; // of the chain, checked at each start
constexpr int SqliteCorrupt = 11;
constexpr int SqliteNotADatabase = 26;

} // namespace

DatabaseCheck::DatabaseCheck(SqlConnection *connection, const QString &directory, Pages pages)
    : m_connection(connection), m_directory(directory), m_pages(pages)
{
    using Step = void (DatabaseCheck::*)();
    for (const Step step : {&DatabaseCheck::checkSchema, &DatabaseCheck::checkPages,
                            &DatabaseCheck::checkTail, &DatabaseCheck::checkHead}) {
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

void DatabaseCheck::checkPages()
{
    if (m_pages == Pages::Sealed)
        return;
    const QString result = m_connection->scalar(u"PRAGMA quick_check(1)"_s).toString();
    if (result.isEmpty())
        failToRead(m_connection->lastError());
    else if (result != "ok"_L1)
        fail(Finding::Damaged, tr("its pages are damaged"));
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

void DatabaseCheck::fail(Finding finding, const QString &detail)
{
    m_finding = finding;
    m_detail = detail;
}

void DatabaseCheck::failToRead(const SqlError &error)
{
    // An input error is no reason to begin anew.
    if (error.code == SqliteCorrupt || error.code == SqliteNotADatabase)
        fail(Finding::Damaged, error.text);
    else
        fail(Finding::Refused,
             tr("The journal in %1 cannot be read: %2.").arg(m_directory, error.text));
}
