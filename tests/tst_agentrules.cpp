// SPDX-License-Identifier: Apache-2.0
#include "agentdevice.h"

#include <QDirIterator>

using namespace std::chrono_literals;

class TestAgentRules final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsItsRules()
    {
        Device device;
        device.settings.approval = Settings::Approval::Rules;
        QVERIFY(device.start());
        QVERIFY(device.addRule(Rule::Verdict::Allow, "echo yes"));
        QVERIFY(device.addRule(Rule::Verdict::Deny, "echo no"));
        device.server.send(command("echo yes") + command("echo no") + command("echo other"));
        QVERIFY(device.hasSent(3));
        QCOMPARE(device.sent().at(0), QByteArray("yes\n"));
        QCOMPARE(object(device.sent().at(1)).value(QStringLiteral("by")).toString(),
                 QStringLiteral("rule"));
        QCOMPARE(object(device.sent().at(2)).value(QStringLiteral("by")).toString(),
                 QStringLiteral("policy"));
    }

    void P16_aRuleMayKeepTheOutputOffTheDisk()
    {
        Device device;
        device.settings.replyBudget = 1s;
        QVERIFY(device.start());
        Rule rule;
        rule.verdict = Rule::Verdict::Allow;
        rule.scope = device.agent->scope();
        rule.keepsOutput = false;
        QString error;
        for (const QByteArray &command : {QByteArray("echo $((6*7))kept; echo $((6*7))kept >&2"),
                                          QByteArray("sleep 2; echo $((6*7))kept; exit 3")}) {
            rule.command = command;
            QVERIFY(device.agent->rules()->add(rule, &error));
        }
        device.server.send(command("echo $((6*7))kept; echo $((6*7))kept >&2"));
        QVERIFY(device.hasSent(1));
        QCOMPARE(device.sent().at(0), QByteArray("42kept\n"));
        // What is told later would wait on the disk until then.
        device.server.send(command("sleep 2; echo $((6*7))kept; exit 3"));
        QVERIFY(device.hasSent(3));
        const QJsonObject event = object(device.sent().at(2).mid(1));
        QCOMPARE(event.value(QStringLiteral("exit")).toInt(), 3);
        QCOMPARE(event.value(QStringLiteral("stdout")).toString(), QString());
        QCOMPARE(event.value(QStringLiteral("stdout_bytes")).toInt(), 7);
        QCOMPARE(event.value(QStringLiteral("truncated")).toBool(), true);
        QVERIFY(
            event.value(QStringLiteral("detail")).toString().contains(QStringLiteral("not kept")));
        const QByteArray name = event.value(QStringLiteral("request")).toString().toUtf8();
        device.server.send(
            ScriptedServer::chunk("{\"op\":\"result\",\"request\":\"" + name + "\"}"));
        QVERIFY(device.hasSent(4));
        QVERIFY(!device.sent().at(3).contains("42kept"));
        device.agent.reset();
        QDirIterator files(device.directory.path(), QDir::Files | QDir::Hidden,
                           QDirIterator::Subdirectories);
        int seen = 0;
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains("42kept"), qPrintable(file.fileName()));
            ++seen;
        }
        QVERIFY(seen > 2);
    }

    void P16_aRuleMadeInThePromptHoldsForItsCommandToo()
    {
        Device device;
        QVERIFY(device.start());
        device.server.send(command("echo $((6*7))kept"));
        QVERIFY(device.awaits(1));
        Rule rule;
        rule.verdict = Rule::Verdict::Allow;
        rule.command = "echo $((6*7))kept";
        rule.scope = device.agent->scope();
        rule.keepsOutput = false;
        QString error;
        QVERIFY(device.agent->rules()->add(rule, &error));
        QVERIFY(device.approveFirst());
        QVERIFY(device.hasSent(1));
        QCOMPARE(device.sent().at(0), QByteArray("42kept\n"));
        QCOMPARE(QDir(device.agent->journal()->outputDirectory()).entryList(QDir::Files),
                 QStringList());
    }

    void PO_06_asksAboutEverythingWhileRulesAreOff_data()
    {
        QTest::addColumn<bool>("directory");
        QTest::newRow("the file is open to others") << false;
        QTest::newRow("others could write into its directory") << true;
    }
    void PO_06_asksAboutEverythingWhileRulesAreOff()
    {
        QFETCH(const bool, directory);
        Device device;
        device.settings.approval = Settings::Approval::All;
        QVERIFY(device.start());
        QVERIFY(device.addRule(Rule::Verdict::Deny, "echo no"));
        const QString data = device.settings.dataDirectory;
        device.agent.reset();
        const QString path = directory ? data : data + QStringLiteral("/rules.json");
        QVERIFY(QFile::setPermissions(
            path, QFile::permissions(path) | (directory ? QFile::WriteGroup : QFile::ReadOther)));
        QVERIFY(device.start());
        QVERIFY(!device.agent->rules()->problem().isEmpty());
        QVERIFY(device.agent->warning().contains(device.agent->rules()->problem()));
        device.server.send(command("echo no") + command("echo other"));
        QVERIFY(device.awaits(2));
        QVERIFY(device.sent().isEmpty());
    }

    void PO_06_aWindowEndsWhenSomebodyElseChangesTheRules()
    {
        Device device;
        QVERIFY(device.start());
        QVERIFY(device.addRule(Rule::Verdict::Allow, "echo yes"));
        device.agent->openWindow(15min);
        QFile file(device.settings.dataDirectory + QStringLiteral("/rules.json"));
        QVERIFY(file.open(QIODevice::Append) && file.write("\n") == 1);
        file.close();
        device.server.send(command("echo yes") + command("echo other"));
        QVERIFY(device.awaits(2));
        QVERIFY(!device.agent->windowUntil().isValid());
        QVERIFY(device.sent().isEmpty());
    }

    void PO_05_aRuleForOneUseRunsOnceOverRestarts()
    {
        Device device;
        QVERIFY(device.start());
        QVERIFY(device.addRule(Rule::Verdict::Allow, "echo once", 2));
        device.server.send(command("echo once"));
        QVERIFY(device.hasSent(1));
        device.agent.reset();
        QVERIFY(device.start());
        QCOMPARE(device.agent->rules()->problem(), QString());
        device.server.send(command("echo once"));
        QTRY_COMPARE(device.agent->runningCount() + int(device.sent().size()), 1);
        QVERIFY(device.hasSent(1));
        device.server.send(command("echo once"));
        QVERIFY(device.awaits(1));
    }

    void PO_08_asksWhenRulesLetTooManyRun()
    {
        Device device;
        device.settings.automaticRuns = 2;
        QVERIFY(device.start());
        QVERIFY(device.addRule(Rule::Verdict::Allow, "echo yes"));
        for (int i = 0; i < 2; ++i) {
            device.server.send(command("echo yes"));
            QVERIFY(device.hasSent(i + 1));
        }
        device.server.send(command("echo yes"));
        QVERIFY(device.awaits(1));
        QCOMPARE(device.sent().size(), 2);
    }

    void PO_08_isBusyWhenRulesLetTooManyRunAndNobodyIsAsked()
    {
        Device device;
        device.settings.approval = Settings::Approval::Rules;
        device.settings.automaticRuns = 0;
        QVERIFY(device.start());
        QVERIFY(device.addRule(Rule::Verdict::Allow, "echo yes"));
        device.server.send(command("echo yes"));
        QVERIFY(device.hasSent(1));
        QCOMPARE(object(device.sent().first()).value(QStringLiteral("code")).toString(),
                 QStringLiteral("busy"));
    }

    void AC_07_aLockedScreenEndsTheWindowAndHolds()
    {
        Device device;
        QVERIFY(device.start());
        device.agent->openWindow(15min);
        device.agent->setOwnerPresent(false);
        QVERIFY(!device.agent->windowUntil().isValid());
        device.server.send(command("echo held"));
        QVERIFY(device.awaits(1));
        device.agent->setOwnerPresent(true);
        QCOMPARE(device.agent->awaitingCount(), 1);
    }

    void AC_07_aLockedScreenDeniesWhereThatIsSet()
    {
        Device device;
        device.settings.locked = Settings::Locked::Deny;
        QVERIFY(device.start());
        device.server.send(command("echo waits"));
        QVERIFY(device.awaits(1));
        device.agent->setOwnerPresent(false);
        QVERIFY(device.hasSent(1));
        device.server.send(command("echo comes"));
        QVERIFY(device.hasSent(2));
        for (const QByteArray &reply : device.sent())
            QCOMPARE(object(reply).value(QStringLiteral("by")).toString(),
                     QStringLiteral("policy"));
        device.agent->setOwnerPresent(true);
        device.server.send(command("echo asks"));
        QVERIFY(device.awaits(1));
    }

    void approvesWhileAWindowIsOpen()
    {
        Device device;
        QVERIFY(device.start());
        device.agent->openWindow(15min);
        QVERIFY(device.agent->windowUntil().isValid());
        device.server.send(command("echo in"));
        QVERIFY(device.hasSent(1));
        QCOMPARE(device.sent().first(), QByteArray("in\n"));
        device.agent->endWindow();
        device.server.send(command("echo out"));
        QVERIFY(device.awaits(1));
        device.agent->openWindow(15min);
        device.server.resetLink();
        QTRY_VERIFY(!device.agent->windowUntil().isValid());
    }
};

QTEST_GUILESS_MAIN(TestAgentRules)
#include "tst_agentrules.moc"
