// SPDX-License-Identifier: Apache-2.0
// The way of a request through the agent: message, decision, reply. The rest is in agent.cpp.
#include "agent.h"

#include "commandrunner.h"
#include "eventsender.h"
#include "hostname.h"
#include "knownservers.h"
#include "reply.h"
#include "requestparser.h"

#include <QDir>

#include <algorithm>
#include <limits>

using namespace std::chrono;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr double BudgetShare = 0.7; // of the server's time-out
constexpr milliseconds DefaultBudget = 20s; // the shortest server time-out we assume is 30 s
constexpr milliseconds LowestBudget = 2s; // of the learnt ones
constexpr qsizetype RememberedNames = 256;

milliseconds share(milliseconds time)
{
    return duration_cast<milliseconds>(time * BudgetShare);
}

} // namespace

void Agent::handleStateChanged(CometaClient::State state)
{
    if (m_client.isEncrypted()) // its certificate was verified, whatever it answers
        m_knownServers->add(normalisedHost(m_settings.server));
    if (state == CometaClient::State::Attached) {
        m_names.clear();
        m_isInTheClear = !m_client.isEncrypted() && !m_client.isLoopback();
        prepareSpare();
    } else {
        endWindow();
    }
    m_linkLog.write(state, scope());
    Q_EMIT stateChanged();
}

void Agent::handleMessage(RequestId id, const QByteArray &message)
{
    const std::variant<Request, Refusal> parsed = parseRequest(message, m_settings.acceptText);
    if (const auto *refusal = std::get_if<Refusal>(&parsed))
        return refuse(id, message, *refusal);
    Request request = std::get<Request>(parsed);
    request.id = id;
    request.name = Request::newName();
    switch (request.kind) {
    case Request::Kind::Command:
        return handleCommand(request, message);
    case Request::Kind::Status:
    case Request::Kind::Result:
        return handleQuery(request);
    case Request::Kind::Cancel:
        return handleCancel(request);
    }
}

void Agent::refuse(RequestId id, const QByteArray &message, const Refusal &refusal)
{
    Request request;
    request.id = id;
    request.name = Request::newName();
    Outcome outcome;
    outcome.state = RequestState::Invalid;
    outcome.detail = refusal.detail;
    if (m_journal.received(request, scope(), message))
        (void)m_journal.ended(request, outcome);
    m_client.reply(id, Reply::refused(request.name, refusal));
}

void Agent::handleQuery(const Request &request)
{
    if (request.kind == Request::Kind::Status) {
        Reply::Status status;
        status.version = QStringLiteral(COMETA_VERSION);
        status.approval = approvalName(m_settings.approval);
        status.windowUntil = m_windowUntil;
        status.awaiting = awaitingCount();
        status.running = runningCount();
        status.answerable = m_settings.approval == Settings::Approval::Ask;
        m_client.reply(request.id, Reply::status(status, request.requesterId));
        return;
    }
    const ActiveRequest *active = this->request(request.target);
    const std::optional<RequestRow> row = m_journal.request(request.target);
    if (!row || row->scope != scope() || (!active && !hasEnded(row->state)))
        m_client.reply(request.id, Reply::unknown(request.target, request.requesterId));
    else if (active)
        m_client.reply(request.id, Reply::pending(active->request(), active->state()));
    else
        m_client.reply(request.id,
                       Reply::json(row->request, m_journal.outcome(*row), m_settings.replyLimit));
}

void Agent::handleCancel(const Request &request)
{
    ActiveRequest *active = this->request(request.target);
    if (!active || active->scope() != scope())
        return handleQuery(request);
    Request cancelled = active->request();
    cancelled.requesterId = request.requesterId;
    Outcome outcome;
    outcome.state = RequestState::Cancelled;
    const bool isCancelled = active->stop(RequestState::Cancelled);
    // Its shell may have ended already, so that how it ends is settled but not told yet.
    m_client.reply(request.id,
                   isCancelled ? Reply::json(cancelled, outcome)
                               : Reply::pending(cancelled, RequestState::Running));
}

void Agent::handleCommand(const Request &request, const QByteArray &message)
{
    auto *active = new ActiveRequest(request, scope(), &m_gate, &m_journal, &m_spare, this);
    connect(active, &ActiveRequest::stateChanged, this,
            [this, active] { Q_EMIT requestChanged(active); });
    connect(active, &ActiveRequest::replyDue, this, [this, active] { handleReplyDue(active); });
    connect(active, &ActiveRequest::ended, this,
            [this, active](const Outcome &outcome) { handleEnded(active, outcome); });
    const Rule *rule = m_rules.match(request.command, scope());
    m_gate.setConditions(conditions());
    const ApprovalGate::Verdict verdict = m_gate.receive(request, jobOf(request, rule), rule);
    m_requests.append(active);
    if (m_names.size() >= RememberedNames)
        forgetAnswered();
    m_names.insert(request.id, request.name);
    Q_EMIT requestAdded(active);
    if (hasEnded(active->state()))
        return; // a slot has stopped it
    active->startReplyBudget(replyBudget());
    const bool runs = verdict.state == RequestState::Approved && !m_gate.isLost(request.name);
    const bool isTaken =
        runs ? active->receiveApproved(message, verdict.by) : active->receive(message);
    if (m_gate.isLost(request.name)) // a slot has ended the link
        active->end(RequestState::Withdrawn);
    else if (!isTaken)
        active->end(RequestState::Failed, {}, m_journal.errorString());
    else if (verdict.state == RequestState::AwaitingApproval)
        active->await(m_settings.approvalDeadline);
    else if (!runs)
        active->end(verdict.state, verdict.by);
}

// When there is time: a command that comes later finds its supervisor waiting.
void Agent::prepareSpare()
{
    if (!m_isShuttingDown)
        m_spare.prepare();
}

// rule: about its command, whether it decides in the end or the owner; null: none.
CommandJob Agent::jobOf(const Request &request, const Rule *rule) const
{
    CommandJob job;
    job.requestName = request.name;
    job.command = request.command;
    job.workingDirectory = QDir::homePath();
    job.keepsOutput = !rule || rule->keepsOutput;
    if (job.keepsOutput)
        job.outputDirectory = m_journal.openOutputDirectory();
    job.timeLimit = m_settings.timeLimit;
    job.processLimit = m_settings.processLimit;
    if (request.timeout > 0s)
        job.timeLimit = std::min(job.timeLimit, request.timeout);
    return job;
}

bool Agent::approve(const QString &name, const QByteArray &sha256, QString *errorString)
{
    ActiveRequest *active = request(name);
    if (!active) {
        *errorString =
            tr("Request %1 is no longer valid: it does not wait for approval.").arg(name);
        return false;
    }
    m_gate.setConditions(conditions());
    // The rule may have been made while it waited.
    const Rule *rule = m_rules.match(active->request().command, active->scope());
    if (rule && !rule->keepsOutput)
        m_gate.discardOutput(name);
    return active->approve(u"user"_s, sha256, errorString);
}

bool Agent::deny(const QString &name, const QString &reason, QString *errorString)
{
    ActiveRequest *active = request(name);
    if (!active || !active->deny(u"user"_s, reason)) {
        *errorString =
            tr("Request %1 is no longer valid: it does not wait for approval.").arg(name);
        return false;
    }
    return true;
}

bool Agent::stop(const QString &name, QString *errorString)
{
    ActiveRequest *active = request(name);
    if (!active) {
        *errorString = tr("Request %1 does not wait or run.").arg(name);
        return false;
    }
    active->stop(RequestState::Stopped);
    return true;
}

milliseconds Agent::replyBudget() const
{
    const milliseconds told = share(m_client.serverTimeout()); // 0: not told
    milliseconds budget = m_settings.replyBudget ? *m_settings.replyBudget : DefaultBudget;
    if (told > 0ms)
        budget = m_settings.replyBudget ? std::min(budget, told) : told;
    return std::min(budget, m_learntBudget.value_or(budget));
}

void Agent::handleReplyDue(ActiveRequest *request)
{
    if (!request->canBeAnswered())
        return;
    // On disk first: if we die now, its requester is owed an event.
    if (m_journal.pendingSent(request->request().name)
        && m_client.reply(request->request().id,
                          Reply::pending(request->request(), request->state())))
        request->markPending();
}

void Agent::handleEnded(ActiveRequest *request, const Outcome &outcome)
{
    const Request &asked = request->request();
    const bool answered = request->canBeAnswered()
        && m_client.reply(asked.id, Reply::ended(asked, outcome, m_settings.replyLimit));
    if (!answered && outcome.state != RequestState::Withdrawn)
        sendResult(asked, request->scope(), outcome);
    m_requests.removeOne(request);
    Q_EMIT requestEnded(request, outcome);
    request->deleteLater();
    prepareSpare();
    if (m_isShuttingDown && m_requests.isEmpty())
        m_client.detach();
}

// Replies go out in the order of their requests: before the oldest that is open all have gone.
void Agent::forgetAnswered()
{
    quint64 oldest = std::numeric_limits<quint64>::max();
    for (const ActiveRequest *request : std::as_const(m_requests)) {
        if (request->canBeAnswered())
            oldest = std::min(oldest, request->request().id.number);
    }
    m_names.removeIf([oldest](const auto &entry) { return entry.key().number < oldest; });
}

void Agent::handleAbandoned(RequestId id, CometaClient::Abandoned why, milliseconds age)
{
    if (why == CometaClient::Abandoned::ServerGaveUp)
        m_learntBudget = std::max(LowestBudget, std::min(share(age), replyBudget()));
    if (why == CometaClient::Abandoned::LinkLost)
        m_gate.loseLink(id.generation);
    const QString name = m_names.value(id);
    ActiveRequest *active = request(name);
    if (active && active->state() == RequestState::AwaitingApproval
        && why == CometaClient::Abandoned::LinkLost)
        return active->end(RequestState::Withdrawn);
    if (active)
        return active->closeReply();
    // Its reply was given but could not go out before those of earlier requests.
    const std::optional<RequestRow> row = name.isEmpty() ? std::nullopt : m_journal.request(name);
    if (row && hasEnded(row->state))
        sendResult(row->request, row->scope, m_journal.outcome(*row));
}

void Agent::sendResult(const Request &request, const QString &scope, const Outcome &outcome)
{
    const Outcome told = outcome.keepsOutput ? outcome : outcome.withoutOutput();
    if (!m_events->add(Outbox::Kind::Result, scope, Reply::resultEvent(request, told)))
        Q_EMIT stateChanged(); // the journal's problem is shown
}
