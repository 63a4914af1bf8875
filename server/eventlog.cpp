// SPDX-License-Identifier: Apache-2.0
#include "eventlog.h"

#include "serverlog.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

const auto OldestEvent = "SELECT seq, device, length(data) FROM event "_L1;

} // namespace

EventLog::EventLog()
{
    if (!prepare(u":memory:"_s))
        qCWarning(lcServer).noquote() << "Events are not kept:" << m_database.lastError().text;
}

bool EventLog::open(const QString &path, QString *errorString)
{
    if (prepare(path)) {
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
        return true;
    }
    *errorString =
        QCoreApplication::translate("EventLog",
                                    "%1 cannot be used: %2; move it away or choose another data "
                                    "directory.")
            .arg(path, m_database.lastError().text);
    return false;
}

bool EventLog::prepare(const QString &path)
{
    // Statements belong to the connection that they were prepared on.
    m_insert = {&m_database,
                u"INSERT INTO event (device, time, data) VALUES (?, ?, ?) RETURNING seq"_s};
    m_oldest = {&m_database, OldestEvent + u"ORDER BY seq LIMIT 1"_s};
    m_oldestOf = {&m_database, OldestEvent + u"WHERE device = ? ORDER BY seq LIMIT 1"_s};
    m_remove = {&m_database, u"DELETE FROM event WHERE seq = ?"_s};
    m_page = {&m_database,
              u"SELECT seq, time, data FROM event WHERE device = ? AND seq >= ? ORDER BY seq "
              "LIMIT ?"_s};
    // Numbers are never given twice, not even after the last event has gone: hence AUTOINCREMENT.
    return m_database.open(path, SqlConnection::Access::ReadWrite)
        && m_database.execute(u"PRAGMA journal_mode = WAL"_s)
        && m_database.execute(u"PRAGMA synchronous = NORMAL"_s)
        && m_database.execute(
            u"CREATE TABLE IF NOT EXISTS event (seq INTEGER PRIMARY KEY AUTOINCREMENT, "
            "device TEXT NOT NULL, time TEXT NOT NULL, data BLOB NOT NULL)"_s)
        && m_database.execute(
            u"CREATE INDEX IF NOT EXISTS event_of_device ON event (device, seq)"_s)
        && recount();
}

bool EventLog::recount()
{
    m_kept.clear();
    m_bytes = 0;
    Statement devices(&m_database,
                      u"SELECT device, count(*), sum(length(data)), max(seq) FROM event "
                      "GROUP BY device"_s);
    if (!devices.run())
        return false;
    while (devices.next()) {
        const Kept kept{devices.value(1).toLongLong(), devices.value(2).toLongLong(),
                        devices.value(3).toLongLong()};
        m_kept.insert(devices.value(0).toString(), kept);
        m_bytes += kept.bytes;
    }
    return true;
}

void EventLog::add(const QString &device, const QByteArray &event)
{
    const bool written = m_database.execute(u"BEGIN"_s) && write(device, event) && trim(device)
        && m_database.execute(u"COMMIT"_s);
    if (written)
        return;
    qCWarning(lcServer).noquote() << "An event of device" << device
                                  << "cannot be kept:" << m_insert.lastError().text
                                  << m_database.lastError().text;
    if (!m_database.execute(u"ROLLBACK"_s) || !recount())
        qCWarning(lcServer) << "What is kept of events is not known any more.";
}

bool EventLog::write(const QString &device, const QByteArray &event)
{
    const QString time = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
    if (!m_insert.run({device, time, event}) || !m_insert.next())
        return false;
    Kept &kept = m_kept[device];
    ++kept.count;
    kept.bytes += event.size();
    kept.last = m_insert.value(0).toLongLong();
    m_insert.finish();
    m_bytes += event.size();
    return true;
}

bool EventLog::trim(const QString &device)
{
    const Kept &kept = m_kept[device];
    while (kept.count > MaximumEvents || (kept.count > 1 && kept.bytes > MaximumDeviceBytes)) {
        if (!removeOldest(&m_oldestOf, {device}))
            return false;
    }
    while (m_kept.size() > MaximumDevices) {
        const auto silent =
            std::min_element(m_kept.begin(), m_kept.end(),
                             [](const Kept &a, const Kept &b) { return a.last < b.last; });
        if (!forget(silent.key()))
            return false;
    }
    while (m_bytes > MaximumBytes) {
        if (!removeOldest(&m_oldest, {}))
            return false;
    }
    return true;
}

bool EventLog::removeOldest(Statement *oldest, const QVariantList &values)
{
    if (!oldest->run(values) || !oldest->next())
        return false;
    const qint64 seq = oldest->value(0).toLongLong();
    const QString device = oldest->value(1).toString();
    const qint64 bytes = oldest->value(2).toLongLong();
    oldest->finish();
    if (!m_remove.run({seq}))
        return false;
    Kept &kept = m_kept[device];
    kept.bytes -= bytes;
    m_bytes -= bytes;
    if (--kept.count == 0)
        m_kept.remove(device);
    return true;
}

bool EventLog::forget(const QString &device)
{
    Statement remove(&m_database, u"DELETE FROM event WHERE device = ?"_s);
    if (!remove.run({device}))
        return false;
    m_bytes -= m_kept.take(device).bytes;
    return true;
}

QJsonObject EventLog::page(const QString &device, qint64 since, qsizetype limit) const
{
    QJsonArray page;
    qint64 next = std::max<qint64>(since, 1);
    qint64 bytes = 0;
    if (!m_page.run({device, since, limit}))
        qCWarning(lcServer).noquote() << "Events cannot be read:" << m_page.lastError().text;
    while (m_page.next()) {
        const QByteArray event = m_page.value(2).toByteArray();
        bytes += event.size();
        if (bytes > MaximumPageBytes && !page.isEmpty())
            break;
        QJsonObject object = shown(event);
        object[u"seq"_s] = m_page.value(0).toLongLong();
        object[u"time"_s] = m_page.value(1).toString();
        page.append(object);
        next = m_page.value(0).toLongLong() + 1;
    }
    m_page.finish();
    return {{u"events"_s, page}, {u"next"_s, next}};
}

QJsonObject EventLog::shown(const QByteArray &event)
{
    // A bare value is no document for Qt: looked at as the only item of an array.
    const QJsonDocument document = QJsonDocument::fromJson('[' + event + ']');
    if (document.array().size() == 1)
        return {{u"event"_s, document.array().first()}};
    if (QByteArrayView(event).isValidUtf8())
        return {{u"event"_s, QString::fromUtf8(event)}};
    return {{u"event_base64"_s, QString::fromLatin1(event.toBase64())}};
}
