// SPDX-License-Identifier: Apache-2.0
#include "outbox.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int PageLimit = 1000;

} // namespace

Outbox::Outbox(SqlConnection *connection) : Outbox(connection, Limits()) { }

Outbox::Outbox(SqlConnection *connection, const Limits &limits)
    : m_limits(limits), m_begin(connection, u"BEGIN IMMEDIATE"_s),
      m_commit(connection, u"COMMIT"_s), m_rollback(connection, u"ROLLBACK"_s),
      m_insert(connection, u"INSERT INTO outbox (kind, scope, payload) VALUES (?, ?, ?)"_s)
      // Kinds are numbered in the order in which they go.
      ,
      m_leastWanted(
          connection,
          u"SELECT id, length(payload) FROM outbox WHERE kind <= ? ORDER BY kind, id LIMIT 1"_s),
      m_page(
          connection,
          u"SELECT id, kind, payload FROM outbox WHERE scope = ? AND id > ? ORDER BY id LIMIT ?"_s),
      m_size(connection, u"SELECT length(payload) FROM outbox WHERE id = ?"_s),
      m_delete(connection, u"DELETE FROM outbox WHERE id = ?"_s)
{
    Statement totals(connection, u"SELECT count(*), ifnull(sum(length(payload)), 0) FROM outbox"_s);
    if (totals.run() && totals.next()) {
        m_count = totals.value(0).toInt();
        m_bytes = totals.value(1).toLongLong();
    }
    totals.finish();
}

bool Outbox::add(Kind kind, const QString &scope, const QByteArray &payload, int *dropped)
{
    if (dropped)
        *dropped = 0;
    if (!m_begin.run())
        return false;
    const int countBefore = m_count;
    const qint64 bytesBefore = m_bytes;
    const bool stored = makeRoom(kind, payload.size()) && m_insert.run({int(kind), scope, payload})
        && m_commit.run();
    if (!stored) {
        m_count = countBefore;
        m_bytes = bytesBefore;
        (void)m_rollback.run(); // SQLite may have done it already
        return false;
    }
    if (dropped)
        *dropped = countBefore - m_count;
    ++m_count;
    m_bytes += payload.size();
    return true;
}

bool Outbox::makeRoom(Kind kind, qint64 bytes)
{
    while (m_count + 1 > m_limits.events || m_bytes + bytes > m_limits.bytes) {
        const bool found = m_leastWanted.run({int(kind)}) && m_leastWanted.next();
        const qint64 id = found ? m_leastWanted.value(0).toLongLong() : 0;
        const qint64 size = found ? m_leastWanted.value(1).toLongLong() : 0;
        m_leastWanted.finish();
        if (!found || !m_delete.run({id}))
            return false;
        --m_count;
        m_bytes -= size;
    }
    return true;
}

QList<Outbox::Item> Outbox::next(const QString &scope, qint64 afterId, int limit) const
{
    QList<Item> items;
    const bool ok = m_page.run({scope, afterId, std::clamp(limit, 1, PageLimit)});
    while (ok && m_page.next())
        items.append({m_page.value(0).toLongLong(), Kind(m_page.value(1).toInt()),
                      m_page.value(2).toByteArray()});
    m_page.finish();
    return items;
}

bool Outbox::remove(qint64 id)
{
    const bool found = m_size.run({id}) && m_size.next();
    const qint64 size = found ? m_size.value(0).toLongLong() : 0;
    m_size.finish();
    if (!m_delete.run({id}))
        return false;
    if (found) {
        --m_count;
        m_bytes -= size;
    }
    return true;
}
