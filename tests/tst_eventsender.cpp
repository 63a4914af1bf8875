// SPDX-License-Identifier: Apache-2.0
#include "cometaclient.h"
#include "eventsender.h"
#include "journal.h"
#include "scriptedserver.h"

#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;

class TestEventSender final : public QObject
{
    Q_OBJECT

    const QString m_scope = QStringLiteral("127.0.0.1:1/ops");

    struct Fixture
    {
        QTemporaryDir directory;
        ScriptedServer server;
        Journal journal;
        CometaClient client;
        std::unique_ptr<EventSender> events;

        bool open(const QString &scope, Outbox::Limits limits = {})
        {
            QString error;
            if (!journal.open(directory.filePath(QStringLiteral("data")), &error))
                return false;
            events = std::make_unique<EventSender>(&client, &journal, limits);
            events->setTarget(scope, QStringLiteral("dev1"), 0s);
            client.setServer(QStringLiteral("127.0.0.1"), server.port());
            client.setApplication(QStringLiteral("ops"));
            return true;
        }
        bool attach()
        {
            client.attach(QStringLiteral("dev1"), "test");
            return QTest::qWaitFor(
                [this] { return client.state() == CometaClient::State::Attached; });
        }
    };

private Q_SLOTS:
    void sendsInOrderWhatWasAddedBeforeTheLink()
    {
        Fixture f;
        QVERIFY(f.open(m_scope));
        QVERIFY(f.events->add(Outbox::Kind::Event, m_scope, "a"));
        QVERIFY(f.events->add(Outbox::Kind::Result, m_scope, "b"));
        QVERIFY(f.attach());
        QTRY_COMPARE(f.server.received(),
                     QByteArray("2\r\n\x07"
                                "a\r\n2\r\n\x07"
                                "b\r\n"));
        QTRY_COMPARE(f.events->count(), 0);
        QCOMPARE(f.journal.entries(QStringLiteral("event"), 0, 10).size(), 2);
    }

    void tellsHowManyWait()
    {
        Fixture f;
        QVERIFY(f.open(m_scope));
        QSignalSpy counts(f.events.get(), &EventSender::countChanged);
        QVERIFY(f.events->add(Outbox::Kind::Event, m_scope, "a"));
        QVERIFY(f.events->add(Outbox::Kind::Event, m_scope, "b"));
        QCOMPARE(counts.size(), 2);
        QCOMPARE(counts.last().first().toInt(), 2);
        QVERIFY(f.attach());
        QTRY_COMPARE(counts.size(), 4);
        QCOMPARE(counts.last().first().toInt(), 0);
    }

    void sendsNothingThatIsMeantForAnotherServer()
    {
        Fixture f;
        QVERIFY(f.open(m_scope));
        QVERIFY(f.events->add(Outbox::Kind::Result, QStringLiteral("other:1/ops"), "theirs"));
        QVERIFY(f.attach());
        QVERIFY(f.events->add(Outbox::Kind::Event, m_scope, "ours"));
        QTRY_COMPARE(f.events->count(), 1);
        QCOMPARE(f.server.received(),
                 QByteArray("5\r\n\x07"
                            "ours\r\n"));
    }

    void sendsMoreThanFitsInFlight()
    {
        Fixture f;
        QVERIFY(f.open(m_scope));
        QByteArray expected;
        for (int i = 0; i < 300; ++i) {
            const QByteArray payload = QByteArray::number(1000 + i);
            QVERIFY(f.events->add(Outbox::Kind::Event, m_scope, payload));
            expected += "5\r\n\x07" + payload + "\r\n";
        }
        QVERIFY(f.attach());
        QTRY_COMPARE(f.server.received(), expected);
        QTRY_COMPARE(f.events->count(), 0);
    }

    void sendsAgainWhatWasNotAcknowledged()
    {
        Fixture f;
        QVERIFY(f.open(m_scope));
        QVERIFY(f.attach());
        QVERIFY(f.events->add(Outbox::Kind::Event, m_scope, "once more"));
        f.client.pause(); // before the acknowledgement was seen
        QCOMPARE(f.events->count(), 1);
        f.client.resume();
        QTRY_COMPARE(f.client.generation(), 2U);
        QTRY_COMPARE(f.server.received(), QByteArray("a\r\n\x07once more\r\n"));
        QTRY_COMPARE(f.events->count(), 0);
    }

    void tellsTheJournalWhatHadToGo()
    {
        Fixture f;
        QVERIFY(f.open(m_scope, {2, 1024}));
        for (const char *payload : {"1", "2", "3"})
            QVERIFY(f.events->add(Outbox::Kind::Event, m_scope, payload));
        QCOMPARE(f.events->count(), 2);
        const QList<JournalEntry> entries = f.journal.entries(QStringLiteral("outbox"), 0, 10);
        QCOMPARE(entries.size(), 1);
        QCOMPARE(entries.first().data.value(QStringLiteral("dropped")).toInt(), 1);
    }

    void makesNoTimeStampsWhileDetached()
    {
        Fixture f;
        QVERIFY(f.open(m_scope));
        f.events->setTarget(m_scope, QStringLiteral("dev1"), 1s);
        QVERIFY(!QTest::qWaitFor([&] { return f.events->count() > 0; }, 1500));
    }
};

QTEST_GUILESS_MAIN(TestEventSender)
#include "tst_eventsender.moc"
