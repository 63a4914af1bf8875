// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journalrows.h"

#include <QObject>
#include <QSaveFile>
#include <QTimer>

#include <memory>

class Journal;

// Writes the requests that a filter shows to a file for spreadsheets or programs, a page a turn of
// the event loop. The file is for the owner alone (0600) and complete, or not there.
class RequestExport final : public QObject
{
    Q_OBJECT

public:
    enum class Format {
        Csv, // RFC 4180. Text as it is shown; no cell begins as a formula would
        Json, // an array of objects, in ASCII
    };

    explicit RequestExport(Journal *journal, QObject *parent = nullptr);

    // What comes later is not in it. False with one line when the file cannot be written.
    [[nodiscard]] bool start(const RequestFilter &filter, const QString &path, Format format,
                             QString *errorString);
    void cancel(); // finished() does not follow
    [[nodiscard]] bool isRunning() const { return m_file != nullptr; }
    [[nodiscard]] qint64 count() const { return m_count; } // requests written

    [[nodiscard]] static QByteArray csvHead();
    [[nodiscard]] static QByteArray csvLine(const RequestRow &row);
    [[nodiscard]] static QByteArray jsonObject(const RequestRow &row);

Q_SIGNALS:
    void progressed(int percent);
    void finished(const QString &errorString); // empty: it is complete

private:
    void writePage();
    [[nodiscard]] bool write(const QList<RequestRow> &rows);
    void end();

    Journal *m_journal;
    RequestFilter m_filter;
    Format m_format = Format::Csv;
    std::unique_ptr<QSaveFile> m_file; // null: it does not run
    QTimer m_next;
    qint64 m_first = 0; // serials that it goes through, from the newest
    qint64 m_newest = 0;
    qint64 m_count = 0;
};
