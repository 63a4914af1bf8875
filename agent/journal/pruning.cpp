// SPDX-License-Identifier: Apache-2.0
#include "pruning.h"

#include "journaldatabase.h"
#include "requesttable.h"

#include <QDateTime>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 RowOverhead = 400; // bytes of a row and its indices besides the data, about

// Bytes of the output files that a row names.
qint64 outputBytes(const QString &data)
{
    if (!data.contains("\"bytes\":"_L1))
        return 0;
    const QJsonObject object = QJsonDocument::fromJson(data.toUtf8()).object();
    return object["stdout"_L1]["bytes"_L1].toInteger()
        + object["stderr"_L1]["bytes"_L1].toInteger();
}

} // namespace

Pruning::Pruning(JournalDatabase *store, RequestTable *table, qint64 outputBytes)
    : m_store(store), m_table(table), m_outputBytes(outputBytes)
{
}

bool Pruning::isNeeded(const QDateTime &before, qint64 bytes)
{
    qint64 excess = m_store->usedBytes() + m_outputBytes - bytes;
    const QString limit = before.toUTC().toString(Qt::ISODateWithMs);
    Statement rows(
        m_store->connection(),
        u"SELECT seq, time, kind, data, hash FROM journal WHERE seq < ? ORDER BY seq LIMIT ?"_s);
    bool isWorthIt = false; // checkpoints alone would only be replaced by another one
    bool ok = rows.run({m_table->oldestAlive(), RowLimit});
    while (ok && rows.next()) {
        if (excess <= 0 && rows.value(1).toString() >= limit)
            break;
        const QString data = rows.value(3).toString();
        excess -= RowOverhead + data.size() + ::outputBytes(data);
        isWorthIt = isWorthIt || rows.value(2).toString() != "checkpoint"_L1;
        m_through = rows.value(0).toLongLong();
        m_first = m_first == 0 ? m_through : m_first;
        m_hash = rows.value(4).toString();
    }
    return isWorthIt;
}

QJsonObject Pruning::record() const
{
    return {{u"from"_s, m_first}, {u"through"_s, m_through}, {u"hash"_s, m_hash}};
}

bool Pruning::remove()
{
    const std::optional<QStringList> requests = m_table->removeEnded(m_through);
    if (!requests || !m_table->removeRows(m_through))
        return false;
    m_requests = *requests;
    return true;
}
