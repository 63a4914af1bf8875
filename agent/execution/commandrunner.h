// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "approvedjob.h"
#include "deadline.h"
#include "outcome.h"
#include "outputtail.h"
#include "supervisor.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>

// Runs one command below the supervisor cometa-run and ends with every process of it gone.
// start() once; finished() follows exactly once, also when nothing could be started.
class CommandRunner final : public QObject
{
    Q_OBJECT

public:
    // supervisor: not running anything yet; it may have been started ahead.
    CommandRunner(ApprovedJob approved, std::unique_ptr<Supervisor> supervisor,
                  QObject *parent = nullptr);
    ~CommandRunner() override; // ends the command; the supervisor sees to it

    [[nodiscard]] const CommandJob &job() const { return m_job; }
    [[nodiscard]] bool isRunning() const { return m_isRunning; } // from start() to finished()
    [[nodiscard]] KeptOutput standardOutput() const { return m_output.kept(); } // so far
    [[nodiscard]] KeptOutput standardError() const { return m_error.kept(); }
    // Of the files, for the journal; valid after finished().
    [[nodiscard]] QByteArray outputSha256() const
    {
        return m_output.fileSha256();
    } // hex; empty without output
    [[nodiscard]] QByteArray errorSha256() const { return m_error.fileSha256(); }
    // Why the files do not hold all that they should; empty when they do.
    [[nodiscard]] QString fileError() const;

    void start();
    // Ends the command: TERM, 1 s, KILL, until nothing is left. finished() comes with this state
    // (Stopped or Cancelled). False, and without effect on the outcome, when the shell has ended
    // already; then only what it left behind is ended sooner.
    bool stop(RequestState end);

Q_SIGNALS:
    void started();
    void outputRead();
    void finished(const Outcome &outcome);

private:
    void handleShellEnded();
    void handleSupervisorEnded();
    [[nodiscard]] Outcome outcome() const;
    [[nodiscard]] QString detail() const;

    CommandJob m_job;
    OutputTail m_output;
    OutputTail m_error;
    std::unique_ptr<Supervisor> m_supervisor;
    Deadline m_timeLimit;
    std::optional<RequestState> m_end; // once it is settled how it ends
    bool m_isRunning = false;
};
