// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QSqlDatabase>
#include <QString>

// Events that wait for the link, in the journal's database, in order. Bounded: when it is full the
// oldest periodic ones go first, then the oldest of the owner's, result events last.
class Outbox final
{
public:
    enum class Kind { Periodic, Event, Result };
    struct Item
    {
        qint64 id = 0; // grows with each event
        Kind kind = Kind::Event;
        QByteArray payload;
    };
    struct Limits
    {
        int events = 10'000;
        qint64 bytes = 16LL * 1024 * 1024;
    };

    explicit Outbox(const QSqlDatabase &database);
    Outbox(const QSqlDatabase &database, const Limits &limits);

    // scope: "host:port/application" that the event is for; it goes nowhere else.
    // dropped: how many older ones had to go. False when it could not be stored.
    [[nodiscard]] bool add(Kind kind, const QString &scope, const QByteArray &payload, int *dropped = nullptr);
    // The oldest of that scope with an id above afterId.
    [[nodiscard]] QList<Item> next(const QString &scope, qint64 afterId, int limit) const;
    [[nodiscard]] bool remove(qint64 id);
    [[nodiscard]] int count() const;

private:
    QSqlDatabase m_database;
    Limits m_limits;
};
