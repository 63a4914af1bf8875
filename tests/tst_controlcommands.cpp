// SPDX-License-Identifier: Apache-2.0
#include "attachedagent.h"
#include "controlcommands.h"
#include "visibletext.h"

#include <algorithm>
#include <csignal>

using namespace Qt::StringLiterals;

namespace {

bool isDone(const QJsonObject &answer)
{
    return answer.value("ok"_L1).toBool();
}

// The one line of a refusal.
QString errorOf(const QJsonObject &answer)
{
    return answer.value("ok"_L1) == QJsonValue(false) ? answer.value("error"_L1).toString()
                                                      : QString();
}

QJsonArray requestsOf(const ControlCommands &commands)
{
    return commands.answer({{u"do"_s, u"requests"_s}}).value("requests"_L1).toArray();
}

RequestRow finishedRow()
{
    RequestRow row;
    row.request.name = u"k3x9q2mz7d"_s;
    row.request.command = "ls \x1B";
    row.request.timeout = std::chrono::seconds(30);
    row.scope = u"h:443/ops"_s;
    row.received = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC);
    row.state = RequestState::Finished;
    row.outcome.exitCode = 3;
    row.outcome.duration = std::chrono::milliseconds(12);
    row.outputBytes = 5'000'000'000;
    row.errorBytes = 7;
    return row;
}

} // namespace

class ControlCommandsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qunsetenv("XDG_RUNTIME_DIR"); }

    void refusesWhatItDoesNotKnow_data();
    void refusesWhatItDoesNotKnow();
    void tellsTheStatus();
    void tellsTheStatusWithoutALink();
    void P18_approvesOnlyTheCommandThatWasShown_data();
    void P18_approvesOnlyTheCommandThatWasShown();
    void P18_approvesOnlyWhereThereIsNoWindow();
    void deniesOnce();
    void stopsOneOrAll();
    void listsTheEndedBeforeTheAlive();
    void describesAnEndedRequest();
    void describesHowItWasKilled();
    void SP_03_describesCommandsInTheirVisibleForm();
    void queuesEventsInBase64_data();
    void queuesEventsInBase64();
};

void ControlCommandsTest::refusesWhatItDoesNotKnow_data()
{
    QTest::addColumn<QJsonObject>("request");
    QTest::newRow("nothing") << QJsonObject();
    QTest::newRow("unknown") << QJsonObject{{u"do"_s, u"reboot"_s}};
    QTest::newRow("case") << QJsonObject{{u"do"_s, u"Status"_s}};
    QTest::newRow("blank") << QJsonObject{{u"do"_s, u"status "_s}};
    QTest::newRow("number") << QJsonObject{{u"do"_s, 7}};
    QTest::newRow("array") << QJsonObject{{u"do"_s, QJsonArray{u"status"_s}}};
    QTest::newRow("of the wire") << QJsonObject{{u"op"_s, u"status"_s}};
    QTest::newRow("P18 rule") << QJsonObject{{u"do"_s, u"rule"_s}, {u"cmd"_s, u"ls"_s}};
    QTest::newRow("P18 set") << QJsonObject{{u"do"_s, u"set"_s}, {u"approve"_s, u"all"_s}};
    QTest::newRow("P18 window") << QJsonObject{{u"do"_s, u"window"_s}, {u"minutes"_s, 15}};
}

void ControlCommandsTest::refusesWhatItDoesNotKnow()
{
    QFETCH(QJsonObject, request);
    const AttachedAgent device;
    const ControlCommands commands(device.agent.get(), true); // not open: a refusal touches nothing
    QVERIFY(errorOf(commands.answer(request)).contains(u"status"));
}

void ControlCommandsTest::tellsTheStatus()
{
    AttachedAgent device;
    const ControlCommands commands(device.agent.get(), true);
    QVERIFY(device.start());
    QVERIFY(!device.ask(R"({"cmd":"true"})").isEmpty());
    const QJsonObject status = commands.answer({{u"do"_s, u"status"_s}});
    QVERIFY(isDone(status));
    for (const char *member :
         {"state", "server", "port", "tls", "app", "device", "approval", "window_until", "awaiting",
          "running", "outbox", "error", "detail", "version", "pid"})
        QVERIFY2(status.contains(QLatin1StringView(member)), member);
    QCOMPARE(status.value("state"_L1), u"attached"_s);
    QCOMPARE(status.value("awaiting"_L1), 1);
    QCOMPARE(status.value("running"_L1), 0);
    QCOMPARE(status.value("approves"_L1), true);
    QCOMPARE(status.value("tls"_L1), false);
    QVERIFY(status.value("window_until"_L1).isNull());
}

void ControlCommandsTest::tellsTheStatusWithoutALink()
{
    AttachedAgent device;
    const ControlCommands commands(device.agent.get(), true);
    device.server.stopListening();
    QString error;
    QVERIFY2(device.agent->open(&error), qPrintable(error));
    device.agent->start();
    QTRY_COMPARE(device.agent->state(), CometaClient::State::Waiting);
    const QJsonObject status = commands.answer({{u"do"_s, u"status"_s}});
    QVERIFY(isDone(status));
    QCOMPARE(status.value("state"_L1), u"waiting"_s);
    QCOMPARE(status.value("error"_L1), u"network"_s);
    QVERIFY(!status.value("detail"_L1).toString().isEmpty());
}

void ControlCommandsTest::P18_approvesOnlyTheCommandThatWasShown_data()
{
    QTest::addColumn<QJsonValue>("sha256");
    const QString other = u"0"_s.repeated(64);
    QTest::newRow("none") << QJsonValue();
    QTest::newRow("another command's") << QJsonValue(other);
    QTest::newRow("empty") << QJsonValue(u""_s);
    QTest::newRow("short") << QJsonValue(other.chopped(1));
    QTest::newRow("long") << QJsonValue(other + u'0');
    QTest::newRow("no string") << QJsonValue(true);
}

void ControlCommandsTest::P18_approvesOnlyTheCommandThatWasShown()
{
    QFETCH(QJsonValue, sha256);
    AttachedAgent device;
    const ControlCommands commands(device.agent.get(), true);
    QVERIFY(device.start());
    const QString name = device.ask(R"({"cmd":"echo ran"})");
    QJsonObject approve{{u"do"_s, u"approve"_s}, {u"request"_s, name}, {u"sha256"_s, sha256}};
    QVERIFY(!errorOf(commands.answer(approve)).isEmpty());
    QCOMPARE(device.agent->awaitingCount(), 1);

    approve[u"sha256"_s] = requestsOf(commands).last()["sha256"_L1].toString().toUpper();
    QVERIFY(isDone(commands.answer(approve)));
    QTRY_COMPARE(device.server.received(), "4\r\nran\n\r\n");
    QVERIFY(!errorOf(commands.answer(approve)).isEmpty()); // good for once
}

void ControlCommandsTest::P18_approvesOnlyWhereThereIsNoWindow()
{
    AttachedAgent device;
    const ControlCommands commands(device.agent.get(), true);
    QVERIFY(device.start());
    const QString name = device.ask(R"({"cmd":"echo ran"})");
    const ControlCommands withWindow(device.agent.get(), false);
    QVERIFY(errorOf(withWindow.answer({{u"do"_s, u"approve"_s},
                                       {u"request"_s, name},
                                       {u"sha256"_s, requestsOf(commands).last()["sha256"_L1]}}))
                .contains(u"window"));
    QCOMPARE(device.agent->awaitingCount(), 1);
    QCOMPARE(withWindow.answer({{u"do"_s, u"status"_s}}).value("approves"_L1), false);
}

void ControlCommandsTest::deniesOnce()
{
    AttachedAgent device;
    const ControlCommands commands(device.agent.get(), true);
    QVERIFY(device.start());
    const QString name = device.ask(R"({"cmd":"echo ran"})");
    const QJsonObject deny{{u"do"_s, u"deny"_s}, {u"request"_s, name}, {u"reason"_s, u"not now"_s}};
    QVERIFY(isDone(commands.answer(deny)));
    QTRY_VERIFY(device.server.received().contains(R"("code":"denied")"));
    QVERIFY(device.server.received().contains("not now"));
    QVERIFY(!errorOf(commands.answer(deny)).isEmpty());
    QVERIFY(!errorOf(commands.answer({{u"do"_s, u"deny"_s}})).isEmpty());
}

void ControlCommandsTest::stopsOneOrAll()
{
    AttachedAgent device;
    const ControlCommands commands(device.agent.get(), true);
    QVERIFY(device.start());
    const QString first = device.ask(R"({"cmd":"echo 1"})");
    QVERIFY(!device.ask(R"({"cmd":"echo 2"})").isEmpty());
    QVERIFY(!device.ask(R"({"cmd":"echo 3"})").isEmpty());
    const auto stop = [&](const QJsonValue &request) {
        return commands.answer({{u"do"_s, u"stop"_s}, {u"request"_s, request}});
    };
    QVERIFY(!errorOf(stop(u"nobody"_s)).isEmpty());
    QVERIFY(!errorOf(stop(7)).isEmpty());
    // Not "all" by accident: the member must be there.
    QVERIFY(!errorOf(commands.answer({{u"do"_s, u"stop"_s}})).isEmpty());
    QCOMPARE(device.agent->awaitingCount(), 3);
    QVERIFY(isDone(stop(first)));
    QCOMPARE(device.agent->awaitingCount(), 2);
    QVERIFY(isDone(stop(QJsonValue::Null)));
    QCOMPARE(device.agent->awaitingCount(), 0);
}

void ControlCommandsTest::listsTheEndedBeforeTheAlive()
{
    AttachedAgent device;
    const ControlCommands commands(device.agent.get(), true);
    QVERIFY(device.start());
    QVERIFY(requestsOf(commands).isEmpty());
    const QString first = device.ask(R"({"cmd":"echo 1"})");
    QVERIFY(!device.ask(R"({"cmd":"echo 2","id":"ops-17","reason":"why"})").isEmpty());
    const QString third = device.ask(R"({"cmd":"echo 3"})");
    for (const QString &name : {third, first}) {
        QVERIFY(isDone(commands.answer({{u"do"_s, u"deny"_s}, {u"request"_s, name}})));
    }
    QTRY_COMPARE(device.agent->requests().size(), 1);
    const QJsonArray list = requestsOf(commands);
    QStringList shown;
    for (const QJsonValue request : list)
        shown += request["cmd"_L1].toString() + u' ' + request["state"_L1].toString();
    QCOMPARE(shown,
             (QStringList{u"echo 1 denied"_s, u"echo 3 denied"_s, u"echo 2 awaiting-approval"_s}));
    QCOMPARE(list.last()["id"_L1], u"ops-17"_s);
    QCOMPARE(list.last()["reason"_L1], u"why"_s);
    QVERIFY(list.last()["remaining_ms"_L1].toInteger() > 0);
    QVERIFY(list.first()["id"_L1].isNull());
}

void ControlCommandsTest::describesAnEndedRequest()
{
    QCOMPARE(describe(finishedRow()),
             (QJsonObject{{u"request"_s, u"k3x9q2mz7d"_s},
                          {u"cmd"_s, uR"(ls \u{001B})"_s},
                          {u"sha256"_s, QString::fromLatin1(finishedRow().request.commandSha256())},
                          {u"reason"_s, QJsonValue()},
                          {u"id"_s, QJsonValue()},
                          {u"ignored"_s, QJsonArray()},
                          {u"timeout"_s, 30},
                          {u"received"_s, u"2023-11-14T22:13:20.123Z"_s},
                          {u"state"_s, u"finished"_s},
                          {u"by"_s, QJsonValue()},
                          {u"scope"_s, u"h:443/ops"_s},
                          {u"exit"_s, 3},
                          {u"signal"_s, QJsonValue()},
                          {u"duration_ms"_s, 12},
                          {u"stdout_bytes"_s, qint64{5'000'000'000}},
                          {u"stderr_bytes"_s, 7}}));
}

void ControlCommandsTest::describesHowItWasKilled()
{
    RequestRow row = finishedRow();
    row.outcome.exitCode.reset();
    row.outcome.signal = SIGKILL;
    row.by = u"user"_s;
    row.request.requesterId = u""_s; // sent, but empty
    const QJsonObject object = describe(row);
    QVERIFY(object.value("exit"_L1).isNull());
    QCOMPARE(object.value("signal"_L1), u"SIGKILL"_s);
    QCOMPARE(object.value("by"_L1), u"user"_s);
    QCOMPARE(object.value("id"_L1), u""_s);
}

void ControlCommandsTest::SP_03_describesCommandsInTheirVisibleForm()
{
    RequestRow row = finishedRow();
    row.request.command = "a\rb\n\xE2\x80\xAE\x1B]8;;x\x07";
    const QString shown = describe(row).value("cmd"_L1).toString();
    QVERIFY(std::all_of(shown.begin(), shown.end(),
                        [](QChar c) { return c.unicode() >= 0x20 && c.unicode() < 0x7F; }));
    QCOMPARE(VisibleText::decode(shown), std::optional<QByteArray>(row.request.command));
}

void ControlCommandsTest::queuesEventsInBase64_data()
{
    QTest::addColumn<QJsonValue>("payload");
    QTest::addColumn<bool>("isTaken");
    QTest::newRow("text") << QJsonValue(u"aGk="_s) << true;
    QTest::newRow("binary") << QJsonValue(u"AP8="_s) << true;
    QTest::newRow("longest") << QJsonValue(QString::fromLatin1(QByteArray(32'755, 'x').toBase64()))
                             << true;
    QTest::newRow("too long") << QJsonValue(QString::fromLatin1(QByteArray(32'756, 'x').toBase64()))
                              << false;
    QTest::newRow("empty") << QJsonValue(u""_s) << false;
    QTest::newRow("none") << QJsonValue() << false;
    QTest::newRow("no base64") << QJsonValue(u"hi!"_s) << false;
    QTest::newRow("an object") << QJsonValue(QJsonObject{{u"temp"_s, 21}}) << false;
}

void ControlCommandsTest::queuesEventsInBase64()
{
    QFETCH(QJsonValue, payload);
    QFETCH(bool, isTaken);
    AttachedAgent device;
    const ControlCommands commands(device.agent.get(), true);
    QString error;
    QVERIFY2(device.agent->open(&error), qPrintable(error)); // not attached: it waits
    const QJsonObject answer = commands.answer({{u"do"_s, u"event"_s}, {u"payload"_s, payload}});
    QCOMPARE(isDone(answer), isTaken);
    QCOMPARE(errorOf(answer).isEmpty(), isTaken);
    QCOMPARE(commands.answer({{u"do"_s, u"status"_s}}).value("outbox"_L1), isTaken ? 1 : 0);
}

QTEST_GUILESS_MAIN(ControlCommandsTest)
#include "tst_controlcommands.moc"
