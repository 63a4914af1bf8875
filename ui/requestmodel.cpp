// SPDX-License-Identifier: Apache-2.0
#include "requestmodel.h"

#include "journal.h"
#include "plain.h"
#include "requestquery.h"

#include <QElapsedTimer>

#include <algorithm>
#include <functional>
#include <memory>
#include <utility>

using namespace std::chrono_literals;

namespace {

constexpr int CachedLines = 4 * RequestModel::PageSize;
constexpr qint64 SmallestSlice = 100'000; // serials
constexpr qint64 ShortSlice = 25; // ms; after a shorter one the next is twice as large
constexpr qint64 LongSlice = 50; // ms; after a longer one the next is half as large
constexpr int FoundAtOnce = 1000; // rows of one query

} // namespace

RequestModel::RequestModel(Journal *journal, QObject *parent)
    : QAbstractTableModel(parent), m_journal(journal), m_lines(CachedLines)
{
    m_soon.setSingleShot(true);
    m_searchNext.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &RequestModel::update);
    connect(&m_searchNext, &QTimer::timeout, this, &RequestModel::searchSlice);
    connect(journal, &Journal::requestChanged, this, [this](const QString &name) {
        m_changed.insert(name);
        updateSoon();
    });
    connect(journal, &Journal::entryAdded, this, [this](const QString &kind) {
        if (kind != QLatin1String("checkpoint"))
            return;
        m_isPruned = true;
        updateSoon();
    });
    reload();
}

void RequestModel::setFilter(const RequestFilter &filter)
{
    m_filter = filter;
    reload();
}

qint64 RequestModel::serial(const QModelIndex &index) const
{
    return index.isValid() && index.row() < m_serials.size() ? m_serials.at(index.row()) : 0;
}

QModelIndex RequestModel::find(qint64 serial) const
{
    const qsizetype position = positionOf(serial);
    const bool isHere = position < m_serials.size() && m_serials.at(position) == serial;
    return isHere ? index(int(position), 0) : QModelIndex();
}

qsizetype RequestModel::positionOf(qint64 serial) const
{
    return std::lower_bound(m_serials.cbegin(), m_serials.cend(), serial, std::greater())
        - m_serials.cbegin();
}

const RequestLine *RequestModel::line(int row) const
{
    const qint64 serial = m_serials.at(row);
    if (const RequestLine *known = m_lines.object(serial))
        return known;
    const std::optional<RequestRow> found = m_journal->requestAt(serial);
    if (!found)
        return nullptr;
    m_lines.insert(serial, std::make_unique<RequestLine>(*found).release());
    return m_lines.object(serial);
}

int RequestModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_serials.size());
}

int RequestModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant RequestModel::data(const QModelIndex &index, int role) const
{
    const RequestLine *found = serial(index) > 0 ? line(index.row()) : nullptr;
    if (!found)
        return {};
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return found->text(column);
    case Qt::ToolTipRole:
        return Plain::toolTip(column == Time ? Plain::dateTime(found->received)
                                             : found->text(column));
    default:
        return found->look(column, role);
    }
}

QVariant RequestModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && (section == Duration || section == Output))
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    static const char *const titles[] = {
        QT_TR_NOOP("Time"), QT_TR_NOOP("State"),    QT_TR_NOOP("Command"), QT_TR_NOOP("Decided by"),
        QT_TR_NOOP("Exit"), QT_TR_NOOP("Duration"), QT_TR_NOOP("Output"),
    };
    return section >= 0 && section < ColumnCount ? tr(titles[section]) : QVariant();
}

bool RequestModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_before > m_first && !isSearching();
}

void RequestModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    m_wanted = PageSize;
    searchSlice();
}

void RequestModel::reload()
{
    beginResetModel();
    m_serials.clear();
    m_lines.clear();
    m_searchNext.stop();
    const QList<RequestRow> newest = m_journal->requests({.limit = 1});
    m_before = newest.isEmpty() ? 0 : newest.constFirst().serial + 1;
    m_first = std::min(m_before, m_journal->firstSerial(m_filter.since));
    m_sliceSize = SmallestSlice;
    m_wanted = PageSize;
    append(takeSlice());
    endResetModel();
    searchOn();
}

void RequestModel::searchSlice()
{
    const QList<RequestRow> page = takeSlice();
    if (!page.isEmpty()) {
        const int first = int(m_serials.size());
        beginInsertRows({}, first, first + int(page.size()) - 1);
        append(page);
        endInsertRows();
    }
    searchOn();
}

void RequestModel::append(const QList<RequestRow> &page)
{
    for (const RequestRow &row : page) {
        m_serials.append(row.serial);
        m_lines.insert(row.serial, std::make_unique<RequestLine>(row).release());
    }
    m_wanted -= page.size();
}

void RequestModel::searchOn()
{
    if (m_wanted > 0 && m_before > m_first)
        m_searchNext.start(0ms);
    tellSearching();
}

void RequestModel::tellSearching()
{
    if (std::exchange(m_wasSearching, isSearching()) != isSearching())
        Q_EMIT searchingChanged(isSearching());
}

// All that is left where an index serves the filter, else as much as takes some milliseconds.
QList<RequestRow> RequestModel::takeSlice()
{
    RequestFilter filter = m_filter;
    filter.limit = PageSize;
    filter.beforeSerial = m_before;
    filter.since = {}; // m_first is that
    filter.fromSerial =
        RequestQuery::isDirect(filter) ? m_first : std::max(m_first, m_before - m_sliceSize);
    QElapsedTimer timer;
    timer.start();
    QList<RequestRow> page = m_journal->requests(filter);
    if (timer.elapsed() < ShortSlice)
        m_sliceSize *= 2;
    else if (timer.elapsed() > LongSlice)
        m_sliceSize = std::max(SmallestSlice, m_sliceSize / 2);
    m_before = page.size() < PageSize ? filter.fromSerial : page.constLast().serial;
    page.removeIf([this](const RequestRow &row) { return !passes(row); });
    return page;
}

// With a text each time costs a search.
void RequestModel::updateSoon()
{
    if (!m_soon.isActive())
        m_soon.start(m_filter.text.isEmpty() ? 100ms : 500ms);
}

void RequestModel::update()
{
    if (std::exchange(m_isPruned, false))
        removeOld();
    QList<RequestRow> unknown;
    const QSet<QString> changed = std::exchange(m_changed, {});
    for (const QString &name : changed) {
        const std::optional<RequestRow> row = m_journal->request(name);
        if (row && !updateKnown(*row) && row->serial >= m_before && passes(*row))
            unknown.append(*row);
    }
    insertRows(unknown);
}

bool RequestModel::updateKnown(const RequestRow &row)
{
    const QModelIndex first = find(row.serial);
    if (!first.isValid())
        return false;
    m_lines.remove(row.serial);
    if (passes(row)) {
        Q_EMIT dataChanged(first, first.siblingAtColumn(ColumnCount - 1));
        return true;
    }
    beginRemoveRows({}, first.row(), first.row());
    m_serials.removeAt(first.row());
    endRemoveRows();
    return true;
}

bool RequestModel::passes(const RequestRow &row) const
{
    const bool isWell =
        row.state == RequestState::Finished && row.outcome.exitCode == 0 && row.outcome.signal == 0;
    return (m_filter.states.isEmpty() || m_filter.states.contains(row.state))
        && !(m_filter.failuresOnly && isWell)
        && (!m_filter.since.isValid() || row.received >= m_filter.since);
}

void RequestModel::insertRows(QList<RequestRow> rows)
{
    std::sort(rows.begin(), rows.end(), [](const RequestRow &one, const RequestRow &other) {
        return one.serial > other.serial;
    });
    keepFound(&rows);
    while (!rows.isEmpty()) {
        const qsizetype position = positionOf(rows.constFirst().serial);
        const qint64 next = position < m_serials.size() ? m_serials.at(position) : 0;
        const auto end = std::find_if(rows.cbegin(), rows.cend(),
                                      [next](const RequestRow &row) { return row.serial < next; });
        const qsizetype count = end - rows.cbegin();
        beginInsertRows({}, int(position), int(position + count) - 1);
        m_serials.insert(position, count, 0);
        for (qsizetype i = 0; i < count; ++i)
            m_serials[position + i] = rows.at(i).serial;
        endInsertRows();
        rows.remove(0, count);
    }
}

void RequestModel::keepFound(QList<RequestRow> *rows) const
{
    if (m_filter.text.trimmed().isEmpty() || rows->isEmpty())
        return;
    QSet<qint64> found;
    const QList<RequestRow> page =
        m_journal->requests({.text = m_filter.text,
                             .beforeSerial = rows->constFirst().serial + 1,
                             .fromSerial = rows->constLast().serial,
                             .limit = FoundAtOnce});
    for (const RequestRow &row : page)
        found.insert(row.serial);
    rows->removeIf([&found](const RequestRow &row) { return !found.contains(row.serial); });
}

void RequestModel::removeOld()
{
    m_first = std::max(m_first, m_journal->firstSerial());
    m_before = std::max(m_before, m_first);
    const qsizetype keep = positionOf(m_first - 1);
    if (keep == m_serials.size())
        return;
    beginRemoveRows({}, int(keep), int(m_serials.size()) - 1);
    m_serials.remove(keep, m_serials.size() - keep);
    endRemoveRows();
}
