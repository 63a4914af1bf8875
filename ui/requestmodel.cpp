// SPDX-License-Identifier: Apache-2.0
#include "requestmodel.h"

#include "journal.h"
#include "plain.h"
#include "requesttext.h"
#include "visibletext.h"

#include <QFontDatabase>
#include <QGuiApplication>
#include <QPalette>

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace {

constexpr int MaximumCharacters = 200; // of a command in a row; the pane below shows all of it

QString text(const RequestRow &row, int column)
{
    switch (column) {
    case RequestModel::Time:
        return Plain::shortTime(row.received);
    case RequestModel::State:
        return RequestText::symbol(row.state) + u' ' + RequestText::state(row.state);
    case RequestModel::Command:
        return VisibleText::encodeShort(row.request.command, MaximumCharacters);
    case RequestModel::DecidedBy:
        return RequestText::decidedBy(row.by);
    case RequestModel::Exit:
        return RequestText::exit(row.outcome);
    case RequestModel::Duration:
        return row.outcome.hasRun ? Plain::duration(row.outcome.duration) : QString();
    case RequestModel::Output:
        return row.outcome.hasRun ? Plain::size(row.outputBytes + row.errorBytes) : QString();
    default:
        return {};
    }
}

} // namespace

RequestModel::RequestModel(Journal *journal, QObject *parent)
    : QAbstractTableModel(parent), m_journal(journal)
{
    m_filter.limit = PageSize;
    m_soon.setSingleShot(true);
    m_soon.setInterval(100ms);
    connect(&m_soon, &QTimer::timeout, this, &RequestModel::update);
    connect(journal, &Journal::requestChanged, this, [this](const QString &name) {
        m_changed.insert(name);
        if (!m_soon.isActive())
            m_soon.start();
    });
    reload();
}

void RequestModel::setSearch(const QString &text)
{
    if (text == m_filter.text)
        return;
    m_filter.text = text;
    reload();
}

const RequestRow *RequestModel::row(const QModelIndex &index) const
{
    const bool inside = index.isValid() && index.row() < m_rows.size();
    return inside ? &m_rows.at(index.row()) : nullptr;
}

int RequestModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int RequestModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant RequestModel::data(const QModelIndex &index, int role) const
{
    const RequestRow *found = row(index);
    if (!found)
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return text(*found, index.column());
    case Qt::ToolTipRole:
        if (index.column() == Time)
            return Plain::toolTip(Plain::dateTime(found->received));
        return Plain::toolTip(text(*found, index.column()));
    case Qt::ForegroundRole:
        if (index.column() == State)
            return RequestText::colour(found->state, QGuiApplication::palette());
        return {};
    case Qt::SizeHintRole:
        return Plain::rowSize();
    case Qt::FontRole:
        if (index.column() == Command)
            return QFontDatabase::systemFont(QFontDatabase::FixedFont);
        return {};
    case Qt::TextAlignmentRole:
        if (index.column() == Duration || index.column() == Output)
            return int(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    default:
        return {};
    }
}

QVariant RequestModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    static const char *const titles[] = {
        QT_TR_NOOP("Time"), QT_TR_NOOP("State"),    QT_TR_NOOP("Command"), QT_TR_NOOP("Decided by"),
        QT_TR_NOOP("Exit"), QT_TR_NOOP("Duration"), QT_TR_NOOP("Output"),
    };
    return section >= 0 && section < ColumnCount ? tr(titles[section]) : QVariant();
}

bool RequestModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_hasMore;
}

void RequestModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    RequestFilter filter = m_filter;
    filter.beforeSerial = m_rows.isEmpty() ? 0 : m_rows.last().serial;
    const QList<RequestRow> page = m_journal->requests(filter);
    m_hasMore = page.size() == PageSize;
    if (page.isEmpty())
        return;
    const int first = int(m_rows.size());
    beginInsertRows({}, first, first + int(page.size()) - 1);
    m_rows.append(page);
    endInsertRows();
}

void RequestModel::reload()
{
    beginResetModel();
    m_rows = m_journal->requests(m_filter);
    m_hasMore = m_rows.size() == PageSize;
    endResetModel();
}

void RequestModel::update()
{
    const QSet<QString> changed = std::exchange(m_changed, {});
    for (const QString &name : changed)
        updateRow(name);
    prependNew();
}

void RequestModel::updateRow(const QString &name)
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&name](const RequestRow &row) {
        return row.request.name == name;
    });
    const std::optional<RequestRow> now =
        found == m_rows.end() ? std::nullopt : m_journal->request(name);
    if (!now)
        return;
    *found = *now;
    const int line = int(found - m_rows.begin());
    Q_EMIT dataChanged(index(line, 0), index(line, ColumnCount - 1));
}

// After more new ones than a page there would be a gap: then from the beginning.
void RequestModel::prependNew()
{
    QList<RequestRow> page = m_journal->requests(m_filter);
    const qint64 newest = m_rows.isEmpty() ? 0 : m_rows.first().serial;
    const auto known = std::find_if(
        page.begin(), page.end(), [newest](const RequestRow &row) { return row.serial <= newest; });
    if (known == page.end() && page.size() == PageSize)
        return reload();
    page.erase(known, page.end());
    if (page.isEmpty())
        return;
    beginInsertRows({}, 0, int(page.size()) - 1);
    m_rows = page + m_rows;
    endInsertRows();
}
