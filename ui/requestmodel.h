// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journalrows.h"

#include <QAbstractTableModel>
#include <QSet>
#include <QTimer>

class Journal;

// The journal's requests, newest first, fetched a page at a time as the view asks for more. What is
// new or changed comes in by itself, at most ten times a second.
class RequestModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Time, State, Command, DecidedBy, Exit, Duration, Output, ColumnCount };
    static constexpr int PageSize = 100;

    explicit RequestModel(Journal *journal, QObject *parent = nullptr);

    // Full text of command and reason; empty: all.
    void setSearch(const QString &text);
    [[nodiscard]] QString search() const { return m_filter.text; }
    [[nodiscard]] const RequestRow *row(const QModelIndex &index) const; // null: none

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

private:
    void reload();
    void update();
    void updateRow(const QString &name);
    void prependNew();

    Journal *m_journal;
    RequestFilter m_filter;
    QList<RequestRow> m_rows;
    bool m_hasMore = true;
    QSet<QString> m_changed;
    QTimer m_soon;
};
