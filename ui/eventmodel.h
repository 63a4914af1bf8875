// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journalrows.h"

#include <QAbstractTableModel>
#include <QTimer>

class Journal;

// What else is in the journal: connection changes, events sent, settings; newest first, fetched a
// page at a time. The steps of requests are in RequestModel.
class EventModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Time, Kind, Text, ColumnCount };
    static constexpr int PageSize = 200;

    explicit EventModel(Journal *journal, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

private:
    // A page of the journal from before that row: what is listed of it. last: its last row's
    // number.
    QList<JournalEntry> page(qint64 beforeSeq, qint64 *last) const;
    void prependNew();

    Journal *m_journal;
    QList<JournalEntry> m_entries;
    qint64 m_newest = 0; // rows of the chain that were looked at
    qint64 m_oldest = 0;
    bool m_hasMore = true;
    QTimer m_soon;
};
