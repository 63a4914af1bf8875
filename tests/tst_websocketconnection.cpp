// SPDX-License-Identifier: Apache-2.0
#include "servedpeer.h"
#include "websocketconnection.h"
#include "websockettalk.h"
#include "wire.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace WebSocketTalk;
using Clock = WebSocketConnection::Clock;

namespace {

const QByteArray Acceptance = "HTTP/1.1 101 Switching Protocols\r\n\r\n";

// A device, and a client with a WebSocket to it.
struct Talk
{
    Statistics total;
    TcpPeer device;
    std::unique_ptr<DeviceSession> session =
        std::make_unique<DeviceSession>(connectServed(&device), u"dev"_s, QByteArray(),
                                        DeviceSession::Timing{1h, 1h}, &total, nullptr);
    TcpPeer client;
    PeerSocket *socket = connectServed(&client);
    QPointer<WebSocketConnection> connection =
        new WebSocketConnection(socket, session.get(), nullptr);
    QSignalSpy ended{connection, &WebSocketConnection::ended};
    QSignalSpy reads{socket, &PeerSocket::readyRead}; // counts once the connection has read

    explicit Talk(const QByteArray &early = {})
    {
        session->start({});
        connection->start(Acceptance, early);
        const bool isReady = QTest::qWaitFor([this] {
            return device.received().contains("}\r\n") && client.received().startsWith(Acceptance);
        });
        if (!isReady)
            qFatal("no device or no handshake");
    }
    ~Talk() { delete connection; }
    Q_DISABLE_COPY_MOVE(Talk)

    // What the device got behind its attach reply.
    [[nodiscard]] QByteArray asked()
    {
        return device.received().sliced(device.received().indexOf("}\r\n") + 3);
    }
    [[nodiscard]] QList<Frame> frames()
    {
        return framesIn(client.received().sliced(Acceptance.size()));
    }
    [[nodiscard]] QList<QByteArray> messages()
    {
        QList<QByteArray> all;
        const QList<Frame> these = frames();
        for (const Frame &frame : these) {
            if (frame.first == (Final | Text) || frame.first == (Final | Binary))
                all.append(frame.data);
        }
        return all;
    }
    [[nodiscard]] int closeCode() { return WebSocketTalk::closeCode(frames()); }
    // The connection has taken those bytes, and nothing but those.
    bool deliver(const QByteArray &bytes)
    {
        const qsizetype before = reads.size();
        client.send(bytes);
        return QTest::qWaitFor([&] { return reads.size() > before; });
    }
    void tell(const QByteArray &event) { device.send(Wire::frame(Wire::EventByte + event)); }
};

} // namespace

class WebSocketConnectionTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksTheDeviceAndPassesTheReplyOn_data()
    {
        QTest::addColumn<QByteArray>("reply");
        QTest::addColumn<int>("first");
        QTest::newRow("text") << QByteArray("p\xc3\xb6ng\n") << (Final | Text);
        QTest::newRow("binary") << QByteArray("\0\xff", 2) << (Final | Binary);
        QTest::newRow("longest") << QByteArray(1024 * 1024 + 1, 'x') << (Final | Text);
    }
    void asksTheDeviceAndPassesTheReplyOn()
    {
        QFETCH(QByteArray, reply);
        QFETCH(int, first);
        Talk talk;
        talk.client.send(text("ping"));
        QTRY_COMPARE(talk.asked(), "4\r\nping\r\n");
        talk.device.send(Wire::frame(reply));
        QTRY_COMPARE(talk.frames().size(), 1);
        QVERIFY(talk.frames().first() == (Frame{first, reply}));
        QCOMPARE(talk.total.messages(), 1);
    }

    void passesAnEmptyReplyOn()
    {
        Talk talk;
        talk.client.send(text("ping"));
        QTRY_COMPARE(talk.asked(), "4\r\nping\r\n");
        talk.device.send("0\r\n\r\n");
        QTRY_COMPARE(talk.frames(), (QList<Frame>{{Final | Text, {}}}));
    }

    void takesTheLongestMessageAndBinaryToo()
    {
        Talk talk;
        const QByteArray message = QByteArray(1024 * 1024 - 1, 'x') + '\xff';
        talk.client.send(masked(Final | Binary, message));
        QTRY_COMPARE(talk.asked().size(), Wire::frame(message).size());
        QVERIFY(talk.asked() == Wire::frame(message));
    }

    void takesWhatCameBehindTheHandshake()
    {
        Talk talk(text("ea") + text("rl").first(3));
        QTRY_COMPARE(talk.asked(), "2\r\nea\r\n");
        talk.device.send(Wire::frame("ok"));
        QTRY_COMPARE(talk.messages(), QList<QByteArray>{"ok"});
        talk.client.send(text("rl").sliced(3));
        QTRY_COMPARE(talk.asked(), "2\r\nea\r\n2\r\nrl\r\n");
    }

    void passesEventsOnWithoutTheirByte()
    {
        Talk talk;
        talk.tell("{\"temp\":21}");
        talk.tell(QByteArray("\xff", 1));
        talk.tell({});
        QTRY_COMPARE(talk.frames(),
                     (QList<Frame>{{Final | Text, "{\"temp\":21}"},
                                   {Final | Binary, QByteArray("\xff", 1)},
                                   {Final | Text, {}}}));
    }

    void tellsAllClientsOfEventsAndOneOfItsReply()
    {
        Talk talk;
        TcpPeer other;
        WebSocketConnection second(connectServed(&other), talk.session.get(), nullptr);
        second.start(Acceptance, {});
        talk.client.send(text("ping"));
        QTRY_COMPARE(talk.asked(), "4\r\nping\r\n");
        talk.device.send(Wire::frame("pong"));
        talk.tell("event");
        QTRY_COMPARE(talk.messages(), (QList<QByteArray>{"pong", "event"}));
        QTRY_COMPARE(other.received(), Acceptance + QByteArray::fromHex("8105") + "event");
    }

    void answersByItselfWhenTheDeviceCannot()
    {
        Talk talk;
        talk.client.send(text({}));
        QTRY_COMPARE(talk.messages(), QList<QByteArray>{"{\"msg\":\"400 Bad Request\"}"});
        talk.client.send(text("one") + text("two"));
        QTRY_COMPARE(talk.messages().value(1), "{\"msg\":\"423 Locked\"}");
        QTRY_COMPARE(talk.asked(), "3\r\none\r\n");
        talk.session->checkDeadlines(Clock::now() + 1h);
        QTRY_COMPARE(talk.messages().value(2), "{\"msg\":\"408 Request Time-out\"}");
        talk.device.send(Wire::frame("late"));
        QTRY_VERIFY(!talk.session->isBusy());
        QCOMPARE(talk.messages().size(), 3);
    }

    void closesWhenTheDeviceGoes()
    {
        Talk talk;
        talk.device.close();
        QTRY_COMPARE(talk.closeCode(), 1001);
        QVERIFY(talk.messages().isEmpty());
        QVERIFY(talk.client.isOpen()); // it is the client's turn to say goodbye
        talk.client.send(closing(1001));
        QTRY_COMPARE(talk.ended.size(), 1);
        QTRY_VERIFY(!talk.client.isOpen());
    }

    void saysThatTheDeviceIsLostBeforeItCloses()
    {
        Talk talk;
        talk.client.send(text("ping"));
        QTRY_COMPARE(talk.asked(), "4\r\nping\r\n");
        talk.session->detach();
        QTRY_COMPARE(talk.closeCode(), 1001);
        QCOMPARE(talk.messages(), QList<QByteArray>{"{\"msg\":\"418 Device not attached\"}"});
    }

    void asksNobodyOnceTheDeviceIsGone()
    {
        Talk talk;
        talk.session->detach();
        talk.session.reset();
        QVERIFY(talk.deliver(text("ping") + masked(Final | Ping, "p")));
        QTRY_COMPARE(talk.closeCode(), 1001);
        QCOMPARE(talk.frames().size(), 1);
    }

    void answersAClose()
    {
        Talk talk;
        talk.client.send(closing(4000, "bye") + text("behind"));
        QTRY_COMPARE(talk.ended.size(), 1);
        QTRY_VERIFY(!talk.client.isOpen());
        QCOMPARE(talk.frames().size(), 1);
        QCOMPARE(talk.closeCode(), 1000);
        QVERIFY(talk.asked().isEmpty());
    }

    void closesAtWhatTheStandardForbids_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        QTest::newRow("not masked") << QByteArray::fromHex("810548656c6c6f") << 1002;
        QTest::newRow("no text") << text("\xff") << 1007;
        QTest::newRow("too large") << QByteArray::fromHex("82ff000000000010000100000000") << 1009;
        QTest::newRow("HTTP") << QByteArray("GET / HTTP/1.1\r\nHost: h\r\n\r\n") << 1002;
    }
    void closesAtWhatTheStandardForbids()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        Talk talk;
        talk.client.send(bytes + text("behind"));
        QTRY_COMPARE(talk.closeCode(), code);
        QVERIFY(talk.asked().isEmpty());
        talk.connection->checkDeadlines(Clock::now() + 1s);
        QVERIFY(talk.client.isOpen()); // so that it can read why
        talk.connection->checkDeadlines(Clock::now() + 3s);
        QTRY_VERIFY(!talk.client.isOpen());
        QCOMPARE(talk.ended.size(), 1);
    }

    void answersAPing()
    {
        Talk talk;
        talk.client.send(masked(Final | Ping, "abc") + masked(Final | Pong, "unasked"));
        QTRY_COMPARE(talk.frames(), (QList<Frame>{{Final | Pong, "abc"}}));
        QVERIFY(talk.asked().isEmpty());
    }

    void pingsASilentClientOnceAndDropsIt()
    {
        Talk talk;
        talk.connection->checkDeadlines(Clock::now() + 29s);
        talk.connection->checkDeadlines(Clock::now() + 31s);
        talk.connection->checkDeadlines(Clock::now() + 32s);
        QTRY_COMPARE(talk.frames(), (QList<Frame>{{Final | Ping, {}}}));
        QVERIFY(talk.deliver(masked(Final | Pong, {})));
        const auto seen = Clock::now();
        talk.connection->checkDeadlines(seen + 31s);
        QTRY_COMPARE(talk.frames().size(), 2);
        talk.connection->checkDeadlines(seen + 74s);
        QCOMPARE(talk.ended.size(), 0);
        talk.connection->checkDeadlines(seen + 76s);
        QCOMPARE(talk.ended.size(), 1);
        QTRY_VERIFY(!talk.client.isOpen());
    }

    void closesAClientThatFallsBehind()
    {
        Talk talk;
        talk.client.stopReading();
        TcpPeer other;
        WebSocketConnection quick(connectServed(&other), talk.session.get(), nullptr);
        quick.start(Acceptance, {});
        qint64 most = 0;
        int told = 0;
        const QByteArray event(1024 * 1024, 'x');
        // More than all buffers of TCP take; the other client reads them all.
        for (; told < 64 && talk.socket->backlog() < WebSocketConnection::MaximumBehind; ++told) {
            talk.tell(event);
            QTRY_COMPARE(talk.total.messages(), told + 1);
            most = qMax(most, talk.socket->backlog());
        }
        QVERIFY(told < 64);
        talk.tell("one more");
        talk.tell("and another");
        QTRY_COMPARE(talk.total.messages(), told + 2);
        most = qMax(most, talk.socket->backlog());
        QVERIFY2(most <= 2 * WebSocketConnection::MaximumBehind + 100,
                 qPrintable(u"%1"_s.arg(most)));
        QTRY_VERIFY(other.received().endsWith("and another"));
        talk.connection->checkDeadlines(Clock::now() + 3s);
        QCOMPARE(talk.ended.size(), 1);
        QVERIFY(other.isOpen());
    }

    void tellsAClientThatFellBehindWhy()
    {
        Talk talk;
        talk.client.stopReading();
        int told = 0;
        for (; told < 64 && talk.socket->backlog() < WebSocketConnection::MaximumBehind; ++told) {
            talk.tell(QByteArray(1024 * 1024, 'x'));
            QTRY_COMPARE(talk.total.messages(), told + 1);
        }
        talk.tell("one more");
        QTRY_COMPARE(talk.total.messages(), told + 1);
        talk.client.startReading();
        QTRY_COMPARE_WITH_TIMEOUT(talk.closeCode(), 1008, 30'000);
        QCOMPARE(talk.messages().size(), told); // "one more" is not among them
    }

    void letsARequestGoOnWithoutItsClient()
    {
        Talk talk;
        talk.client.send(text("ping"));
        QTRY_COMPARE(talk.asked(), "4\r\nping\r\n");
        talk.client.close();
        QTRY_COMPARE(talk.ended.size(), 1);
        delete talk.connection;
        QVERIFY(talk.session->isBusy());
        talk.device.send(Wire::frame("pong"));
        QTRY_VERIFY(!talk.session->isBusy());
        QVERIFY(talk.device.isOpen());
    }
};

QTEST_GUILESS_MAIN(WebSocketConnectionTest)
#include "tst_websocketconnection.moc"
