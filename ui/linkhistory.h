// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QList>
#include <QMap>
#include <QString>

#include <optional>

struct JournalEntry;

// How the link was over time, made of the journal's rows about link and agent, which may come in
// any order. And how many requests came in each minute.
class LinkHistory final
{
public:
    enum class State { NotRunning, Connecting, Attached, Waiting, Refused, Paused, Disconnected };
    struct Span
    {
        State state = State::NotRunning;
        QDateTime begin; // UTC; may be before the time that was asked for
        QDateTime end; // of the last one: the time that was asked for
        QString words; // what the row says, VisibleText

        friend bool operator==(const Span &, const Span &) = default;
    };

    // The rows that it is made of: "link" and "agent"; others change nothing.
    [[nodiscard]] static QStringList kinds();
    // lastTime: of the last row before this one that the agent wrote in its life before; needed for
    // a row that tells of a start: when there was no end, it is where the agent is gone from.
    void add(const JournalEntry &entry, const QDateTime &lastTime = {});
    void addRequests(const QMap<qint64, int> &countsByMinute); // minutes since 1970, UTC
    // Of the oldest row. Invalid: none yet.
    [[nodiscard]] QDateTime oldestTime() const;
    // Drops what is not needed for times from then on.
    void forget(const QDateTime &before);

    // Without gaps, from (or before) from to to; what is not known is NotRunning.
    [[nodiscard]] QList<Span> spans(const QDateTime &from, const QDateTime &to) const;
    [[nodiscard]] const QMap<qint64, int> &requestsByMinute() const { return m_requests; }
    [[nodiscard]] int requests(const QDateTime &from, const QDateTime &to) const; // to included

private:
    struct Change
    {
        QDateTime time;
        State state = State::NotRunning;
        QString words;
    };
    [[nodiscard]] static std::optional<Change> changeOf(const JournalEntry &entry);

    // By twice the row's number; a death that has no row of its own stands just before the start
    // that shows it.
    QMap<qint64, Change> m_changes;
    QMap<qint64, int> m_requests;
};
