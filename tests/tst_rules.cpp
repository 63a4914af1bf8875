// SPDX-License-Identifier: Apache-2.0
#include "rules.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Verdict = Rule::Verdict;

namespace {

const auto home = u"cometa.example:443/app"_s;

Rule ruleFor(Verdict verdict, const QByteArray &command, const QString &scope = home,
             const QString &id = u"id"_s)
{
    Rule made;
    made.id = id;
    made.verdict = verdict;
    made.command = command;
    made.scope = scope;
    return made;
}

std::optional<Verdict> verdictOf(const Rules &rules, const QByteArray &command,
                                 const QString &scope = home)
{
    const Rule *decides = rules.match(command, scope);
    return decides ? std::optional(decides->verdict) : std::nullopt;
}

} // namespace

class RulesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matchesExactlyWhatWasAllowed()
    {
        Rules rules;
        QVERIFY(rules.add(ruleFor(Verdict::Allow, "git status")));
        QCOMPARE(verdictOf(rules, "git status"), std::optional(Verdict::Allow));
    }

    void PO_01_neverMatchesAnythingAdded_data()
    {
        addCommands({"git status; rm -rf ~", "git status\nid", "git status&&id", "git status|sh",
                     "git status $(id)", "git status `id`", "git status >f", "git status <(id)",
                     "git statu", "xgit status", ""});
    }
    void PO_01_neverMatchesAnythingAdded() { compareWithGitStatus(); }

    void PO_02_neverMatchesOtherSpelling_data()
    {
        addCommands({"git  status", " git status", "git status ", "git\tstatus", "Git status",
                     "git status #", "git status\n", "git\xC2\xA0status"});
    }
    void PO_02_neverMatchesOtherSpelling() { compareWithGitStatus(); }

    void PO_03_takesPatternsLiterally_data()
    {
        QTest::addColumn<QByteArray>("rule");
        QTest::newRow("star") << QByteArray("git *");
        QTest::newRow("regular expression") << QByteArray("git .*");
        QTest::newRow("question mark") << QByteArray("git statu?");
        QTest::newRow("bracket") << QByteArray("git [a-z]tatus");
        QTest::newRow("anything") << QByteArray("*");
    }
    void PO_03_takesPatternsLiterally()
    {
        QFETCH(const QByteArray, rule);
        Rules rules;
        QVERIFY(rules.add(ruleFor(Verdict::Allow, rule)));
        QVERIFY(!rules.match("git status", home));
        QCOMPARE(verdictOf(rules, rule), std::optional(Verdict::Allow));
    }

    void PO_04_denyWins()
    {
        Rules rules;
        QVERIFY(rules.add(ruleFor(Verdict::Allow, "id")));
        QVERIFY(rules.add(ruleFor(Verdict::Deny, "id", home, u"deny"_s)));
        QCOMPARE(verdictOf(rules, "id"), std::optional(Verdict::Deny));
        QVERIFY(rules.remove(u"deny"_s));
        QVERIFY(rules.add(ruleFor(Verdict::Deny, "id")));
        QVERIFY(rules.add(ruleFor(Verdict::Allow, "id")));
        QCOMPARE(verdictOf(rules, "id"), std::optional(Verdict::Deny));
    }

    void PO_04_ignoresRulesOfOtherServersAndApplications()
    {
        Rules rules;
        QVERIFY(rules.add(ruleFor(Verdict::Allow, "id")));
        QVERIFY(!rules.match("id", u"cometa.example:443/other"_s));
        QVERIFY(!rules.match("id", u"cometa.example:80/app"_s));
        QVERIFY(!rules.match("id", u"evil.example:443/app"_s));
        QVERIFY(!rules.match("id", u"Cometa.example:443/app"_s));
        QVERIFY(!rules.match("id", QString()));
    }

    void AC_08_doesNotAllowWhatCannotBeSeen_data()
    {
        addCommands({"ls \xE2\x80\xAE", "l\xE2\x80\x8Bs", "ls \x1B[2K", "ls \xFF", "ls\r"});
    }
    void AC_08_doesNotAllowWhatCannotBeSeen()
    {
        QFETCH(const QByteArray, command);
        Rules rules;
        QVERIFY(!rules.add(ruleFor(Verdict::Allow, command)));
        QVERIFY(!rules.match(command, home));
        QVERIFY(rules.add(ruleFor(Verdict::Deny, command)));
        QCOMPARE(verdictOf(rules, command), std::optional(Verdict::Deny));
    }

    void refusesARuleForNothing()
    {
        Rules rules;
        QVERIFY(!rules.add(ruleFor(Verdict::Deny, {})));
        QVERIFY(!rules.add(ruleFor(Verdict::Allow, "id", {})));
        QVERIFY(rules.all().isEmpty());
    }

    void keepsARuleOnce()
    {
        Rules rules;
        QVERIFY(rules.add(ruleFor(Verdict::Allow, "id", home, u"first"_s)));
        QVERIFY(rules.add(ruleFor(Verdict::Allow, "id", home, u"second"_s)));
        QCOMPARE(rules.all().size(), 1);
        QVERIFY(!rules.remove(u"first"_s));
        QVERIFY(rules.remove(u"second"_s));
        QVERIFY(!rules.match("id", home));
    }

    void PO_05_endsByTheClockThatIsEarlier_data()
    {
        QTest::addColumn<int>("wallSeconds");
        QTest::addColumn<int>("bootSeconds");
        QTest::addColumn<bool>("matches");
        QTest::newRow("before") << 59 << 59 << true;
        QTest::newRow("after") << 60 << 60 << false;
        QTest::newRow("clock at the end, to the second") << 60 << 59 << false;
        QTest::newRow("clock set back") << -86'400 << 60 << false;
        QTest::newRow("clock set forward") << 86'400 << 1 << false;
    }
    void PO_05_endsByTheClockThatIsEarlier()
    {
        QFETCH(const int, wallSeconds);
        QFETCH(const int, bootSeconds);
        QFETCH(const bool, matches);
        Rules::Now now = Rules::systemNow();
        Rules rules([&now] { return now; });
        Rule ends = ruleFor(Verdict::Allow, "id");
        ends.until = now.wall.addSecs(60);
        ends.untilBoot = now.boot + std::chrono::seconds(60);
        QVERIFY(rules.add(ends));
        now.wall = now.wall.addSecs(wallSeconds);
        now.boot += std::chrono::seconds(bootSeconds);
        QCOMPARE(rules.match("id", home) != nullptr, matches);
        QCOMPARE(rules.takeOver().size(), matches ? 0 : 1);
        QCOMPARE(rules.all().size(), matches ? 1 : 0);
    }

    void PO_04_takesThePlaceOfNoneFromElsewhere()
    {
        const auto other = u"other.example:443/app"_s;
        Rules rules;
        QVERIFY(rules.add(ruleFor(Verdict::Deny, "id", home, u"first"_s)));
        QVERIFY(rules.add(ruleFor(Verdict::Deny, "id", other, u"second"_s)));
        QVERIFY(rules.add(ruleFor(Verdict::Allow, "id", other, u"third"_s)));
        QCOMPARE(rules.all().size(), 3);
        QVERIFY(rules.add(ruleFor(Verdict::Deny, "id", home, u"fourth"_s)));
        QCOMPARE(rules.all().size(), 3);
        QCOMPARE(rules.match("id", home)->id, u"fourth"_s);
        QCOMPARE(verdictOf(rules, "id", other), std::optional(Verdict::Deny));
    }

    void PO_05_endsByCount()
    {
        Rules rules;
        Rule twice = ruleFor(Verdict::Allow, "id");
        twice.usesLeft = 2;
        QVERIFY(rules.add(twice));
        QVERIFY(rules.use(twice.id));
        QVERIFY(rules.match("id", home));
        QVERIFY(rules.use(twice.id));
        QVERIFY(!rules.match("id", home));
        QCOMPARE(rules.takeOver().size(), 1);
        QVERIFY(rules.add(ruleFor(Verdict::Allow, "id")));
        QVERIFY(!rules.use(u"id"_s)); // any number: nothing has changed
        QVERIFY(!rules.use(u"other"_s));
    }

    void takesNoneThatIsOver()
    {
        Rules rules;
        Rule over = ruleFor(Verdict::Allow, "id");
        over.until = QDateTime::currentDateTimeUtc().addSecs(-1);
        QVERIFY(!rules.problem(over).isEmpty());
        QVERIFY(!rules.add(over));
        over.until = {};
        over.usesLeft = 0;
        QVERIFY(!rules.add(over));
    }

    void forgetsAllWhenCleared()
    {
        Rules rules;
        QVERIFY(rules.add(ruleFor(Verdict::Allow, "id")));
        rules.clear();
        QVERIFY(!rules.match("id", home));
    }

private:
    static void addCommands(const QList<QByteArray> &commands)
    {
        QTest::addColumn<QByteArray>("command");
        for (const QByteArray &command : commands)
            QTest::newRow(command.toPercentEncoding(" ").constData()) << command;
    }

    static void compareWithGitStatus()
    {
        QFETCH(const QByteArray, command);
        Rules rules;
        QVERIFY(rules.add(ruleFor(Verdict::Allow, "git status")));
        QVERIFY(!rules.match(command, home));
    }
};

QTEST_GUILESS_MAIN(RulesTest)
#include "tst_rules.moc"
