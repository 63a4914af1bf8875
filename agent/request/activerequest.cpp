// SPDX-License-Identifier: Apache-2.0
#include "activerequest.h"

#include "approvalgate.h"
#include "commandrunner.h"
#include "journal.h"
#include "warmspare.h"

using namespace std::chrono;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

ActiveRequest::ActiveRequest(const Request &request, const QString &scope, ApprovalGate *gate,
                             Journal *journal, WarmSpare *spare, QObject *parent)
    : QObject(parent), m_request(request), m_scope(scope), m_gate(gate), m_journal(journal),
      m_spare(spare), m_receivedAt(QDateTime::currentDateTimeUtc())
{
    connect(&m_replyBudget, &Deadline::expired, this, &ActiveRequest::replyDue);
    connect(&m_approvalDeadline, &Deadline::expired, this, [this] { end(RequestState::Expired); });
}

ActiveRequest::~ActiveRequest() = default;

milliseconds ActiveRequest::approvalRemaining() const
{
    return m_heldRemaining.value_or(m_approvalDeadline.remaining());
}

void ActiveRequest::startReplyBudget(milliseconds budget)
{
    m_replyBudget.start(budget);
}

void ActiveRequest::await(milliseconds deadline)
{
    if (!m_journal->awaiting(m_request.name))
        return end(RequestState::Failed, {}, m_journal->errorString());
    m_approvalTotal = deadline;
    m_holdLeft = deadline;
    startDeadline(deadline);
    setState(RequestState::AwaitingApproval);
}

// The gate knows when it is over; the timer only sees to it that this is told.
void ActiveRequest::startDeadline(milliseconds in)
{
    m_gate->wait(m_request.name, in);
    m_approvalDeadline.start(in);
}

void ActiveRequest::setOwnerAtWork(bool atWork)
{
    if (m_state != RequestState::AwaitingApproval || atWork == m_heldRemaining.has_value()
        || m_gate->isOver(m_request.name))
        return;
    if (atWork) {
        m_heldRemaining = m_approvalDeadline.remaining();
        startDeadline(*m_heldRemaining + m_holdLeft);
    } else {
        m_holdLeft = m_approvalDeadline.remaining() - *m_heldRemaining;
        startDeadline(*m_heldRemaining);
        m_heldRemaining.reset();
    }
}

bool ActiveRequest::receive(const QByteArray &message)
{
    return m_journal->received(m_request, m_scope, message);
}

bool ActiveRequest::receiveApproved(const QByteArray &message, const QString &by)
{
    std::optional<ApprovedJob> job = m_gate->admit(m_request.name, [&] {
        return m_journal->receivedApproved(m_request, m_scope, message, by);
    });
    if (!job)
        return false;
    run(by, std::move(*job));
    return true;
}

bool ActiveRequest::approve(const QString &by, const QByteArray &sha256, QString *errorString)
{
    expireWhenDue();
    if (hasEnded(m_state)) {
        *errorString =
            tr("Request %1 is no longer valid: it is %2.").arg(m_request.name, stateName(m_state));
        return false;
    }
    const ApprovalGate::Record record = [&] {
        if (m_journal->approved(m_request, by))
            return true;
        *errorString = m_journal->errorString();
        return false;
    };
    std::optional<ApprovedJob> job = m_gate->approve(m_request.name, sha256, record, errorString);
    if (!job)
        return false;
    run(by, std::move(*job));
    return true;
}

void ActiveRequest::run(const QString &by, ApprovedJob job)
{
    m_by = by;
    m_approvalDeadline.stop();
    m_heldRemaining.reset();
    m_runner = new CommandRunner(std::move(job), m_spare->take(), this);
    connect(m_runner, &CommandRunner::started, this, [this] {
        if (m_journal->running(m_request.name)) // if not, the end will say so
            setState(RequestState::Running);
    });
    connect(m_runner, &CommandRunner::finished, this, &ActiveRequest::handleFinished);
    setState(RequestState::Approved);
    m_runner->start();
}

bool ActiveRequest::deny(const QString &by, const QString &reason)
{
    expireWhenDue();
    if (m_state != RequestState::AwaitingApproval && m_state != RequestState::Received)
        return false;
    end(RequestState::Denied, by, reason);
    return true;
}

// After sleep a decision may be read before the event loop has come to the deadline.
void ActiveRequest::expireWhenDue()
{
    if (m_gate->isOver(m_request.name))
        end(RequestState::Expired);
}

bool ActiveRequest::stop(RequestState state)
{
    if (m_runner)
        return m_runner->stop(state);
    end(state);
    return m_state == state;
}

void ActiveRequest::end(RequestState state, const QString &by, const QString &detail)
{
    if (hasEnded(m_state) || !m_gate->drop(m_request.name))
        return;
    m_by = by;
    Outcome outcome;
    outcome.state = state;
    outcome.detail = detail;
    finish(outcome);
}

void ActiveRequest::markPending()
{
    m_pendingSent = true;
    closeReply();
}

void ActiveRequest::closeReply()
{
    m_replyOpen = false;
    m_gate->release(m_request.name);
}

void ActiveRequest::handleFinished(const Outcome &outcome)
{
    m_gate->finished(m_request.name);
    finish(outcome);
}

void ActiveRequest::setState(RequestState state)
{
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged();
}

void ActiveRequest::finish(const Outcome &ending)
{
    m_replyBudget.stop();
    m_approvalDeadline.stop();
    m_heldRemaining.reset();
    Outcome outcome = ending;
    outcome.by = m_by;
    const QByteArray outputSha256 = m_runner ? m_runner->outputSha256() : QByteArray();
    const QByteArray errorSha256 = m_runner ? m_runner->errorSha256() : QByteArray();
    const bool isRecorded = m_journal->ended(m_request, outcome, outputSha256, errorSha256);
    // One reason is enough for a failure, which may be that of the journal already.
    const bool hasReason = outcome.state == RequestState::Failed && !outcome.detail.isEmpty();
    if (!isRecorded && !hasReason)
        outcome.detail += (outcome.detail.isEmpty() ? ""_L1 : "; "_L1) + m_journal->errorString();
    setState(outcome.state);
    Q_EMIT ended(outcome);
}
