// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>
#include <QStringList>

class JournalDatabase;
class QDateTime;
class RequestTable;

// One bounded step of retention: which rows at the beginning of the chain may go, and their
// removal. What is left begins after the row named in the newest row "checkpoint", which holds its
// hash.
class Pruning final
{
public:
    static constexpr int RowLimit = 500; // rows a step

    // outputBytes: of all output files.
    Pruning(JournalDatabase *store, RequestTable *table, qint64 outputBytes);

    // There are rows before that time, or the journal is larger, and some of them may go.
    [[nodiscard]] bool isNeeded(const QDateTime &before, qint64 bytes);
    [[nodiscard]] QJsonObject record() const; // data of the checkpoint
    [[nodiscard]] bool remove(); // within the transaction of the checkpoint
    [[nodiscard]] QStringList removedRequests() const { return m_requests; }

private:
    JournalDatabase *m_store;
    RequestTable *m_table;
    qint64 m_outputBytes;
    qint64 m_first = 0; // the first row of the chain
    qint64 m_through = 0; // the last row that goes
    QString m_hash; // of that row
    QStringList m_requests;
};
