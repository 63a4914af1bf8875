// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journalrows.h"
#include "searchterms.h"
#include "statement.h"

#include <map>
#include <optional>

// The table "requests" with its full text index, derived from the chain for reading: one row a
// command or unreadable message. The changes belong into the transaction of the chain's row; those
// of a request that is not there or has ended are refused: false without an error in lastError().
class RequestTable final
{
public:
    explicit RequestTable(SqlConnection *connection);

    // state: Received, or Approved by somebody.
    [[nodiscard]] bool insert(const Request &request, const QString &scope, qint64 seq,
                              const QDateTime &received, RequestState state, const QString &by);
    // A null by leaves who decided as it is.
    [[nodiscard]] bool setState(const QString &name, RequestState state, const QString &by = {});
    [[nodiscard]] bool setPending(const QString &name);
    [[nodiscard]] bool end(const QString &name, const Outcome &outcome, qint64 seq,
                           const QDateTime &ended);
    // Every request that was received in a row of the chain up to through and has ended, if only
    // later; their names.
    [[nodiscard]] std::optional<QStringList> removeEnded(qint64 through);
    // And the rows of the chain themselves.
    [[nodiscard]] bool removeRows(qint64 through);
    [[nodiscard]] bool clear(); // the index, too

    [[nodiscard]] std::optional<RequestRow> find(const QString &name);
    [[nodiscard]] bool contains(const QString &name);
    [[nodiscard]] QList<RequestRow> alive();
    // Newest first; nothing when it could not be read, see lastError().
    [[nodiscard]] std::optional<QList<RequestRow>> page(const RequestFilter &filter);
    [[nodiscard]] std::optional<RequestRow> at(qint64 serial);
    // Serial of the first one that was received then or later, or of the oldest when that is no
    // time; one beyond the newest when there is none.
    [[nodiscard]] qint64 firstSince(const QDateTime &time);
    // Serial of the newest run of exactly that command with from <= serial < before. Looks at each
    // row of that range.
    [[nodiscard]] std::optional<qint64> previousRun(const QByteArray &command, qint64 before,
                                                    qint64 from);
    // The serial of the oldest request that is alive; the largest number when none is, 0 when that
    // could not be read.
    [[nodiscard]] qint64 oldestAlive();

    [[nodiscard]] SqlError lastError() const { return m_error; }

private:
    // Adds one that leaves "approved" to the full text index, unless it is there.
    [[nodiscard]] bool indexApproved(const QString &name);
    [[nodiscard]] bool hasBeenIndexed(const QString &name);
    [[nodiscard]] bool wasReceivedSince(qint64 serial, const QDateTime &time);
    [[nodiscard]] std::optional<qint64> number(const QString &sql, const QVariantList &values);
    [[nodiscard]] Statement &statement(const QString &sql);
    [[nodiscard]] bool run(const QString &sql, const QVariantList &values);
    // And false when no row has changed.
    [[nodiscard]] bool change(const QString &sql, const QVariantList &values);
    [[nodiscard]] std::optional<QList<RequestRow>> read(const QString &sql,
                                                        const QVariantList &values);

    SqlConnection *m_connection;
    SearchTerms m_terms;
    std::map<QString, Statement> m_statements; // prepared, by their text
    SqlError m_error;
    int m_changedRows = 0; // of the last run()
};
