// SPDX-License-Identifier: Apache-2.0
#include "agentdevice.h"

#include <QJsonArray>
#include <QSignalSpy>

using namespace std::chrono_literals;

class TestAgent final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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

    void P16_warnsOfFilesThatOthersCanReadOrChange_data()
    {
        QTest::addColumn<bool>("key");
        QTest::addColumn<int>("more");
        QTest::newRow("the key") << true << int(QFile::ReadOther);
        QTest::newRow("the key, by the group") << true << int(QFile::ReadGroup);
        QTest::newRow("the settings") << false << int(QFile::WriteOther);
        QTest::newRow("the settings, by the group") << false << int(QFile::WriteGroup);
    }
    void P16_warnsOfFilesThatOthersCanReadOrChange()
    {
        QFETCH(const bool, key);
        QFETCH(const int, more);
        Device device;
        const QString path = device.touched("file");
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        (key ? device.settings.keyFile : device.settings.configFile) = path;
        const QFile::Permissions own = QFile::ReadOwner | QFile::WriteOwner;
        QVERIFY(file.setPermissions(key ? own : own | QFile::ReadGroup | QFile::ReadOther));
        const Agent agent(device.settings, Agent::Owner::Headless);
        QCOMPARE(agent.warning(), QString());
        QVERIFY(file.setPermissions(own | QFile::Permissions(more)));
        QVERIFY(agent.warning().contains(path));
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
