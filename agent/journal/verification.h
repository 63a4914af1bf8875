// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chain.h"
#include "journalfile.h"
#include "outputfiles.h"
#include "requestcomparison.h"
#include "sqlconnection.h"

#include <QCoreApplication>
#include <QHash>

#include <optional>

// Follows the chain of a data directory from its first row to its last, in one snapshot, beside an
// agent that may be writing, and compares with it what is derived from it.
class Verification final
{
    Q_DECLARE_TR_FUNCTIONS(Verification)

public:
    // connection: to the journal.db of that directory, open for reading; outlives this.
    Verification(SqlConnection *connection, const QString &directory);

    [[nodiscard]] JournalFile::Verdict run();
    // The first broken or missing row of the chain alone; 0: there is none. With an error the first
    // that cannot be read.
    [[nodiscard]] qint64 firstBrokenRow(SqlError *error);

private:
    void readCheckpoints();
    void followChain();
    void checkRow(const Chain::StoredRow &row);
    void checkDifference();
    void checkIndices();
    void checkFiles(const Chain::StoredRow &row);
    void checkFile(const Chain::StoredRow &row, const QJsonObject &file,
                   OutputFiles::Stream stream);
    void checkHead();
    // The request was not pruned while this was under way.
    [[nodiscard]] bool isStillThere(qint64 serial) const;
    void fail(qint64 seq, const QString &detail);

    SqlConnection *m_connection;
    QString m_directory;
    OutputFiles m_outputs;
    std::optional<RequestComparison> m_comparison; // with the table; nothing: not wanted
    JournalFile::Verdict m_verdict;
    SqlError m_error; // of the last reading of the chain
    std::optional<HeadRecord::Value> m_head;
    QHash<qint64, QByteArray> m_checkpoints; // hashes of the last rows that were pruned
    qint64 m_lastSeq = 0;
    QByteArray m_lastHash = Chain::firstHash();
    qint64 m_losses = 0; // rows that say that others were lost in a power cut
};
