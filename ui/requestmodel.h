// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journalrows.h"
#include "requestline.h"

#include <QAbstractTableModel>
#include <QCache>
#include <QSet>
#include <QTimer>

class Journal;

// The journal's requests, newest first, fetched a page at a time as the view asks for more. Of a
// row that was fetched it keeps the number alone, and the text of those shown last, so that a
// million rows are some MiB. What is new or has changed comes in by itself, at most ten times a
// second. A filter that no index serves alone is looked up in slices between two turns of the event
// loop.
class RequestModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Time, State, Command, DecidedBy, Exit, Duration, Output, ColumnCount };
    static constexpr int PageSize = 100;

    explicit RequestModel(Journal *journal, QObject *parent = nullptr);

    // Its serials and its limit are the model's own.
    void setFilter(const RequestFilter &filter);
    [[nodiscard]] const RequestFilter &filter() const { return m_filter; }
    [[nodiscard]] bool isSearching() const { return m_searchNext.isActive(); } // for the next page
    [[nodiscard]] qint64 serial(const QModelIndex &index) const; // 0: none
    [[nodiscard]] QModelIndex find(qint64 serial) const; // invalid: not among those fetched

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    void searchingChanged(bool searching);

private:
    [[nodiscard]] const RequestLine *line(int row) const; // null: it is gone from the journal
    [[nodiscard]] qsizetype positionOf(qint64 serial) const; // where it is or would be
    void reload();
    void searchSlice();
    void append(const QList<RequestRow> &page);
    void searchOn();
    void tellSearching();
    [[nodiscard]] QList<RequestRow> takeSlice();
    void updateSoon();
    void update();
    [[nodiscard]] bool updateKnown(const RequestRow &row);
    [[nodiscard]] bool passes(const RequestRow &row) const; // but for the text
    void insertRows(QList<RequestRow> rows);
    void keepFound(QList<RequestRow> *rows) const; // newest first; where the text is found
    void removeOld();

    Journal *m_journal;
    RequestFilter m_filter;
    QList<qint64> m_serials; // descending
    mutable QCache<qint64, RequestLine> m_lines;
    qint64 m_first = 0; // the lowest serial that may pass the filter
    qint64 m_before = 0; // below this nothing was looked up yet
    qint64 m_sliceSize = 0;
    qsizetype m_wanted = 0; // rows until the search rests
    QSet<QString> m_changed;
    bool m_isPruned = false;
    bool m_wasSearching = false;
    QTimer m_soon;
    QTimer m_searchNext;
};
