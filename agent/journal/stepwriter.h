// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chain.h"
#include "headrecord.h"
#include "journaldatabase.h"
#include "outcome.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>

class RequestTable;

// Writes the steps of the journal, each in one transaction: a row of the chain and what follows
// from it. When that fails it says why, tries every 5 s whether it works again, and then first
// writes what it was told to owe.
class StepWriter final : public QObject
{
    Q_OBJECT

public:
    static constexpr int MaximumOwed = 256; // the oldest goes first

    using Change = std::function<bool(qint64 seq)>; // of the tables; seq: of the step's row

    struct Step
    {
        QString kind;
        QString request = {}; // name; empty: it is about none
        QJsonObject data = {};
        Change change = {}; // null: none
        QDateTime time = {};
        bool durable = false; // on disk when write() returns
        std::optional<Outcome> end = {}; // of the request, without outputs
    };

    // The database is open; all three outlive this.
    StepWriter(JournalDatabase *store, RequestTable *table, QObject *parent = nullptr);

    [[nodiscard]] bool openHead();
    [[nodiscard]] Chain *chain() { return &m_chain; }
    [[nodiscard]] bool isWritable() const { return m_writable; }
    [[nodiscard]] QString errorString() const { return m_errorString; }

    // All in one transaction. False when nothing of it was written. A step that the tables refuse
    // leaves isWritable() as it is.
    [[nodiscard]] bool write(const QList<Step> &steps);
    // Writes it before anything else as soon as that is possible.
    void owe(const Step &step);
    [[nodiscard]] const Step *owedEnd(const QString &request) const; // null: none
    [[nodiscard]] qsizetype owedCount() const { return m_owed.size(); }
    [[nodiscard]] bool payOwed();

Q_SIGNALS:
    void entryAdded(const QString &kind);
    void requestChanged(const QString &name);
    void writableChanged(bool writable);

private:
    enum class Result { Written, Refused, Failed };

    [[nodiscard]] Result attempt(const QList<Step> &steps);
    // Nothing: committed. Not valid: refused by the tables.
    [[nodiscard]] std::optional<SqlError> transact(const QList<Step> &steps);
    [[nodiscard]] std::optional<SqlError> append(const Step &step);
    void setWritable(bool writable);
    void retry();

    JournalDatabase *m_store;
    RequestTable *m_table;
    HeadRecord m_head;
    Chain m_chain;
    QList<Step> m_owed;
    QString m_errorString;
    QTimer m_retryTimer;
    bool m_writable = true;
    bool m_hasWritten = false;
};
