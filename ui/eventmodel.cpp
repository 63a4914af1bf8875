// SPDX-License-Identifier: Apache-2.0
#include "eventmodel.h"

#include "eventtext.h"
#include "journal.h"
#include "plain.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace {

constexpr int MaximumCharacters = 500; // of a sentence in the list

QString text(const JournalEntry &entry, int column)
{
    switch (column) {
    case EventModel::Time:
        return Plain::shortTime(entry.time);
    case EventModel::Kind:
        return EventText::kind(entry.kind);
    case EventModel::Text:
        return EventText::sentence(entry).left(MaximumCharacters);
    default:
        return {};
    }
}

} // namespace

EventModel::EventModel(Journal *journal, QObject *parent)
    : QAbstractTableModel(parent), m_journal(journal)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(100ms);
    connect(&m_soon, &QTimer::timeout, this, &EventModel::prependNew);
    connect(journal, &Journal::entryAdded, this, [this] {
        if (!m_soon.isActive())
            m_soon.start();
    });
    const QList<JournalEntry> newest = journal->entries({}, 0, 1);
    m_newest = newest.isEmpty() ? 0 : newest.first().seq;
    m_oldest = m_newest + 1;
    fetchMore({});
}

int EventModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

int EventModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant EventModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_entries.size())
        return {};
    const JournalEntry &entry = m_entries.at(index.row());
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return text(entry, index.column());
    if (role == Qt::SizeHintRole)
        return Plain::rowSize();
    if (role == Qt::ToolTipRole)
        return Plain::toolTip(index.column() == Time ? Plain::dateTime(entry.time)
                                                     : text(entry, index.column()));
    return {};
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
    return !parent.isValid() && m_hasMore;
}

void EventModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    const QList<JournalEntry> entries = page(m_oldest, &m_oldest);
    m_hasMore = m_oldest > 1;
    if (entries.isEmpty())
        return;
    const int first = int(m_entries.size());
    beginInsertRows({}, first, first + int(entries.size()) - 1);
    m_entries.append(entries);
    endInsertRows();
}

// Pages that hold only steps of requests are passed over, a few at a time.
QList<JournalEntry> EventModel::page(qint64 beforeSeq, qint64 *last) const
{
    constexpr int PagesAtOnce = 20;
    QList<JournalEntry> entries;
    *last = beforeSeq;
    for (int pages = 0; pages < PagesAtOnce && entries.size() < PageSize / 2; ++pages) {
        const QList<JournalEntry> rows = m_journal->entries({}, *last, PageSize);
        std::copy_if(rows.cbegin(), rows.cend(), std::back_inserter(entries),
                     [](const JournalEntry &entry) { return entry.request.isEmpty(); });
        if (rows.size() < PageSize) {
            *last = 0;
            break;
        }
        *last = rows.last().seq;
    }
    return entries;
}

void EventModel::prependNew()
{
    QList<JournalEntry> rows = m_journal->entries({}, 0, PageSize);
    if (rows.isEmpty())
        return;
    const qint64 newest = std::exchange(m_newest, rows.first().seq);
    const bool gap = rows.last().seq > newest + 1;
    if (gap) { // more new ones than a page: from the beginning
        beginResetModel();
        m_entries = page(m_newest + 1, &m_oldest);
        m_hasMore = m_oldest > 1;
        endResetModel();
        return;
    }
    rows.removeIf([newest](const JournalEntry &entry) {
        return entry.seq <= newest || !entry.request.isEmpty();
    });
    if (rows.isEmpty())
        return;
    beginInsertRows({}, 0, int(rows.size()) - 1);
    m_entries = rows + m_entries;
    endInsertRows();
}
