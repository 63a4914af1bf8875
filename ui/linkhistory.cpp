// SPDX-License-Identifier: Apache-2.0
#include "linkhistory.h"

#include "eventtext.h"
#include "journalrows.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 MillisecondsPerMinute = 60'000;
constexpr int MaximumCharacters = 300; // of a span's words

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LinkHistory)
};

QString notRunning()
{
    return Text::tr("The agent was not running");
}

qint64 minuteOf(const QDateTime &time)
{
    return time.toMSecsSinceEpoch() / MillisecondsPerMinute;
}

LinkHistory::State stateOf(const JournalEntry &entry)
{
    using State = LinkHistory::State;
    const QString state = entry.data.value("state"_L1).toString();
    if (state == "attached"_L1)
        return State::Attached;
    if (state == "waiting"_L1)
        return EventText::isRefusal(entry) ? State::Refused : State::Waiting;
    return state == "paused"_L1 ? State::Paused : State::Disconnected;
}

} // namespace

QStringList LinkHistory::kinds()
{
    return {u"link"_s, u"agent"_s};
}

std::optional<LinkHistory::Change> LinkHistory::changeOf(const JournalEntry &entry)
{
    const QString words = EventText::sentence(entry).left(MaximumCharacters);
    if (entry.kind == "link"_L1)
        return Change{entry.time, stateOf(entry), words};
    if (entry.kind != "agent"_L1)
        return std::nullopt;
    if (!entry.data.contains("started"_L1))
        return Change{entry.time, State::NotRunning, notRunning()};
    const bool isSetUp = entry.data.value("set_up"_L1).toBool(true);
    return isSetUp ? Change{entry.time, State::Connecting, Text::tr("Connecting")}
                   : Change{entry.time, State::Disconnected, Text::tr("Not set up yet")};
}

void LinkHistory::add(const JournalEntry &entry, const QDateTime &lastTime)
{
    const std::optional<Change> change = changeOf(entry);
    if (!change)
        return;
    m_changes.insert(entry.seq * 2, *change);
    if (entry.data.contains("started"_L1) && lastTime.isValid())
        m_changes.insert(entry.seq * 2 - 1, {lastTime, State::NotRunning, notRunning()});
}

void LinkHistory::addRequests(const QMap<qint64, int> &countsByMinute)
{
    for (auto count = countsByMinute.cbegin(); count != countsByMinute.cend(); ++count)
        m_requests[count.key()] += count.value();
}

QDateTime LinkHistory::oldestTime() const
{
    return m_changes.isEmpty() ? QDateTime() : m_changes.first().time;
}

void LinkHistory::forget(const QDateTime &before)
{
    while (m_changes.size() > 1 && std::next(m_changes.cbegin())->time <= before)
        m_changes.erase(m_changes.cbegin());
    m_requests.erase(m_requests.cbegin(), m_requests.lowerBound(minuteOf(before)));
}

QList<LinkHistory::Span> LinkHistory::spans(const QDateTime &from, const QDateTime &to) const
{
    QList<Span> spans;
    Span last{State::NotRunning, from, to, notRunning()};
    QDateTime previous;
    for (const Change &change : m_changes) {
        // The clock may have been set back meanwhile; and what is to come has not begun.
        const QDateTime later = previous.isValid() ? std::max(change.time, previous) : change.time;
        previous = std::min(later, to);
        last.end = previous;
        if (last.end > from && last.begin < last.end)
            spans.append(last);
        last = {change.state, previous, to, change.words};
        if (!spans.isEmpty() && spans.last().state == last.state
            && spans.last().words == last.words)
            last.begin = spans.takeLast().begin;
    }
    if (last.begin < to)
        spans.append(last);
    return spans;
}

int LinkHistory::requests(const QDateTime &from, const QDateTime &to) const
{
    int sum = 0;
    const auto end = m_requests.upperBound(minuteOf(to));
    for (auto count = m_requests.lowerBound(minuteOf(from)); count != end; ++count)
        sum += count.value();
    return sum;
}
