// SPDX-License-Identifier: Apache-2.0
#include "httpconnectiontalk.h"
#include "wire.h"

#include <QJsonArray>
#include <QLoggingCategory>

using namespace HttpConnectionTalk;
using Clock = HttpConnection::Clock;
using HttpTalk::answersIn;

class HttpConnectionTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void answersByteForByte();
    void readsWhatCameBeforeItsStart();
    void readsARequestByteByByte();
    void staysForTheNextRequest();
    void staysAfterAnAnswerThatIsAnError_data();
    void staysAfterAnAnswerThatIsAnError();
    void closesWhenItIsToldTo_data();
    void closesWhenItIsToldTo();
    void answersAHeadWithoutABody();
    void answersPipelinedRequestsInOrder();
    void letsPipelinedRequestsWaitForTheDevice();
    void letsALongPipelineWaitForTheDevice();
    void takesABodyForNoRequest();
    void invitesABodyThatWaitsToBeInvited();
    void closesAtAMalformedHead_data();
    void closesAtAMalformedHead();
    void closesAtABrokenBody();
    void letsARefusedRequesterReadItsAnswer();
    void endsWhenARefusedRequesterCloses();
    void passesTheReplyOn_data();
    void passesTheReplyOn();
    void tellsThatTheDeviceDidNotAnswer();
    void tellsThatTheDeviceIsGone();
    void asksADeviceForOneThingAtATime();
    void asksSeveralDevicesAtATime();
    void letsARequestGoOnWithoutItsRequester();
    void attachesNobodyWhoHasLeft();
    void handsTheSocketOverToAnAttachedDevice();
    void SV_06_refusesADeviceThatIsAttached();
    void attachesOnAConnectionThatWasUsed();
    void detachesADevice();
    void endsWithTheConnection();
    void endsWhenTheConnectionEndedBeforeItsStart();
};

void HttpConnectionTest::initTestCase()
{
    QLoggingCategory::setFilterRules(u"cometa.server*.info=false"_s); // a line for each request
}

void HttpConnectionTest::answersByteForByte()
{
    Talk talk;
    talk.connection->start();
    talk.requester.send(Health);
    QTRY_COMPARE(talk.requester.received(),
                 "HTTP/1.1 200 OK\r\n"
                 "Content-Type: text/plain; charset=utf-8\r\n"
                 "Content-Length: 2\r\n"
                 "Cache-Control: no-store\r\n"
                 "X-Content-Type-Options: nosniff\r\n\r\nok");
    QVERIFY(talk.isOpen());
}

void HttpConnectionTest::readsWhatCameBeforeItsStart()
{
    TcpPeer peer;
    PeerSocket *socket = connectServed(&peer);
    peer.send(Health);
    QTRY_VERIFY(socket->hasBytes());
    const Router router;
    HttpConnection connection(socket, &router, nullptr);
    connection.start();
    QTRY_COMPARE(statusesIn(peer.received()), QList<int>{200});
}

void HttpConnectionTest::readsARequestByteByByte()
{
    Talk talk;
    TcpPeer device;
    (void)talk.attach(&device, u"dev1"_s);
    talk.connection->start();
    for (const char byte : sendRequest("ping")) {
        QVERIFY(device.received().isEmpty());
        QVERIFY(talk.deliver(QByteArray(1, byte)));
    }
    QTRY_COMPARE(device.received(), "4\r\nping\r\n");
}

void HttpConnectionTest::staysForTheNextRequest()
{
    Talk talk;
    talk.connection->start();
    for (int i = 1; i <= 3; ++i) {
        talk.requester.send(Health);
        QTRY_COMPARE(talk.statuses(), QList<int>(i, 200));
        QVERIFY(!talk.requester.received().contains("Connection:"));
    }
    QVERIFY(talk.isOpen());
}

void HttpConnectionTest::staysAfterAnAnswerThatIsAnError_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::newRow("400") << request("GET " + Devices + "..", Secret) << 400;
    QTest::newRow("403") << request("GET " + Devices + "dev1") << 403;
    QTest::newRow("403 attach") << request("POST /v1/applications/nobody/devices/dev1") << 403;
    QTest::newRow("404") << request("GET /nowhere") << 404;
    QTest::newRow("405") << request("POST /healthz", {}, "body") << 405;
    QTest::newRow("418") << sendRequest("ping") << 418;
}

void HttpConnectionTest::staysAfterAnAnswerThatIsAnError()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    Talk talk;
    talk.connection->start();
    talk.requester.send(bytes + Health);
    QTRY_COMPARE(talk.statuses(), (QList<int>{status, 200}));
    const QByteArray body = answersIn(talk.requester.received()).first().body;
    QVERIFY2(body.startsWith("{\"msg\":\"" + QByteArray::number(status) + ' '), body.constData());
    QVERIFY(talk.isOpen());
}

void HttpConnectionTest::closesWhenItIsToldTo_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("Connection: close") << request("GET /healthz", "Connection: close\r\n");
    QTest::newRow("HTTP/1.0") << QByteArray("GET /healthz HTTP/1.0\r\n\r\n");
}

void HttpConnectionTest::closesWhenItIsToldTo()
{
    QFETCH(QByteArray, bytes);
    Talk talk;
    talk.connection->start();
    talk.requester.send(bytes + Health); // what follows is not answered
    QTRY_VERIFY(!talk.requester.isOpen());
    QCOMPARE(talk.statuses(), QList<int>{200});
    QCOMPARE(answersIn(talk.requester.received()).first().field("Connection"), "close");
    QTRY_VERIFY(!talk.connection); // nothing of it is kept
}

void HttpConnectionTest::answersAHeadWithoutABody()
{
    Talk talk;
    talk.connection->start();
    talk.requester.send(request("HEAD /healthz"));
    QTRY_VERIFY(talk.requester.received().endsWith("\r\n\r\n"));
    QVERIFY(talk.requester.takeReceived().contains("\r\nContent-Length: 2\r\n"));
    talk.requester.send(Health);
    QTRY_COMPARE(talk.statuses(), QList<int>{200}); // nothing lies between the two answers
}

void HttpConnectionTest::answersPipelinedRequestsInOrder()
{
    Talk talk;
    talk.connection->start();
    talk.requester.send(Health + request("GET /nowhere") + request("GET " + Devices + "dev1")
                        + request("GET " + Devices + "dev1", Secret) + Health);
    QTRY_COMPARE(talk.statuses(), (QList<int>{200, 404, 403, 418, 200}));
}

void HttpConnectionTest::letsPipelinedRequestsWaitForTheDevice()
{
    Talk talk;
    TcpPeer device;
    (void)talk.attach(&device, u"dev1"_s);
    talk.connection->start();
    talk.requester.send(sendRequest("one") + Health + sendRequest("two") + Health);
    QTRY_COMPARE(device.received(), "3\r\none\r\n");
    QVERIFY(talk.deliver(request("GET /nowhere"))); // comes while the device is asked
    QVERIFY(talk.requester.received().isEmpty());
    device.send(Wire::frame("first"));
    QTRY_COMPARE(device.received(), "3\r\none\r\n3\r\ntwo\r\n");
    QTRY_COMPARE(talk.statuses(), (QList<int>{200, 200}));
    device.send(Wire::frame("second"));
    QTRY_COMPARE(talk.statuses(), (QList<int>{200, 200, 200, 200, 404}));
    QList<QByteArray> bodies;
    for (const HttpTalk::Answer &answer : answersIn(talk.requester.received()))
        bodies.append(answer.body);
    QCOMPARE(bodies.first(4), (QList<QByteArray>{"first", "ok", "second", "ok"}));
}

// It waits in TCP, and is answered as well.
void HttpConnectionTest::letsALongPipelineWaitForTheDevice()
{
    constexpr int Count = 20'000;
    Talk talk;
    TcpPeer device;
    (void)talk.attach(&device, u"dev1"_s);
    talk.connection->start();
    QVERIFY(talk.deliver(sendRequest("ping")));
    const QByteArray pipeline = Health.repeated(Count);
    talk.requester.send(pipeline);
    QTRY_VERIFY(talk.socket->hasBytes());
    QVERIFY(talk.requester.received().isEmpty());
    device.send(Wire::frame("pong"));
    QTRY_COMPARE_WITH_TIMEOUT(talk.requester.received().count("HTTP/1.1 200 OK\r\n"), Count + 1,
                              60'000);
}

void HttpConnectionTest::takesABodyForNoRequest()
{
    Talk talk;
    TcpPeer device;
    (void)talk.attach(&device, u"dev1"_s);
    talk.connection->start();
    talk.requester.send(sendRequest(Health) + request("GET /nowhere"));
    QTRY_COMPARE(device.received(), Wire::frame(Health));
    device.send(Wire::frame("pong"));
    QTRY_COMPARE(talk.statuses(), (QList<int>{200, 404}));
    QCOMPARE(answersIn(talk.requester.received()).first().body, "pong");
}

void HttpConnectionTest::invitesABodyThatWaitsToBeInvited()
{
    Talk talk;
    TcpPeer device;
    (void)talk.attach(&device, u"dev1"_s);
    talk.connection->start();
    const QByteArray whole = sendRequest("ping", "dev1", "Expect: 100-continue\r\n");
    for (int i = 0; i < 2; ++i) { // each request of a connection anew
        talk.requester.send(whole.chopped(4));
        QTRY_COMPARE(talk.requester.received(), "HTTP/1.1 100 Continue\r\n\r\n");
        (void)talk.requester.takeReceived();
        QVERIFY(talk.deliver("pi"));
        talk.requester.send("ng");
        QTRY_COMPARE(device.received(), "4\r\nping\r\n");
        (void)device.takeReceived();
        device.send(Wire::frame("pong"));
        QTRY_COMPARE(talk.statuses(), QList<int>{200}); // and no other 100
        (void)talk.requester.takeReceived();
    }
}

void HttpConnectionTest::closesAtAMalformedHead_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const QByteArray start = "POST /healthz HTTP/1.1\r\nHost: h\r\n";
    const auto row = [&start](const char *tag, const QByteArray &fields, int status = 400) {
        QTest::newRow(tag) << start + fields + "\r\n" << status;
    };
    QTest::newRow("no HTTP") << QByteArray("\x16\x03\x01\r\n") << 400;
    QTest::newRow("no version") << QByteArray("GET /healthz\r\n\r\n") << 400;
    QTest::newRow("no host") << QByteArray("GET /healthz HTTP/1.1\r\n\r\n") << 400;
    QTest::newRow("absolute form")
        << QByteArray("GET http://h/ HTTP/1.1\r\nHost: h\r\n\r\n") << 400;
    QTest::newRow("bare line feeds") << QByteArray("GET /healthz HTTP/1.1\nHost: h\n\n") << 400;
    row("length and coding", "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n");
    row("two lengths", "Content-Length: 4\r\nContent-Length: 4\r\n");
    row("no length", "Content-Length: x\r\n");
    row("obs-fold", "X: a\r\n b\r\n");
    row("control character", "X: \x1B[2J\r\n");
    row("blank before the colon", "Content-Length : 4\r\n");
    row("body too large", "Content-Length: 1048577\r\n", 413);
    row("miracles expected", "Expect: miracles\r\n", 417);
    row("too many fields", QByteArray("X: y\r\n").repeated(100), 431);
    row("head too long", "X: " + QByteArray(16 * 1024, 'x') + "\r\n", 431);
    row("unknown coding", "Transfer-Encoding: gzip\r\n", 501);
    QTest::newRow("HTTP/2") << QByteArray("PRI * HTTP/2.0\r\n\r\n") << 400;
    QTest::newRow("HTTP/3") << QByteArray("GET / HTTP/3.0\r\n\r\n") << 505;
}

// What follows is no request: two readers may disagree on where it begins.
void HttpConnectionTest::closesAtAMalformedHead()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    Talk talk;
    talk.connection->start();
    talk.requester.send(Health + bytes + Health);
    QTRY_COMPARE(talk.statuses(), (QList<int>{200, status}));
    const HttpTalk::Answer answer = answersIn(talk.requester.received()).last();
    QCOMPARE(answer.field("Connection"), "close");
    QVERIFY2(answer.body.startsWith("{\"msg\":\"" + QByteArray::number(status) + ' '),
             answer.body.constData());
    QVERIFY(talk.deliver(Health));
    talk.connection->checkDeadlines(Clock::now() + 2s);
    QTRY_VERIFY(!talk.requester.isOpen());
    QCOMPARE(talk.statuses().size(), 2);
    QTRY_VERIFY(!talk.connection); // nothing of it is kept
}

void HttpConnectionTest::closesAtABrokenBody()
{
    Talk talk;
    TcpPeer device;
    (void)talk.attach(&device, u"dev1"_s);
    talk.connection->start();
    talk.requester.send(
        request("POST " + Devices + "dev1/send", Secret + "Transfer-Encoding: chunked\r\n")
        + "4\r\npinging\r\n0\r\n\r\n" + Health);
    QTRY_COMPARE(talk.statuses(), QList<int>{400});
    talk.connection->checkDeadlines(Clock::now() + 2s);
    QTRY_VERIFY(!talk.requester.isOpen());
    QCOMPARE(talk.statuses().size(), 1);
    QVERIFY(device.received().isEmpty());
}

// Two seconds from the answer, whatever the requester still writes.
void HttpConnectionTest::letsARefusedRequesterReadItsAnswer()
{
    Talk talk;
    talk.connection->start();
    const auto before = Clock::now();
    QVERIFY(talk.deliver("nonsense\r\n"));
    const auto answered = Clock::now();
    QVERIFY(talk.deliver(QByteArray(100'000, 'x')));
    talk.connection->checkDeadlines(before + 2s - OneTick);
    QVERIFY(talk.isOpen());
    talk.connection->checkDeadlines(answered + 2s);
    QTRY_VERIFY(!talk.requester.isOpen());
    QCOMPARE(talk.statuses(), QList<int>{400});
}

void HttpConnectionTest::endsWhenARefusedRequesterCloses()
{
    Talk talk;
    talk.connection->start();
    talk.requester.send("nonsense\r\n");
    QTRY_COMPARE(talk.statuses(), QList<int>{400});
    talk.requester.close();
    QTRY_VERIFY(!talk.connection);
}

// It still writes when the answer goes out: a reset would take the answer with it.
// 30 s for head and body together, counted from the first byte of the head.
void HttpConnectionTest::passesTheReplyOn_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("JSON") << Wire::frame("{\"a\": 1}") << QByteArray("application/json")
                          << QByteArray("{\"a\": 1}");
    QTest::newRow("text") << Wire::frame("pong\n") << QByteArray("text/plain; charset=utf-8")
                          << QByteArray("pong\n");
    QTest::newRow("binary") << Wire::frame(QByteArray("\0\xFF", 2))
                            << QByteArray("application/octet-stream") << QByteArray("\0\xFF", 2);
    QTest::newRow("empty") << QByteArray("0\r\n\r\n") << QByteArray("text/plain; charset=utf-8")
                           << QByteArray();
    const QByteArray longest(1024 * 1024 + 1, 'x');
    QTest::newRow("longest") << "100001\r\n" + longest + "\r\n"
                             << QByteArray("text/plain; charset=utf-8") << longest;
}

void HttpConnectionTest::passesTheReplyOn()
{
    QFETCH(QByteArray, frame);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    Talk talk;
    TcpPeer device;
    (void)talk.attach(&device, u"dev1"_s);
    talk.connection->start();
    talk.requester.send(sendRequest("ping"));
    QTRY_COMPARE(device.received(), "4\r\nping\r\n");
    device.send(frame);
    QTRY_COMPARE(talk.statuses(), QList<int>{200});
    const HttpTalk::Answer answer = answersIn(talk.requester.received()).first();
    QCOMPARE(answer.field("Content-Type"), type);
    QCOMPARE(answer.body, body);
    QVERIFY(talk.isOpen());
}

void HttpConnectionTest::tellsThatTheDeviceDidNotAnswer()
{
    Talk talk;
    TcpPeer device;
    DeviceSession *session = talk.attach(&device, u"dev1"_s);
    talk.connection->start();
    talk.requester.send(sendRequest("ping"));
    QTRY_COMPARE(device.received(), "4\r\nping\r\n");
    session->checkDeadlines(Clock::now() + 1h);
    QTRY_COMPARE(talk.statuses(), QList<int>{408});
    QCOMPARE(answersIn(talk.requester.received()).first().body,
             "{\"msg\":\"408 Request Time-out\"}");
    QVERIFY(talk.isOpen()); // it is the device that is late
    talk.requester.send(sendRequest("another"));
    QTRY_COMPARE(talk.statuses(), (QList<int>{408, 423}));
    QCOMPARE(device.received(), "4\r\nping\r\n");
}

void HttpConnectionTest::tellsThatTheDeviceIsGone()
{
    Talk talk;
    TcpPeer device;
    (void)talk.attach(&device, u"dev1"_s);
    talk.connection->start();
    talk.requester.send(sendRequest("ping") + sendRequest("again"));
    QTRY_COMPARE(device.received(), "4\r\nping\r\n");
    device.close();
    QTRY_COMPARE(talk.statuses(), (QList<int>{418, 418}));
    QCOMPARE(answersIn(talk.requester.received()).first().body,
             "{\"msg\":\"418 Device not attached\"}");
    QVERIFY(talk.isOpen());
}

void HttpConnectionTest::asksADeviceForOneThingAtATime()
{
    Talk talk;
    TcpPeer device;
    TcpPeer second;
    (void)talk.attach(&device, u"dev1"_s);
    talk.connection->start();
    HttpConnection connection(connectServed(&second), &talk.router, nullptr);
    connection.start();
    talk.requester.send(sendRequest("one"));
    QTRY_COMPARE(device.received(), "3\r\none\r\n");
    second.send(sendRequest("two"));
    QTRY_COMPARE(statusesIn(second.received()), QList<int>{423});
    QCOMPARE(answersIn(second.received()).first().body, "{\"msg\":\"423 Locked\"}");
    device.send(Wire::frame("first"));
    QTRY_COMPARE(talk.statuses(), QList<int>{200});
    second.send(sendRequest("three"));
    QTRY_COMPARE(device.received(), "3\r\none\r\n5\r\nthree\r\n"); // "two" never went there
}

void HttpConnectionTest::asksSeveralDevicesAtATime()
{
    Talk talk;
    TcpPeer devices[2];
    TcpPeer second;
    (void)talk.attach(&devices[0], u"dev1"_s);
    (void)talk.attach(&devices[1], u"dev2"_s);
    talk.connection->start();
    HttpConnection connection(connectServed(&second), &talk.router, nullptr);
    connection.start();
    talk.requester.send(sendRequest("one", "dev1"));
    second.send(sendRequest("two", "dev2"));
    QTRY_COMPARE(devices[0].received(), "3\r\none\r\n");
    QTRY_COMPARE(devices[1].received(), "3\r\ntwo\r\n");
    devices[1].send(Wire::frame("from dev2"));
    QTRY_COMPARE(statusesIn(second.received()), QList<int>{200});
    QVERIFY(talk.requester.received().isEmpty());
    devices[0].send(Wire::frame("from dev1"));
    QTRY_COMPARE(talk.statuses(), QList<int>{200});
    QCOMPARE(answersIn(talk.requester.received()).first().body, "from dev1");
    QCOMPARE(answersIn(second.received()).first().body, "from dev2");
}

void HttpConnectionTest::letsARequestGoOnWithoutItsRequester()
{
    Talk talk;
    TcpPeer device;
    DeviceSession *session = talk.attach(&device, u"dev1"_s);
    talk.connection->start();
    talk.requester.send(sendRequest("ping"));
    QTRY_COMPARE(device.received(), "4\r\nping\r\n");
    talk.requester.close();
    QTRY_VERIFY(!talk.connection);
    QVERIFY(session->isBusy());
    device.send(Wire::frame("pong"));
    QTRY_VERIFY(!session->isBusy());
    QCOMPARE(session->statistics().bytesUp(), 4);
    QVERIFY(device.isOpen());
}

// The requester's end and the device's answer may come in one turn of the event loop.
void HttpConnectionTest::attachesNobodyWhoHasLeft()
{
    Talk talk;
    TcpPeer device;
    DeviceSession *session = talk.attach(&device, u"dev1"_s);
    talk.connection->start();
    talk.requester.send(sendRequest("ping") + attachRequest("dev2"));
    QTRY_COMPARE(device.received(), "4\r\nping\r\n");
    talk.socket->abort(); // as when the requester leaves; without a turn of the event loop
    QVERIFY(talk.connection); // still waits to be deleted
    session->checkDeadlines(Clock::now() + 1h);
    QCOMPARE(talk.application.deviceIds(), QStringList{u"dev1"_s});
    QTRY_VERIFY(!talk.connection);
}

void HttpConnectionTest::handsTheSocketOverToAnAttachedDevice()
{
    Talk talk;
    talk.connection->start();
    // Two frames in the segment of the attach, the second one cut.
    talk.requester.send(attachRequest("dev1") + Wire::frame("\x07one") + "4\r\n\x07t");
    QTRY_COMPARE(talk.application.deviceIds(), QStringList{u"dev1"_s});
    QTRY_VERIFY(!talk.connection);
    QTRY_COMPARE(talk.statuses(), QList<int>{200});
    const HttpTalk::Answer answer = answersIn(talk.requester.received()).first();
    QCOMPARE(answer.field("Transfer-Encoding"), "chunked");
    QVERIFY2(answer.body.contains("{\"msg\":\"200\",\"heartbeat\":3600,"), answer.body.constData());
    const DeviceSession *session = talk.application.device(u"dev1"_s);
    QCOMPARE(session->info(), "Linux-device");
    talk.requester.send("wo\r\n");
    QTRY_COMPARE(session->statistics().messages(), 2);
    const QJsonObject page = talk.application.events().page(u"dev1"_s, 0, 100);
    QCOMPARE(page["events"_L1].toArray().last()["event"_L1], u"two"_s);
    // It speaks frames from now on, no HTTP.
    talk.requester.send(Health);
    QTRY_VERIFY(!talk.requester.isOpen());
    QCOMPARE(talk.application.deviceCount(), 0);
}

void HttpConnectionTest::SV_06_refusesADeviceThatIsAttached()
{
    Talk talk;
    TcpPeer device;
    DeviceSession *session = talk.attach(&device, u"dev1"_s);
    talk.connection->start();
    talk.requester.send(attachRequest("dev1"));
    QTRY_COMPARE(talk.statuses(), QList<int>{409});
    QCOMPARE(answersIn(talk.requester.received()).first().body, "{\"msg\":\"409 Conflict\"}");
    QCOMPARE(talk.application.device(u"dev1"_s), session); // the first stays
    QVERIFY(device.isOpen());
    device.close();
    QTRY_COMPARE(talk.application.deviceCount(), 0);
    talk.requester.send(attachRequest("dev1")); // on the same connection
    QTRY_COMPARE(talk.application.deviceCount(), 1);
    QTRY_COMPARE(talk.statuses(), (QList<int>{409, 200}));
}

void HttpConnectionTest::attachesOnAConnectionThatWasUsed()
{
    Talk talk;
    talk.connection->start();
    talk.requester.send(Health + attachRequest("dev1"));
    QTRY_COMPARE(talk.statuses(), (QList<int>{200, 200}));
    QCOMPARE(talk.application.deviceIds(), QStringList{u"dev1"_s});
}

void HttpConnectionTest::detachesADevice()
{
    Talk talk;
    TcpPeer device;
    TcpPeer second;
    (void)talk.attach(&device, u"dev1"_s);
    talk.connection->start();
    HttpConnection connection(connectServed(&second), &talk.router, nullptr);
    connection.start();
    second.send(sendRequest("ping"));
    QTRY_COMPARE(device.received(), "4\r\nping\r\n");
    talk.requester.send(request("DELETE " + Devices + "dev1", Secret)
                        + request("DELETE " + Devices + "dev1", Secret));
    QTRY_COMPARE(talk.statuses(), (QList<int>{200, 418}));
    QCOMPARE(answersIn(talk.requester.received()).first().body, "{\"msg\":\"200 OK\"}");
    QTRY_COMPARE(statusesIn(second.received()), QList<int>{418});
    QTRY_VERIFY(!device.isOpen());
}

void HttpConnectionTest::endsWithTheConnection()
{
    Talk talk;
    talk.connection->start();
    QVERIFY(talk.deliver("GET /healthz HT"));
    talk.requester.close();
    QTRY_VERIFY(!talk.connection);
}

void HttpConnectionTest::endsWhenTheConnectionEndedBeforeItsStart()
{
    TcpPeer peer;
    PeerSocket *socket = connectServed(&peer);
    peer.close();
    QTRY_VERIFY(!socket->isOpen());
    const Router router;
    const QPointer<HttpConnection> connection = new HttpConnection(socket, &router, nullptr);
    connection->start();
    QTRY_VERIFY(!connection);
}

QTEST_GUILESS_MAIN(HttpConnectionTest)
#include "tst_httpconnection.moc"
