// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journalrows.h"
#include "linedifference.h"
#include "outputview.h"

#include <QObject>
#include <QTimer>

class Journal;

// Finds the previous run of the same command and what is different in the output, as lines to show.
// The search goes through the journal in slices between two turns of the event loop.
class RunComparison final : public QObject
{
    Q_OBJECT

public:
    explicit RunComparison(Journal *journal, QObject *parent = nullptr);

    // Of a run that has ended. finished() follows, unless another one is begun or cancel() called.
    void start(const RequestRow &row);
    void cancel();

    // Signs before each line; equal lines that are far from a change are counted.
    [[nodiscard]] static QList<OutputView::Line> shown(const QList<LineDifference::Line> &lines,
                                                       const QPalette &palette);

Q_SIGNALS:
    // summary: one sentence; lines: empty when there is no difference, or nothing to compare.
    void finished(const QString &summary, const QList<OutputView::Line> &lines);

private:
    void searchSlice();
    void compare(const RequestRow &previous);

    Journal *m_journal;
    RequestRow m_row;
    QTimer m_next;
    qint64 m_before = 0;
    qint64 m_oldest = 0;
};
