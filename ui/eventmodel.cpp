// SPDX-License-Identifier: Apache-2.0
#include "eventmodel.h"

#include "colours.h"
#include "eventtext.h"
#include "journal.h"
#include "plain.h"

#include <QGuiApplication>
#include <QPalette>
#include <QScopedValueRollback>

#include <algorithm>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int MaximumCharacters = 500; // of a sentence in the list
constexpr int ShortCharacters = 60; // which have room in it
const auto HeartbeatSymbol = u"♥"_s;

int heartbeats(const JournalEntry &entry)
{
    return entry.data.value("heartbeats"_L1).toInt();
}

QDateTime lastHeartbeat(const JournalEntry &entry)
{
    return QDateTime::fromString(entry.data.value("last_heartbeat"_L1).toString(),
                                 Qt::ISODateWithMs);
}

} // namespace

EventModel::EventModel(Journal *journal, QObject *parent)
    : QAbstractTableModel(parent), m_journal(journal), m_reader(journal->connection())
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(100ms);
    connect(&m_soon, &QTimer::timeout, this, &EventModel::readNew);
    connect(&m_slice, &QTimer::timeout, this, &EventModel::readSlice);
    connect(journal, &Journal::entryAdded, this, [this] {
        if (!m_soon.isActive())
            m_soon.start();
    });
    m_newest = m_reader.newest();
    m_oldest = m_newest + 1;
}

void EventModel::setShow(Show show)
{
    if (show == m_show)
        return;
    beginResetModel();
    m_show = show;
    m_rows.clear();
    m_slice.stop();
    m_target = {};
    m_newest = m_reader.newest();
    m_oldest = m_newest + 1;
    endResetModel();
    fetchMore({});
}

void EventModel::setHeartbeats(int count, const QDateTime &last)
{
    const int listed = EventChoice::includesHeartbeats(m_show) ? count : 0;
    const bool had = hasLive();
    if (!had && listed > 0)
        beginInsertRows({}, 0, 0);
    else if (had && listed == 0)
        beginRemoveRows({}, 0, 0);
    m_heartbeats = listed;
    m_lastHeartbeat = last;
    if (!had && listed > 0)
        endInsertRows();
    else if (had && listed == 0)
        endRemoveRows();
    else if (had)
        Q_EMIT dataChanged(index(0, 0), index(0, ColumnCount - 1));
}

void EventModel::goTo(const QDateTime &time)
{
    m_target = time;
    const bool isRead = !m_rows.isEmpty() && m_rows.last().time <= time.toMSecsSinceEpoch();
    if (isRead || isComplete())
        tellTime();
    else
        m_slice.start();
}

const EventModel::Row *EventModel::rowAt(int row) const
{
    const int place = row - int(hasLive());
    return place >= 0 && place < m_rows.size() ? &m_rows.at(place) : nullptr;
}

std::optional<JournalEntry> EventModel::entry(const QModelIndex &index) const
{
    const Row *row = index.isValid() ? rowAt(index.row()) : nullptr;
    if (!row)
        return std::nullopt;
    if (!m_entries.contains(row->seq)) {
        const QList<JournalEntry> found = m_reader.entries({}, row->seq, row->seq + 1, 1);
        if (found.isEmpty())
            return std::nullopt;
        m_entries.insert(row->seq, new JournalEntry(found.first()));
    }
    return *m_entries.object(row->seq);
}

QDateTime EventModel::time(const QModelIndex &index) const
{
    const Row *row = index.isValid() ? rowAt(index.row()) : nullptr;
    if (!row)
        return m_lastHeartbeat;
    const QDateTime last =
        row->isHeartbeats ? lastHeartbeat(entry(index).value_or(JournalEntry())) : QDateTime();
    return last.isValid() ? last : QDateTime::fromMSecsSinceEpoch(row->time, Qt::UTC);
}

QString EventModel::text(int row, int column) const
{
    const QModelIndex at = index(row, 0);
    const Row *place = rowAt(row);
    const QString when = EventText::when(time(at), QDateTime::currentDateTimeUtc());
    if (column == Time) // what goes on is on top, whenever the last one was
        return place ? when : tr("now");
    const std::optional<JournalEntry> found = entry(at);
    const bool isHeartbeats = !place || place->isHeartbeats;
    if (column == Kind)
        return isHeartbeats ? HeartbeatSymbol + u' ' + tr("Heartbeats")
            : found         ? EventText::symbol(*found) + u' ' + EventText::kind(found->kind)
                            : QString();
    if (!place)
        return tr("%1 on this connection · %2").arg(EventText::heartbeats(m_heartbeats, {}), when);
    if (!found)
        return tr("No longer in the history");
    return isHeartbeats ? EventText::heartbeats(heartbeats(*found), lastHeartbeat(*found))
                        : EventText::sentence(*found);
}

QString EventModel::copyText(const QModelIndex &index) const
{
    const QDateTime local = time(index).toLocalTime();
    const QString exact = local.toOffsetFromUtc(local.offsetFromUtc()).toString(Qt::ISODateWithMs);
    return exact + u'\t' + text(index.row(), Kind) + u'\t' + text(index.row(), Text);
}

int EventModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size()) + int(hasLive());
}

int EventModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant EventModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return text(index.row(), index.column()).left(MaximumCharacters);
    case Qt::ToolTipRole:
        return toolTip(index);
    case Qt::ForegroundRole: {
        const Row *row = rowAt(index.row());
        const std::optional<JournalEntry> found = entry(index);
        if (index.column() != Kind || !found || !row || row->isHeartbeats)
            return {};
        const QColor colour = EventText::colour(*found, QGuiApplication::palette());
        return colour.isValid() ? colour : QVariant();
    }
    case Qt::SizeHintRole:
        return Plain::rowSize();
    default:
        return {};
    }
}

QVariant EventModel::toolTip(const QModelIndex &index) const
{
    if (index.column() == Time)
        return Plain::toolTip(Plain::dateTime(time(index)));
    const QString whole = text(index.row(), index.column()).left(MaximumCharacters);
    return whole.size() > ShortCharacters ? Plain::toolTip(whole) : QVariant();
}

QVariant EventModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    static const char *const titles[] = {QT_TR_NOOP("Time"), QT_TR_NOOP("Kind"),
                                         QT_TR_NOOP("What")};
    return section >= 0 && section < ColumnCount ? tr(titles[section]) : QVariant();
}

bool EventModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && !isComplete() && !m_slice.isActive() && !m_isReading;
}

void EventModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    m_wanted = PageSize;
    readSlice();
}

// One slice of the journal; more of them, with the event loop in between, until there are enough.
void EventModel::readSlice()
{
    const QScopedValueRollback reading(m_isReading, true); // a view asks for more while it is told
    const qint64 before = m_oldest;
    const qint64 from = std::max<qint64>(1, before - ChainReader::SliceRows);
    const int limit = m_target.isValid() ? 5 * PageSize : PageSize; // there may be far to go
    const QList<JournalEntry> entries =
        m_reader.entries(EventChoice::kinds(m_show), from, before, limit);
    m_oldest = entries.size() == limit ? entries.last().seq : from;
    if (m_oldest <= m_reader.oldest())
        m_oldest = 1;
    const QList<Row> rows = rowsOf(entries);
    if (!rows.isEmpty()) {
        const int first = rowCount();
        beginInsertRows({}, first, first + int(rows.size()) - 1);
        m_rows.append(rows);
        endInsertRows();
    }
    m_wanted -= int(rows.size());
    const bool isReached = m_target.isValid() && !m_rows.isEmpty()
        && m_rows.last().time <= m_target.toMSecsSinceEpoch();
    if (isComplete() || isReached || (m_wanted <= 0 && !m_target.isValid()))
        m_slice.stop();
    else
        m_slice.start();
    if (isReached || isComplete())
        tellTime();
    if (isComplete())
        Q_EMIT completed();
}

void EventModel::readNew()
{
    const qint64 newest = m_reader.newest();
    QList<Row> rows;
    while (m_newest < newest) {
        const qint64 before = std::min(newest, m_newest + ChainReader::SliceRows) + 1;
        constexpr int Limit = int(ChainReader::SliceRows);
        rows = rowsOf(m_reader.entries(EventChoice::kinds(m_show), m_newest + 1, before, Limit))
            + rows;
        m_newest = before - 1;
    }
    if (rows.isEmpty())
        return;
    const int first = int(hasLive());
    beginInsertRows({}, first, first + int(rows.size()) - 1);
    m_rows = rows + m_rows;
    endInsertRows();
}

QList<EventModel::Row> EventModel::rowsOf(const QList<JournalEntry> &entries) const
{
    QList<Row> rows;
    for (const JournalEntry &entry : entries) {
        if (!EventChoice::includes(m_show, entry))
            continue;
        const qint64 time = entry.time.toMSecsSinceEpoch();
        rows.append({entry.seq, time, false});
        if (EventChoice::includesHeartbeats(m_show) && heartbeats(entry) > 0)
            rows.append({entry.seq, time, true});
    }
    return rows;
}

void EventModel::tellTime()
{
    if (!m_target.isValid())
        return;
    const qint64 wanted = std::exchange(m_target, {}).toMSecsSinceEpoch();
    const auto found = std::lower_bound(m_rows.cbegin(), m_rows.cend(), wanted,
                                        [](const Row &row, qint64 at) { return row.time > at; });
    const int place = int(std::min<qsizetype>(found - m_rows.cbegin(), m_rows.size() - 1));
    if (place >= 0)
        Q_EMIT timeReached(index(place + int(hasLive()), 0));
}
