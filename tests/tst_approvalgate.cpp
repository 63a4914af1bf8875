// SPDX-License-Identifier: Apache-2.0
#include "approvalgate.h"
#include "rule.h"

#include <QTest>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Verdict = ApprovalGate::Verdict;

// One gate, the clock it looks at, and what it was told to record.
class TestApprovalGate final : public QObject
{
    Q_OBJECT

    std::optional<ApprovalGate> m_gate;
    ApprovalGate::Conditions m_conditions;
    BootClock::time_point m_now;
    QStringList m_used;
    bool m_isUsable = true;
    int m_recorded = 0;
    QString m_error;

    static Request request(const QByteArray &command, quint64 number = 1, quint64 generation = 1)
    {
        Request made;
        made.id = {generation, number};
        made.name = u"R%1"_s.arg(number);
        made.command = command;
        return made;
    }
    static CommandJob jobOf(const Request &request)
    {
        return {request.name, request.command, u"/home/anna"_s, 30s, 0, u"/outputs"_s};
    }
    static Rule ruleFor(const QByteArray &command, Rule::Verdict verdict)
    {
        Rule rule;
        rule.id = u"r1"_s;
        rule.verdict = verdict;
        rule.command = command;
        return rule;
    }
    Verdict receive(const Request &request, const Rule *rule = nullptr)
    {
        m_gate->setConditions(m_conditions);
        return m_gate->receive(request, jobOf(request), rule);
    }
    // Received, and it waits for 10 s.
    Request waiting(const QByteArray &command, quint64 number = 1)
    {
        const Request made = request(command, number);
        if (receive(made) != Verdict{RequestState::AwaitingApproval})
            qFatal("not to be asked about");
        m_gate->wait(made.name, 10s);
        return made;
    }
    ApprovalGate::Record recorder(bool works = true)
    {
        return [this, works] {
            ++m_recorded;
            return works;
        };
    }
    std::optional<CommandJob> approve(const Request &request)
    {
        std::optional<ApprovedJob> job =
            m_gate->approve(request.name, request.commandSha256(), recorder(), &m_error);
        return job ? std::optional(std::move(*job).take()) : std::nullopt;
    }

private Q_SLOTS:
    void init()
    {
        m_now = BootClock::time_point(1000s);
        m_conditions = {};
        m_used.clear();
        m_isUsable = true;
        m_recorded = 0;
        m_error.clear();
        m_gate.emplace(
            [this](const QString &id) {
                m_used.append(id);
                return m_isUsable;
            },
            [this] { return m_now; });
    }

    void P16_keepsNoOutputOfWhatIsToLeaveNone()
    {
        const Request asked = waiting("uptime");
        m_gate->discardOutput(asked.name);
        m_gate->discardOutput(u"unknown"_s);
        const std::optional<CommandJob> job = approve(asked);
        QVERIFY2(job, qPrintable(m_error));
        CommandJob expected = jobOf(asked);
        expected.keepsOutput = false;
        expected.outputDirectory.clear();
        QCOMPARE(*job, expected);
    }

    void P5_letsThroughWhatWasShownOnce()
    {
        const Request asked = waiting("uptime");
        const std::optional<CommandJob> job = approve(asked);
        QVERIFY2(job, qPrintable(m_error));
        QCOMPARE(*job, jobOf(asked));
        QCOMPARE(m_recorded, 1);
        QVERIFY(!approve(asked));
        QVERIFY2(m_error.contains(u"no longer valid"_s), qPrintable(m_error));
        QVERIFY(!m_gate->admit(asked.name, recorder()));
        QVERIFY(!m_gate->drop(asked.name));
        m_gate->finished(asked.name);
        QVERIFY(!approve(asked));
        QCOMPARE(m_recorded, 1);
    }

    void P3_wantsTheHashOfTheCommandShown()
    {
        const Request asked = waiting("uptime");
        const QByteArray other = request("uptime ").commandSha256();
        QVERIFY(!m_gate->approve(asked.name, other, recorder(), &m_error));
        QVERIFY2(m_error.contains(u"another command"_s), qPrintable(m_error));
        QVERIFY(!m_gate->approve(asked.name, {}, recorder(), &m_error));
        QCOMPARE(m_recorded, 0);
        QVERIFY(approve(asked));
    }

    void P3_refusesAJobThatIsNotTheRequests()
    {
        m_conditions.approval = Settings::Approval::All;
        m_gate->setConditions(m_conditions);
        const Request shown = request("uptime");
        CommandJob job = jobOf(shown);
        job.command = "reboot";
        QCOMPARE(m_gate->receive(shown, job, nullptr).state, RequestState::Denied);
        QVERIFY(!m_gate->admit(shown.name, recorder()));
        const Request second = request("uptime", 2);
        job = jobOf(second);
        job.requestName = u"R3"_s;
        QCOMPARE(m_gate->receive(second, job, nullptr).state, RequestState::Denied);
        QVERIFY(!m_gate->admit(second.name, recorder()));
    }

    void P7_takesANameOnce()
    {
        m_conditions.approval = Settings::Approval::All;
        const Request first = request("uptime");
        QCOMPARE(receive(first), (Verdict{RequestState::Approved, u"all"_s}));
        QVERIFY(m_gate->admit(first.name, recorder()));
        QCOMPARE(receive(first), (Verdict{RequestState::Denied, u"policy"_s}));
        QVERIFY(!m_gate->admit(first.name, recorder()));
        m_conditions.maxRunning = 1; // the first one still runs
        QCOMPARE(receive(request("id", 2)).state, RequestState::Busy);
        QCOMPARE(m_recorded, 1);
    }

    void P12_letsNothingThroughThatIsNotRecorded()
    {
        const Request asked = waiting("uptime");
        QVERIFY(!m_gate->approve(asked.name, asked.commandSha256(), recorder(false), &m_error));
        QCOMPARE(m_recorded, 1);
        QVERIFY(approve(asked)); // it can be recorded again
        m_conditions.approval = Settings::Approval::All;
        const Request second = request("id", 2);
        QCOMPARE(receive(second).state, RequestState::Approved);
        QVERIFY(!m_gate->admit(second.name, recorder(false)));
        QVERIFY(m_gate->drop(second.name));
    }

    void P5_doesNotLetThroughWhatEndsWhileItIsRecorded()
    {
        const Request asked = waiting("uptime");
        const auto stopping = [&] { return m_gate->drop(asked.name); };
        QVERIFY(!m_gate->approve(asked.name, asked.commandSha256(), stopping, &m_error));
        QVERIFY2(m_error.contains(u"no longer valid"_s), qPrintable(m_error));
        const Request second = waiting("id", 2);
        const auto losing = [&] {
            m_gate->loseLink(1);
            return true;
        };
        QVERIFY(!m_gate->approve(second.name, second.commandSha256(), losing, &m_error));
        QVERIFY2(m_error.contains(u"no longer valid"_s), qPrintable(m_error));
        QVERIFY(m_gate->drop(second.name));
    }

    void P5_decidesOnceWhileItIsRecorded()
    {
        const Request asked = waiting("uptime");
        std::optional<CommandJob> inner;
        const auto again = [&] {
            inner = approve(asked);
            return true;
        };
        QVERIFY(m_gate->approve(asked.name, asked.commandSha256(), again, &m_error));
        QVERIFY(!inner);
        QCOMPARE(m_recorded, 0);
    }

    void P5_endsWithTheDeadline()
    {
        const Request asked = waiting("uptime");
        m_now += 10s - 1ns;
        QVERIFY(!m_gate->isOver(asked.name));
        m_now += 1ns; // asleep or not
        QVERIFY(m_gate->isOver(asked.name));
        m_gate->wait(asked.name, 10s); // once is for ever
        QVERIFY(m_gate->isOver(asked.name));
        QVERIFY(!approve(asked));
        QCOMPARE(m_recorded, 0);
    }

    void P5_canBeHeldForTwiceTheDeadline()
    {
        const Request asked = waiting("uptime");
        m_now += 9s;
        m_gate->wait(asked.name, 60s);
        m_now += 11s - 1ns;
        QVERIFY(!m_gate->isOver(asked.name));
        m_now += 1ns;
        QVERIFY(m_gate->isOver(asked.name));
    }

    void P5_endsWithTheLinkUnlessReleased()
    {
        const Request withdrawn = waiting("uptime", 1);
        const Request pending = waiting("id", 2);
        m_gate->release(pending.name);
        m_gate->loseLink(1);
        QVERIFY(m_gate->isLost(withdrawn.name));
        QVERIFY(!m_gate->isLost(pending.name));
        m_gate->release(withdrawn.name); // too late
        QVERIFY(!approve(withdrawn));
        QVERIFY(m_gate->drop(withdrawn.name));
        QVERIFY(approve(pending));
        const Request next = request("who", 3, 2);
        QCOMPARE(receive(next).state, RequestState::AwaitingApproval);
        QVERIFY(!m_gate->isLost(next.name));
    }

    void P5_admitsNothingWhoseLinkWasLost()
    {
        m_conditions.approval = Settings::Approval::All;
        const Request asked = request("uptime");
        QCOMPARE(receive(asked).state, RequestState::Approved);
        m_gate->loseLink(1);
        QVERIFY(!m_gate->admit(asked.name, recorder()));
        QCOMPARE(m_recorded, 0);
    }

    void P4_approvesNothingThatDoesNotWait()
    {
        const Request asked = request("uptime");
        QCOMPARE(receive(asked).state, RequestState::AwaitingApproval);
        QVERIFY(!approve(asked)); // nobody has seen it
        QVERIFY(!m_gate->approve(asked.name, {}, recorder(), &m_error));
        QVERIFY(!m_gate->admit(asked.name, recorder()));
        QVERIFY(!approve(request("uptime", 7))); // nobody knows it
        m_gate->wait(u"R7"_s, 10s);
        const Request denied = waiting("id", 2);
        QVERIFY(m_gate->drop(denied.name));
        QVERIFY(!m_gate->drop(denied.name));
        QVERIFY(!approve(denied));
        QCOMPARE(m_recorded, 0);
    }

    void P4_asksNobodyWhoIsAway()
    {
        m_conditions.isOwnerPresent = false;
        QCOMPARE(receive(request("a", 1)).state, RequestState::AwaitingApproval);
        m_conditions.locked = Settings::Locked::Deny;
        QCOMPARE(receive(request("a", 2)), (Verdict{RequestState::Denied, u"policy"_s}));
        QVERIFY(m_gate->deniesUnasked());
        m_gate->wait(u"R2"_s, 10s); // what was refused does not wait
        QVERIFY(!approve(request("a", 2)));
        m_conditions = {};
        m_conditions.approval = Settings::Approval::Rules;
        QCOMPARE(receive(request("a", 3)), (Verdict{RequestState::Denied, u"policy"_s}));
    }

    void P10_boundsWhatWaitsAndRuns()
    {
        m_conditions.maxAwaiting = 1;
        m_conditions.maxRunning = 1;
        const Request first = waiting("a", 1);
        QCOMPARE(receive(request("b", 2)), Verdict{RequestState::Busy});
        QVERIFY(approve(first));
        const Request third = waiting("c", 3);
        QVERIFY(!approve(third));
        QVERIFY2(m_error.startsWith(u"1 commands run already"_s), qPrintable(m_error));
        m_conditions.approval = Settings::Approval::All;
        QCOMPARE(receive(request("d", 4)), (Verdict{RequestState::Busy, u"all"_s}));
        m_gate->finished(first.name);
        QVERIFY(approve(third));
    }

    void startsNothingWhenTheAgentEnds()
    {
        const Request asked = waiting("a", 1);
        m_conditions.approval = Settings::Approval::All;
        const Request granted = request("b", 2);
        QCOMPARE(receive(granted).state, RequestState::Approved);
        m_conditions.isEnding = true;
        QCOMPARE(receive(request("c", 3)).state, RequestState::Busy);
        QVERIFY(!approve(asked));
        QVERIFY2(m_error.contains(u"ending"_s), qPrintable(m_error));
        QVERIFY(!m_gate->admit(granted.name, recorder()));
        m_conditions.approval = Settings::Approval::Ask;
        QCOMPARE(receive(request("d", 4)).state, RequestState::Busy);
    }

    void P13_aRuleDecidesAboutItsBytesOnly()
    {
        const Rule allow = ruleFor("uptime", Rule::Verdict::Allow);
        QCOMPARE(receive(request("uptime", 1), &allow),
                 (Verdict{RequestState::Approved, u"rule"_s}));
        QCOMPARE(m_used, QStringList{u"r1"_s});
        QVERIFY(m_gate->admit(u"R1"_s, recorder()));
        QCOMPARE(receive(request("uptime ", 2), &allow).state, RequestState::AwaitingApproval);
        const Rule deny = ruleFor("uptime", Rule::Verdict::Deny);
        m_conditions.approval = Settings::Approval::All;
        QCOMPARE(receive(request("uptime", 3), &deny), (Verdict{RequestState::Denied, u"rule"_s}));
        QCOMPARE(m_used.size(), 2);
        m_isUsable = false;
        QCOMPARE(receive(request("uptime", 4), &deny), (Verdict{RequestState::Denied, u"rule"_s}));
    }

    void P13_aRuleThatMayNotBeUsedAsks()
    {
        m_isUsable = false;
        const Rule allow = ruleFor("uptime", Rule::Verdict::Allow);
        QCOMPARE(receive(request("uptime"), &allow), Verdict{RequestState::AwaitingApproval});
        QVERIFY(!m_gate->admit(u"R1"_s, recorder()));
    }

    void PO_08_boundsAutomaticRunsInAMinute()
    {
        m_conditions.automaticRuns = 1;
        const Rule allow = ruleFor("a", Rule::Verdict::Allow);
        QCOMPARE(receive(request("a", 1), &allow).state, RequestState::Approved);
        QCOMPARE(receive(request("a", 2), &allow), Verdict{RequestState::AwaitingApproval});
        m_conditions.approval = Settings::Approval::Rules;
        QCOMPARE(receive(request("a", 3), &allow), Verdict{RequestState::Busy});
        QCOMPARE(m_used.size(), 1); // nothing is used up by what does not run
        m_now += 60s;
        QCOMPARE(receive(request("a", 4), &allow).state, RequestState::Approved);
    }

    void P14_approvesNothingByItselfInTheClear()
    {
        const Rule allow = ruleFor("a", Rule::Verdict::Allow);
        m_conditions.mayBeAutomatic = false;
        m_gate->openWindow(60s);
        QCOMPARE(receive(request("a", 1), &allow).state, RequestState::AwaitingApproval);
        m_conditions.approval = Settings::Approval::All;
        QCOMPARE(receive(request("a", 2)).state, RequestState::AwaitingApproval);
        const Rule deny = ruleFor("a", Rule::Verdict::Deny);
        QCOMPARE(receive(request("a", 3), &deny).state, RequestState::Denied);
    }

    void aWindowEndsByClockClickLinkAndLock()
    {
        const Verdict byWindow{RequestState::Approved, u"window"_s};
        const Verdict asks{RequestState::AwaitingApproval};
        m_conditions.maxRunning = 100;
        m_gate->openWindow(60s);
        QCOMPARE(receive(request("a", 1)), byWindow);
        m_now += 60s;
        QCOMPARE(receive(request("a", 2)), asks);
        m_gate->openWindow(60s);
        m_conditions.isOwnerPresent = false;
        QCOMPARE(receive(request("a", 3)), asks);
        m_conditions.isOwnerPresent = true;
        QCOMPARE(receive(request("a", 4)), asks); // it does not open again by itself
        m_gate->openWindow(60s);
        QCOMPARE(receive(request("a", 5)), byWindow);
        m_gate->endWindow();
        QCOMPARE(receive(request("a", 6)), asks);
        m_gate->openWindow(60s);
        m_gate->loseLink(1);
        QCOMPARE(receive(request("a", 7, 2)), asks);
    }
};

QTEST_GUILESS_MAIN(TestApprovalGate)
#include "tst_approvalgate.moc"
