// SPDX-License-Identifier: Apache-2.0
#include "requestcomparison.h"

#include "storedrequest.h"
#include "visibletext.h"

using namespace Qt::StringLiterals;

namespace {

constexpr int ShownColumn = 26; // behind those of StoredRequest

} // namespace

RequestComparison::RequestComparison(SqlConnection *connection, qint64 from)
    : m_table(connection,
              "SELECT "_L1 + StoredRequest::columns()
                  + ", r.shown FROM requests r WHERE r.serial >= ? ORDER BY r.serial"_L1)
{
    (void)m_table.run({from}); // readNext() says what has failed
    readNext();
}

RequestProjection::Step RequestComparison::take(const Chain::StoredRow &row)
{
    const RequestProjection::Step step = m_projection.take(row);
    if (m_difference)
        return step;
    if (step == RequestProjection::Step::Began)
        begin(m_projection.current());
    else if (step == RequestProjection::Step::Ended)
        compare(m_projection.current());
    return step;
}

void RequestComparison::finish()
{
    const QList<RequestRow> alive = m_projection.alive();
    for (const RequestRow &row : alive)
        compare(row);
    if (m_next)
        differ(Kind::Added, m_next->row);
}

std::optional<RequestComparison::Difference> RequestComparison::compare(SqlConnection *connection,
                                                                        qint64 from)
{
    RequestComparison comparison(connection, from);
    Statement rows(connection,
                   "SELECT "_L1 + Chain::storedColumns()
                       + " FROM journal WHERE seq >= ? ORDER BY seq"_L1);
    bool isRow = rows.run({from}) && rows.next();
    for (; isRow && !comparison.m_difference; isRow = rows.next())
        comparison.take(Chain::storedRow(rows));
    if (rows.lastError().isError())
        comparison.failToRead(rows.lastError());
    comparison.finish();
    return comparison.m_difference;
}

void RequestComparison::begin(const RequestRow &row)
{
    if (m_next && m_next->row.serial < row.serial)
        return differ(Kind::Added, m_next->row);
    if (!m_next || m_next->row.serial > row.serial)
        return differ(Kind::Missing, row);
    m_alive.insert(row.serial, *m_next);
    readNext();
}

void RequestComparison::compare(const RequestRow &row)
{
    const Stored stored = m_alive.take(row.serial);
    const QString &id = stored.row.request.requesterId; // null is not the same as empty
    if (stored.row != row || id.isNull() != row.request.requesterId.isNull()
        || stored.shown != VisibleText::encode(row.request.command))
        differ(Kind::Changed, row);
}

void RequestComparison::readNext()
{
    m_next.reset();
    if (m_table.next())
        m_next = {StoredRequest::row(m_table), m_table.value(ShownColumn).toString()};
    else if (m_table.lastError().isError())
        failToRead(m_table.lastError());
}

void RequestComparison::failToRead(const SqlError &error)
{
    if (!m_difference)
        m_difference = {.kind = Kind::Unreadable, .error = error};
}

void RequestComparison::differ(Kind kind, const RequestRow &row)
{
    if (!m_difference)
        m_difference = {kind, row.serial, row.request.name};
}
