// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "statement.h"

#include <QByteArray>
#include <QList>
#include <QString>

// Events that wait for the link, in the journal's database, in order. Bounded: when it is full the
// oldest periodic ones go first, then the oldest of the owner's, result events last; an event never
// drives out one of a kind that is kept longer. Needs the open journal, and goes before it is
// closed.
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

    explicit Outbox(SqlConnection *connection);
    Outbox(SqlConnection *connection, const Limits &limits);

    // scope: "host:port/application" that the event is for; it goes nowhere else.
    // dropped: how many older ones had to go. False when it could not be stored: the journal cannot
    // be written, or there is no room for it.
    [[nodiscard]] bool add(Kind kind, const QString &scope, const QByteArray &payload,
                           int *dropped = nullptr);
    // The oldest of that scope with an id above afterId.
    [[nodiscard]] QList<Item> next(const QString &scope, qint64 afterId, int limit) const;
    [[nodiscard]] bool remove(qint64 id); // true as well when it is gone already
    [[nodiscard]] int count() const { return m_count; }

private:
    Q_DISABLE_COPY_MOVE(Outbox)

    // Within a transaction. False when what is in the way is kept longer than that kind.
    [[nodiscard]] bool makeRoom(Kind kind, qint64 bytes);

    Limits m_limits;
    Statement m_begin;
    Statement m_commit;
    Statement m_rollback;
    Statement m_insert;
    Statement m_leastWanted;
    mutable Statement m_page;
    Statement m_size;
    Statement m_delete;
    int m_count = 0;
    qint64 m_bytes = 0;
};
