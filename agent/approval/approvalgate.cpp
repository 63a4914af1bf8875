// SPDX-License-Identifier: Apache-2.0
#include "approvalgate.h"

#include "rule.h"
#include "sha256.h"

#include <algorithm>
#include <utility>

using namespace std::chrono;
using namespace Qt::StringLiterals;

ApprovalGate::ApprovalGate(UseRule useRule, Clock clock)
    : m_useRule(std::move(useRule)), m_clock(std::move(clock))
{
}

void ApprovalGate::setConditions(const Conditions &conditions)
{
    m_conditions = conditions;
    if (!conditions.isOwnerPresent)
        endWindow();
}

bool ApprovalGate::deniesUnasked() const
{
    return m_conditions.approval == Settings::Approval::Rules
        || (!m_conditions.isOwnerPresent && m_conditions.locked == Settings::Locked::Deny);
}

void ApprovalGate::openWindow(milliseconds length)
{
    m_windowEnd = m_clock() + length;
}

ApprovalGate::Verdict ApprovalGate::receive(const Request &request, const CommandJob &job,
                                            const Rule *rule)
{
    const Rule *applying = rule && rule->command == job.command ? rule : nullptr;
    // What is shown is the request, what is run is the job.
    const bool isSame = job.command == request.command && job.requestName == request.name;
    const bool isNew = isSame && !m_tickets.contains(request.name);
    const Verdict verdict = isNew ? decide(applying) : Verdict{RequestState::Denied, u"policy"_s};
    Ticket ticket{.id = request.id, .job = job};
    if (verdict.state == RequestState::Approved)
        ticket.stage = Stage::Granted;
    else if (verdict.state == RequestState::AwaitingApproval)
        ticket.stage = Stage::Asked;
    if (!m_tickets.contains(request.name))
        m_tickets.insert(request.name, ticket);
    return verdict;
}

ApprovalGate::Verdict ApprovalGate::decide(const Rule *rule)
{
    if (rule && rule->verdict == Rule::Verdict::Deny) {
        const QString id = rule->id; // using it may be the end of it
        (void)m_useRule(id); // it denies, recorded or not
        return {RequestState::Denied, u"rule"_s};
    }
    const QString by = automatic(rule);
    if (by.isEmpty())
        return ask();
    if (m_conditions.isEnding || count(Stage::Granted, Stage::Passed) >= m_conditions.maxRunning)
        return {RequestState::Busy, by};
    if (by == "all"_L1)
        return {RequestState::Approved, by};
    if (!m_automaticRuns.take(m_conditions.automaticRuns, m_clock()))
        return m_conditions.approval == Settings::Approval::Rules ? Verdict{RequestState::Busy}
                                                                  : ask();
    if (by == "rule"_L1) {
        const QString id = rule->id; // using it may be the end of it
        if (!m_useRule(id))
            return ask();
    }
    return {RequestState::Approved, by};
}

QString ApprovalGate::automatic(const Rule *rule) const
{
    if (!m_conditions.mayBeAutomatic)
        return {};
    if (m_conditions.approval == Settings::Approval::All)
        return u"all"_s;
    if (rule)
        return u"rule"_s;
    return m_windowEnd && m_clock() < *m_windowEnd ? u"window"_s : QString();
}

ApprovalGate::Verdict ApprovalGate::ask() const
{
    if (deniesUnasked())
        return {RequestState::Denied, u"policy"_s};
    if (m_conditions.isEnding || count(Stage::Asked, Stage::Waiting) >= m_conditions.maxAwaiting)
        return {RequestState::Busy};
    return {RequestState::AwaitingApproval};
}

int ApprovalGate::count(Stage first, Stage last) const
{
    return static_cast<int>(
        std::count_if(m_tickets.cbegin(), m_tickets.cend(), [=](const Ticket &ticket) {
            return ticket.stage >= first && ticket.stage <= last;
        }));
}

void ApprovalGate::wait(const QString &request, milliseconds deadline)
{
    const auto ticket = m_tickets.find(request);
    if (ticket == m_tickets.end())
        return;
    const BootClock::time_point now = m_clock();
    if (ticket->stage == Stage::Asked) {
        ticket->stage = Stage::Waiting;
        ticket->sha256 = Sha256::hex(ticket->job.command);
        ticket->latest = now + 2 * deadline;
    } else if (ticket->stage != Stage::Waiting || isOver(request)) {
        return; // once is for ever
    }
    ticket->due = std::min(now + deadline, ticket->latest);
}

void ApprovalGate::discardOutput(const QString &request)
{
    const auto ticket = m_tickets.find(request);
    if (ticket == m_tickets.end())
        return;
    ticket->job.keepsOutput = false;
    ticket->job.outputDirectory.clear();
}

bool ApprovalGate::isOver(const QString &request) const
{
    const auto ticket = m_tickets.constFind(request);
    return ticket != m_tickets.cend() && ticket->stage == Stage::Waiting
        && m_clock() >= ticket->due;
}

void ApprovalGate::release(const QString &request)
{
    const auto ticket = m_tickets.find(request);
    if (ticket != m_tickets.end() && !isLost(*ticket))
        ticket->outlivesLink = true;
}

void ApprovalGate::loseLink(quint64 generation)
{
    endWindow();
    m_firstGeneration = std::max(m_firstGeneration, generation + 1);
}

bool ApprovalGate::isLost(const QString &request) const
{
    const auto ticket = m_tickets.constFind(request);
    return ticket != m_tickets.cend() && isLost(*ticket);
}

bool ApprovalGate::isLost(const Ticket &ticket) const
{
    return !ticket.outlivesLink && ticket.id.generation < m_firstGeneration;
}

std::optional<ApprovedJob> ApprovalGate::admit(const QString &request, const Record &record)
{
    const auto ticket = m_tickets.constFind(request);
    if (ticket == m_tickets.cend() || ticket->stage != Stage::Granted || isLost(*ticket)
        || m_conditions.isEnding)
        return std::nullopt;
    return letThrough(request, record);
}

std::optional<ApprovedJob> ApprovalGate::approve(const QString &request, const QByteArray &sha256,
                                                 const Record &record, QString *errorString)
{
    *errorString = obstacle(request, sha256);
    if (!errorString->isEmpty())
        return std::nullopt;
    std::optional<ApprovedJob> job = letThrough(request, record);
    if (!job && errorString->isEmpty())
        *errorString = obstacle(request, sha256);
    return job;
}

// Why the owner cannot approve it; empty when he can.
QString ApprovalGate::obstacle(const QString &request, const QByteArray &sha256) const
{
    const auto ticket = m_tickets.constFind(request);
    if (ticket == m_tickets.cend() || ticket->stage != Stage::Waiting || isLost(*ticket)
        || isOver(request))
        return tr("Request %1 is no longer valid: it does not wait for approval.").arg(request);
    if (m_conditions.isEnding)
        return tr("The agent is ending: nothing is started any more.");
    if (const int running = count(Stage::Granted, Stage::Passed);
        running >= m_conditions.maxRunning)
        return tr("%1 commands run already: stop one, or wait until one ends.").arg(running);
    if (sha256 != ticket->sha256)
        return tr("The decision was about another command than that of request %1: look at it "
                  "again.")
            .arg(request);
    return {};
}

std::optional<ApprovedJob> ApprovalGate::letThrough(const QString &request, const Record &record)
{
    // While it is recorded, slots may do anything: approve it once more, stop it, lose the link.
    const Stage before = std::exchange(m_tickets[request].stage, Stage::Recording);
    const bool isRecorded = record();
    const auto ticket = m_tickets.find(request);
    if (ticket == m_tickets.end())
        return std::nullopt;
    if (!isRecorded || isLost(*ticket)) {
        ticket->stage = isRecorded ? Stage::Refused : before;
        return std::nullopt;
    }
    ticket->stage = Stage::Passed;
    return ApprovedJob(std::move(ticket->job));
}

bool ApprovalGate::drop(const QString &request)
{
    const auto ticket = m_tickets.constFind(request);
    if (ticket == m_tickets.cend() || ticket->stage == Stage::Passed)
        return false;
    m_tickets.erase(ticket);
    return true;
}

void ApprovalGate::finished(const QString &request)
{
    const auto ticket = m_tickets.constFind(request);
    if (ticket != m_tickets.cend() && ticket->stage == Stage::Passed)
        m_tickets.erase(ticket);
}
