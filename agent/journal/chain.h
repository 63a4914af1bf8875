// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "headrecord.h"
#include "journalrows.h"
#include "statement.h"

#include <QSet>

#include <optional>

// The rows of the table "journal". The hash of a row is the SHA-256, in hex, of
//   HASH-BEFORE \n SEQ \n TIME \n KIND \n REQUEST \n DATA
// where the first row has 64 zeros for the hash before it, SEQ is decimal, TIME is
// 2026-01-31T12:00:00.000Z, and DATA is the row's JSON as it is stored. Only DATA may be of any
// form; the others never hold a newline, so no two rows have the same text.
class Chain final
{
public:
    // The newest row.
    struct End
    {
        qint64 seq = 0; // 0: none yet
        QByteArray hash;
    };
    // A row as it is stored, for checking.
    struct StoredRow
    {
        qint64 seq = 0;
        QByteArray time;
        QByteArray kind;
        QByteArray request;
        QByteArray data;
        QByteArray hash;
    };

    Chain(SqlConnection *connection, HeadRecord *head);

    // Reads the newest row. Needed before the first append() and after a failed commit.
    [[nodiscard]] bool load();
    [[nodiscard]] const End &end() const { return m_end; }

    // Within a transaction: the sequence number of the new row, nothing when it failed. It becomes
    // the end by committed().
    [[nodiscard]] std::optional<qint64> append(const QDateTime &time, const QString &kind,
                                               const QString &request, const QJsonObject &data);
    void committed(); // writes the head record
    void rolledBack(); // the next append() reads the end anew

    // fromSeq: with a kind only.
    [[nodiscard]] QList<JournalEntry> entries(const QString &kind, qint64 beforeSeq, int limit,
                                              qint64 fromSeq = 0);
    // Those of the names that a row "received" holds; all of them, when it cannot be read. Goes
    // through the whole chain.
    [[nodiscard]] QSet<QString> requestsAmong(const QSet<QString> &names);
    [[nodiscard]] SqlError lastError() const { return m_error; }

    [[nodiscard]] static QByteArray firstHash(); // the 64 zeros
    [[nodiscard]] static QByteArray hashOf(const QByteArray &before, const StoredRow &row);
    // The row has the form above and the hash that follows from the one before it.
    [[nodiscard]] static bool isIntact(const QByteArray &before, const StoredRow &row);
    // Compact JSON in ASCII: what is stored is safe on every terminal.
    [[nodiscard]] static QByteArray encode(const QJsonObject &data);
    // A kind or the name of a request: letters, digits, '-', at most 32.
    [[nodiscard]] static bool isWord(QStringView word);
    [[nodiscard]] static QDateTime timeOf(const StoredRow &row);
    // Columns of a StoredRow and how to read them.
    [[nodiscard]] static QString storedColumns();
    [[nodiscard]] static StoredRow storedRow(const Statement &query);

private:
    HeadRecord *m_head;
    Statement m_last;
    Statement m_insert;
    Statement m_page;
    Statement m_pageOfKind;
    Statement m_received;
    End m_end;
    bool m_known = false; // m_end is what the database holds
    SqlError m_error;
};
