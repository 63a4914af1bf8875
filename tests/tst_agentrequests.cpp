// SPDX-License-Identifier: Apache-2.0
#include "agentdevice.h"

using namespace std::chrono;
using namespace std::chrono_literals;

class TestAgentRequests final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void P5_withdrawsWhatWaitsHoweverManyCame()
    {
        Device device;
        QVERIFY(device.start());
        for (int i = 0; i < 300; ++i)
            device.server.send(command("touch ran"));
        QVERIFY(QTest::qWaitFor([&] { return device.agent->requests().size() == 8; }));
        RequestFilter all;
        all.limit = 1000;
        QTRY_COMPARE(device.agent->journal()->requests(all).size(), 300);
        QStringList names;
        for (const ActiveRequest *request : device.agent->requests())
            names.append(request->request().name);
        device.server.resetLink();
        QVERIFY(device.awaits(0));
        for (const QString &name : std::as_const(names))
            QCOMPARE(device.agent->journal()->request(name)->state, RequestState::Withdrawn);
    }

    void runsWhatIsApprovedAndRepliesTheOutput()
    {
        Device device;
        QVERIFY(device.start());
        device.server.send(command("echo hello"));
        QVERIFY(device.awaits(1));
        QVERIFY(device.sent().isEmpty());
        QVERIFY(device.approveFirst());
        QVERIFY(device.hasSent(1));
        QCOMPARE(device.sent(), QList<QByteArray>{"hello\n"});
        QVERIFY(device.agent->requests().isEmpty());
        const QList<RequestRow> rows = device.agent->journal()->requests({});
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.first().state, RequestState::Finished);
        QCOMPARE(rows.first().by, QStringLiteral("user"));
        QCOMPARE(rows.first().outcome.exitCode, std::optional(0));
    }

    void runsEverythingWhenToldTo()
    {
        Device device;
        device.settings.approval = Settings::Approval::All;
        QVERIFY(device.start());
        QVERIFY(!device.agent->warning().isEmpty());
        device.server.send(command("printf 1") + command("printf 2"));
        QVERIFY(device.hasSent(2));
        QCOMPARE(device.sent(), (QList<QByteArray>{"1", "2"}));
    }

    void repliesInOrderWhenTheSecondEndsFirst()
    {
        Device device;
        device.settings.approval = Settings::Approval::All;
        QVERIFY(device.start());
        device.server.send(command("sleep 0.5; echo slow") + command("echo quick"));
        QVERIFY(device.hasSent(2));
        QCOMPARE(device.sent(), (QList<QByteArray>{"slow\n", "quick\n"}));
    }

    void refusesWhatItCannotRead()
    {
        Device device;
        QVERIFY(device.start());
        device.server.send(ScriptedServer::chunk("hello")
                           + ScriptedServer::chunk("{\"cmd\":\"\"}"));
        QVERIFY(device.hasSent(2));
        QCOMPARE(object(device.sent().at(0)).value(QStringLiteral("msg")).toString(),
                 QStringLiteral("Invalid JSON object."));
        QCOMPARE(object(device.sent().at(1)).value(QStringLiteral("msg")).toString(),
                 QStringLiteral("Invalid command."));
        QVERIFY(device.agent->requests().isEmpty());
        QCOMPARE(device.agent->journal()->requests({}).size(), 2);
    }

    void deniesWithTheOwnersReason()
    {
        Device device;
        QVERIFY(device.start());
        device.server.send(command("rm -rf /", ",\"id\":\"7\""));
        QVERIFY(device.awaits(1));
        QString error;
        QVERIFY(
            device.agent->deny(device.first()->request().name, QStringLiteral("no way"), &error));
        QVERIFY(device.hasSent(1));
        const QJsonObject reply = object(device.sent().first());
        QCOMPARE(reply.value(QStringLiteral("code")).toString(), QStringLiteral("denied"));
        QCOMPARE(reply.value(QStringLiteral("by")).toString(), QStringLiteral("user"));
        QCOMPARE(reply.value(QStringLiteral("detail")).toString(), QStringLiteral("no way"));
        QCOMPARE(reply.value(QStringLiteral("id")).toString(), QStringLiteral("7"));
    }

    void takesOnlyTheHashOfWhatWasShown()
    {
        Device device;
        QVERIFY(device.start());
        device.server.send(command("touch " + device.touched("ran").toUtf8()));
        QVERIFY(device.awaits(1));
        QString error;
        QVERIFY(
            !device.agent->approve(device.first()->request().name, QByteArray(64, '0'), &error));
        QVERIFY(!error.isEmpty());
        QCOMPARE(device.agent->awaitingCount(), 1);
        QVERIFY(!QFile::exists(device.touched("ran")));
    }

    void AC_05_neverRunsWhatIsNoLongerValid()
    {
        Device device;
        device.settings.approvalDeadline = 1s;
        QVERIFY(device.start());
        device.server.send(command("touch " + device.touched("ran").toUtf8()));
        QVERIFY(device.awaits(1));
        const Request request = device.first()->request();
        QVERIFY(device.hasSent(1));
        QCOMPARE(object(device.sent().first()).value(QStringLiteral("code")).toString(),
                 QStringLiteral("expired"));
        QString error;
        QVERIFY(!device.agent->approve(request.name, request.commandSha256(), &error));
        QVERIFY2(error.contains(QStringLiteral("no longer valid")), qPrintable(error));
        QVERIFY(!QFile::exists(device.touched("ran")));
    }

    void P5_letsAnApprovalThroughOnce()
    {
        Device device;
        QVERIFY(device.start());
        device.server.send(command("echo once >>" + device.touched("log").toUtf8()));
        QVERIFY(device.awaits(1));
        const Request request = device.first()->request();
        QString error;
        QVERIFY(device.agent->approve(request.name, request.commandSha256(), &error));
        QVERIFY(!device.agent->approve(request.name, request.commandSha256(), &error));
        QVERIFY(device.hasSent(1));
        QVERIFY(!device.agent->approve(request.name, request.commandSha256(), &error));
        QFile log(device.touched("log"));
        QVERIFY(log.open(QIODevice::ReadOnly));
        QCOMPARE(log.readAll(), QByteArray("once\n"));
    }

    void saysPendingAndSendsTheOutcomeAsAnEvent()
    {
        Device device;
        device.settings.replyBudget = 1s;
        QVERIFY(device.start());
        device.server.send(command("echo done"));
        QVERIFY(device.hasSent(1));
        const QJsonObject pending = object(device.sent().first());
        QCOMPARE(pending.value(QStringLiteral("msg")).toString(), QStringLiteral("Pending."));
        QCOMPARE(pending.value(QStringLiteral("state")).toString(),
                 QStringLiteral("awaiting-approval"));
        QVERIFY(device.approveFirst());
        QVERIFY(device.hasSent(2));
        QCOMPARE(device.sent().last().front(), '\x07');
        const QJsonObject event = object(device.sent().last().mid(1));
        QCOMPARE(event.value(QStringLiteral("event")).toString(), QStringLiteral("result"));
        QCOMPARE(event.value(QStringLiteral("request")), pending.value(QStringLiteral("request")));
        QCOMPARE(event.value(QStringLiteral("stdout")).toString(), QStringLiteral("done\n"));
        QTRY_COMPARE(device.agent->outboxCount(), 0);

        const QByteArray name = pending.value(QStringLiteral("request")).toString().toUtf8();
        device.server.send(
            ScriptedServer::chunk("{\"op\":\"result\",\"request\":\"" + name + "\"}"));
        QVERIFY(device.hasSent(3));
        QCOMPARE(object(device.sent().last()).value(QStringLiteral("stdout")).toString(),
                 QStringLiteral("done\n"));
    }

    void withdrawsWhatNobodyDecidedWhenTheLinkIsLost()
    {
        Device device;
        QVERIFY(device.start());
        device.server.send(command("echo no"));
        QVERIFY(device.awaits(1));
        const QString name = device.first()->request().name;
        device.server.resetLink();
        QVERIFY(device.awaits(0));
        QCOMPARE(device.agent->journal()->request(name)->state, RequestState::Withdrawn);
        QTRY_COMPARE(device.agent->state(), CometaClient::State::Attached);
        QVERIFY(device.sent().isEmpty());
        QCOMPARE(device.agent->outboxCount(), 0);
    }

    void keepsWhatIsPendingWhenTheLinkIsLost()
    {
        Device device;
        device.settings.replyBudget = 1s;
        QVERIFY(device.start());
        device.server.send(command("echo later"));
        QVERIFY(device.hasSent(1));
        device.server.resetLink();
        QTRY_COMPARE(device.server.connections(), 2);
        QTRY_COMPARE(device.agent->state(), CometaClient::State::Attached);
        QCOMPARE(device.agent->awaitingCount(), 1);
        QVERIFY(device.approveFirst());
        QVERIFY(device.hasSent(1));
        QVERIFY(device.sent().first().startsWith("\x07{\"event\":\"result\""));
    }

    void NE_10_sendsTheOutcomeOfARunningCommandAsAnEventAfterALoss()
    {
        Device device;
        device.settings.approval = Settings::Approval::All;
        QVERIFY(device.start());
        const QTemporaryDir directory;
        QFile mayEnd(directory.filePath(QStringLiteral("may-end")));
        device.server.send(command("while [ ! -e " + mayEnd.fileName().toUtf8()
                                   + " ]; do sleep 0.1; done; echo old"));
        QTRY_COMPARE(device.agent->runningCount(), 1);
        device.server.resetLink();
        QTRY_COMPARE(device.server.connections(), 2);
        QTRY_COMPARE(device.agent->state(), CometaClient::State::Attached);
        device.server.send(command("echo new"));
        QVERIFY(device.hasSent(1));
        QVERIFY(mayEnd.open(QIODevice::WriteOnly));
        QVERIFY(device.hasSent(2));
        const QList<QByteArray> sent = device.sent();
        QCOMPARE(sent.at(0), QByteArray("new\n"));
        QCOMPARE(sent.count("new\n"), 1);
        QVERIFY(sent.at(1).startsWith("\x07{\"event\":\"result\""));
        QCOMPARE(object(sent.at(1).mid(1)).value(QStringLiteral("stdout")).toString(),
                 QStringLiteral("old\n"));
    }

    void NE_11_learnsWhenTheServerGivesUp()
    {
        Device device;
        device.settings.replyBudget = 60s;
        QVERIFY(device.start());
        device.server.send(command("echo first"));
        QVERIFY(device.awaits(1));
        const auto since = BootClock::now();
        QVERIFY(QTest::qWaitFor([&] { return BootClock::now() - since > 1200ms; }));
        device.server.send(command("echo second"));
        QVERIFY(device.awaits(2));
        QVERIFY(!device.first()->canBeAnswered());
        QVERIFY(device.approveFirst());
        QVERIFY(device.hasSent(1));
        QVERIFY(device.sent().first().startsWith('\x07'));
        // The second is told pending after the lowest learnt budget, 2 s, and not after 60.
        QVERIFY(device.hasSent(2));
        QCOMPARE(object(device.sent().last()).value(QStringLiteral("code")).toString(),
                 QStringLiteral("pending"));
    }

    void saysBusyWhenTooManyWait()
    {
        Device device;
        device.settings.maxAwaiting = 1;
        QVERIFY(device.start());
        device.server.send(command("echo 1"));
        QVERIFY(device.awaits(1));
        device.server.send(command("echo 2"));
        QTRY_COMPARE(device.agent->journal()->requests({}).size(), 2);
        QVERIFY(device.approveFirst());
        QVERIFY(device.hasSent(2));
        QCOMPARE(device.sent().first(), QByteArray("1\n"));
        QCOMPARE(object(device.sent().last()).value(QStringLiteral("code")).toString(),
                 QStringLiteral("busy"));
    }

    void holdsAnApprovalWhileTooManyRun()
    {
        Device device;
        device.settings.maxRunning = 1;
        device.settings.replyBudget = 1s;
        QVERIFY(device.start());
        device.server.send(command("sleep 30"));
        QVERIFY(device.hasSent(1));
        device.server.send(command("echo 2"));
        QVERIFY(device.awaits(2));
        QVERIFY(device.approveFirst());
        QString error;
        const Request second = device.agent->requests().at(1)->request();
        QVERIFY(!device.agent->approve(second.name, second.commandSha256(), &error));
        QVERIFY(!error.isEmpty());
        QVERIFY(device.agent->stop(device.first()->request().name, &error));
        QTRY_COMPARE(device.agent->runningCount(), 0);
        QVERIFY(device.agent->approve(second.name, second.commandSha256(), &error));
        QTRY_VERIFY(device.agent->requests().isEmpty());
    }

    void answersItsStatus()
    {
        Device device;
        QVERIFY(device.start());
        device.server.send(ScriptedServer::chunk("{\"op\":\"status\"}"));
        QVERIFY(device.hasSent(1));
        const QJsonObject status = object(device.sent().first());
        QCOMPARE(status.value(QStringLiteral("msg")).toString(), QStringLiteral("Status."));
        QCOMPARE(status.value(QStringLiteral("approval")).toString(), QStringLiteral("ask"));
        QCOMPARE(status.value(QStringLiteral("awaiting")).toInt(), 0);
        QVERIFY(status.value(QStringLiteral("answerable")).toBool());
        QVERIFY(status.value(QStringLiteral("window_until")).isNull());
    }

    void cancelsForTheRequester()
    {
        Device device;
        device.settings.replyBudget = 1s;
        QVERIFY(device.start());
        device.server.send(command("sleep 30"));
        QVERIFY(device.hasSent(1));
        const QByteArray name = device.first()->request().name.toUtf8();
        QVERIFY(device.approveFirst());
        QTRY_COMPARE(device.first()->state(), RequestState::Running);
        device.server.send(
            ScriptedServer::chunk("{\"op\":\"cancel\",\"request\":\"" + name + "\"}"));
        QVERIFY(device.hasSent(3));
        QCOMPARE(object(device.sent().at(1)).value(QStringLiteral("code")).toString(),
                 QStringLiteral("cancelled"));
        QCOMPARE(object(device.sent().at(2).mid(1)).value(QStringLiteral("code")).toString(),
                 QStringLiteral("cancelled"));
        device.server.send(
            ScriptedServer::chunk("{\"op\":\"cancel\",\"request\":\"" + name + "\"}"));
        QVERIFY(device.hasSent(4));
        QCOMPARE(object(device.sent().at(3)).value(QStringLiteral("code")).toString(),
                 QStringLiteral("cancelled"));
    }

    void holdsTheDeadlineWhileTheOwnerWorks()
    {
        Device device;
        device.settings.approvalDeadline = 1s;
        QVERIFY(device.start());
        device.server.send(command("echo x"));
        QVERIFY(device.awaits(1));
        const auto since = BootClock::now();
        device.agent->requests().first()->setOwnerAtWork(true);
        const milliseconds held = device.first()->approvalRemaining();
        QVERIFY(QTest::qWaitFor([&] { return BootClock::now() - since > 1200ms; }));
        QCOMPARE(device.first()->approvalRemaining(), held);
        QVERIFY(device.awaits(0)); // at most twice the deadline
        QVERIFY(BootClock::now() - since < 3s);
    }
};

QTEST_GUILESS_MAIN(TestAgentRequests)
#include "tst_agentrequests.moc"
