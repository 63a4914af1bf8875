// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "approvedjob.h"
#include "deadline.h"
#include "request.h"
#include "runrate.h"
#include "settings.h"

#include <QCoreApplication>
#include <QHash>

#include <functional>
#include <optional>

struct Rule;

// Every execution passes here. The gate knows each live request and what would be run for it. It
// says what becomes of one that has just come, and lets one through when owner, rule, window or
// mode approve it: exactly what was shown, once, only while it is alive, and only after the
// decision was recorded. It knows no link, journal, process or timer.
class ApprovalGate final
{
    Q_DECLARE_TR_FUNCTIONS(ApprovalGate)

public:
    // How things stand.
    struct Conditions
    {
        Settings::Approval approval = Settings::Approval::Ask;
        Settings::Locked locked = Settings::Locked::Hold;
        bool isOwnerPresent = true;
        bool mayBeAutomatic = true; // if not, nothing is approved without asking
        bool isEnding = false; // the agent: nothing is started any more
        int maxAwaiting = 8;
        int maxRunning = 4;
        int automaticRuns = 10; // by rule or window, a minute
    };
    struct Verdict
    {
        RequestState state; // Approved, AwaitingApproval, Denied or Busy
        QString by = {}; // "rule", "window", "all", "policy"; empty: the owner will say

        friend bool operator==(const Verdict &, const Verdict &) = default;
    };
    using UseRule = std::function<bool(const QString &id)>; // false: the rule may not be used
    using Record = std::function<bool()>; // true once the decision is on disk
    using Clock = std::function<BootClock::time_point()>;

    explicit ApprovalGate(UseRule useRule, Clock clock = BootClock::now);

    void setConditions(const Conditions &conditions); // whoever goes away ends the window
    // Whoever would have to be asked is not asked now.
    [[nodiscard]] bool deniesUnasked() const;

    void openWindow(std::chrono::milliseconds length); // everything is approved until then
    void endWindow() { m_windowEnd.reset(); }

    // A request has come. job: what would be run for it, which never changes. rule: the one that
    // decides about its command, or null. Counts the automatic run and the use of the rule.
    [[nodiscard]] Verdict receive(const Request &request, const CommandJob &job, const Rule *rule);
    // It waits for approve() from now on, or until another time; at most for twice the first one.
    void wait(const QString &request, std::chrono::milliseconds deadline);
    [[nodiscard]] bool isOver(const QString &request) const; // its deadline has passed
    // Whatever it writes goes into its reply alone; as long as it has not been let through.
    void discardOutput(const QString &request);
    // The end of its link does not concern it any more: it will be answered by an event.
    void release(const QString &request);
    // What came by this attach or an earlier one can no longer be approved, unless it was released.
    void loseLink(quint64 generation);
    [[nodiscard]] bool isLost(const QString &request) const; // with its link

    // Lets through what receive() has approved. Nothing: it is no longer valid, or was not
    // recorded.
    [[nodiscard]] std::optional<ApprovedJob> admit(const QString &request, const Record &record);
    // The owner approves what waits. sha256: of the command that was shown, in hex. Nothing, and
    // one line that says why; where record() fails, that is for record() to say.
    [[nodiscard]] std::optional<ApprovedJob> approve(const QString &request,
                                                     const QByteArray &sha256, const Record &record,
                                                     QString *errorString);
    // It ends without having run: denied, expired, withdrawn, … False: it is too late for that.
    [[nodiscard]] bool drop(const QString &request);
    void finished(const QString &request); // what was let through has ended

private:
    enum class Stage { Refused, Asked, Waiting, Granted, Recording, Passed };
    struct Ticket
    {
        RequestId id;
        CommandJob job; // moved out when it is let through
        Stage stage = Stage::Refused;
        QByteArray sha256 = {}; // of the command, once it waits
        BootClock::time_point due = {};
        BootClock::time_point latest = {};
        bool outlivesLink = false;
    };

    [[nodiscard]] Verdict decide(const Rule *rule);
    [[nodiscard]] Verdict ask() const;
    [[nodiscard]] QString automatic(const Rule *rule) const;
    [[nodiscard]] bool isLost(const Ticket &ticket) const;
    [[nodiscard]] int count(Stage first, Stage last) const;
    [[nodiscard]] QString obstacle(const QString &request, const QByteArray &sha256) const;
    [[nodiscard]] std::optional<ApprovedJob> letThrough(const QString &request,
                                                        const Record &record);

    UseRule m_useRule;
    Clock m_clock;
    Conditions m_conditions;
    RunRate m_automaticRuns;
    std::optional<BootClock::time_point> m_windowEnd;
    quint64 m_firstGeneration = 0; // all before it are lost
    QHash<QString, Ticket> m_tickets;
};
