// SPDX-License-Identifier: Apache-2.0
#include "connection.h"
#include "scriptedserver.h"
#include "splits.h"

#include <QSignalSpy>
#include <QTest>

using namespace std::chrono;
using namespace std::chrono_literals;
using Error = CometaClient::Error;

Q_DECLARE_METATYPE(CometaClient::Error)

namespace {

AttachTarget targetAt(quint16 port)
{
    AttachTarget target;
    target.host = QStringLiteral("127.0.0.1");
    target.port = port;
    target.applicationId = QStringLiteral("ops");
    target.deviceId = QStringLiteral("52540012AB34");
    target.info = "Linux-device";
    return target;
}

// A connection to a scripted server.
struct Link
{
    explicit Link(const LinkTimeouts &timeouts = {}, bool tls = false)
    {
        AttachTarget target = targetAt(server.port());
        target.tls.enabled = tls;
        connection = std::make_unique<Connection>(target, timeouts);
        attached = std::make_unique<QSignalSpy>(connection.get(), &Connection::attached);
        messages = std::make_unique<QSignalSpy>(connection.get(), &Connection::messageReceived);
        closed = std::make_unique<QSignalSpy>(connection.get(), &Connection::closed);
    }
    bool attach() const
    {
        connection->open();
        return QTest::qWaitFor([this] { return attached->size() == 1; });
    }
    // Attached, with so many requests open.
    bool attach(const QByteArray &bytes, qsizetype requests)
    {
        if (!attach())
            return false;
        server.send(bytes);
        return QTest::qWaitFor([&] { return messages->size() == requests; });
    }
    // A turn of the loop for each piece: loopback hands over at once, so each is one read.
    void sendPieces(const QList<QByteArray> &pieces)
    {
        for (const QByteArray &piece : pieces) {
            server.send(piece);
            QCoreApplication::processEvents();
        }
    }
    [[nodiscard]] QList<QByteArray> received() const
    {
        QList<QByteArray> all;
        for (const QList<QVariant> &message : std::as_const(*messages))
            all.append(message.at(1).toByteArray());
        return all;
    }
    [[nodiscard]] LinkFailure failure() const
    {
        return closed->constFirst().constFirst().value<LinkFailure>();
    }

    ScriptedServer server;
    std::unique_ptr<Connection> connection;
    std::unique_ptr<QSignalSpy> attached;
    std::unique_ptr<QSignalSpy> messages;
    std::unique_ptr<QSignalSpy> closed;
};

// A peer that accepts the attach and then takes nothing any more.
struct DeafServer
{
    QTcpServer server;
    QTcpSocket *socket = nullptr;

    bool accept(Connection *connection)
    {
        QSignalSpy attached(connection, &Connection::attached);
        connection->open();
        if (!QTest::qWaitFor([this] { return server.hasPendingConnections(); }))
            return false;
        socket = server.nextPendingConnection();
        if (!QTest::qWaitFor([this] { return socket->bytesAvailable() > 0; }))
            return false;
        socket->setReadBufferSize(1);
        socket->write(ScriptedServer::accepted(R"({"msg":"200","heartbeat":1})"));
        return QTest::qWaitFor([&] { return attached.size() == 1; });
    }
};

constexpr qsizetype moreThanAllBuffers = qsizetype{32} * 1024 * 1024;

} // namespace

class TestConnection final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void attachesAndTellsItsSteps();
    void PA_15_doesNotDependOnHowTheStreamIsSplit();
    void PA_15_takesLargeMessages();
    void writesRepliesInTheOrderOfTheRequests();
    void refusesRepliesThatNobodyWaitsFor();
    void NE_11_tellsThatTheServerGaveUp();
    void NE_10_handsOutWhatIsOpenWhenTheLinkIsLost();
    void sendsEventsBetweenReplies();
    void takesNoEventsWhileTheLinkIsFull();
    void beatsAsTheServerWishes();
    void NE_05_dropsAPeerThatAcknowledgesNothing();
    void closesOnceTheBufferedIsWritten();
    void closesADeafPeerAfterTwoSeconds();
    void closesAtOnceWithoutALink();
    void saysWhyAnAttachFailed_data();
    void saysWhyAnAttachFailed();
    void PA_12_followsNoRedirection();
    void PA_13_readsRefusalsHoweverTheyAreFramed_data();
    void PA_13_readsRefusalsHoweverTheyAreFramed();
    void PA_13_hearsWhenToComeBack();
    void saysWhyALinkEnded_data();
    void saysWhyALinkEnded();
    void saysThatNobodyListens();
    void PA_16_waitsForAHeadNoLonger();
    void PA_16_aDrippingHeadGetsNoMoreTime();
    void PA_16_aDrippingChunkGetsNoMoreTime();
    void waitsForTlsNoLonger();
    void saysThatThereIsNoTls();
    void P14_isNeverLocalThroughAProxy();
    void saysThatTheProxyKeepsSilent();
    void saysThatThereIsNoProxy();
};

void TestConnection::attachesAndTellsItsSteps()
{
    Link link;
    link.server.setAnswer(
        ScriptedServer::accepted(R"({"msg":"200","heartbeat":7,"timestamp":1700000000})"));
    QSignalSpy steps(link.connection.get(), &Connection::stepReached);
    QSignalSpy attaching(link.connection.get(), &Connection::attaching);
    const BootClock::time_point before = BootClock::now();
    QVERIFY(link.attach());
    QCOMPARE(link.server.attachRequest(),
             "POST /v1/applications/ops/devices/52540012AB34 HTTP/1.1\r\n"
             "Host: 127.0.0.1:"
                 + QByteArray::number(link.server.port())
                 + "\r\nContent-Length: 12\r\n\r\nLinux-device");
    QList<CometaClient::Step> seen;
    for (const QList<QVariant> &step : std::as_const(steps))
        seen.append(step.first().value<CometaClient::Step>());
    using Step = CometaClient::Step;
    QCOMPARE(seen,
             (QList<Step>{Step::Resolved, Step::Connected, Step::AttachSent, Step::Attached}));
    QCOMPARE(attaching.size(), 1);
    QVERIFY(link.connection->isLoopback());
    QVERIFY(!link.connection->isEncrypted());
    QCOMPARE(link.connection->attachReply().heartbeat, 7s);
    QCOMPARE(link.connection->attachReply().serverTime.toSecsSinceEpoch(), 1700000000);
    QVERIFY(link.connection->attachedAt() >= before);
    QVERIFY(link.connection->attachedAt() <= BootClock::now());
}

void TestConnection::PA_15_doesNotDependOnHowTheStreamIsSplit()
{
    const QByteArray stream = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                              "d\r\n{\"msg\":\"200\"}\r\n"
                              "3\r\none\r\n"
                              "00000005;name=\"a b\"\r\nt\r\nwo\r\n"
                              "1\r\n\x06\r\n";
    for (const QList<QByteArray> &pieces : splitsOf(stream)) {
        Link link;
        link.server.setAnswer({});
        link.connection->open();
        QTRY_VERIFY(!link.server.attachRequest().isEmpty());
        link.sendPieces(pieces);
        QTRY_COMPARE(link.messages->size(), 3);
        QCOMPARE(link.received(), (QList<QByteArray>{"one", "t\r\nwo", "\x06"}));
        QCOMPARE(link.messages->at(2).first().toULongLong(), 3U);
        QCOMPARE(link.attached->size(), 1);
        QVERIFY(link.closed->isEmpty());
    }
}

void TestConnection::PA_15_takesLargeMessages()
{
    Link link;
    QByteArray largest(1024 * 1024, 'x');
    largest.replace(500'000, 4, "\r\n\0!");
    QVERIFY(link.attach(ScriptedServer::chunk(largest) + ScriptedServer::chunk("next"), 2));
    QVERIFY(link.received().first() == largest);
    QCOMPARE(link.received().last(), "next");
}

void TestConnection::writesRepliesInTheOrderOfTheRequests()
{
    Link link;
    QVERIFY(link.attach("3\r\none\r\n3\r\ntwo\r\n5\r\nthree\r\n", 3));
    QVERIFY(link.connection->reply(3, "third"));
    QVERIFY(link.connection->reply(1, "first"));
    QTRY_COMPARE(link.server.received(), "5\r\nfirst\r\n");
    QVERIFY(link.connection->reply(2, QByteArray(16, '2')));
    QTRY_COMPARE(link.server.received(), "5\r\nfirst\r\n10\r\n2222222222222222\r\n5\r\nthird\r\n");
    QVERIFY(link.connection->takeOpenRequests().isEmpty());
}

void TestConnection::refusesRepliesThatNobodyWaitsFor()
{
    Link link;
    QVERIFY(!link.connection->reply(1, "too early"));
    QVERIFY(link.attach("3\r\none\r\n", 1));
    QVERIFY(!link.connection->reply(0, "x"));
    QVERIFY(!link.connection->reply(2, "x"));
    QVERIFY(link.connection->reply(1, "right"));
    QVERIFY(!link.connection->reply(1, "twice"));
    link.connection->close();
    QVERIFY(!link.connection->reply(1, "too late"));
    QTRY_VERIFY(!link.server.hasDevice());
    QCOMPARE(link.server.received(), "5\r\nright\r\n");
}

void TestConnection::NE_11_tellsThatTheServerGaveUp()
{
    Link link;
    QSignalSpy gaveUp(link.connection.get(), &Connection::serverGaveUp);
    QVERIFY(link.attach("3\r\none\r\n3\r\ntwo\r\n", 2));
    QVERIFY(gaveUp.isEmpty()); // pipelined
    const BootClock::time_point since = BootClock::now();
    QVERIFY(QTest::qWaitFor([&] { return BootClock::now() - since >= 1s; }));
    link.server.send("5\r\nthree\r\n");
    QTRY_COMPARE(link.messages->size(), 3);
    QCOMPARE(gaveUp.size(), 2);
    QCOMPARE(gaveUp.at(0).first().toULongLong(), 1U);
    QCOMPARE(gaveUp.at(1).first().toULongLong(), 2U);
    QVERIFY(gaveUp.at(0).at(1).value<milliseconds>() >= 1s);
    QVERIFY(!link.connection->reply(1, "late"));
    QVERIFY(!link.connection->reply(2, "late"));
    QVERIFY(link.connection->reply(3, "right"));
    QTRY_COMPARE(link.server.received(), "5\r\nright\r\n");
}

void TestConnection::NE_10_handsOutWhatIsOpenWhenTheLinkIsLost()
{
    Link link;
    QVERIFY(link.attach("3\r\none\r\n3\r\ntwo\r\n", 2));
    QVERIFY(link.connection->reply(2, "held"));
    link.server.resetLink();
    QTRY_COMPARE(link.closed->size(), 1);
    QVERIFY(!link.connection->reply(1, "late"));
    const QList<ReplyQueue::Open> open = link.connection->takeOpenRequests();
    QCOMPARE(open.size(), 2);
    QCOMPARE(open.first().number, 1U);
    QCOMPARE(open.last().reply, std::optional<QByteArray>("held"));
}

void TestConnection::sendsEventsBetweenReplies()
{
    Link link;
    QSignalSpy delivered(link.connection.get(), &Connection::eventDelivered);
    QVERIFY(!link.connection->sendEvent("too early", 1));
    QVERIFY(link.attach("3\r\none\r\n", 1));
    QVERIFY(link.connection->sendEvent(R"({"temp":21})", 7));
    QVERIFY(link.connection->reply(1, "one"));
    QVERIFY(link.connection->sendEvent("", 8));
    QTRY_COMPARE(link.server.received(), "c\r\n\a{\"temp\":21}\r\n3\r\none\r\n1\r\n\a\r\n");
    QTRY_COMPARE(delivered.size(), 2);
    QCOMPARE(delivered.first().first().toULongLong(), 7U);
    QCOMPARE(delivered.last().first().toULongLong(), 8U);
    link.connection->close();
    QVERIFY(!link.connection->sendEvent("too late", 9));
}

void TestConnection::takesNoEventsWhileTheLinkIsFull()
{
    Link link;
    QVERIFY(link.attach());
    const QByteArray event(32'000, 'x');
    int taken = 0;
    while (taken < 1'000 && link.connection->sendEvent(event, quint64(taken) + 1))
        ++taken;
    QVERIFY2(taken > 30 && taken < 40, qPrintable(QString::number(taken))); // 1 MiB
    const qsizetype frame = 1 + event.size() + qsizetype(qstrlen("7d01\r\n\r\n"));
    QTRY_COMPARE(link.server.received().size(), taken * frame);
    QVERIFY(link.connection->sendEvent(event, 1'000)); // there is room again
}

void TestConnection::beatsAsTheServerWishes()
{
    Link link;
    link.server.setAnswer(ScriptedServer::accepted(R"({"msg":"200","heartbeat":1})"));
    QSignalSpy beats(link.connection.get(), &Connection::heartbeatSent);
    QVERIFY(link.attach("3\r\none\r\n", 1)); // an open request does not hold it back
    QTRY_COMPARE(beats.size(), 1);
    const auto passed = BootClock::now() - link.connection->attachedAt();
    QVERIFY(passed >= 800ms);
    QTRY_COMPARE(link.server.received(), "1\r\n\x06\r\n");
    link.connection->close();
    QVERIFY(!QTest::qWaitFor([&] { return beats.size() > 1; }, 1'000));
}

void TestConnection::NE_05_dropsAPeerThatAcknowledgesNothing()
{
    DeafServer deaf;
    QVERIFY(deaf.server.listen(QHostAddress::LocalHost, 0));
    Connection connection(targetAt(deaf.server.serverPort()), {});
    QSignalSpy closed(&connection, &Connection::closed);
    QSignalSpy messages(&connection, &Connection::messageReceived);
    QVERIFY(deaf.accept(&connection));
    deaf.socket->write("3\r\none\r\n");
    QTRY_COMPARE(messages.size(), 1);
    QVERIFY(connection.reply(1, QByteArray(moreThanAllBuffers, 'x')));
    QTRY_COMPARE_WITH_TIMEOUT(closed.size(), 1, 13'000); // 3 heartbeats + 10 s
    const auto failure = closed.first().first().value<LinkFailure>();
    QCOMPARE(failure.error, Error::Network);
}

void TestConnection::closesOnceTheBufferedIsWritten()
{
    Link link;
    QVERIFY(link.attach("3\r\none\r\n", 1));
    QSignalSpy finished(link.connection.get(), &Connection::finished);
    QVERIFY(link.connection->reply(1, QByteArray(8 * 1024 * 1024, 'x')));
    link.connection->close();
    QVERIFY(finished.isEmpty());
    QTRY_COMPARE(finished.size(), 1);
    QTRY_COMPARE(link.server.received().size(),
                 qsizetype(qstrlen("800000\r\n\r\n")) + 8 * 1024 * 1024);
    QVERIFY(link.server.received().endsWith("x\r\n"));
    QVERIFY(link.closed->isEmpty());
}

void TestConnection::closesADeafPeerAfterTwoSeconds()
{
    DeafServer deaf;
    QVERIFY(deaf.server.listen(QHostAddress::LocalHost, 0));
    Connection connection(targetAt(deaf.server.serverPort()), {});
    QSignalSpy finished(&connection, &Connection::finished);
    QSignalSpy closed(&connection, &Connection::closed);
    QSignalSpy messages(&connection, &Connection::messageReceived);
    QVERIFY(deaf.accept(&connection));
    deaf.socket->write("3\r\none\r\n");
    QTRY_COMPARE(messages.size(), 1);
    QVERIFY(connection.reply(1, QByteArray(moreThanAllBuffers, 'x')));
    const BootClock::time_point since = BootClock::now();
    connection.close();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 10'000);
    QVERIFY(BootClock::now() - since >= 2s);
    QVERIFY(!QTest::qWaitFor([&] { return finished.size() > 1; }, 50));
    QVERIFY(closed.isEmpty());
}

void TestConnection::closesAtOnceWithoutALink()
{
    Link link;
    QSignalSpy finished(link.connection.get(), &Connection::finished);
    link.connection->open();
    link.connection->close();
    QVERIFY(finished.isEmpty()); // not before it returns
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(!QTest::qWaitFor([&] { return !link.server.attachRequest().isEmpty(); }, 50));
    QVERIFY(link.closed->isEmpty());
}

void TestConnection::saysWhyAnAttachFailed_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<CometaClient::Error>("error");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("words");
    const QByteArray chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n";
    const auto row = [](const char *tag, const QByteArray &answer, const char *words,
                        int status = 0, Error error = Error::Protocol) {
        QTest::newRow(tag) << answer << error << status << QString::fromLatin1(words);
    };
    row("hangs up at once", "", "hung up before");
    row("hangs up in the head", "HTTP/1.1 200 OK\r\nTrans", "hung up before");
    row("hangs up in the first chunk", chunked + "\r\nd\r\n{\"msg\"", "hung up before");
    row("no HTTP", "SSH-2.0-OpenSSH_9.2\r\n", "not a Cometa server");
    row("a TLS alert", QByteArray("\x15\x03\x03\x00\x02\x02\x28", 7), "--tls");
    row("PA_10 HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\n", "not a Cometa server");
    row("PA_11 101", "HTTP/1.1 101 Switching Protocols\r\n\r\n", "not a Cometa server");
    row("PA_14 Content-Length", "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{\"msg\":\"200\"}",
        "not chunked");
    row("PA_14 both", chunked + "Content-Length: 13\r\n\r\nd\r\n{\"msg\":\"200\"}\r\n",
        "not chunked");
    row("PA_14 gzip", chunked + "Content-Encoding: gzip\r\n\r\nd\r\n{\"msg\":\"200\"}\r\n",
        "not chunked");
    row("PA_07 ends at once", chunked + "\r\n0\r\n\r\n", "without a word");
    row("PA_01 size in the dark", chunked + "\r\nG1\r\n", "broke the protocol");
    row("PA_17 not JSON", chunked + "\r\n2\r\nOK\r\n", "no Cometa reply");
    row("PA_17 an array", chunked + "\r\n2\r\n[]\r\n", "no Cometa reply");
    row("200 that says 403", chunked + "\r\n17\r\n{\"msg\":\"403 Forbidden\"}\r\n", "403 Forbidden",
        403, Error::Authorization);
    row("NE_08 a captive portal", "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>",
        "not chunked");
    row("NE_08 a proxy", "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n",
        "407", 407, Error::Authorization);
}

void TestConnection::saysWhyAnAttachFailed()
{
    QFETCH(QByteArray, answer);
    QFETCH(CometaClient::Error, error);
    QFETCH(int, status);
    QFETCH(QString, words);
    Link link;
    link.server.setAnswer(answer);
    link.server.setHangUpAfterAnswer(true);
    link.connection->open();
    QTRY_COMPARE(link.closed->size(), 1);
    const LinkFailure failure = link.failure();
    QVERIFY2(failure.text.contains(words), qPrintable(failure.text));
    QVERIFY2(failure.text.contains(QStringLiteral("127.0.0.1")), qPrintable(failure.text));
    QCOMPARE(failure.error, error);
    QCOMPARE(failure.status, status);
    QVERIFY(link.attached->isEmpty());
    QVERIFY(!QTest::qWaitFor([&] { return link.closed->size() > 1; }, 20));
}

void TestConnection::PA_12_followsNoRedirection()
{
    for (const char *status : {"301", "302", "307", "308"}) {
        Link link;
        link.server.setAnswer(
            "HTTP/1.1 " + QByteArray(status) + " Moved\r\nLocation: http://127.0.0.1:"
            + QByteArray::number(link.server.port()) + "/other\r\nContent-Length: 0\r\n\r\n");
        link.connection->open();
        QTRY_COMPARE(link.closed->size(), 1);
        QCOMPARE(link.failure().status, QByteArray(status).toInt());
        QVERIFY(!QTest::qWaitFor([&] { return link.server.connections() > 1; }, 20));
    }
}

void TestConnection::PA_13_readsRefusalsHoweverTheyAreFramed_data()
{
    QTest::addColumn<QByteArray>("rest"); // behind the status line
    QTest::addColumn<bool>("hangsUp");
    const QByteArray json = R"({"msg":"409 Conflict"})";
    QTest::newRow("length") << "Content-Length: 22\r\n\r\n" + json << false;
    QTest::newRow("chunked, not ended")
        << "Transfer-Encoding: chunked\r\n\r\n" + ScriptedServer::chunk(json) << true;
    QTest::newRow("chunked") << "Transfer-Encoding: chunked\r\n\r\n" + ScriptedServer::chunk(json)
            + "0\r\n\r\n" << false;
    QTest::newRow("in two chunks") << "Transfer-Encoding: chunked\r\n\r\n"
            + ScriptedServer::chunk(json.left(9)) + ScriptedServer::chunk(json.mid(9))
            + "0\r\n\r\n" << false;
    QTest::newRow("until the end") << "\r\n" + json << true;
    QTest::newRow("until the end that does not come") << "\r\n" + json << false;
    QTest::newRow("length, cut short") << "Content-Length: 23\r\n\r\n" + json << true;
}

void TestConnection::PA_13_readsRefusalsHoweverTheyAreFramed()
{
    QFETCH(QByteArray, rest);
    QFETCH(bool, hangsUp);
    Link link;
    link.server.setAnswer("HTTP/1.1 409 Nonsense\r\n" + rest);
    link.server.setHangUpAfterAnswer(hangsUp);
    link.connection->open();
    QTRY_COMPARE(link.closed->size(), 1);
    QCOMPARE(link.failure().status, 409);
    QCOMPARE(link.failure().error, Error::Authorization);
    QVERIFY2(link.failure().text.contains(QStringLiteral("409 Conflict")),
             qPrintable(link.failure().text));
}

void TestConnection::PA_13_hearsWhenToComeBack()
{
    Link link;
    link.server.setAnswer("HTTP/1.1 429 Too Many Requests\r\nretry-after: 30\r\n"
                          "Content-Length: 0\r\n\r\n");
    link.connection->open();
    QTRY_COMPARE(link.closed->size(), 1);
    QCOMPARE(link.failure().status, 429);
    QCOMPARE(link.failure().retryAfter, std::optional<seconds>(30s));
}

void TestConnection::saysWhyALinkEnded_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<CometaClient::Error>("error");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *tag, const QByteArray &bytes, Error error, const char *words) {
        QTest::newRow(tag) << bytes << error << QString::fromLatin1(words);
    };
    row("closed", "", Error::Network, "closed the link");
    row("PA_07 end of the stream", "0\r\n\r\n", Error::Network, "ended the link");
    row("PA_01 no size", "zz\r\n", Error::Protocol, "broke the protocol");
    row("PA_02 too large", "100001\r\n", Error::Protocol, "broke the protocol");
    row("PA_04 bare LF", "5\nhello\n", Error::Protocol, "broke the protocol");
    row("PA_06 longer than its size", "2\r\n{}{}\r\n", Error::Protocol, "broke the protocol");
    row("PA_19 whole object in a cut chunk", "c\r\n{\"cmd\":\"x\"}", Error::Network,
        "closed the link");
}

void TestConnection::saysWhyALinkEnded()
{
    QFETCH(QByteArray, bytes);
    QFETCH(CometaClient::Error, error);
    QFETCH(QString, words);
    Link link;
    QVERIFY(link.attach());
    link.server.send(bytes);
    link.server.closeLink();
    QTRY_COMPARE(link.closed->size(), 1);
    QCOMPARE(link.failure().error, error);
    QVERIFY2(link.failure().text.contains(words), qPrintable(link.failure().text));
    QVERIFY(link.messages->isEmpty());
    QTRY_VERIFY(!link.server.hasDevice());
}

void TestConnection::saysThatNobodyListens()
{
    quint16 port = 0;
    {
        const ScriptedServer gone;
        port = gone.port();
    }
    Connection connection(targetAt(port), {});
    QSignalSpy closed(&connection, &Connection::closed);
    connection.open();
    QTRY_COMPARE(closed.size(), 1);
    const auto failure = closed.first().first().value<LinkFailure>();
    QCOMPARE(failure.error, Error::Network);
    QVERIFY(failure.text.contains(QStringLiteral("Nothing listens")));
    QVERIFY(!connection.isLoopback()); // is nowhere
}

void TestConnection::PA_16_waitsForAHeadNoLonger()
{
    LinkTimeouts timeouts;
    timeouts.head = 50ms;
    Link link(timeouts);
    link.server.setAnswer({});
    link.connection->open();
    QTRY_COMPARE(link.closed->size(), 1);
    QCOMPARE(link.failure().error, Error::Timeout);
    QVERIFY(link.failure().text.contains(QStringLiteral("does not answer the attach")));
}

void TestConnection::PA_16_aDrippingHeadGetsNoMoreTime()
{
    LinkTimeouts timeouts;
    timeouts.head = 200ms;
    Link link(timeouts);
    link.server.setAnswer("HTTP/1.1 200 OK\r\nX: ");
    link.connection->open();
    QTRY_VERIFY(!link.server.attachRequest().isEmpty());
    QTimer drip;
    connect(&drip, &QTimer::timeout, this, [&] { link.server.send("x"); });
    drip.start(10ms);
    QTRY_COMPARE(link.closed->size(), 1);
    QCOMPARE(link.failure().error, Error::Timeout);
}

void TestConnection::PA_16_aDrippingChunkGetsNoMoreTime()
{
    LinkTimeouts timeouts;
    timeouts.chunk = 200ms;
    Link link(timeouts);
    QVERIFY(link.attach());
    QVERIFY(!QTest::qWaitFor([&] { return !link.closed->isEmpty(); }, 250)); // idle: no deadline
    const BootClock::time_point since = BootClock::now();
    link.server.send("10000\r\n");
    QTimer drip;
    connect(&drip, &QTimer::timeout, this, [&] { link.server.send("x"); });
    drip.start(10ms);
    QTRY_COMPARE(link.closed->size(), 1);
    QVERIFY(BootClock::now() - since >= 200ms);
    QCOMPARE(link.failure().error, Error::Protocol);
    QVERIFY(link.failure().text.contains(QStringLiteral("in the middle of a message")));
    QVERIFY(link.messages->isEmpty());
}

void TestConnection::waitsForTlsNoLonger()
{
    LinkTimeouts timeouts;
    timeouts.connect = 100ms;
    Link link(timeouts, true);
    QVERIFY(link.connection->isEncrypted());
    link.connection->open();
    QTRY_COMPARE(link.closed->size(), 1);
    QCOMPARE(link.failure().error, Error::Timeout);
    QVERIFY(link.server.attachRequest().isEmpty()); // nothing in the clear
}

void TestConnection::saysThatThereIsNoTls()
{
    Link link({}, true);
    link.server.setGreeting("HTTP/1.1 400 Bad Request\r\n\r\n");
    link.connection->open();
    QTRY_COMPARE(link.closed->size(), 1);
    QCOMPARE(link.failure().error, Error::Protocol);
    QVERIFY2(link.failure().text.contains(QStringLiteral("No encrypted link")),
             qPrintable(link.failure().text));
    QVERIFY(link.server.attachRequest().isEmpty());
}

// The proxy and the server behind it are on loopback; the link is not.
void TestConnection::P14_isNeverLocalThroughAProxy()
{
    QTcpServer proxy;
    QVERIFY(proxy.listen(QHostAddress::LocalHost, 0));
    AttachTarget target = targetAt(7);
    target.host = QStringLiteral("cometa.test");
    target.proxy = {
        ProxyOptions::Kind::Http, QStringLiteral("127.0.0.1"), proxy.serverPort(), {}, {}};
    Connection connection(target, {});
    QSignalSpy attached(&connection, &Connection::attached);
    QSignalSpy steps(&connection, &Connection::stepReached);
    connection.open();
    QTRY_VERIFY(proxy.hasPendingConnections());
    QTcpSocket *peer = proxy.nextPendingConnection();
    QTRY_VERIFY(peer->bytesAvailable() > 0);
    QVERIFY(peer->readAll().startsWith("CONNECT cometa.test:7 HTTP/1.1\r\n"));
    peer->write("HTTP/1.1 200 OK\r\n\r\n");
    QTRY_VERIFY(peer->bytesAvailable() > 0);
    QVERIFY(peer->readAll().contains("Host: cometa.test:7\r\n"));
    peer->write(ScriptedServer::accepted());
    QTRY_COMPARE(attached.size(), 1);
    QVERIFY(!connection.isLoopback());
    using Step = CometaClient::Step;
    const QList<Step> wanted{Step::ProxyReached, Step::Connected, Step::AttachSent, Step::Attached};
    QCOMPARE(steps.size(), wanted.size());
    for (int i = 0; i < steps.size(); ++i)
        QCOMPARE(steps.at(i).first().value<Step>(), wanted.at(i));
}

void TestConnection::saysThatTheProxyKeepsSilent()
{
    QTcpServer proxy;
    QVERIFY(proxy.listen(QHostAddress::LocalHost, 0));
    AttachTarget target = targetAt(7);
    target.proxy = {
        ProxyOptions::Kind::Socks5, QStringLiteral("127.0.0.1"), proxy.serverPort(), {}, {}};
    LinkTimeouts timeouts;
    timeouts.connect = 200ms;
    Connection connection(target, timeouts);
    QSignalSpy closed(&connection, &Connection::closed);
    connection.open();
    QTRY_COMPARE(closed.size(), 1);
    const auto failure = closed.constFirst().constFirst().value<LinkFailure>();
    QCOMPARE(failure.error, Error::Timeout);
    QVERIFY2(failure.text.contains(QLatin1String("through the proxy socks5://")),
             qPrintable(failure.text));
}

void TestConnection::saysThatThereIsNoProxy()
{
    QTcpServer closing;
    QVERIFY(closing.listen(QHostAddress::LocalHost, 0));
    AttachTarget target = targetAt(7);
    target.proxy = {
        ProxyOptions::Kind::Http, QStringLiteral("127.0.0.1"), closing.serverPort(), {}, {}};
    closing.close();
    Connection connection(target, {});
    QSignalSpy closed(&connection, &Connection::closed);
    connection.open();
    QTRY_COMPARE(closed.size(), 1);
    const auto failure = closed.constFirst().constFirst().value<LinkFailure>();
    QVERIFY2(failure.text.startsWith(QLatin1String("The proxy 127.0.0.1 port ")),
             qPrintable(failure.text));
}

QTEST_GUILESS_MAIN(TestConnection)
#include "tst_connection.moc"
