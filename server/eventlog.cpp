// SPDX-License-Identifier: Apache-2.0
#include "eventlog.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

void EventLog::add(const QString &device, const QByteArray &event)
{
    if (!m_events.contains(device) && m_events.size() >= MaximumDevices) {
        const auto oldest =
            std::min_element(m_events.begin(), m_events.end(), [](const auto &a, const auto &b) {
                return a.last().seq < b.last().seq;
            });
        m_events.erase(oldest);
    }
    QList<Entry> &events = m_events[device];
    events.append({++m_last, QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs), event});
    if (events.size() > MaximumEvents)
        events.removeFirst();
}

QJsonObject EventLog::page(const QString &device, qint64 since, qsizetype limit) const
{
    QJsonArray page;
    qint64 next = std::max<qint64>(since, 1);
    const QList<Entry> events = m_events.value(device);
    for (const Entry &entry : events) {
        if (entry.seq < since || page.size() >= limit)
            continue;
        QJsonObject object = shown(entry.event);
        object[u"seq"_s] = entry.seq;
        object[u"time"_s] = entry.time;
        page.append(object);
        next = entry.seq + 1;
    }
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
