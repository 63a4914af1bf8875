// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chainreader.h"
#include "linkhistory.h"

#include <QObject>
#include <QTimer>

#include <chrono>

class Journal;

// Reads the LinkHistory of the last hours from the journal, from the newest row backwards, a slice
// each turn of the event loop, and then what is new.
class LinkReader final : public QObject
{
    Q_OBJECT

public:
    // journal: open, outlives this. depth: how far back.
    LinkReader(Journal *journal, std::chrono::hours depth, QObject *parent = nullptr);

    void start(); // nothing is read before; a second one does nothing
    [[nodiscard]] bool isComplete() const { return m_isStarted && !m_slice.isActive(); }
    [[nodiscard]] const LinkHistory &history() const { return m_history; }

Q_SIGNALS:
    void changed();

private:
    void readSlice();
    void readNew();
    void add(qint64 from, qint64 before);
    [[nodiscard]] QDateTime earliest() const;

    ChainReader m_reader;
    std::chrono::hours m_depth;
    LinkHistory m_history;
    bool m_isStarted = false;
    qint64 m_oldest = 1; // rows from there on up to the newest have been read
    qint64 m_newest = 0;
    QTimer m_slice; // runs until all is read
    QTimer m_soon;
};
