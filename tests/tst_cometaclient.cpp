// SPDX-License-Identifier: Apache-2.0
#include "cometaclient.h"
#include "deadline.h"
#include "scriptedserver.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace std::chrono;
using namespace std::chrono_literals;
using State = CometaClient::State;
using Error = CometaClient::Error;

Q_DECLARE_METATYPE(std::chrono::milliseconds)

namespace {

const QString Device = QStringLiteral("52540012AB34");

// A client attached to a scripted server, or on its way there.
struct Link
{
    ScriptedServer server;
    CometaClient client;
    QSignalSpy requests{&client, &CometaClient::requestReceived};
    QSignalSpy abandoned{&client, &CometaClient::requestAbandoned};

    void begin()
    {
        client.setServer(QStringLiteral("127.0.0.1"), server.port());
        client.setApplication(QStringLiteral("ops"));
        client.attach(Device, "Linux-device");
    }
    bool attach()
    {
        begin();
        return QTest::qWaitFor([this] { return client.state() == State::Attached; });
    }
    bool receive(qsizetype count)
    {
        return QTest::qWaitFor([this, count] { return requests.size() >= count; });
    }
    RequestId id(qsizetype index) const { return requests.at(index).at(0).value<RequestId>(); }
    QByteArray message(qsizetype index) const { return requests.at(index).at(1).toByteArray(); }
};

} // namespace

class TestCometaClient final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qRegisterMetaType<RequestId>();
        qRegisterMetaType<milliseconds>();
    }

    void sendsTheAttachRequestByteForByte()
    {
        Link link;
        QVERIFY(link.attach());
        QCOMPARE(link.server.attachRequest(),
                 "POST /v1/applications/ops/devices/52540012AB34 HTTP/1.1\r\n"
                 "Host: 127.0.0.1:"
                     + QByteArray::number(link.server.port())
                     + "\r\n"
                       "Content-Length: 12\r\n\r\nLinux-device");
    }

    void manyRequestsAtOnceAreTakenInSeveralTurns()
    {
        constexpr int Count = 400;
        Link link;
        QVERIFY(link.attach());
        int turns = 0;
        QTimer turn; // what else the program has to do
        connect(&turn, &QTimer::timeout, &turn, [&turns] { ++turns; });
        connect(&link.client, &CometaClient::requestReceived, &link.client, [&link, &turn, &turns] {
            if (link.requests.size() == 1) {
                turn.start();
                turns = 0;
            }
            QElapsedTimer work;
            for (work.start(); !work.hasExpired(1);) { }
        });
        QByteArray bytes;
        for (int i = 0; i < Count; ++i)
            bytes += ScriptedServer::chunk(QByteArray::number(i));
        link.server.send(bytes);
        QVERIFY(link.receive(Count));
        for (int i = 0; i < Count; ++i)
            QCOMPARE(link.message(i), QByteArray::number(i));
        QVERIFY2(turns >= 3, qPrintable(QString::number(turns)));
    }

    void goesThroughItsStates()
    {
        Link link;
        QSignalSpy states(&link.client, &CometaClient::stateChanged);
        QVERIFY(link.attach());
        QList<State> seen;
        for (const QList<QVariant> &change : states)
            seen.append(change.first().value<State>());
        QCOMPARE(seen, (QList<State>{State::Connecting, State::Attaching, State::Attached}));
        QCOMPARE(link.client.generation(), 1U);
        QCOMPARE(link.client.heartbeatInterval(), 60s);
        QVERIFY(link.client.isLoopback());
        QVERIFY(!link.client.isEncrypted());
        QCOMPARE(link.client.serverTime().toSecsSinceEpoch(), 1700000000);
    }

    void tellsItsSteps()
    {
        Link link;
        QSignalSpy steps(&link.client, &CometaClient::stepReached);
        QVERIFY(link.attach());
        QCOMPARE(steps.size(), 4);
        QCOMPARE(steps.first().first().value<CometaClient::Step>(), CometaClient::Step::Resolved);
        QCOMPARE(steps.last().first().value<CometaClient::Step>(), CometaClient::Step::Attached);
    }

    void takesAMessageInTheSegmentOfTheAttachReply()
    {
        Link link;
        link.server.setAnswer(ScriptedServer::accepted() + ScriptedServer::chunk("hello"));
        link.begin();
        QVERIFY(link.receive(1));
        QCOMPARE(link.message(0), QByteArray("hello"));
    }

    void PA_15_takesTheAnswerByteByByte()
    {
        Link link;
        link.server.setAnswer(ScriptedServer::accepted() + ScriptedServer::chunk("hello"));
        link.server.setAnswerByteByByte(true);
        link.begin();
        QVERIFY(link.receive(1));
        QCOMPARE(link.message(0), QByteArray("hello"));
        QCOMPARE(link.requests.size(), 1);
    }

    void writesRepliesInTheOrderOfTheRequests()
    {
        Link link;
        QVERIFY(link.attach());
        link.server.send(ScriptedServer::chunk("one") + ScriptedServer::chunk("two"));
        QVERIFY(link.receive(2));
        QVERIFY(link.client.reply(link.id(1), "second"));
        QVERIFY(link.client.reply(link.id(0), "first"));
        QTRY_COMPARE(link.server.received(), QByteArray("5\r\nfirst\r\n6\r\nsecond\r\n"));
    }

    void refusesRepliesThatNobodyWaitsFor()
    {
        Link link;
        QVERIFY(link.attach());
        link.server.send(ScriptedServer::chunk("one"));
        QVERIFY(link.receive(1));
        const RequestId id = link.id(0);
        QVERIFY(!link.client.reply({id.generation, id.number + 1}, "x"));
        QVERIFY(!link.client.reply({id.generation + 1, id.number}, "x"));
        QVERIFY(!link.client.reply(id, ""));
        QVERIFY(!link.client.reply(id, "\x06"));
        QVERIFY(!link.client.reply(id, "\x07 bell"));
        QVERIFY(link.client.reply(id, "right"));
        QVERIFY(!link.client.reply(id, "twice"));
        QTRY_COMPARE(link.server.received(), QByteArray("5\r\nright\r\n"));
    }

    void answersByItsHandler()
    {
        Link link;
        link.client.setRequestHandler(
            [](const QByteArray &message) { return "you said " + message; });
        QVERIFY(link.attach());
        link.server.send(ScriptedServer::chunk("hi"));
        QTRY_COMPARE(link.server.received(), QByteArray("b\r\nyou said hi\r\n"));
    }

    void NE_11_tellsThatTheServerGaveUp()
    {
        Link link;
        QVERIFY(link.attach());
        link.server.send(ScriptedServer::chunk("one"));
        QVERIFY(link.receive(1));
        const auto since = BootClock::now();
        QVERIFY(QTest::qWaitFor([&] { return BootClock::now() - since > 1100ms; }));
        link.server.send(ScriptedServer::chunk("two"));
        QVERIFY(link.receive(2));
        QCOMPARE(link.abandoned.size(), 1);
        QCOMPARE(link.abandoned.first().at(0).value<RequestId>(), link.id(0));
        QCOMPARE(link.abandoned.first().at(1).value<CometaClient::Abandoned>(),
                 CometaClient::Abandoned::ServerGaveUp);
        QVERIFY(link.abandoned.first().at(2).value<milliseconds>() >= 1000ms);
        QVERIFY(!link.client.reply(link.id(0), "late"));
        QVERIFY(link.client.reply(link.id(1), "right"));
        QTRY_COMPARE(link.server.received(), QByteArray("5\r\nright\r\n"));
    }

    void NE_10_neverRepliesOnAnotherConnection()
    {
        Link link;
        QVERIFY(link.attach());
        link.server.send(ScriptedServer::chunk("one"));
        QVERIFY(link.receive(1));
        link.server.resetLink();
        QTRY_COMPARE(link.abandoned.size(), 1);
        QCOMPARE(link.abandoned.first().at(1).value<CometaClient::Abandoned>(),
                 CometaClient::Abandoned::LinkLost);
        QTRY_COMPARE(link.client.generation(), 2U);
        link.server.send(ScriptedServer::chunk("two"));
        QVERIFY(link.receive(2));
        QVERIFY(!link.client.reply(link.id(0), "old"));
        QVERIFY(link.client.reply(link.id(1), "new"));
        QTRY_COMPARE(link.server.received(), QByteArray("3\r\nnew\r\n"));
    }

    void sendsEventsAndTellsWhenTheyArrived()
    {
        Link link;
        QSignalSpy delivered(&link.client, &CometaClient::eventDelivered);
        QCOMPARE(link.client.sendEvent("too early"), 0U);
        QVERIFY(link.attach());
        const quint64 ticket = link.client.sendEvent(R"({"temp":21})");
        QVERIFY(ticket > 0);
        QTRY_COMPARE(link.server.received(), QByteArray("c\r\n\x07{\"temp\":21}\r\n"));
        QTRY_COMPARE(delivered.size(), 1);
        QCOMPARE(delivered.first().first().toULongLong(), ticket);
        QCOMPARE(link.client.sendEvent(QByteArray(32756, 'x')), 0U);
        QVERIFY(link.client.sendEvent(QByteArray(32755, 'x')) > 0);
    }

    void beatsInTime()
    {
        Link link;
        link.server.setAnswer(ScriptedServer::accepted(R"({"msg":"200","heartbeat":1})"));
        QSignalSpy beats(&link.client, &CometaClient::heartbeatSent);
        QVERIFY(link.attach());
        const auto since = BootClock::now();
        QTRY_COMPARE_WITH_TIMEOUT(beats.size(), 3, 5000);
        const auto passed = duration_cast<milliseconds>(BootClock::now() - since);
        QVERIFY2(passed >= 1920ms && passed <= 2880ms, qPrintable(QString::number(passed.count())));
        QTRY_COMPARE(link.server.received(), QByteArray("1\r\n\x06\r\n1\r\n\x06\r\n1\r\n\x06\r\n"));
    }

    void comesBackByItself_data()
    {
        QTest::addColumn<QByteArray>("lastBytes");
        QTest::newRow("PA_07 end of the stream") << QByteArray("0\r\n\r\n");
        QTest::newRow("PA_04 bare LF") << QByteArray("5\nhello\n");
        QTest::newRow("PA_01 no size") << QByteArray("zz\r\n");
        QTest::newRow("PA_19 cut in a chunk") << QByteArray("5\r\nhel");
    }
    void comesBackByItself()
    {
        QFETCH(QByteArray, lastBytes);
        Link link;
        QVERIFY(link.attach());
        link.server.send(lastBytes);
        link.server.closeLink();
        QTRY_COMPARE(link.server.connections(), 2);
        QTRY_COMPARE(link.client.state(), State::Attached);
        QVERIFY(link.requests.isEmpty());
    }

    void findsARestartedServer()
    {
        Link link;
        QVERIFY(link.attach());
        link.server.stopListening();
        link.server.resetLink();
        QTRY_COMPARE(link.client.state(), State::Waiting);
        QCOMPARE(link.client.error(), Error::Network);
        QVERIFY(link.server.listenAgain());
        QTRY_COMPARE_WITH_TIMEOUT(link.client.state(), State::Attached, 15000);
        QCOMPARE(link.client.generation(), 2U);
        QCOMPARE(link.client.errorString(), QString());
    }

    void saysInOneLineWhatToDo_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, const QByteArray &answer, int status,
                            const char *text) {
            QTest::newRow(name) << answer << status << QString::fromUtf8(text);
        };
        const auto refusal = [](const QByteArray &line, const QByteArray &body) {
            return "HTTP/1.1 " + line + "\r\nContent-Length: " + QByteArray::number(body.size())
                + "\r\n\r\n" + body;
        };
        row("PA_13 401", refusal("401 Unauthorized", ""), 401, "check the application id");
        row("PA_13 403", refusal("403 Forbidden", R"({"msg":"403 Forbidden"})"), 403,
            "check the application id");
        row("PA_13 404", refusal("404 Not Found", "<html>"), 404, "check server and port");
        row("PA_13 409", refusal("409 Conflict", R"({"msg":"409 Conflict"})"), 409, "409 Conflict");
        row("PA_13 429", refusal("429 Too Many Requests", ""), 429, "too often");
        row("PA_13 503", refusal("503 Service Unavailable", ""), 503, "trying again");
        row("PA_12 301", refusal("301 Moved", ""), 301, "the server redirects");
        row("PA_12 307", refusal("307 Temporary Redirect", ""), 307, "the server redirects");
        row("NE_08 407", refusal("407 Proxy Authentication Required", ""), 407,
            "not a Cometa server");
        row("NE_08 200 HTML", refusal("200 OK", "<html>"), 0, "not as a Cometa server");
        row("PA_17 refused in 200", ScriptedServer::accepted(R"({"msg":"403 Forbidden"})"), 403,
            "check the application id");
        row("PA_17 not JSON", ScriptedServer::accepted("hello"), 0, "no Cometa reply");
        row("PA_14 two framings",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", 0,
            "not as a Cometa server");
        row("PA_10 SSH", "SSH-2.0-OpenSSH_9.2\r\n", 0, "is not a Cometa server");
        row("chunked refusal",
            "HTTP/1.1 403 No\r\nTransfer-Encoding: chunked\r\n\r\n"
                + ScriptedServer::chunk(R"({"msg":"403 Go away"})") + "0\r\n\r\n",
            403, "403 Go away");
        row("ended at once", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 0,
            "without a word");
        row("TLS alert", QByteArray("\x15\x03\x01\x00\x02\x02\x28", 7), 0, "wants encryption");
    }
    void saysInOneLineWhatToDo()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QString, text);
        Link link;
        link.server.setAnswer(answer);
        link.client.setReconnect(false);
        QSignalSpy errors(&link.client, &CometaClient::errorOccurred);
        link.begin();
        QTRY_COMPARE_WITH_TIMEOUT(errors.size(), 1, 5000);
        QVERIFY2(link.client.errorString().contains(text), qPrintable(link.client.errorString()));
        QVERIFY(!link.client.errorString().contains(u'\n'));
        QTEST(link.client.statusCode(), "status");
        QCOMPARE(link.client.state(), State::Disconnected);
        QVERIFY(link.requests.isEmpty());
    }

    void saysSoWhenTheServerHangsUp()
    {
        Link link;
        link.server.setAnswer({});
        link.server.setHangUpAfterAnswer(true);
        link.client.setReconnect(false);
        link.begin();
        QTRY_VERIFY(!link.client.errorString().isEmpty());
        QVERIFY2(link.client.errorString().contains(QStringLiteral("hung up")),
                 qPrintable(link.client.errorString()));
    }

    void PA_13_waitsLongAfterForbidden()
    {
        Link link;
        link.server.setAnswer("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        link.begin();
        QTRY_COMPARE(link.client.state(), State::Waiting);
        QVERIFY(link.client.timeToRetry() > 59s);
        QCOMPARE(link.client.error(), Error::Authorization);
    }

    void waitsLongAfterTheProxyRefusedThePassword()
    {
        ScriptedServer proxy; // one that answers before it was asked
        proxy.setGreeting("HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic\r\n\r\n");
        Link link;
        link.client.setProxy({ProxyOptions::Kind::Http, QStringLiteral("127.0.0.1"), proxy.port(),
                              QStringLiteral("anna"), QStringLiteral("pw")});
        link.begin();
        QTRY_COMPARE(link.client.state(), State::Waiting);
        QCOMPARE(link.client.error(), Error::Authorization);
        QVERIFY(link.client.timeToRetry() > 59s);
        QCOMPARE(proxy.connections(), 1);
        QCOMPARE(link.server.connections(), 0);
    }

    void PA_13_honoursRetryAfter()
    {
        Link link;
        link.server.setAnswer(
            "HTTP/1.1 503 Busy\r\nRetry-After: 86400\r\nContent-Length: 0\r\n\r\n");
        link.begin();
        QTRY_COMPARE(link.client.state(), State::Waiting);
        QVERIFY(link.client.timeToRetry() > 590s);
        QVERIFY(link.client.timeToRetry() <= 600s);
    }

    void retriesSoonAfterAConflict()
    {
        Link link;
        link.server.setAnswer(
            "HTTP/1.1 409 Conflict\r\nContent-Length: 23\r\n\r\n{\"msg\":\"409 Conflict\"}");
        link.begin();
        QTRY_COMPARE(link.client.state(), State::Waiting);
        QVERIFY(link.client.timeToRetry() > 4s);
        QVERIFY(link.client.timeToRetry() <= 10s);
        link.server.setAnswer(ScriptedServer::accepted());
        link.client.retryNow();
        QTRY_COMPARE(link.client.state(), State::Attached);
    }

    void PA_16_endsAServerThatStops_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("in silence") << QByteArray();
        QTest::newRow("mid-head") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Enc");
        QTest::newRow("mid-size") << QByteArray(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2");
        QTest::newRow("mid-data") << QByteArray(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{\"msg\"");
        QTest::newRow("in a message") << ScriptedServer::accepted() + "20\r\n{\"cmd\"";
    }
    void PA_16_endsAServerThatStops()
    {
        QFETCH(QByteArray, answer);
        Link link;
        link.server.setAnswer(answer);
        link.client.setTimeouts({2000ms, 200ms, 300ms});
        link.client.setReconnect(false);
        QSignalSpy errors(&link.client, &CometaClient::errorOccurred);
        link.begin();
        QTRY_COMPARE_WITH_TIMEOUT(errors.size(), 1, 4000);
        QVERIFY(link.requests.isEmpty());
    }

    void tellsUnusableParameters_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("port");
        QTest::addColumn<QString>("application");
        QTest::addColumn<QString>("device");
        QTest::newRow("host") << QStringLiteral("a b") << 80 << QStringLiteral("ops") << Device;
        QTest::newRow("port") << QStringLiteral("127.0.0.1") << 0 << QStringLiteral("ops")
                              << Device;
        QTest::newRow("application")
            << QStringLiteral("127.0.0.1") << 80 << QStringLiteral("a/b") << Device;
        QTest::newRow("device") << QStringLiteral("127.0.0.1") << 80 << QStringLiteral("ops")
                                << QStringLiteral("..");
        QTest::newRow("CRLF") << QStringLiteral("127.0.0.1") << 80 << QStringLiteral("ops\r\nX: y")
                              << Device;
    }
    void tellsUnusableParameters()
    {
        QFETCH(QString, host);
        QFETCH(int, port);
        QFETCH(QString, application);
        QFETCH(QString, device);
        CometaClient client;
        client.setServer(host, quint16(port));
        client.setApplication(application);
        client.attach(device, "x");
        QCOMPARE(client.state(), State::Disconnected);
        QCOMPARE(client.error(), Error::Parameters);
        QVERIFY(!client.errorString().isEmpty());
    }

    void tellsThatNothingListens()
    {
        Link link;
        link.server.stopListening();
        link.client.setReconnect(false);
        link.begin();
        QTRY_COMPARE(link.client.error(), Error::Network);
        QVERIFY2(link.client.errorString().contains(QStringLiteral("check the port")),
                 qPrintable(link.client.errorString()));
    }

    void detachesAfterWritingWhatIsBuffered()
    {
        Link link;
        QVERIFY(link.attach());
        link.server.send(ScriptedServer::chunk("one"));
        QVERIFY(link.receive(1));
        QVERIFY(link.client.reply(link.id(0), "last words"));
        QSignalSpy detached(&link.client, &CometaClient::detached);
        link.client.detach();
        QCOMPARE(link.client.state(), State::Disconnected);
        QTRY_COMPARE(detached.size(), 1);
        QTRY_COMPARE(link.server.received(), QByteArray("a\r\nlast words\r\n"));
    }

    void pausesAndResumes()
    {
        Link link;
        QVERIFY(link.attach());
        link.client.pause();
        QCOMPARE(link.client.state(), State::Paused);
        QTRY_VERIFY(!link.server.hasDevice());
        link.client.resume();
        QTRY_COMPARE(link.client.state(), State::Attached);
        QCOMPARE(link.client.generation(), 2U);
    }

    void mayBeDetachedInASlot()
    {
        Link link;
        connect(&link.client, &CometaClient::requestReceived, &link.client,
                [&link] { link.client.detach(); });
        QVERIFY(link.attach());
        link.server.send(ScriptedServer::chunk("one") + ScriptedServer::chunk("two"));
        QTRY_COMPARE(link.client.state(), State::Disconnected);
        QCOMPARE(link.requests.size(), 1);
    }

    void sendsAHeartbeatWhenAsked()
    {
        ScriptedServer server;
        CometaClient client;
        QCOMPARE(client.sendHeartbeat(), quint64(0));
        client.setServer(QStringLiteral("127.0.0.1"), server.port());
        client.setApplication(QStringLiteral("ops"));
        client.setTls({false, {}, {}, {}, {}});
        QSignalSpy delivered(&client, &CometaClient::eventDelivered);
        client.attach(Device, "x");
        QTRY_COMPARE(client.state(), State::Attached);
        QVERIFY(!client.peerCertificate());
        const quint64 ticket = client.sendHeartbeat();
        QVERIFY(ticket > 0);
        QTRY_COMPARE(delivered.size(), 1);
        QCOMPARE(delivered.first().first().toULongLong(), ticket);
        QTRY_COMPARE(server.received(), ScriptedServer::chunk("\x06"));
    }

    void speaksTls_data()
    {
        QTest::addColumn<QString>("certificate");
        QTest::addColumn<QString>("pin");
        QTest::addColumn<QString>("problem");
        const QString pin =
            QStringLiteral("5b56487994221cb003bbb51ce9827d0a4dfc56a91f8f037ad30ef44dfce8494d");
        QTest::newRow("right") << QStringLiteral("server") << QString() << QString();
        QTest::newRow("right pin") << QStringLiteral("server") << pin << QString();
        QTest::newRow("NE_02 wrong pin")
            << QStringLiteral("server") << QString(64, u'0') << QStringLiteral("pinned");
        QTest::newRow("NE_01 other name")
            << QStringLiteral("othername") << QString() << QStringLiteral("not for 127.0.0.1");
        QTest::newRow("NE_01 common name only")
            << QStringLiteral("commonname") << QString() << QStringLiteral("not for 127.0.0.1");
    }
    void speaksTls()
    {
        QFETCH(QString, certificate);
        QFETCH(QString, pin);
        QFETCH(QString, problem);
        const QString directory = QFINDTESTDATA("data/tls/");
        QSslConfiguration configuration;
        configuration.setLocalCertificateChain(
            QSslCertificate::fromPath(directory + certificate + QStringLiteral(".pem")));
        QFile keyFile(directory + certificate + QStringLiteral(".key"));
        QVERIFY(keyFile.open(QIODevice::ReadOnly));
        configuration.setPrivateKey(QSslKey(&keyFile, QSsl::Ec));
        ScriptedServer server(true, configuration);
        CometaClient client;
        client.setServer(QStringLiteral("127.0.0.1"), server.port());
        client.setApplication(QStringLiteral("ops"));
        client.setTls({true, directory + QStringLiteral("ca.pem"), pin, {}, {}});
        client.setReconnect(false);
        client.attach(Device, "x");
        if (problem.isEmpty()) {
            QTRY_COMPARE(client.state(), State::Attached);
            QVERIFY(client.isEncrypted());
            QCOMPARE(client.peerCertificate(), configuration.localCertificate());
            return;
        }
        QTRY_VERIFY(!client.errorString().isEmpty());
        QVERIFY2(client.errorString().contains(problem), qPrintable(client.errorString()));
        QVERIFY(server.attachRequest().isEmpty());
    }

    void NE_01_refusesAnUnknownAuthority()
    {
        const QString directory = QFINDTESTDATA("data/tls/");
        QSslConfiguration configuration;
        configuration.setLocalCertificateChain(
            QSslCertificate::fromPath(directory + QStringLiteral("server.pem")));
        QFile keyFile(directory + QStringLiteral("server.key"));
        QVERIFY(keyFile.open(QIODevice::ReadOnly));
        configuration.setPrivateKey(QSslKey(&keyFile, QSsl::Ec));
        ScriptedServer server(true, configuration);
        CometaClient client;
        client.setServer(QStringLiteral("127.0.0.1"), server.port());
        client.setApplication(QStringLiteral("ops"));
        client.setTls({true, {}, {}, {}, {}});
        client.setReconnect(false);
        std::optional<QSslCertificate> seen;
        connect(&client, &CometaClient::errorOccurred, this,
                [&] { seen = client.peerCertificate(); });
        client.attach(Device, "x");
        QTRY_COMPARE(client.error(), Error::Authorization);
        QCOMPARE(seen, configuration.localCertificate());
        QVERIFY2(client.errorString().contains(QStringLiteral("--ca-file")),
                 qPrintable(client.errorString()));
        QVERIFY(server.attachRequest().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestCometaClient)
#include "tst_cometaclient.moc"
