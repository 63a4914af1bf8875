// SPDX-License-Identifier: Apache-2.0
#include "agent.h"
#include "scriptedserver.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

QByteArray command(const QByteArray &text, const QByteArray &more = {})
{
    return ScriptedServer::chunk("{\"cmd\":\"" + text + "\"" + more + "}");
}

// The frames that a device sent: their data, in order.
QList<QByteArray> frames(QByteArray bytes)
{
    QList<QByteArray> result;
    while (true) {
        const qsizetype line = bytes.indexOf("\r\n");
        bool ok = false;
        const qsizetype size = bytes.left(std::max<qsizetype>(line, 0)).toLongLong(&ok, 16);
        if (!ok || bytes.size() < line + 2 + size + 2)
            return result;
        result.append(bytes.mid(line + 2, size));
        bytes = bytes.mid(line + 2 + size + 2);
    }
}

QJsonObject object(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

} // namespace

// An agent attached to a scripted server, with a data directory of its own.
class Device final
{
public:
    QTemporaryDir directory;
    ScriptedServer server;
    Settings settings;
    std::unique_ptr<Agent> agent;

    Device()
    {
        settings.server = QStringLiteral("127.0.0.1");
        settings.port = server.port();
        settings.application = QStringLiteral("ops");
        settings.device = QStringLiteral("dev1");
        settings.dataDirectory = directory.filePath(QStringLiteral("data"));
        settings.eventInterval = 0s;
        settings.tls = false;
        server.setAnswer(ScriptedServer::accepted());
    }
    bool start(Agent::Owner owner = Agent::Owner::Headless)
    {
        agent = std::make_unique<Agent>(settings, owner);
        QString error;
        if (!agent->open(&error)) {
            qWarning("%s", qPrintable(error));
            return false;
        }
        agent->start();
        return QTest::qWaitFor([this] { return agent->state() == CometaClient::State::Attached; });
    }
    QList<QByteArray> sent() const { return frames(server.received()); }
    bool hasSent(qsizetype count) const
    {
        return QTest::qWaitFor([this, count] { return sent().size() >= count; });
    }
    bool awaits(int count) const
    {
        return QTest::qWaitFor([this, count] { return agent->awaitingCount() == count; });
    }
    const ActiveRequest *first() const { return agent->requests().value(0); }
    bool approveFirst()
    {
        QString error;
        const Request request = first()->request();
        return agent->approve(request.name, request.commandSha256(), &error);
    }
    bool addRule(Rule::Verdict verdict, const QByteArray &command,
                 std::optional<int> usesLeft = {}) const
    {
        Rule rule;
        rule.verdict = verdict;
        rule.command = command;
        rule.scope = agent->scope();
        rule.usesLeft = usesLeft;
        QString error;
        return agent->rules()->add(rule, &error);
    }
    QString touched(const char *name) const
    {
        return directory.filePath(QString::fromLatin1(name));
    }
};

class TestAgent final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qunsetenv("XDG_RUNTIME_DIR"); } // control socket in the data directory

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

    void knowsNoRequestOfAnotherServer()
    {
        Device device;
        device.settings.approval = Settings::Approval::All;
        QVERIFY(device.start());
        device.server.send(command("echo secret"));
        QVERIFY(device.hasSent(1));
        const QByteArray name = device.agent->journal()->requests({}).first().request.name.toUtf8();
        Settings changed = device.settings;
        changed.application = QStringLiteral("other");
        device.agent->setSettings(changed);
        QTRY_COMPARE(device.server.connections(), 2);
        QTRY_COMPARE(device.agent->state(), CometaClient::State::Attached);
        device.server.send(
            ScriptedServer::chunk("{\"op\":\"result\",\"request\":\"" + name + "\"}"));
        QVERIFY(device.hasSent(1));
        QCOMPARE(object(device.sent().first()).value(QStringLiteral("code")).toString(),
                 QStringLiteral("unknown"));
    }

    void P13_isDetachedWhileTheKeychainIsAsked()
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere"); // there is none
        Device device;
        QVERIFY(device.start());
        Settings changed = device.settings;
        changed.application = QStringLiteral("other");
        changed.proxy = QStringLiteral("http://127.0.0.1:9");
        changed.proxyUser = QStringLiteral("anna");
        changed.proxyKeychain = true;
        device.agent->setSettings(changed);
        QCOMPARE(device.agent->state(), CometaClient::State::Disconnected); // at once
        QTRY_VERIFY(device.agent->lacksLogin());
        QVERIFY(device.agent->problem().contains(QStringLiteral("password for the proxy")));
        changed.proxyKeychain = false;
        changed.proxy = QStringLiteral("none");
        device.agent->setSettings(changed);
        QTRY_COMPARE(device.agent->state(), CometaClient::State::Attached);
        QVERIFY(!device.agent->lacksLogin() && device.agent->problem().isEmpty());
        QCOMPARE(device.server.connections(), 2);
    }

    void aPauseEndsTheSearchForAPassword()
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
        Device device;
        QVERIFY(device.start());
        Settings changed = device.settings;
        changed.proxy = QStringLiteral("http://127.0.0.1:9");
        changed.proxyUser = QStringLiteral("anna");
        changed.proxyKeychain = true;
        device.agent->setSettings(changed);
        device.agent->pause();
        QCOMPARE(device.agent->state(), CometaClient::State::Paused);
        Keychain later; // by its answer the other would have come
        QSignalSpy answered(&later, &Keychain::failed);
        later.look();
        QVERIFY(answered.wait());
        QCOMPARE(device.agent->state(), CometaClient::State::Paused);
        QVERIFY(!device.agent->lacksLogin());
    }

    void anotherPasswordMakesAnotherLink()
    {
        Device device;
        QVERIFY(device.start());
        device.agent->setSettings(device.settings);
        QCOMPARE(device.server.connections(), 1);
        device.agent->setSettings(device.settings, true);
        QTRY_COMPARE(device.server.connections(), 2);
        QTRY_COMPARE(device.agent->state(), CometaClient::State::Attached);
    }

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

    void sendsTheOwnersEvents()
    {
        Device device;
        QVERIFY(device.start());
        QString error;
        QVERIFY(device.agent->sendEvent("{\"temp\":21}", &error));
        QVERIFY(device.hasSent(1));
        QCOMPARE(device.sent().first(), QByteArray("\x07{\"temp\":21}"));
        QTRY_COMPARE(device.agent->outboxCount(), 0);
        QVERIFY(!device.agent->sendEvent(QByteArray(32756, 'x'), &error));
        QVERIFY2(error.contains(QStringLiteral("32755")), qPrintable(error));
        QVERIFY(!device.agent->sendEvent({}, &error));
    }

    void keepsEventsWhileTheLinkIsDown()
    {
        Device device;
        QVERIFY(device.start());
        device.agent->pause();
        QString error;
        for (const char *text : {"1", "2", "3"})
            QVERIFY(device.agent->sendEvent(text, &error));
        QCOMPARE(device.agent->outboxCount(), 3);
        device.agent->resume();
        QTRY_COMPARE(device.agent->state(), CometaClient::State::Attached);
        QVERIFY(device.hasSent(3));
        QCOMPARE(device.sent(),
                 (QList<QByteArray>{"\x07"
                                    "1",
                                    "\x07"
                                    "2",
                                    "\x07"
                                    "3"}));
        QTRY_COMPARE(device.agent->outboxCount(), 0);
    }

    void P14_neverIgnoresWhatOnlyTlsCanCheck()
    {
        Device device;
        QVERIFY(device.start());
        Settings settings = device.settings;
        settings.tls.reset();
        QVERIFY(!device.agent->wantsTls(settings));
        settings.pin = QString(64, u'a');
        QVERIFY(device.agent->wantsTls(settings));
        settings.pin.clear();
        settings.caFile = QStringLiteral("/etc/ca.pem");
        QVERIFY(device.agent->wantsTls(settings));
        settings.caFile.clear();
        settings.certFile = QStringLiteral("/etc/me.pem");
        QVERIFY(device.agent->wantsTls(settings));
    }

    void sendsTheSdksTimeStamp()
    {
        Device device;
        device.settings.eventInterval = 1s;
        QVERIFY(device.start());
        QVERIFY(device.hasSent(1));
        const QRegularExpression shape(QStringLiteral(
            "^\\x07\\{\"id\":\"dev1\",\"time\":\"\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\"\\}$"));
        QVERIFY2(shape.match(QString::fromLatin1(device.sent().first())).hasMatch(),
                 device.sent().first().constData());
    }

    void EX_16_stopsAndAnswersEverythingWhenItEnds()
    {
        Device device;
        device.settings.approval = Settings::Approval::All;
        QVERIFY(device.start());
        device.server.send(command("sleep 101") + command("sleep 102") + command("sleep 103")
                           + command("sleep 104"));
        QTRY_COMPARE(device.agent->runningCount(), 4);
        QSignalSpy done(device.agent.get(), &Agent::shutDownDone);
        device.agent->shutDown();
        QTRY_COMPARE(done.size(), 1);
        QTRY_COMPARE(device.sent().size(), 4);
        for (const QByteArray &reply : device.sent())
            QCOMPARE(object(reply).value(QStringLiteral("code")).toString(),
                     QStringLiteral("stopped"));
        for (const RequestRow &row : device.agent->journal()->requests({}))
            QCOMPARE(row.state, RequestState::Stopped);
    }

    void remembersASettingsChange()
    {
        Device device;
        QVERIFY(device.start());
        Settings changed = device.settings;
        changed.timeLimit = 5s;
        QSignalSpy states(device.agent.get(), &Agent::settingsChanged);
        device.agent->setSettings(changed);
        QCOMPARE(states.size(), 1);
        QCOMPARE(device.server.connections(), 1); // the link is not concerned
        const QList<JournalEntry> entries =
            device.agent->journal()->entries(QStringLiteral("settings"), 0, 10);
        QCOMPARE(entries.size(), 1);
        QCOMPARE(entries.first().data.value(QStringLiteral("changed")).toArray(),
                 QJsonArray{QStringLiteral("time-limit")});
    }

    void saysWhatIsMissing()
    {
        Device device;
        device.settings.server.clear();
        Agent agent(device.settings, Agent::Owner::Headless);
        QString error;
        QVERIFY2(agent.open(&error), qPrintable(error));
        agent.start();
        QCOMPARE(agent.state(), CometaClient::State::Disconnected);
        QVERIFY(agent.problem().contains(QStringLiteral("--server")));
    }

    void ST_04_allowsOneAgentOnADirectory()
    {
        Device device;
        QVERIFY(device.start());
        Agent second(device.settings, Agent::Owner::Headless);
        QString error;
        QVERIFY(!second.open(&error));
        QVERIFY2(error.contains(QStringLiteral("Another agent")), qPrintable(error));
    }
};

QTEST_GUILESS_MAIN(TestAgent)
#include "tst_agent.moc"
