// SPDX-License-Identifier: Apache-2.0
#include "activerequest.h"

#include "commandrunner.h"
#include "journal.h"
#include "warmspare.h"

using namespace std::chrono;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

ActiveRequest::ActiveRequest(const Request &request, const QString &scope, Journal *journal,
                             WarmSpare *spare, QObject *parent)
    : QObject(parent), m_request(request), m_scope(scope), m_journal(journal), m_spare(spare),
      m_receivedAt(QDateTime::currentDateTimeUtc())
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
    m_approvalDeadline.start(deadline);
    setState(RequestState::AwaitingApproval);
}

void ActiveRequest::setOwnerAtWork(bool atWork)
{
    if (m_state != RequestState::AwaitingApproval || atWork == m_heldRemaining.has_value())
        return;
    if (atWork) {
        m_heldRemaining = m_approvalDeadline.remaining();
        m_approvalDeadline.start(*m_heldRemaining + m_holdLeft);
    } else {
        m_holdLeft = m_approvalDeadline.remaining() - *m_heldRemaining;
        m_approvalDeadline.start(*m_heldRemaining);
        m_heldRemaining.reset();
    }
}

bool ActiveRequest::receive(const QByteArray &message)
{
    return m_journal->received(m_request, m_scope, message);
}

bool ActiveRequest::receiveApproved(const QByteArray &message, const QString &by,
                                    const CommandJob &job)
{
    Q_ASSERT(job.command == m_request.command);
    if (!m_journal->receivedApproved(m_request, m_scope, message, by))
        return false;
    run(by, job);
    return true;
}

bool ActiveRequest::approve(const QString &by, const QByteArray &sha256, const CommandJob &job,
                            QString *errorString)
{
    expireWhenDue();
    if (m_state != RequestState::AwaitingApproval && m_state != RequestState::Received) {
        *errorString =
            tr("Request %1 is no longer valid: it is %2.").arg(m_request.name, stateName(m_state));
        return false;
    }
    if (sha256 != m_request.commandSha256() || job.command != m_request.command) {
        *errorString =
            tr("The decision was about another command than that of request %1: look at it "
               "again.")
                .arg(m_request.name);
        return false;
    }
    if (!m_journal->approved(m_request, by)) {
        *errorString = m_journal->errorString();
        return false;
    }
    run(by, job);
    return true;
}

void ActiveRequest::run(const QString &by, const CommandJob &job)
{
    m_by = by;
    m_approvalDeadline.stop();
    m_heldRemaining.reset();
    m_runner = new CommandRunner(job, m_spare->take(), this);
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
    if (m_state == RequestState::AwaitingApproval && m_approvalDeadline.remaining() == 0ms)
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
    if (hasEnded(m_state) || m_runner)
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
    m_replyOpen = false;
}

void ActiveRequest::handleFinished(const Outcome &outcome)
{
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
    if (!m_journal->ended(m_request, outcome, outputSha256, errorSha256))
        outcome.detail += (outcome.detail.isEmpty() ? ""_L1 : "; "_L1) + m_journal->errorString();
    setState(outcome.state);
    Q_EMIT ended(outcome);
}
