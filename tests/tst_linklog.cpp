// SPDX-License-Identifier: Apache-2.0
#include "journalfixture.h"
#include "linklog.h"
#include "scriptedserver.h"

#include <QSignalSpy>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using State = CometaClient::State;

class TestLinkLog final : public QObject
{
    Q_OBJECT

    struct Fixture
    {
        QTemporaryDir directory;
        ScriptedServer server;
        Journal journal;
        CometaClient client;
        std::unique_ptr<LinkLog> log;

        bool open()
        {
            if (!JournalFixture::open(&journal, directory.filePath(u"data"_s)))
                return false;
            log = std::make_unique<LinkLog>(&client, &journal);
            QObject::connect(&client, &CometaClient::stateChanged, log.get(),
                             [this](State state) { log->write(state, u"host:1/ops"_s); });
            client.setServer(u"127.0.0.1"_s, server.port());
            client.setApplication(u"ops"_s);
            return true;
        }
        bool attach()
        {
            client.attach(u"dev1"_s, "test");
            return QTest::qWaitFor([this] { return client.state() == State::Attached; });
        }
        // Newest first.
        [[nodiscard]] QList<JournalEntry> rows() const
        {
            return journal.entries(u"link"_s, 0, 100);
        }
        [[nodiscard]] QJsonObject newest() const
        {
            return rows().isEmpty() ? QJsonObject() : rows().first().data;
        }
    };

private Q_SLOTS:
    void writesWhatItIsAttachedTo()
    {
        Fixture f;
        QVERIFY(f.open());
        QVERIFY(f.attach());
        QCOMPARE(f.rows().size(), 1);
        QCOMPARE(f.newest(),
                 (QJsonObject{{u"state"_s, u"attached"_s},
                              {u"to"_s, u"host:1/ops"_s},
                              {u"device"_s, u"dev1"_s},
                              {u"encrypted"_s, false}}));
    }

    void writesTheServersRefusalWithItsNumber()
    {
        Fixture f;
        QVERIFY(f.open());
        f.server.setAnswer("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        f.client.attach(u"dev1"_s, "test");
        QTRY_COMPARE(f.client.state(), State::Waiting);
        QCOMPARE(f.newest().value("state"_L1).toString(), u"waiting"_s);
        QCOMPARE(f.newest().value("status"_L1).toInt(), 403);
        QCOMPARE(f.newest().value("error"_L1).toInt(), int(CometaClient::Error::Authorization));
        QCOMPARE(f.newest().value("detail"_L1).toString(), f.client.errorString());
    }

    void writesTheSameProblemOnce()
    {
        Fixture f;
        QVERIFY(f.open());
        f.server.setAnswer("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        f.client.attach(u"dev1"_s, "test");
        QTRY_COMPARE(f.client.state(), State::Waiting);
        QSignalSpy states(&f.client, &CometaClient::stateChanged);
        f.client.retryNow();
        QTRY_VERIFY(states.size() >= 3 && f.client.state() == State::Waiting);
        QCOMPARE(f.rows().size(), 1);
    }

    // Or the history would show it as paused for ever.
    void writesTheProblemAgainAfterAPause()
    {
        Fixture f;
        QVERIFY(f.open());
        f.server.setAnswer("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        f.client.attach(u"dev1"_s, "test");
        QTRY_COMPARE(f.client.state(), State::Waiting);
        f.client.pause();
        QCOMPARE(f.newest(), (QJsonObject{{u"state"_s, u"paused"_s}}));
        f.client.resume();
        QTRY_COMPARE(f.client.state(), State::Waiting);
        QCOMPARE(f.rows().size(), 3);
        QCOMPARE(f.newest().value("state"_L1).toString(), u"waiting"_s);
    }

    void countsHeartbeatsWithoutRows()
    {
        Fixture f;
        QVERIFY(f.open());
        f.server.setAnswer(ScriptedServer::accepted(R"({"msg":"200","heartbeat":1})"));
        QVERIFY(f.attach());
        QSignalSpy counted(f.log.get(), &LinkLog::heartbeatCounted);
        QCOMPARE(f.log->heartbeats(), 0);
        QVERIFY(!f.log->lastHeartbeat().isValid());
        QTRY_COMPARE_WITH_TIMEOUT(f.log->heartbeats(), 2, 10'000);
        QCOMPARE(counted.size(), 2);
        QVERIFY(f.log->lastHeartbeat().isValid());
        QCOMPARE(f.rows().size(), 1);
    }

    void theRowThatEndsAConnectionHasItsHeartbeats()
    {
        Fixture f;
        QVERIFY(f.open());
        f.server.setAnswer(ScriptedServer::accepted(R"({"msg":"200","heartbeat":1})"));
        QVERIFY(f.attach());
        QTRY_VERIFY_WITH_TIMEOUT(f.log->heartbeats() >= 1, 10'000);
        const int count = f.log->heartbeats();
        const QDateTime last = f.log->lastHeartbeat();
        f.client.pause();
        QCOMPARE(f.newest().value("heartbeats"_L1).toInt(), count);
        QCOMPARE(QDateTime::fromString(f.newest().value("last_heartbeat"_L1).toString(),
                                       Qt::ISODateWithMs),
                 last);
        QCOMPARE(f.log->heartbeats(), 0);
        QVERIFY(f.attach());
        f.client.detach();
        QVERIFY(!f.newest().contains("heartbeats"_L1));
        QCOMPARE(f.newest().value("state"_L1).toString(), u"disconnected"_s);
    }
};

QTEST_GUILESS_MAIN(TestLinkLog)
#include "tst_linklog.moc"
