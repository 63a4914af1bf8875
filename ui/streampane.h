// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "outcome.h"

#include <QTimer>
#include <QWidget>

class OutputView;
class QLabel;

// One output stream of a command: a title that says how much there is and how much of it is above
// what is shown, and the newest part. Takes what a running command has written so far as often as
// it is told, and what is missing at its end from the file, a piece a turn of the event loop.
class StreamPane final : public QWidget
{
    Q_OBJECT

public:
    // name: "Output".
    explicit StreamPane(const QString &name, QWidget *parent = nullptr);

    void clear();
    void showLive(const KeptOutput &output);
    // path: of the file with the stream, or its beginning; total: bytes that the command wrote.
    void showEnded(const QString &path, qint64 total);
    [[nodiscard]] OutputView *view() const { return m_view; }
    [[nodiscard]] bool isSilent() const { return m_total == 0; }

private:
    void showTitle();
    void readPiece();
    void reload();
    void jumpTo(qint64 offset);

    QString m_name;
    QLabel *m_title;
    OutputView *m_view;
    QTimer m_readNext;
    KeptOutput m_live;
    QString m_path; // once it has ended; empty: there is no file
    bool m_hasEnded = false;
    qint64 m_fileSize = 0;
    qint64 m_total = 0;
};
