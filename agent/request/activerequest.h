// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deadline.h"
#include "outcome.h"
#include "request.h"

#include <QDateTime>
#include <QObject>
#include <QPointer>

#include <chrono>

class ApprovalGate;
class ApprovedJob;
class CommandRunner;
class Journal;
class WarmSpare;

// One live request, from its arrival to its end: approval deadline, reply budget, its runner and
// its one reply. It writes each step to the journal before it acts on it, and runs nothing but what
// the gate lets through. Deleted by the agent a turn after ended().
class ActiveRequest final : public QObject
{
    Q_OBJECT

public:
    // scope: "host:port/application" that it came from. The gate has received the request. spare:
    // where its supervisor comes from.
    ActiveRequest(const Request &request, const QString &scope, ApprovalGate *gate,
                  Journal *journal, WarmSpare *spare, QObject *parent = nullptr);
    ~ActiveRequest() override;

    [[nodiscard]] const Request &request() const { return m_request; }
    [[nodiscard]] const QString &scope() const { return m_scope; }
    [[nodiscard]] RequestState state() const { return m_state; }
    [[nodiscard]] QDateTime receivedAt() const { return m_receivedAt; } // UTC
    [[nodiscard]] QString decidedBy() const { return m_by; } // empty before a decision
    // Its requester was told "pending", so that the link may come and go.
    [[nodiscard]] bool isPending() const { return m_pendingSent; }
    [[nodiscard]] bool canBeAnswered() const { return m_replyOpen; }
    [[nodiscard]] std::chrono::milliseconds approvalRemaining() const;
    [[nodiscard]] std::chrono::milliseconds approvalTotal() const { return m_approvalTotal; }
    [[nodiscard]] CommandRunner *runner() const { return m_runner; } // null before it runs

    void startReplyBudget(std::chrono::milliseconds budget);
    // AwaitingApproval until approve(), deny() or the deadline.
    void await(std::chrono::milliseconds deadline);
    // Holds the deadline while the owner works in the prompt; in all at most as long as the
    // deadline.
    void setOwnerAtWork(bool atWork);

    // Records it as received. message: as it came. False when that could not be written.
    [[nodiscard]] bool receive(const QByteArray &message);
    // The same together with an approval that nobody was asked for, which is half the time of
    // one after the other; then it runs.
    [[nodiscard]] bool receiveApproved(const QByteArray &message, const QString &by);
    // Records the approval on disk, then runs the command. sha256 is that of the command that the
    // decision was about. False, with one line, when the request is no longer valid, the hash is
    // another's, or the decision could not be recorded: then nothing runs.
    bool approve(const QString &by, const QByteArray &sha256, QString *errorString);
    bool deny(const QString &by, const QString &reason);
    // Ends it as Stopped or Cancelled, whether it waits or runs. False when it is settled already
    // that it ends otherwise.
    bool stop(RequestState end);
    // Ends it as Busy, Invalid or Withdrawn, which never ran.
    void end(RequestState state, const QString &by = {}, const QString &detail = {});
    // Its requester was told "pending": the outcome will be a result event.
    void markPending();
    // The link can take no reply for it any more; the outcome will be a result event.
    void closeReply();

Q_SIGNALS:
    void stateChanged();
    void replyDue(); // the budget is over: the agent answers "pending"
    void ended(const Outcome &outcome);

private:
    void startDeadline(std::chrono::milliseconds in);
    void expireWhenDue();
    void run(const QString &by, ApprovedJob job);
    void setState(RequestState state);
    void finish(const Outcome &outcome);
    void handleFinished(const Outcome &outcome);

    Request m_request;
    QString m_scope;
    ApprovalGate *m_gate;
    Journal *m_journal;
    WarmSpare *m_spare;
    CommandRunner *m_runner = nullptr;
    QDateTime m_receivedAt;
    RequestState m_state = RequestState::Received;
    QString m_by;
    std::chrono::milliseconds m_approvalTotal{0};
    Deadline m_approvalDeadline;
    Deadline m_replyBudget;
    // While the owner works in the prompt: what was left when that began, and how long it may last.
    std::optional<std::chrono::milliseconds> m_heldRemaining;
    std::chrono::milliseconds m_holdLeft{0};
    bool m_pendingSent = false;
    bool m_replyOpen = true;
};
