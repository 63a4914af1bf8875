// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QString>

// The last events of each device of an application, also of those that are not attached any more,
// so that the outcome of a slow approval can be fetched. In memory: they end with the server.
class EventLog final
{
public:
    static constexpr qsizetype MaximumEvents = 1'000; // a device; the oldest go first
    static constexpr qsizetype MaximumDevices = 1'000; // the one that was silent longest goes first

    void add(const QString &device, const QByteArray &event);
    // {"events":[{"seq":N,"time":…,"event":…}],"next":N} with sequence numbers of at least since.
    [[nodiscard]] QJsonObject page(const QString &device, qint64 since, qsizetype limit) const;

    // "event" when it is JSON or text, else "event_base64".
    [[nodiscard]] static QJsonObject shown(const QByteArray &event);

private:
    struct Entry
    {
        qint64 seq = 0; // from 1, of this application
        QString time; // RFC 3339, UTC
        QByteArray event;
    };
    QHash<QString, QList<Entry>> m_events;
    qint64 m_last = 0;
};
