// SPDX-License-Identifier: Apache-2.0
#include "controlclient.h"

#include <QFile>
#include <QLocalServer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

// A client, and an agent that a test plays by hand.
struct Pair
{
    QTemporaryDir directory;
    QString path = directory.filePath(u"s"_s);
    QLocalServer server;
    QLocalSocket *agent = nullptr;
    ControlClient client{path};
    QSignalSpy answered{&client, &ControlClient::answered};
    QSignalSpy failed{&client, &ControlClient::failed};

    // What the client sent, once it was received.
    QByteArray send(const QJsonObject &request)
    {
        if (!server.isListening() && !server.listen(path))
            return {};
        client.send(request);
        if (!QTest::qWaitFor([this] { return server.hasPendingConnections(); }))
            return {};
        agent = server.nextPendingConnection();
        return QTest::qWaitFor([this] { return agent->canReadLine(); }) ? agent->readLine()
                                                                        : QByteArray();
    }
    // Waits until it has told how it ended; once, and nothing else.
    bool hasEnded()
    {
        return QTest::qWaitFor([this] { return answered.size() + failed.size() > 0; })
            && !QTest::qWaitFor([this] { return answered.size() + failed.size() > 1; }, 20);
    }
};

const QJsonObject Status{{u"do"_s, u"status"_s}};

} // namespace

class ControlClientTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void handsBackTheAnswer()
    {
        Pair pair;
        QCOMPARE(pair.send({{u"do"_s, u"deny"_s}, {u"reason"_s, u"two\nlines"_s}}),
                 "{\"do\":\"deny\",\"reason\":\"two\\nlines\"}\n");
        pair.agent->write("{\"ok\":true}\n");
        QVERIFY(pair.hasEnded());
        QCOMPARE(pair.answered.first().first().toJsonObject(), (QJsonObject{{u"ok"_s, true}}));
        QTRY_COMPARE(pair.agent->state(), QLocalSocket::UnconnectedState);
    }

    void collectsAnAnswerThatComesInPieces()
    {
        Pair pair;
        QVERIFY(!pair.send(Status).isEmpty());
        const QByteArray large(4 * 1024 * 1024, 'x');
        pair.agent->write("{\"a\":\"" + large);
        pair.agent->flush();
        QVERIFY(!QTest::qWaitFor([&] { return !pair.answered.isEmpty(); }, 20));
        pair.agent->write("\"}\n");
        QVERIFY(pair.hasEnded());
        QCOMPARE(pair.answered.first().first().toJsonObject().value("a"_L1).toString().size(),
                 large.size());
    }

    void takesOneAnswer()
    {
        Pair pair;
        QVERIFY(!pair.send(Status).isEmpty());
        pair.agent->write("{\"n\":1}\n{\"n\":2}\n");
        QVERIFY(pair.hasEnded());
        QCOMPARE(pair.answered.first().first().toJsonObject().value("n"_L1), 1);
    }

    void canBeUsedAgain()
    {
        Pair pair;
        for (int i = 1; i <= 3; ++i) {
            QVERIFY(!pair.send(Status).isEmpty());
            pair.agent->write("{\"n\":" + QByteArray::number(i) + "}\n");
            QTRY_COMPARE(pair.answered.size(), i);
            QCOMPARE(pair.answered.last().first().toJsonObject().value("n"_L1), i);
        }
        QVERIFY(pair.failed.isEmpty());
    }

    void canBeUsedAgainByWhomItTells()
    {
        Pair pair;
        int left = 2;
        connect(&pair.client, &ControlClient::failed, &pair.client, [&] {
            if (--left > 0)
                pair.client.send(Status);
        });
        pair.client.send(Status); // nobody listens
        QTRY_COMPARE(pair.failed.size(), 2);
    }

    void saysWhatToDoWhenNoAgentRuns_data()
    {
        QTest::addColumn<bool>("isLeftBehind"); // the file of a socket where nobody listens
        QTest::newRow("no file") << false;
        QTest::newRow("left behind") << true;
    }
    void saysWhatToDoWhenNoAgentRuns()
    {
        QFETCH(bool, isLeftBehind);
        Pair pair;
        const QString other = pair.directory.filePath(u"other"_s);
        if (isLeftBehind) {
            QLocalServer gone;
            QVERIFY(gone.listen(other));
            QVERIFY(QFile::rename(other, pair.path)); // so that it is not removed
        }
        pair.client.send(Status);
        QVERIFY(pair.failed.isEmpty()); // not before it returns
        QVERIFY(pair.hasEnded());
        const QString error = pair.failed.first().first().toString();
        QVERIFY2(error.contains(u"cometa-agent") && error.contains(pair.path), qPrintable(error));
    }

    void saysThatTheAgentWentAway_data()
    {
        QTest::addColumn<QByteArray>("last");
        QTest::newRow("without a word") << QByteArray();
        QTest::newRow("in the middle of an answer") << QByteArray("{\"ok\":tr");
        QTest::newRow("before the end of the line") << QByteArray("{\"ok\":true}");
    }
    void saysThatTheAgentWentAway()
    {
        QFETCH(QByteArray, last);
        Pair pair;
        QVERIFY(!pair.send(Status).isEmpty());
        pair.agent->write(last);
        pair.agent->disconnectFromServer();
        QVERIFY(pair.hasEnded());
        QCOMPARE(pair.failed.size(), 1);
        QVERIFY(pair.failed.first().first().toString().contains(u"went away"));
    }

    void refusesAnAnswerThatIsNoObject_data()
    {
        QTest::addColumn<QByteArray>("line");
        for (const char *line : {"", "[]", "true", "{", "\xFF", "HTTP/1.1 200 OK\r"})
            QTest::addRow("'%s'", line) << QByteArray(line);
    }
    void refusesAnAnswerThatIsNoObject()
    {
        QFETCH(QByteArray, line);
        Pair pair;
        QVERIFY(!pair.send(Status).isEmpty());
        pair.agent->write(line + '\n');
        QVERIFY(pair.hasEnded());
        QCOMPARE(pair.failed.size(), 1);
        QVERIFY(pair.failed.first().first().toString().contains(u"no JSON object"));
    }

    void canEndBeforeTheAnswer()
    {
        QTemporaryDir directory;
        QLocalServer server;
        QVERIFY(server.listen(directory.filePath(u"s"_s)));
        {
            ControlClient client(directory.filePath(u"s"_s));
            client.send(Status);
        }
        QVERIFY(!QTest::qWaitFor([&] { return server.hasPendingConnections(); }, 20));
    }
};

QTEST_GUILESS_MAIN(ControlClientTest)
#include "tst_controlclient.moc"
