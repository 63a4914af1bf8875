// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datadirectory.h"
#include "sqlconnection.h"
#include "statement.h"

#include <QCoreApplication>
#include <QJsonObject>

#include <optional>

class DatabaseCheck;

// journal.db in its directory: opened for writing, checked, moved aside when it is damaged; its
// transactions.
class JournalDatabase final
{
    Q_DECLARE_TR_FUNCTIONS(JournalDatabase)

public:
    JournalDatabase() = default;

    [[nodiscard]] bool open(const QString &directory, QString *errorString);
    void close();

    [[nodiscard]] const DataDirectory &directory() const { return m_directory; }
    [[nodiscard]] SqlConnection *connection() { return &m_connection; }
    [[nodiscard]] QString warning() const { return m_warning; }
    // What open() found that belongs into the chain as a row "chain"; empty: nothing.
    [[nodiscard]] QJsonObject record() const { return m_record; }

    // full: the commit returns when everything is on disk. Otherwise a power cut may undo it.
    [[nodiscard]] bool begin(bool full);
    [[nodiscard]] bool commit();
    void rollback();
    [[nodiscard]] SqlError lastError() const { return m_error; }
    [[nodiscard]] qint64 usedBytes(); // without the pages that rows have left
    void releasePages(); // gives up to 1,000 of those back to the file system

private:
    [[nodiscard]] bool openChecked(QString *errorString);
    [[nodiscard]] bool connect(QString *errorString);
    [[nodiscard]] bool mend(const DatabaseCheck &check, QString *errorString);
    [[nodiscard]] bool rebuild(SqlError *error);
    [[nodiscard]] bool startAnew(const QString &words, QString *errorString);
    [[nodiscard]] bool configure(QString *errorString);
    [[nodiscard]] bool run(std::optional<Statement> *statement);
    [[nodiscard]] bool isMoved();

    DataDirectory m_directory;
    SqlConnection m_connection;
    std::optional<Statement> m_begin;
    std::optional<Statement> m_commit;
    std::optional<Statement> m_rollback;
    QString m_warning;
    QJsonObject m_record;
    SqlError m_error;
    bool m_isNew = false; // without tables yet, when it was opened
    bool m_full = false; // the connection's setting
};
