// SPDX-License-Identifier: Apache-2.0
#include "rules.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Verdict = Rule::Verdict;

namespace {

const auto home = u"cometa.example:443/app"_s;

} // namespace

class RulesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matchesExactlyWhatWasAllowed()
    {
        Rules rules;
        QVERIFY(rules.add({Verdict::Allow, "git status", home}));
        QCOMPARE(rules.match("git status", home), Verdict::Allow);
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
        QVERIFY(rules.add({Verdict::Allow, rule, home}));
        QVERIFY(!rules.match("git status", home));
        QCOMPARE(rules.match(rule, home), Verdict::Allow);
    }

    void PO_04_denyWins()
    {
        Rules rules;
        QVERIFY(rules.add({Verdict::Allow, "id", home}));
        QVERIFY(rules.add({Verdict::Deny, "id", home}));
        QCOMPARE(rules.match("id", home), Verdict::Deny);
        QVERIFY(rules.remove({Verdict::Deny, "id", home}));
        QVERIFY(rules.add({Verdict::Deny, "id", home}));
        QVERIFY(rules.add({Verdict::Allow, "id", home}));
        QCOMPARE(rules.match("id", home), Verdict::Deny);
    }

    void PO_04_ignoresRulesOfOtherServersAndApplications()
    {
        Rules rules;
        QVERIFY(rules.add({Verdict::Allow, "id", home}));
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
        QVERIFY(!rules.add({Verdict::Allow, command, home}));
        QVERIFY(!rules.match(command, home));
        QVERIFY(rules.add({Verdict::Deny, command, home}));
        QCOMPARE(rules.match(command, home), Verdict::Deny);
    }

    void refusesARuleForNothing()
    {
        Rules rules;
        QVERIFY(!rules.add({Verdict::Deny, {}, home}));
        QVERIFY(!rules.add({Verdict::Allow, "id", {}}));
        QVERIFY(rules.all().isEmpty());
    }

    void keepsARuleOnce()
    {
        Rules rules;
        QVERIFY(rules.add({Verdict::Allow, "id", home}));
        QVERIFY(rules.add({Verdict::Allow, "id", home}));
        QCOMPARE(rules.all().size(), 1);
        QVERIFY(rules.remove({Verdict::Allow, "id", home}));
        QVERIFY(!rules.remove({Verdict::Allow, "id", home}));
        QVERIFY(!rules.match("id", home));
    }

    void forgetsAllWhenCleared()
    {
        Rules rules;
        QVERIFY(rules.add({Verdict::Allow, "id", home}));
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
        QVERIFY(rules.add({Verdict::Allow, "git status", home}));
        QVERIFY(!rules.match(command, home));
    }
};

QTEST_GUILESS_MAIN(RulesTest)
#include "tst_rules.moc"
