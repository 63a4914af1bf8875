// SPDX-License-Identifier: Apache-2.0
#include "chainreader.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace {

QDateTime timeOf(const QVariant &value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
}

} // namespace

ChainReader::ChainReader(SqlConnection *connection)
    : m_ends(connection,
             u"SELECT (SELECT min(seq) FROM journal), (SELECT max(seq) FROM journal)"_s),
      m_entries(connection,
                u"SELECT seq, time, kind, data FROM journal "
                "WHERE seq >= ?1 AND seq < ?2 AND request = '' "
                "AND (?3 = '' OR instr(?3, ',' || kind || ',') > 0) ORDER BY seq DESC LIMIT ?4"_s),
      m_lastTime(connection,
                 u"SELECT time FROM journal WHERE seq < ? AND kind NOT IN ('interrupted', 'chain') "
                 "ORDER BY seq DESC LIMIT 1"_s),
      m_requests(
          connection,
          u"SELECT received / 60000, count(*) FROM requests WHERE serial >= ? AND serial < ? "
          "GROUP BY received / 60000"_s)
{
}

qint64 ChainReader::oldest() const
{
    const qint64 seq = m_ends.run() && m_ends.next() ? m_ends.value(0).toLongLong() : 0;
    m_ends.finish();
    return seq;
}

qint64 ChainReader::newest() const
{
    const qint64 seq = m_ends.run() && m_ends.next() ? m_ends.value(1).toLongLong() : 0;
    m_ends.finish();
    return seq;
}

QList<JournalEntry> ChainReader::entries(const QStringList &kinds, qint64 from, qint64 before,
                                         int limit) const
{
    const QString wanted = kinds.isEmpty() ? QString(u""_s) : u',' + kinds.join(u',') + u',';
    QList<JournalEntry> list;
    const bool ok = m_entries.run({from, before, wanted, limit});
    while (ok && m_entries.next())
        list.append(
            {.seq = m_entries.value(0).toLongLong(),
             .time = timeOf(m_entries.value(1)),
             .kind = m_entries.value(2).toString(),
             .request = {},
             .data = QJsonDocument::fromJson(m_entries.value(3).toString().toUtf8()).object(),
             .hash = {}});
    m_entries.finish();
    return list;
}

QDateTime ChainReader::lastTimeBefore(qint64 number) const
{
    const bool found = m_lastTime.run({number}) && m_lastTime.next();
    const QDateTime time = found ? timeOf(m_lastTime.value(0)) : QDateTime();
    m_lastTime.finish();
    return time;
}

QMap<qint64, int> ChainReader::requestsByMinute(qint64 from, qint64 before) const
{
    QMap<qint64, int> counts;
    const bool ok = m_requests.run({from, before});
    while (ok && m_requests.next())
        counts.insert(m_requests.value(0).toLongLong(), m_requests.value(1).toInt());
    m_requests.finish();
    return counts;
}
