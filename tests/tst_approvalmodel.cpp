// SPDX-License-Identifier: Apache-2.0
// Random lists of events, in any order, for the gate and for a model of it. After each event both
// must agree, and the promises must hold. COMETA_SEED=N runs the list of that number alone.
#include "approvalgate.h"
#include "approvalmodel.h"
#include "rule.h"

#include <QRandomGenerator>
#include <QTest>

#include <array>

using namespace std::chrono;
using namespace Qt::StringLiterals;
using At = ApprovalModel::At;
using RuleIs = ApprovalModel::RuleIs;

namespace {

constexpr int ShortLists = 5'000;
constexpr int LongLists = 1'000'000;
constexpr int Steps = 60;
constexpr int Commands = 3;
constexpr int Unknown = 4 * Steps; // a request that there never was

const std::array<QByteArray, Commands> &commands()
{
    static const std::array<QByteArray, Commands> all{"uptime", "uptime ", "rm -rf /"};
    return all;
}

const QByteArray &hash(int command)
{
    static const auto of = [](int index) {
        Request request;
        request.command = commands().at(size_t(index));
        return request.commandSha256();
    };
    static const std::array<QByteArray, Commands> all{of(0), of(1), of(2)};
    return all.at(size_t(command));
}

QString nameOf(int request)
{
    static const QStringList names = [] {
        QStringList all;
        for (int i = 0; i <= Unknown; ++i)
            all.append(u"R%1"_s.arg(i));
        return all;
    }();
    return names.at(request);
}

std::string wordFor(RequestState state)
{
    return state == RequestState::Approved        ? "run"
        : state == RequestState::AwaitingApproval ? "ask"
        : state == RequestState::Denied           ? "denied"
        : state == RequestState::Busy             ? "busy"
                                                  : "?";
}

} // namespace

// One list: a gate and its model, what was shown, recorded and run.
class EventList final
{
public:
    explicit EventList(quint32 seed) : m_random(seed), m_seed(seed) { apply(); }

    // What went wrong, with the events up to there; empty: nothing.
    QString run()
    {
        for (int i = 0; i < Steps && m_wrong.isEmpty(); ++i) {
            step();
            checkPromises();
        }
        if (m_wrong.isEmpty())
            return {};
        return u"COMETA_SEED=%1: %2 after: %3"_s.arg(m_seed).arg(m_wrong, m_story.join(u", "_s));
    }
    [[nodiscard]] int runs() const { return m_runCount; }
    [[nodiscard]] int refusals() const { return m_refusals; }

private:
    struct Known // about one request, by what was seen from outside
    {
        CommandJob shown;
        int command = 0;
        int decisions = 0; // recorded
        int runs = 0;
        bool isDead = false; // denied, expired, withdrawn, cancelled, …
    };

    void step()
    {
        switch (draw(40)) {
        case 0:
        case 1:
            return drop(any()); // deny, cancel, withdraw, stop
        case 2:
            return drop(alive());
        case 3:
        case 4:
            return pass(draw(3) == 0 ? 5'000 : draw(2'000));
        case 5:
            return expire(alive());
        case 6:
            return loseLink();
        case 7:
        case 8:
            return tellPending(alive());
        case 9:
            return comeOrGo();
        case 10:
            return sleep();
        case 11:
        case 12:
            return window();
        case 13:
            return changeRule();
        case 14:
            return changeSettings();
        case 15:
        case 16:
            return hold(alive());
        case 17:
        case 18:
        case 19:
            return finish(alive()); // ended by itself, or its supervisor was killed
        default:
            return draw(3) == 0 ? receive() : draw(3) == 0 ? proceed(alive()) : approve(alive());
        }
    }

    int draw(int bound) { return int(m_random.bounded(bound)); }
    int any() { return m_known.empty() ? Unknown : draw(int(m_known.size())); } // dead ones too
    int alive() // mostly
    {
        if (m_model.items.empty() || draw(5) == 0)
            return any();
        return std::next(m_model.items.begin(), draw(int(m_model.items.size())))->first;
    }
    bool knows(int request) const { return request < int(m_known.size()); }
    void tell(const char *what, int number = -1)
    {
        m_story.append(number < 0 ? QString::fromLatin1(what)
                                  : QString::fromLatin1(what) + u' ' + QString::number(number));
    }
    void expect(bool holds, const char *what)
    {
        if (!holds && m_wrong.isEmpty())
            m_wrong = QString::fromLatin1(what);
    }

    void receive()
    {
        const int number = int(m_known.size());
        if (number == Unknown)
            return;
        const int command = draw(Commands);
        tell("receive", number);
        Request request;
        request.id = {quint64(m_model.generation), quint64(number + 1)};
        request.name = nameOf(number);
        request.command = commands().at(size_t(command));
        const CommandJob job{
            request.name,           request.command, u"/home/"_s + QString::number(draw(3)),
            seconds(1 + draw(300)), draw(3),         u"/outputs"_s};
        m_known.push_back({job, command});
        const RuleIs is = m_rules.at(size_t(command));
        Rule rule;
        rule.id = u"r"_s + QString::number(command);
        rule.verdict = is == RuleIs::Deny ? Rule::Verdict::Deny : Rule::Verdict::Allow;
        rule.command = request.command;
        const ApprovalGate::Verdict verdict =
            m_gate.receive(request, job, is == RuleIs::None ? nullptr : &rule);
        expect(wordFor(verdict.state) == m_model.receive(number, is, m_isRuleUsable),
               "another verdict than the model's");
        if (draw(4) > 0) // else something comes between
            proceed(number);
    }
    // What the agent does after the verdict.
    void proceed(int request)
    {
        if (m_model.isAt(request, At::Granted) || draw(8) == 0)
            admit(request);
        else if (m_model.isAt(request, At::Refused))
            drop(request);
        else
            hold(request);
    }
    void admit(int request)
    {
        tell("admit", request);
        const bool may = m_model.mayBeAdmitted(request);
        decide(request, may, [&](const ApprovalGate::Record &record) {
            return m_gate.admit(nameOf(request), record);
        });
    }
    void approve(int request)
    {
        const bool isRight = draw(6) > 0;
        tell(isRight ? "approve" : "approve another command as", request);
        const int command = knows(request) ? m_known.at(size_t(request)).command : 0;
        const QByteArray &sha256 = hash(isRight ? command : (command + 1) % Commands);
        const bool may = m_model.mayBeApproved(request, isRight);
        QString error;
        decide(request, may, [&](const ApprovalGate::Record &record) {
            return m_gate.approve(nameOf(request), sha256, record, &error);
        });
    }
    template<typename Ask>
    void decide(int request, bool may, Ask ask)
    {
        const At before = may ? m_model.item(request)->at : At::Refused;
        if (may)
            m_model.items[request].at = At::Deciding;
        bool wasAsked = false;
        bool isRecorded = false;
        std::optional<ApprovedJob> job = ask([&] {
            wasAsked = true;
            if (draw(4) == 0)
                step(); // whatever the slots of the journal's signals do
            isRecorded = m_isJournalWritable;
            if (isRecorded)
                ++m_known.at(size_t(request)).decisions;
            return isRecorded;
        });
        expect(wasAsked == may, "decided what the model did not, or not what it did");
        const bool runs = may && m_model.decided(request, isRecorded, before);
        expect(job.has_value() == runs, "ran what the model did not, or not what it did");
        m_refusals += job ? 0 : 1;
        if (job)
            start(request, std::move(*job));
    }
    void start(int request, ApprovedJob job)
    {
        Known &known = m_known.at(size_t(request));
        ++known.runs;
        ++m_runCount;
        const CommandJob ran = std::move(job).take();
        expect(ran == known.shown, "P3: ran something else than was shown");
        expect(!known.isDead, "P5: ran for a request that was dead");
        expect(known.decisions == 1, "P12: ran without one recorded decision");
    }

    void drop(int request)
    {
        tell("drop", request);
        const bool isDropped = m_gate.drop(nameOf(request));
        expect(isDropped == m_model.drop(request), "dropped what the model did not");
        if (isDropped)
            m_known.at(size_t(request)).isDead = true;
    }
    void pass(int milliseconds)
    {
        tell("pass", milliseconds);
        m_model.now += milliseconds;
        for (const auto &[number, item] : m_model.items) {
            if (item.at == At::Shown && m_model.now >= item.due)
                m_known.at(size_t(number)).isDead = true;
        }
    }
    void expire(int request)
    {
        if (m_model.isAt(request, At::Shown))
            pass(int(std::max(0L, m_model.item(request)->due - m_model.now - draw(2))));
    }
    void sleep()
    {
        tell("sleep");
        m_gate.endWindow();
        m_model.windowEnds = 0;
        pass(1'000 * (1 + draw(3'600)));
    }
    void loseLink()
    {
        tell("lose the link");
        m_gate.loseLink(quint64(m_model.generation));
        m_model.loseLink();
        for (const auto &[number, item] : m_model.items) {
            if (m_model.linkIsGone(item) && item.at != At::Running)
                m_known.at(size_t(number)).isDead = true;
        }
        if (draw(4) > 0) // else it takes until the next loss: what comes is dead at once
            ++m_model.generation;
    }
    void tellPending(int request)
    {
        tell("pending", request);
        m_gate.release(nameOf(request));
        m_model.tellPending(request);
    }
    void finish(int request)
    {
        tell("finish", request);
        m_gate.finished(nameOf(request));
        if (m_model.isAt(request, At::Running))
            m_model.items.erase(request);
    }
    void hold(int request)
    {
        const int time = 1'000 + draw(5'000);
        tell("wait", request);
        m_gate.wait(nameOf(request), milliseconds(time));
        m_model.show(request, time);
    }
    void window()
    {
        const bool opens = draw(3) > 0;
        tell(opens ? "open the window" : "end the window");
        m_model.windowEnds = opens ? m_model.now + 10'000 : 0;
        if (opens)
            m_gate.openWindow(10s);
        else
            m_gate.endWindow();
    }
    void comeOrGo()
    {
        m_model.ownerIsThere = draw(2) > 0;
        tell(m_model.ownerIsThere ? "unlock" : "lock");
        apply();
    }
    void changeRule()
    {
        const int command = draw(Commands);
        m_rules.at(size_t(command)) =
            std::array{RuleIs::None, RuleIs::Allow, RuleIs::Deny}.at(size_t(draw(3)));
        m_isRuleUsable = draw(4) > 0;
        tell("rule", command);
    }
    void changeSettings()
    {
        using Mode = ApprovalModel::Mode;
        tell("settings");
        const int mode = draw(5);
        m_model.mode = mode == 0 ? Mode::All : mode == 1 ? Mode::Rules : Mode::Ask;
        m_model.denyWhenAway = draw(2) == 0;
        m_model.linkIsTrusted = draw(4) > 0;
        m_model.mayWait = 1 + draw(8);
        m_model.mayRun = 1 + draw(6);
        m_model.automaticAMinute = draw(6);
        m_model.ending = draw(20) == 0;
        m_isJournalWritable = draw(5) > 0;
        apply();
    }
    void apply()
    {
        using Mode = ApprovalModel::Mode;
        using Approval = Settings::Approval;
        using Locked = Settings::Locked;
        if (!m_model.ownerIsThere)
            m_model.windowEnds = 0;
        m_gate.setConditions({.approval = m_model.mode == Mode::All ? Approval::All
                                  : m_model.mode == Mode::Rules     ? Approval::Rules
                                                                    : Approval::Ask,
                              .locked = m_model.denyWhenAway ? Locked::Deny : Locked::Hold,
                              .isOwnerPresent = m_model.ownerIsThere,
                              .mayBeAutomatic = m_model.linkIsTrusted,
                              .isEnding = m_model.ending,
                              .maxAwaiting = m_model.mayWait,
                              .maxRunning = m_model.mayRun,
                              .automaticRuns = m_model.automaticAMinute});
    }

    void checkPromises()
    {
        for (size_t i = 0; i < m_known.size(); ++i) {
            const Known &known = m_known.at(i);
            expect(known.runs <= 1, "P7: ran twice");
            expect(known.decisions <= 1, "P12: decided twice");
            expect(known.runs <= known.decisions, "P12: ran without a record");
            const ApprovalModel::Item *item = m_model.item(int(i));
            const bool isOver = item && item->at == At::Shown && m_model.now >= item->due;
            expect(m_gate.isOver(nameOf(int(i))) == isOver, "over for one and not for the other");
            expect(m_gate.isLost(nameOf(int(i))) == (item && m_model.linkIsGone(*item)),
                   "lost for one and not for the other");
        }
        expect(m_gate.deniesUnasked()
                   == (m_model.mode == ApprovalModel::Mode::Rules
                       || (m_model.denyWhenAway && !m_model.ownerIsThere)),
               "asks nobody, or the other way round");
    }

    QRandomGenerator m_random;
    quint32 m_seed;
    ApprovalModel m_model;
    bool m_isJournalWritable = true;
    bool m_isRuleUsable = true;
    std::array<RuleIs, Commands> m_rules{};
    ApprovalGate m_gate{[this](const QString &) { return m_isRuleUsable; },
                        [this] { return BootClock::time_point(milliseconds(m_model.now)); }};
    std::vector<Known> m_known;
    int m_runCount = 0;
    int m_refusals = 0;
    QString m_wrong;
    QStringList m_story;
};

class TestApprovalModel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void P4_P5_P7_P12_holdForAnyOrderOfEvents()
    {
        if (const QByteArray seed = qgetenv("COMETA_SEED"); !seed.isEmpty()) {
            const QString wrong = EventList(seed.toUInt()).run();
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
            return;
        }
        const int lists = qEnvironmentVariableIsSet("COMETA_LONG") ? LongLists : ShortLists;
        const quint32 first = QRandomGenerator::system()->generate();
        qint64 runs = 0;
        qint64 refusals = 0;
        for (int i = 0; i < lists; ++i) {
            EventList list(first + quint32(i));
            const QString wrong = list.run();
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
            runs += list.runs();
            refusals += list.refusals();
        }
        // The lists go where it matters: neither is rare.
        QVERIFY2(runs > 2 * lists, qPrintable(QString::number(runs)));
        QVERIFY2(refusals > 2 * lists, qPrintable(QString::number(refusals)));
    }
};

QTEST_GUILESS_MAIN(TestApprovalModel)
#include "tst_approvalmodel.moc"
