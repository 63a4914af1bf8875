// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chainreader.h"
#include "eventchoice.h"

#include <QAbstractTableModel>
#include <QCache>
#include <QTimer>

class Journal;

// What else is in the journal than the steps of requests: connection changes, events sent, changes
// of settings; newest first, read a page at a time as the view asks for more. What is new comes in
// by itself, on top. Heartbeats are one line for each connection. Nothing is read before the first
// fetchMore().
class EventModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Time, Kind, Text, ColumnCount };
    using Show = EventChoice::Show;
    static constexpr int PageSize = 200;

    explicit EventModel(Journal *journal, QObject *parent = nullptr);

    void setShow(Show show);
    [[nodiscard]] Show show() const { return m_show; }
    // Of the connection that is up: the first line of all. count: 0 for none.
    void setHeartbeats(int count, const QDateTime &last);
    // Reads on until that time; timeReached() follows, at once or later.
    void goTo(const QDateTime &time);
    [[nodiscard]] bool isComplete() const { return m_oldest <= 1; } // nothing more can be read
    // Nothing: there is no such row, or the journal has it no more.
    [[nodiscard]] std::optional<JournalEntry> entry(const QModelIndex &index) const;
    [[nodiscard]] QDateTime time(const QModelIndex &index) const; // UTC
    // "2026-01-31T12:00:00.000+01:00", the kind and the whole text, between tabs.
    [[nodiscard]] QString copyText(const QModelIndex &index) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    void completed(); // all has been read
    void timeReached(const QModelIndex &index); // the first row that is not later; the last one

private:
    struct Row // what is not on the screen is read again when it is
    {
        qint64 seq = 0;
        qint64 time = 0; // ms since 1970
        bool isHeartbeats = false; // of the connection that this row ended
    };

    [[nodiscard]] QList<Row> rowsOf(const QList<JournalEntry> &entries) const;
    [[nodiscard]] QString text(int row, int column) const;
    [[nodiscard]] QVariant toolTip(const QModelIndex &index) const;
    [[nodiscard]] bool hasLive() const { return m_heartbeats > 0; }
    [[nodiscard]] const Row *rowAt(int row) const; // null: none, or the heartbeats of now
    void readSlice();
    void readNew();
    void tellTime();

    Journal *m_journal;
    ChainReader m_reader;
    Show m_show = Show::All;
    QList<Row> m_rows;
    mutable QCache<qint64, JournalEntry> m_entries{PageSize};
    qint64 m_newest = 0; // numbers of the journal's rows that were looked at
    qint64 m_oldest = 0;
    int m_wanted = 0; // as many rows are to be read on
    bool m_isReading = false;
    QDateTime m_target; // of goTo(); invalid: none
    int m_heartbeats = 0;
    QDateTime m_lastHeartbeat;
    QTimer m_slice;
    QTimer m_soon;
};
