// SPDX-License-Identifier: Apache-2.0
#include "devicesession.h"
#include "servedpeer.h"
#include "wire.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Clock = DeviceSession::Clock;
using Outcome = DeviceSession::Outcome;

namespace {

constexpr std::chrono::nanoseconds OneTick{1};

// A session and the device at the other end of its socket.
struct Link
{
    TcpPeer device;
    Statistics total;
    PeerSocket *socket = connectServed(&device);
    DeviceSession::Timing timing;
    DeviceSession session{socket, u"dev1"_s, "Linux-device", timing, &total, nullptr};
    QSignalSpy events{&session, &DeviceSession::eventReceived};
    QSignalSpy ended{&session, &DeviceSession::ended};
    QSignalSpy reads{socket, &PeerSocket::readyRead}; // counts once the session has read
    QList<std::pair<Outcome, QByteArray>> answers;

    explicit Link(const DeviceSession::Timing &useTiming = {}) : timing(useTiming) { }

    // The device has its attach reply, which is what this gives.
    QByteArray start(const QByteArray &early = {})
    {
        session.start(early);
        (void)QTest::qWaitFor([this] { return device.received().endsWith("}\r\n"); });
        return device.takeReceived();
    }
    // The session has taken those bytes, and nothing but those.
    bool deliver(const QByteArray &bytes)
    {
        const qsizetype before = reads.size();
        device.send(bytes);
        return QTest::qWaitFor([&] { return reads.size() > before; });
    }
    void ask(const QByteArray &message)
    {
        session.send(message, [this](Outcome outcome, const QByteArray &data) {
            answers.append({outcome, data});
        });
    }
    [[nodiscard]] QList<QByteArray> eventList() const
    {
        QList<QByteArray> all;
        for (const QList<QVariant> &event : events)
            all.append(event.first().toByteArray());
        return all;
    }
    [[nodiscard]] QString reason() const
    {
        return ended.isEmpty() ? QString() : ended.first().first().toString();
    }
};

QByteArray eventFrame(const QByteArray &payload)
{
    return Wire::frame(Wire::EventByte + payload);
}

} // namespace

class DeviceSessionTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersAnAttachAsBothSdkClientsTakeIt_data();
    void answersAnAttachAsBothSdkClientsTakeIt();
    void knowsWhoIsAttached();
    void takesWhatCameBehindTheAttach();
    void writesAMessageAsOneFrame();
    void handsOutTheReplyUnchanged_data();
    void handsOutTheReplyUnchanged();
    void takesAReplyByteByByte();
    void takesTheNextMessageWhileItAnswers();
    void dropsWhatNobodyAskedFor();
    void tellsEventsFromReplies();
    void takesAHeartbeatForNeitherReplyNorEvent();
    void remembersTheLastHeartbeat();
    void takesAZeroSizeFrameForAnEmptyReply();
    void ignoresAZeroSizeFrameOtherwise();
    void takesTheLongestEvent();
    void takesTheLongestReply();
    void endsAtABrokenFrame_data();
    void endsAtABrokenFrame();
    void takesWhatCameBeforeABrokenFrame();
    void tellsTheRequesterOfABrokenFrame();
    void timesOutOnce();
    void staysBusyUntilTheLateReplyHasCome_data();
    void staysBusyUntilTheLateReplyHasCome();
    void countsTheTimeOfEachRequest();
    void losesItsRequestWithTheDevice();
    void tellsItsEndBeforeTheRequesterHears();
    void tellsNobodyOfALateRequestWhenTheDeviceGoes();
    void detachesOnce();
    void asksForNothingOnceEnded();
    void takesNothingBehindItsEnd();
    void SV_06_endsAfterTwoSilentHeartbeats();
    void SV_06_livesOnByWhateverComes_data();
    void SV_06_livesOnByWhateverComes();
    void countsForItselfAndForTheTotal();
    void countsErrors();
};

void DeviceSessionTest::answersAnAttachAsBothSdkClientsTakeIt_data()
{
    using std::chrono::milliseconds;
    QTest::addColumn<qint64>("heartbeat"); // milliseconds
    QTest::addColumn<qint64>("timeout");
    QTest::addColumn<QByteArray>("heartbeatText");
    QTest::addColumn<QByteArray>("timeoutText");
    const auto row = [](const char *tag, milliseconds heartbeat, milliseconds timeout,
                        const char *heartbeatText, const char *timeoutText) {
        QTest::newRow(tag) << qint64{heartbeat.count()} << qint64{timeout.count()}
                           << QByteArray(heartbeatText) << QByteArray(timeoutText);
    };
    row("default", 60s, 60s, "60", "60");
    row("different", 5s, 3600s, "5", "3600");
    row("less than a second", 100ms, 999ms, "1", "1"); // 0 would be no heartbeat at all
}

void DeviceSessionTest::answersAnAttachAsBothSdkClientsTakeIt()
{
    QFETCH(qint64, heartbeat);
    QFETCH(qint64, timeout);
    QFETCH(QByteArray, heartbeatText);
    QFETCH(QByteArray, timeoutText);
    const qint64 before = QDateTime::currentSecsSinceEpoch();
    Link link({std::chrono::milliseconds(heartbeat), std::chrono::milliseconds(timeout)});
    const QByteArray reply = link.start();
    const QByteArray json = "{\"msg\":\"200\",\"heartbeat\":" + heartbeatText + ",\"timestamp\":"
        + QByteArray::number(link.session.connectedAt()) + ",\"timeout\":" + timeoutText + "}";
    QCOMPARE(reply,
             "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
             "Transfer-Encoding: chunked\r\n\r\n"
                 + Wire::frame(json));
    QVERIFY(QJsonDocument::fromJson(json).isObject());
    QVERIFY(link.session.connectedAt() >= before);
    QVERIFY(link.session.connectedAt() <= QDateTime::currentSecsSinceEpoch());
}

void DeviceSessionTest::knowsWhoIsAttached()
{
    Link link;
    (void)link.start();
    QCOMPARE(link.session.id(), u"dev1"_s);
    QCOMPARE(link.session.info(), "Linux-device");
    QCOMPARE(link.session.address(), u"127.0.0.1:%1"_s.arg(link.device.port()));
    QCOMPARE(link.session.lastHeartbeat(), link.session.connectedAt());
    QVERIFY(!link.session.isBusy());
}

void DeviceSessionTest::takesWhatCameBehindTheAttach()
{
    Link link;
    // An event in the segment of the attach, and the first half of another one.
    (void)link.start(eventFrame("one") + "4\r\n\x07t");
    QCOMPARE(link.eventList(), (QList<QByteArray>{"one"}));
    link.device.send("wo\r\n");
    QTRY_COMPARE(link.eventList(), (QList<QByteArray>{"one", "two"}));
    QVERIFY(link.ended.isEmpty());
}

void DeviceSessionTest::writesAMessageAsOneFrame()
{
    Link link;
    (void)link.start();
    const QByteArray message("a\r\n0\r\n\r\n\0\xFF", 11);
    link.ask(message);
    QVERIFY(link.session.isBusy());
    QTRY_COMPARE(link.device.received(), "b\r\n" + message + "\r\n");
    QVERIFY(link.answers.isEmpty());
}

void DeviceSessionTest::handsOutTheReplyUnchanged_data()
{
    QTest::addColumn<QByteArray>("reply");
    QTest::newRow("text") << QByteArray("pong\n");
    QTest::newRow("binary") << QByteArray("\0\xFF\r\n0\r\n\r\n", 9);
    QTest::newRow("a heartbeat and more") << QByteArray("\x06\x06");
    QTest::newRow("an event byte further on") << QByteArray("x\x07");
    QTest::newRow("a blank") << QByteArray(" ");
}

void DeviceSessionTest::handsOutTheReplyUnchanged()
{
    QFETCH(QByteArray, reply);
    Link link;
    (void)link.start();
    link.ask("ping");
    link.device.send(Wire::frame(reply));
    QTRY_COMPARE(link.answers.size(), 1);
    QCOMPARE(link.answers.first().first, Outcome::Replied);
    QCOMPARE(link.answers.first().second, reply);
    QVERIFY(!link.session.isBusy());
    QVERIFY(link.events.isEmpty());
}

void DeviceSessionTest::takesAReplyByteByByte()
{
    Link link;
    (void)link.start();
    link.ask("ping");
    const QByteArray frames = Wire::heartbeat() + eventFrame("e") + "0004;x=y\r\npong\r\n";
    for (const char byte : frames) {
        QVERIFY(link.answers.isEmpty());
        QVERIFY(link.deliver(QByteArray(1, byte)));
    }
    QCOMPARE(link.answers.size(), 1);
    QCOMPARE(link.answers.first().second, "pong");
    QCOMPARE(link.eventList(), (QList<QByteArray>{"e"}));
}

void DeviceSessionTest::takesTheNextMessageWhileItAnswers()
{
    Link link;
    (void)link.start();
    link.session.send("one", [&link](Outcome, const QByteArray &) { link.ask("two"); });
    QTRY_COMPARE(link.device.received(), "3\r\none\r\n");
    link.device.send(Wire::frame("first"));
    QTRY_COMPARE(link.device.received(), "3\r\none\r\n3\r\ntwo\r\n");
    QVERIFY(link.session.isBusy());
    link.device.send(Wire::frame("second"));
    QTRY_COMPARE(link.answers.size(), 1);
    QCOMPARE(link.answers.first().second, "second");
}

void DeviceSessionTest::dropsWhatNobodyAskedFor()
{
    Link link;
    (void)link.start();
    QVERIFY(link.deliver(Wire::frame("uninvited")));
    QVERIFY(link.ended.isEmpty());
    QCOMPARE(link.total.bytesUp(), 0);
    link.ask("ping");
    QVERIFY(link.answers.isEmpty());
    link.device.send(Wire::frame("pong"));
    QTRY_COMPARE(link.answers.size(), 1);
    QCOMPARE(link.answers.first().second, "pong");
}

void DeviceSessionTest::tellsEventsFromReplies()
{
    Link link;
    (void)link.start();
    link.ask("ping");
    link.device.send(eventFrame("{\"temp\":21}") + eventFrame("") + eventFrame("\x07"));
    QTRY_COMPARE(link.eventList(), (QList<QByteArray>{"{\"temp\":21}", "", "\x07"}));
    QVERIFY(link.answers.isEmpty());
    QVERIFY(link.session.isBusy());
    link.device.send(Wire::frame("pong"));
    QTRY_COMPARE(link.answers.size(), 1);
    QCOMPARE(link.events.size(), 3);
}

void DeviceSessionTest::takesAHeartbeatForNeitherReplyNorEvent()
{
    Link link;
    (void)link.start();
    link.ask("ping");
    QVERIFY(link.deliver("1\r\n\x06\r\n"));
    QVERIFY(link.answers.isEmpty());
    QVERIFY(link.session.isBusy());
    QVERIFY(link.events.isEmpty());
    QCOMPARE(link.total.messages(), 1);
    QCOMPARE(link.total.bytesUp(), 0);
    QTRY_COMPARE(link.device.received(), "4\r\nping\r\n"); // nothing answers it
}

void DeviceSessionTest::remembersTheLastHeartbeat()
{
    Link link;
    (void)link.start();
    const qint64 first = link.session.lastHeartbeat();
    // Until the wall clock shows another second.
    QTRY_VERIFY(QDateTime::currentSecsSinceEpoch() > first);
    QVERIFY(link.deliver(eventFrame("no heartbeat")));
    QCOMPARE(link.session.lastHeartbeat(), first);
    QVERIFY(link.deliver(Wire::heartbeat()));
    QVERIFY(link.session.lastHeartbeat() > first);
    QVERIFY(link.session.lastHeartbeat() <= QDateTime::currentSecsSinceEpoch());
    QCOMPARE(link.session.connectedAt(), first);
}

// So do both SDK clients when a command wrote nothing.
void DeviceSessionTest::takesAZeroSizeFrameForAnEmptyReply()
{
    Link link;
    (void)link.start();
    link.ask("true");
    link.device.send("0\r\n\r\n");
    QTRY_COMPARE(link.answers.size(), 1);
    QCOMPARE(link.answers.first().first, Outcome::Replied);
    QCOMPARE(link.answers.first().second, "");
    QVERIFY(link.ended.isEmpty());
    link.ask("ping"); // and the stream goes on
    link.device.send(Wire::frame("pong"));
    QTRY_COMPARE(link.answers.size(), 2);
    QCOMPARE(link.answers.last().second, "pong");
}

void DeviceSessionTest::ignoresAZeroSizeFrameOtherwise()
{
    Link link;
    (void)link.start();
    QVERIFY(link.deliver("0\r\n\r\n"));
    QVERIFY(link.ended.isEmpty());
    QVERIFY(link.events.isEmpty());
    link.device.send("0\r\n\r\n" + eventFrame("alive"));
    QTRY_COMPARE(link.eventList(), (QList<QByteArray>{"alive"}));
    QVERIFY(!link.session.isBusy());
}

void DeviceSessionTest::takesTheLongestEvent()
{
    Link link;
    (void)link.start();
    const QByteArray payload(1024 * 1024, 'x');
    link.device.send(eventFrame(payload)); // 1 MiB + 1 with its event byte
    QTRY_COMPARE(link.events.size(), 1);
    QCOMPARE(link.eventList().first(), payload);
    QVERIFY(link.ended.isEmpty());
}

void DeviceSessionTest::takesTheLongestReply()
{
    Link link;
    (void)link.start();
    link.ask("ping");
    const QByteArray reply(1024 * 1024 + 1, 'x');
    link.device.send("100001\r\n" + reply + "\r\n");
    QTRY_COMPARE(link.answers.size(), 1);
    QCOMPARE(link.answers.first().second, reply);
    QVERIFY(link.ended.isEmpty());
}

void DeviceSessionTest::endsAtABrokenFrame_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::newRow("one byte too long") << QByteArray("100002\r\n");
    QTest::newRow("32 bits") << QByteArray("ffffffff\r\n");
    QTest::newRow("more digits than any size has") << QByteArray("000000001");
    QTest::newRow("no size") << QByteArray("zz\r\nhello\r\n");
    QTest::newRow("a sign") << QByteArray("-1\r\n");
    QTest::newRow("longer than its size") << QByteArray("2\r\nhello\r\n");
    QTest::newRow("bare line feed") << QByteArray("1\nx\r\n");
    // The C library without a callback: two bytes less than it says.
    QTest::newRow("shorter than its size") << QByteArray("2\r\n\r\n") + eventFrame("x");
    QTest::newRow("HTTP") << QByteArray("GET / HTTP/1.1\r\n\r\n");
}

void DeviceSessionTest::endsAtABrokenFrame()
{
    QFETCH(QByteArray, frame);
    Link link;
    (void)link.start();
    link.device.send(frame);
    QTRY_COMPARE(link.ended.size(), 1);
    QVERIFY2(link.reason().startsWith(u"broken frame: "_s) && link.reason().size() > 20,
             qPrintable(link.reason()));
    QVERIFY(link.events.isEmpty());
    QTRY_VERIFY(!link.device.isOpen());
}

void DeviceSessionTest::takesWhatCameBeforeABrokenFrame()
{
    Link link;
    (void)link.start();
    link.ask("ping");
    link.device.send(eventFrame("e") + Wire::frame("pong") + "nonsense\r\n" + eventFrame("f"));
    QTRY_COMPARE(link.ended.size(), 1);
    QCOMPARE(link.eventList(), (QList<QByteArray>{"e"}));
    QCOMPARE(link.answers.size(), 1);
    QCOMPARE(link.answers.first().first, Outcome::Replied);
    QCOMPARE(link.answers.first().second, "pong");
}

void DeviceSessionTest::tellsTheRequesterOfABrokenFrame()
{
    Link link;
    (void)link.start();
    link.ask("ping");
    link.device.send("100002\r\n");
    QTRY_COMPARE(link.answers.size(), 1);
    QCOMPARE(link.answers.first().first, Outcome::Lost);
    QCOMPARE(link.ended.size(), 1);
}

void DeviceSessionTest::timesOutOnce()
{
    Link link({1h, 10s});
    (void)link.start();
    link.session.checkDeadlines(Clock::now() + 10s); // nothing is open
    QVERIFY(link.answers.isEmpty());
    const auto before = Clock::now();
    link.ask("ping");
    const auto after = Clock::now();
    link.session.checkDeadlines(before + 10s - OneTick);
    QVERIFY(link.answers.isEmpty());
    link.session.checkDeadlines(after + 10s);
    QCOMPARE(link.answers.size(), 1);
    QCOMPARE(link.answers.first().first, Outcome::TimedOut);
    QCOMPARE(link.answers.first().second, "");
    link.session.checkDeadlines(after + 20s);
    QCOMPARE(link.answers.size(), 1);
    QVERIFY(link.ended.isEmpty()); // the device stays
    QCOMPARE(link.total.errors(), 1);
}

void DeviceSessionTest::staysBusyUntilTheLateReplyHasCome_data()
{
    QTest::addColumn<QByteArray>("late");
    QTest::newRow("text") << Wire::frame("late");
    QTest::newRow("empty") << QByteArray("0\r\n\r\n");
}

void DeviceSessionTest::staysBusyUntilTheLateReplyHasCome()
{
    QFETCH(QByteArray, late);
    Link link({1h, 10s});
    (void)link.start();
    link.ask("one");
    link.session.checkDeadlines(Clock::now() + 10s);
    QCOMPARE(link.answers.size(), 1);
    QVERIFY(link.session.isBusy());
    // Neither beats nor events are that reply.
    QVERIFY(link.deliver(Wire::heartbeat() + eventFrame("e")));
    QCOMPARE(link.events.size(), 1);
    QVERIFY(link.session.isBusy());
    QVERIFY(link.deliver(late));
    QVERIFY(!link.session.isBusy());
    QCOMPARE(link.answers.size(), 1); // dropped
    QCOMPARE(link.total.latencyMaximum(), 0); // and not measured
    link.ask("two");
    QVERIFY(link.deliver(Wire::frame("reply to two")));
    QCOMPARE(link.answers.size(), 2);
    QCOMPARE(link.answers.last().first, Outcome::Replied);
    QCOMPARE(link.answers.last().second, "reply to two");
}

void DeviceSessionTest::countsTheTimeOfEachRequest()
{
    Link link({1h, 10s});
    (void)link.start();
    link.ask("one");
    const auto sent = Clock::now();
    QVERIFY(link.deliver(Wire::frame("1")));
    link.ask("two");
    link.session.checkDeadlines(sent + 10s); // the time of the first one is up, it has its reply
    QCOMPARE(link.answers.size(), 1);
    link.session.checkDeadlines(Clock::now() + 10s);
    QCOMPARE(link.answers.size(), 2);
    QCOMPARE(link.answers.last().first, Outcome::TimedOut);
}

void DeviceSessionTest::losesItsRequestWithTheDevice()
{
    Link link;
    (void)link.start();
    link.ask("ping");
    link.device.close();
    QTRY_COMPARE(link.answers.size(), 1);
    QCOMPARE(link.answers.first().first, Outcome::Lost);
    QCOMPARE(link.answers.first().second, "");
    QCOMPARE(link.ended.size(), 1);
    QCOMPARE(link.reason(), u"the device closed the connection"_s);
}

// Whoever hears that the device was lost finds it gone.
void DeviceSessionTest::tellsItsEndBeforeTheRequesterHears()
{
    Link link;
    (void)link.start();
    qsizetype endsBefore = -1;
    link.session.send("ping", [&](Outcome, const QByteArray &) { endsBefore = link.ended.size(); });
    link.session.detach();
    QCOMPARE(endsBefore, 1);
}

void DeviceSessionTest::tellsNobodyOfALateRequestWhenTheDeviceGoes()
{
    Link link({1h, 10s});
    (void)link.start();
    link.ask("ping");
    link.session.checkDeadlines(Clock::now() + 10s);
    link.device.close();
    QTRY_COMPARE(link.ended.size(), 1);
    QCOMPARE(link.answers.size(), 1); // it was told 408 already
    QCOMPARE(link.total.errors(), 1);
}

void DeviceSessionTest::detachesOnce()
{
    Link link;
    (void)link.start();
    link.ask("ping");
    link.session.detach();
    QCOMPARE(link.reason(), u"detached by an application"_s);
    QCOMPARE(link.answers.size(), 1);
    QCOMPARE(link.answers.first().first, Outcome::Lost);
    link.session.detach();
    QTRY_VERIFY(!link.device.isOpen());
    QCOMPARE(link.ended.size(), 1);
    QCOMPARE(link.answers.size(), 1);
}

// A session that ends in one deadline of many may still be looked at for its own.
void DeviceSessionTest::asksForNothingOnceEnded()
{
    Link link({20s, 10s});
    (void)link.start();
    link.ask("ping");
    link.session.detach();
    link.session.checkDeadlines(Clock::now() + 10s);
    link.session.checkDeadlines(Clock::now() + 1h);
    QCOMPARE(link.answers.size(), 1);
    QCOMPARE(link.ended.size(), 1);
    QCOMPARE(link.total.errors(), 1);
}

void DeviceSessionTest::takesNothingBehindItsEnd()
{
    Link link;
    (void)link.start();
    connect(&link.session, &DeviceSession::eventReceived, &link.session, &DeviceSession::detach);
    link.ask("ping");
    link.device.send(eventFrame("first") + eventFrame("second") + Wire::frame("pong"));
    QTRY_COMPARE(link.ended.size(), 1);
    QCOMPARE(link.eventList(), (QList<QByteArray>{"first"}));
    QCOMPARE(link.answers.size(), 1);
    QCOMPARE(link.answers.first().first, Outcome::Lost);
}

void DeviceSessionTest::SV_06_endsAfterTwoSilentHeartbeats()
{
    const auto before = Clock::now();
    Link link({10s, 1h});
    (void)link.start();
    link.ask("ping");
    link.session.checkDeadlines(before + 20s); // one late beat is allowed
    QVERIFY(link.ended.isEmpty());
    link.session.checkDeadlines(Clock::now() + 20s + OneTick);
    QCOMPARE(link.ended.size(), 1);
    QCOMPARE(link.reason(), u"silent for two heartbeats"_s);
    QCOMPARE(link.answers.size(), 1);
    QCOMPARE(link.answers.first().first, Outcome::Lost);
    QTRY_VERIFY(!link.device.isOpen());
}

void DeviceSessionTest::SV_06_livesOnByWhateverComes_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::newRow("heartbeat") << Wire::heartbeat();
    QTest::newRow("event") << eventFrame("e");
    QTest::newRow("reply") << Wire::frame("pong");
}

void DeviceSessionTest::SV_06_livesOnByWhateverComes()
{
    QFETCH(QByteArray, frame);
    Link link({10s, 1h});
    (void)link.start();
    link.ask("ping");
    const auto between = Clock::now();
    QVERIFY(link.deliver(frame));
    link.session.checkDeadlines(between + 20s); // too late for what came before
    QVERIFY(link.ended.isEmpty());
    link.session.checkDeadlines(Clock::now() + 20s + OneTick);
    QCOMPARE(link.ended.size(), 1);
}

void DeviceSessionTest::countsForItselfAndForTheTotal()
{
    Link link;
    link.total.countRequest(1'000); // of another device
    (void)link.start();
    link.ask("12345");
    const auto sent = Clock::now();
    QTRY_VERIFY(Clock::now() - sent >= 2ms); // a latency that can be seen
    QVERIFY(link.deliver(Wire::frame("123")));
    const auto longest =
        std::chrono::ceil<std::chrono::milliseconds>(Clock::now() - sent).count() + 1;
    QVERIFY(link.deliver(eventFrame("1234567")));
    const Statistics &own = link.session.statistics();
    QCOMPARE(own.messages(), 2);
    QCOMPARE(own.bytesDown(), 5);
    QCOMPARE(own.bytesUp(), 10); // without the event byte
    QCOMPARE(own.errors(), 0);
    QVERIFY(own.latency() >= 2 && own.latency() <= longest);
    QCOMPARE(link.total.messages(), 3);
    QCOMPARE(link.total.bytesDown(), 1'005);
    QCOMPARE(link.total.bytesUp(), 10);
    QCOMPARE(link.total.latency(), own.latency());
}

void DeviceSessionTest::countsErrors()
{
    Link link({1h, 10s});
    (void)link.start();
    link.ask("one");
    link.session.checkDeadlines(Clock::now() + 10s);
    QCOMPARE(link.session.statistics().errors(), 1);
    QVERIFY(link.deliver(Wire::frame("late")));
    link.ask("two");
    link.session.detach();
    QCOMPARE(link.session.statistics().errors(), 2);
    QCOMPARE(link.total.errors(), 2);
    QCOMPARE(link.session.statistics().latency(), 0);
}

QTEST_GUILESS_MAIN(DeviceSessionTest)
#include "tst_devicesession.moc"
