// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sqlconnection.h"
#include "statement.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QString>

// The last events of each device of an application, also of those that are not attached any more,
// so that the outcome of a slow approval can be fetched. Kept in memory until open() names a file.
class EventLog final
{
public:
    static constexpr qsizetype MaximumEvents = 1'000; // a device; the oldest go first
    static constexpr qsizetype MaximumDevices = 1'000; // the one that was silent longest goes first
    static constexpr qint64 MaximumDeviceBytes = 16 * 1024 * 1024; // of events
    static constexpr qint64 MaximumBytes = 256 * 1024 * 1024; // of all events
    static constexpr qint64 MaximumPageBytes = 1024 * 1024; // one event excepted that is longer

    EventLog();

    // Goes on with what the file holds; it is made, 0600, when it is missing. False with one line.
    [[nodiscard]] bool open(const QString &path, QString *errorString);

    // An event that cannot be written is logged and lost.
    void add(const QString &device, const QByteArray &event);
    // {"events":[{"seq":N,"time":…,"event":…}],"next":N} with sequence numbers of at least since.
    // Numbers begin with 1 and go up through all devices of the application.
    [[nodiscard]] QJsonObject page(const QString &device, qint64 since, qsizetype limit) const;

    // "event" when it is JSON or text, else "event_base64".
    [[nodiscard]] static QJsonObject shown(const QByteArray &event);

private:
    struct Kept // of one device
    {
        qsizetype count = 0;
        qint64 bytes = 0;
        qint64 last = 0; // sequence number
    };

    [[nodiscard]] bool prepare(const QString &path);
    [[nodiscard]] bool write(const QString &device, const QByteArray &event);
    [[nodiscard]] bool trim(const QString &device);
    [[nodiscard]] bool removeOldest(Statement *oldest, const QVariantList &values);
    [[nodiscard]] bool forget(const QString &device);
    [[nodiscard]] bool recount();

    mutable SqlConnection m_database; // reading needs the statements, and changes nothing
    Statement m_insert{&m_database, {}};
    Statement m_oldest{&m_database, {}};
    Statement m_oldestOf{&m_database, {}};
    Statement m_remove{&m_database, {}};
    mutable Statement m_page{&m_database, {}};
    QHash<QString, Kept> m_kept;
    qint64 m_bytes = 0;
};
