// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journaldatabase.h"
#include "journalrows.h"
#include "outputfiles.h"
#include "stepwriter.h"

#include <QList>
#include <QObject>

#include <functional>
#include <memory>
#include <optional>

class RequestTable;

// The owner's record: an append-only, hash-chained SQLite database in the data directory, with
// tables for reading derived from it in the same transaction. One agent per data directory.
// Directories 0700, files 0600; a symbolic link in their place is refused.
//   journal.db   the chain (table "journal") and the tables derived from it
//   head         sequence number and hash of the newest row, so that a cut-off end is seen
//   outputs/     <request>.out and <request>.err
//   lock         held while the journal is open; the process id of its holder, for people
// A step that cannot be written is refused, and tried again by whoever asked for it; but the end of
// a request is kept in memory and written when that is possible again.
class Journal final : public QObject
{
    Q_OBJECT

public:
    struct Retention
    {
        int days = 90;
        qint64 bytes = 512LL * 1024 * 1024; // database and outputs
    };

    using Clock = std::function<QDateTime()>; // what time it is
    // What open() does with requests that a former agent left alive: ends them as "interrupted", or
    // leaves that to the next agent, which has to tell their requesters.
    enum class Alive { End, Leave };

    explicit Journal(QObject *parent = nullptr);
    explicit Journal(const Clock &clock, QObject *parent = nullptr);
    ~Journal() override;

    // Makes the directory and what is missing. A damaged database is moved aside and a new chain
    // begins that names the old file's hash.
    // False with one line that says what to do: directory not ours, in use by another agent, …
    [[nodiscard]] bool open(const QString &directory, QString *errorString,
                            Alive alive = Alive::End);
    void close();

    [[nodiscard]] QString directory() const;
    [[nodiscard]] QString outputDirectory() const;
    // The directory was writable by others when it was opened, and what is in it may be theirs.
    [[nodiscard]] bool wasOpenToOthers() const { return m_store.directory().wasOpenToOthers(); }
    // The same for a command that is to run: made again when somebody has removed it. Empty, with a
    // warning in the log, when it cannot be used.
    [[nodiscard]] QString openOutputDirectory() const;
    [[nodiscard]] QString warning() const; // what open() found and mended; empty: nothing
    [[nodiscard]] bool isWritable() const; // the last write succeeded
    [[nodiscard]] QString errorString() const; // why not, one line
    [[nodiscard]] SqlConnection *connection(); // for the outbox

    // Each writes one row of the chain and what follows from it, in one transaction, and is false
    // when that could not be written; then nothing of it is there. Also false, without becoming
    // unwritable, for a step of a request that has ended or was never received.
    // A message that is no request: parse refusals have a Request with a name but no command.
    [[nodiscard]] bool received(const Request &request, const QString &scope,
                                const QByteArray &message);
    // received() and approved() in one.
    [[nodiscard]] bool receivedApproved(const Request &request, const QString &scope,
                                        const QByteArray &message, const QString &by);
    [[nodiscard]] bool awaiting(const QString &name);
    // by: "user", "rule", "window", "all". On disk when it returns; of the others a power cut may
    // take the last ones, a crash of the agent none.
    [[nodiscard]] bool approved(const Request &request, const QString &by);
    [[nodiscard]] bool running(const QString &name);
    [[nodiscard]] bool pendingSent(const QString &name);
    // outputSha256, errorSha256: hex digests of the files; empty: none. When it cannot be written
    // it is kept, and views already show it; at most 256.
    [[nodiscard]] bool ended(const Request &request, const Outcome &outcome,
                             const QByteArray &outputSha256 = {},
                             const QByteArray &errorSha256 = {});
    // Anything else: "agent", "link", "event", "settings", "rule", "outbox", …: letters, digits,
    // '-'; not "chain" and "checkpoint", which are the journal's own. Durable: it survives a loss
    // of power, as does all before it.
    [[nodiscard]] bool note(const QString &kind, const QJsonObject &data, bool durable = false);

    // The requests that open() found alive and ended as Interrupted.
    [[nodiscard]] QList<RequestRow> interrupted() const;

    [[nodiscard]] std::optional<RequestRow> request(const QString &name) const;
    [[nodiscard]] QList<RequestRow> requests(const RequestFilter &filter) const; // newest first
    [[nodiscard]] std::optional<RequestRow> requestAt(qint64 serial) const;
    // The serial of the first request that was received then or later (invalid: of the oldest);
    // beyond all others when there is none.
    [[nodiscard]] qint64 firstSerial(const QDateTime &since = {}) const;
    // The newest run of exactly that command with from <= serial < before. A range of 100,000
    // serials takes some milliseconds.
    [[nodiscard]] std::optional<RequestRow> previousRun(const QByteArray &command, qint64 before,
                                                        qint64 from) const;
    [[nodiscard]] QList<JournalEntry> entries(const QString &kind, qint64 beforeSeq,
                                              int limit) const;
    // Among the last so many rows: there is no index of kinds, and all of them take their time.
    [[nodiscard]] std::optional<JournalEntry> newest(const QString &kind, qint64 rows) const;
    // The outcome of an ended request with head and tail of its outputs read back from their files.
    [[nodiscard]] Outcome outcome(const RequestRow &row) const;

    // Removes some of what is older or more than that, from the beginning of the chain up to the
    // first request that is alive, leaving a checkpoint row that still verifies. Takes a few
    // milliseconds; more: call it again, after the event loop had its turn.
    [[nodiscard]] bool prune(const Retention &retention, bool *more = nullptr);

Q_SIGNALS:
    void requestChanged(const QString &name); // a row of requests() is new or has changed
    void entryAdded(const QString &kind);
    void writableChanged(bool writable);

private:
    [[nodiscard]] bool write(const QList<StepWriter::Step> &steps);
    void endInterrupted();
    [[nodiscard]] StepWriter::Step stepReceived(const Request &request, const QString &scope,
                                                const QByteArray &message) const;
    [[nodiscard]] StepWriter::Change insertion(const Request &request, const QString &scope,
                                               const QDateTime &time, RequestState state,
                                               const QString &by) const;
    [[nodiscard]] StepWriter::Step stepApproved(const Request &request, const QString &by) const;
    [[nodiscard]] StepWriter::Step stepOf(const QString &name, RequestState state,
                                          const QString &by = {}) const;
    [[nodiscard]] StepWriter::Step endOf(const QString &name, const Outcome &outcome,
                                         const QJsonObject &data) const;
    [[nodiscard]] RequestRow withOwed(const RequestRow &row) const;

    Clock m_clock;
    JournalDatabase m_store;
    std::unique_ptr<RequestTable> m_table; // these two while it is open
    std::unique_ptr<StepWriter> m_writer;
    OutputFiles m_outputs;
    QList<RequestRow> m_interrupted;
};
