// SPDX-License-Identifier: Apache-2.0
#include "application.h"
#include "servedpeer.h"
#include "wire.h"

#include <QJsonArray>
#include <QPointer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Clock = DeviceSession::Clock;
using Outcome = DeviceSession::Outcome;

namespace {

// An application and the devices that a test plays.
struct Operations
{
    DeviceSession::Timing timing{1h, 1h};
    Application application{u"ops"_s, u"Operations"_s, "secret-of-ops", timing};

    Operations() = default;
    explicit Operations(const DeviceSession::Timing &useTiming) : timing(useTiming) { }

    DeviceSession *attach(TcpPeer *device, const QString &id,
                          const QByteArray &info = "Linux-device")
    {
        DeviceSession *session = application.attach(connectServed(device), id, info);
        session->start({});
        return session;
    }
    [[nodiscard]] QJsonObject stats() const
    {
        return application.information().value("stats"_L1).toObject();
    }
    // What is in the log of a device, as the application shows it.
    [[nodiscard]] QJsonArray events(const QString &device) const
    {
        QJsonArray values;
        const QJsonObject page = application.events().page(device, 0, 100);
        for (const QJsonValue entry : page.value("events"_L1).toArray())
            values.append(entry["event"_L1]);
        return values;
    }
};

QByteArray eventFrame(const QByteArray &payload)
{
    return Wire::frame(Wire::EventByte + payload);
}

void ignore(Outcome, const QByteArray &) { }

} // namespace

class ApplicationTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void SV_01_knowsItsSecret_data();
    void SV_01_knowsItsSecret();
    void begins();
    void knowsItsDevices();
    void keepsApplicationsApart();
    void forgetsADeviceThatLeaves();
    void forgetsADetachedDeviceAtOnce();
    void takesADeviceBackUnderItsId();
    void hasForgottenTheDeviceWhenItsRequesterHears();
    void keepsEventsOfADeviceThatLeft();
    void keepsEventsInAFile();
    void changesWhileItsDevicesStay();
    void P10_isFullAtItsLimit();
    void detachesAllDevices();
    void hasAWebhookWhenItIsTold();
    void sumsUpWhatWentThroughItsDevices();
    void countsWhatWentThroughDevicesThatLeft();
    void tellsAllNumbersAsText();
    void tellsThePresenceOfADevice();
    void showsTextThatIsNone();
    void SV_06_detachesSilentDevicesOnly();
    void timesOutRequestsOfAllDevices();
    void letsADeadlineDetachTheOthers();
    void endsWithItsDevices();
};

void ApplicationTest::SV_01_knowsItsSecret_data()
{
    QTest::addColumn<QByteArray>("candidate");
    QTest::addColumn<bool>("isRight");
    QTest::newRow("right") << QByteArray("secret-of-ops") << true;
    QTest::newRow("none") << QByteArray() << false;
    QTest::newRow("another case") << QByteArray("Secret-of-ops") << false;
    QTest::newRow("wrong at the end") << QByteArray("secret-of-opx") << false;
    QTest::newRow("shorter") << QByteArray("secret-of-op") << false;
    QTest::newRow("longer") << QByteArray("secret-of-ops ") << false;
    QTest::newRow("NUL behind it") << QByteArray("secret-of-ops\0", 14) << false;
    QTest::newRow("its digest") << QByteArray::fromHex(
        "41742a54744e4141c7bbab03e7c56960e64a47cdc7adaddaa84109e68d620ee9")
                                << false;
}

void ApplicationTest::SV_01_knowsItsSecret()
{
    QFETCH(QByteArray, candidate);
    QFETCH(bool, isRight);
    const Operations operations;
    QCOMPARE(operations.application.isSecret(candidate), isRight);
}

void ApplicationTest::begins()
{
    const Operations operations;
    QCOMPARE(operations.application.id(), u"ops"_s);
    QCOMPARE(operations.application.deviceCount(), 0);
    QVERIFY(operations.application.deviceIds().isEmpty());
    QVERIFY(!operations.application.device(u"dev1"_s));
    const QJsonObject information = operations.application.information();
    QCOMPARE(information.size(), 3);
    QCOMPARE(information.value("app_id"_L1), u"ops"_s);
    QCOMPARE(information.value("app_name"_L1), u"Operations"_s);
}

void ApplicationTest::knowsItsDevices()
{
    Operations operations;
    TcpPeer peers[3];
    DeviceSession *b = operations.attach(&peers[0], u"b"_s);
    DeviceSession *c = operations.attach(&peers[1], u"c"_s);
    DeviceSession *a = operations.attach(&peers[2], u"a"_s);
    QCOMPARE(operations.application.deviceCount(), 3);
    QCOMPARE(operations.application.deviceIds(), (QStringList{u"a"_s, u"b"_s, u"c"_s}));
    QCOMPARE(operations.application.device(u"a"_s), a);
    QCOMPARE(operations.application.device(u"b"_s), b);
    QCOMPARE(operations.application.device(u"c"_s), c);
    QVERIFY(!operations.application.device(u"A"_s));
    for (TcpPeer &peer : peers)
        QTRY_VERIFY(peer.received().startsWith("HTTP/1.1 200 OK\r\n"));
}

void ApplicationTest::keepsApplicationsApart()
{
    Operations operations;
    Application lab(u"lab"_s, u"Lab"_s, "secret-of-lab", {});
    TcpPeer peer;
    (void)operations.attach(&peer, u"dev1"_s);
    QVERIFY(!lab.device(u"dev1"_s));
    QVERIFY(!lab.isSecret("secret-of-ops"));
    peer.send(eventFrame("1"));
    QTRY_COMPARE(operations.events(u"dev1"_s), QJsonArray{1});
    QVERIFY(lab.events().page(u"dev1"_s, 0, 100).value("events"_L1).toArray().isEmpty());
    QCOMPARE(lab.information()["stats"_L1]["messages"_L1], u"0"_s);
}

void ApplicationTest::forgetsADeviceThatLeaves()
{
    Operations operations;
    TcpPeer leaving;
    TcpPeer staying;
    const QPointer<DeviceSession> session = operations.attach(&leaving, u"leaving"_s);
    DeviceSession *other = operations.attach(&staying, u"staying"_s);
    leaving.close();
    QTRY_VERIFY(!operations.application.device(u"leaving"_s));
    QCOMPARE(operations.application.deviceIds(), QStringList{u"staying"_s});
    QCOMPARE(operations.application.device(u"staying"_s), other);
    QTRY_VERIFY(!session); // nothing of it is kept
    QVERIFY(staying.isOpen());
}

void ApplicationTest::forgetsADetachedDeviceAtOnce()
{
    Operations operations;
    TcpPeer peer;
    operations.attach(&peer, u"dev1"_s)->detach();
    QVERIFY(!operations.application.device(u"dev1"_s));
    QCOMPARE(operations.application.deviceCount(), 0);
    QTRY_VERIFY(!peer.isOpen());
}

// The id is free before the old session is deleted, and the end of that one is not of the new one.
void ApplicationTest::takesADeviceBackUnderItsId()
{
    Operations operations;
    TcpPeer first;
    TcpPeer second;
    const QPointer<DeviceSession> old = operations.attach(&first, u"dev1"_s);
    old->detach();
    QVERIFY(old);
    DeviceSession *session = operations.attach(&second, u"dev1"_s);
    QTRY_VERIFY(!old);
    QCOMPARE(operations.application.device(u"dev1"_s), session);
    second.send(eventFrame("1"));
    QTRY_COMPARE(operations.events(u"dev1"_s), QJsonArray{1});
}

void ApplicationTest::hasForgottenTheDeviceWhenItsRequesterHears()
{
    Operations operations;
    TcpPeer peer;
    DeviceSession *session = operations.attach(&peer, u"dev1"_s);
    QList<Outcome> outcomes;
    qsizetype devices = -1;
    session->send("ping", [&](Outcome outcome, const QByteArray &) {
        outcomes.append(outcome);
        devices = operations.application.deviceCount();
    });
    peer.close();
    QTRY_COMPARE(outcomes, QList<Outcome>{Outcome::Lost});
    QCOMPARE(devices, 0);
}

void ApplicationTest::keepsEventsOfADeviceThatLeft()
{
    Operations operations;
    TcpPeer first;
    TcpPeer second;
    DeviceSession *session = operations.attach(&first, u"dev1"_s);
    (void)operations.attach(&second, u"dev2"_s);
    first.send(eventFrame("{\"temp\":21}") + Wire::heartbeat() + eventFrame("hello"));
    second.send(eventFrame("2"));
    const QJsonArray expected{QJsonObject{{u"temp"_s, 21}}, u"hello"_s};
    QTRY_COMPARE(operations.events(u"dev1"_s), expected);
    QTRY_COMPARE(operations.events(u"dev2"_s), QJsonArray{2});
    session->detach();
    QCOMPARE(operations.events(u"dev1"_s), expected);
}

void ApplicationTest::keepsEventsInAFile()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"ops.events"_s);
    QString error;
    {
        Operations operations;
        QVERIFY(operations.application.keepEvents(path, &error));
        TcpPeer peer;
        (void)operations.attach(&peer, u"dev1"_s);
        peer.send(eventFrame("1"));
        QTRY_COMPARE(operations.events(u"dev1"_s), QJsonArray{1});
    }
    Operations again;
    QVERIFY(again.events(u"dev1"_s).isEmpty());
    QVERIFY(again.application.keepEvents(path, &error));
    QCOMPARE(again.events(u"dev1"_s), QJsonArray{1});
    QVERIFY(!again.application.keepEvents(directory.filePath(u"no/such"_s), &error));
    QVERIFY(!error.isEmpty());
}

void ApplicationTest::changesWhileItsDevicesStay()
{
    Operations operations;
    TcpPeer peer;
    const DeviceSession *session = operations.attach(&peer, u"dev1"_s);
    operations.application.setSecret("other");
    operations.application.setName(u"Other"_s);
    operations.application.setTiming({2s, 3s});
    QVERIFY(operations.application.isSecret("other"));
    QVERIFY(!operations.application.isSecret("secret-of-ops"));
    QCOMPARE(operations.application.information().value("app_name"_L1), u"Other"_s);
    QCOMPARE(operations.application.device(u"dev1"_s), session);
    TcpPeer second;
    (void)operations.attach(&second, u"dev2"_s);
    QTRY_VERIFY(second.received().contains("\"heartbeat\":2,"));
    QTRY_VERIFY(peer.received().contains("\"heartbeat\":3600,"));
}

void ApplicationTest::P10_isFullAtItsLimit()
{
    Operations operations;
    operations.application.setMaximumDevices(1);
    QVERIFY(!operations.application.isFull());
    TcpPeer peer;
    DeviceSession *session = operations.attach(&peer, u"dev1"_s);
    QVERIFY(operations.application.isFull());
    session->detach();
    QVERIFY(!operations.application.isFull());
}

void ApplicationTest::detachesAllDevices()
{
    Operations operations;
    TcpPeer first;
    TcpPeer second;
    (void)operations.attach(&first, u"dev1"_s);
    DeviceSession *session = operations.attach(&second, u"dev2"_s);
    std::optional<Outcome> outcome;
    session->send("x", [&outcome](Outcome how, const QByteArray &) { outcome = how; });
    operations.application.detachAll();
    QCOMPARE(operations.application.deviceCount(), 0);
    QCOMPARE(outcome, Outcome::Lost);
    QTRY_VERIFY(!first.isOpen() && !second.isOpen());
}

void ApplicationTest::hasAWebhookWhenItIsTold()
{
    Operations operations;
    TcpPeer peer;
    (void)operations.attach(&peer, u"dev1"_s);
    QVERIFY(!operations.application.webhook());
    WebhookTarget target;
    QString error;
    QVERIFY(target.setUrl(u"http://127.0.0.1:1/"_s, &error));
    operations.application.setWebhook(target);
    peer.send(eventFrame("1"));
    QTRY_COMPARE(operations.application.webhook()->waiting(), 1);
    operations.application.setWebhook(target); // the same one: what waits stays
    QCOMPARE(operations.application.webhook()->waiting(), 1);
    operations.application.setWebhook({});
    QVERIFY(!operations.application.webhook());
}

void ApplicationTest::sumsUpWhatWentThroughItsDevices()
{
    Operations operations;
    TcpPeer first;
    TcpPeer second;
    DeviceSession *one = operations.attach(&first, u"dev1"_s);
    DeviceSession *two = operations.attach(&second, u"dev2"_s);
    one->send("12345", ignore);
    two->send("123", ignore);
    first.send(Wire::frame("1234") + eventFrame("12"));
    second.send(Wire::frame("1"));
    QTRY_COMPARE(operations.stats().value("bytes_up"_L1), u"7"_s);
    QCOMPARE(operations.stats().value("bytes_down"_L1), u"8"_s);
    QCOMPARE(operations.stats().value("messages"_L1), u"3"_s);
    QCOMPARE(operations.stats().value("errors"_L1), u"0"_s);
    QCOMPARE(operations.stats().value("num_devices"_L1), u"2"_s);
    const QJsonObject presence = operations.application.presence(*one);
    QCOMPARE(presence["stats"_L1]["bytes_up"_L1], u"6"_s);
    QCOMPARE(presence["stats"_L1]["bytes_down"_L1], u"5"_s);
    QCOMPARE(presence["stats"_L1]["messages"_L1], u"2"_s);
}

void ApplicationTest::countsWhatWentThroughDevicesThatLeft()
{
    Operations operations;
    TcpPeer peer;
    const QPointer<DeviceSession> session = operations.attach(&peer, u"dev1"_s);
    session->send("12345", ignore);
    session->detach();
    QTRY_VERIFY(!session);
    QCOMPARE(operations.stats().value("num_devices"_L1), u"0"_s);
    QCOMPARE(operations.stats().value("messages"_L1), u"1"_s);
    QCOMPARE(operations.stats().value("bytes_down"_L1), u"5"_s);
    QCOMPARE(operations.stats().value("errors"_L1), u"1"_s);
}

void ApplicationTest::tellsAllNumbersAsText()
{
    Operations operations;
    TcpPeer peer;
    DeviceSession *session = operations.attach(&peer, u"dev1"_s);
    session->send("ping", ignore);
    peer.send(Wire::frame("pong"));
    QTRY_COMPARE(operations.stats().value("bytes_up"_L1), u"4"_s);
    const auto verify = [](const QJsonObject &stats, const QStringList &members) {
        QStringList keys = stats.keys();
        keys.sort();
        QCOMPARE(keys, members);
        for (const QJsonValue value : stats) {
            bool isNumber = false;
            (void)value.toString().toLongLong(&isNumber);
            QVERIFY2(isNumber, qPrintable(value.toString()));
        }
    };
    verify(operations.stats(),
           {u"bytes_down"_s, u"bytes_up"_s, u"errors"_s, u"latency"_s, u"latency_max"_s,
            u"latency_min"_s, u"messages"_s, u"num_devices"_s, u"std_deviation"_s,
            u"websockets"_s});
    verify(operations.application.presence(*session).value("stats"_L1).toObject(),
           {u"bytes_down"_s, u"bytes_up"_s, u"connected_at"_s, u"errors"_s, u"latency"_s,
            u"messages"_s, u"websockets"_s});
}

void ApplicationTest::tellsThePresenceOfADevice()
{
    Operations operations;
    TcpPeer peer;
    DeviceSession *session = operations.attach(&peer, u"dev1"_s, "Linux \xC3\xA4");
    const QJsonObject presence = operations.application.presence(*session);
    QCOMPARE(presence.size(), 5);
    QCOMPARE(presence.value("device_id"_L1), u"dev1"_s);
    QCOMPARE(presence.value("info"_L1), u"Linux \u00E4"_s);
    QCOMPARE(presence.value("ip_address"_L1), u"127.0.0.1:%1"_s.arg(peer.port()));
    QCOMPARE(presence.value("heartbeat"_L1), QString::number(session->lastHeartbeat()));
    QCOMPARE(presence["stats"_L1]["connected_at"_L1], QString::number(session->connectedAt()));
}

// The body of an attach is free text: bytes that are no UTF-8 must not spoil the answer.
void ApplicationTest::showsTextThatIsNone()
{
    Operations operations;
    TcpPeer peer;
    DeviceSession *session = operations.attach(&peer, u"dev1"_s, "a\xFF");
    QCOMPARE(operations.application.presence(*session).value("info"_L1), u"a\uFFFD"_s);
}

void ApplicationTest::SV_06_detachesSilentDevicesOnly()
{
    Operations operations({10s, 1h});
    TcpPeer silent;
    TcpPeer beating;
    (void)operations.attach(&silent, u"silent"_s);
    (void)operations.attach(&beating, u"beating"_s);
    const auto attached = Clock::now();
    beating.send(eventFrame("1"));
    QTRY_COMPARE(operations.events(u"beating"_s), QJsonArray{1});
    operations.application.checkDeadlines(attached + 20s);
    QCOMPARE(operations.application.deviceIds(), QStringList{u"beating"_s});
    QTRY_VERIFY(!silent.isOpen());
    TcpPeer again; // the id is free
    (void)operations.attach(&again, u"silent"_s);
    QCOMPARE(operations.application.deviceCount(), 2);
}

void ApplicationTest::timesOutRequestsOfAllDevices()
{
    Operations operations({1h, 10s});
    TcpPeer peers[2];
    QList<Outcome> outcomes;
    const auto keep = [&](Outcome outcome, const QByteArray &) { outcomes.append(outcome); };
    operations.attach(&peers[0], u"dev1"_s)->send("ping", keep);
    operations.attach(&peers[1], u"dev2"_s)->send("ping", keep);
    operations.application.checkDeadlines(Clock::now());
    QVERIFY(outcomes.isEmpty());
    operations.application.checkDeadlines(Clock::now() + 10s);
    QCOMPARE(outcomes, (QList<Outcome>{Outcome::TimedOut, Outcome::TimedOut}));
    QCOMPARE(operations.application.deviceCount(), 2);
    QCOMPARE(operations.stats().value("errors"_L1), u"2"_s);
}

// Whoever hears of the first time-out may detach the device whose time is up as well.
void ApplicationTest::letsADeadlineDetachTheOthers()
{
    Operations operations({1h, 10s});
    TcpPeer peers[2];
    QList<Outcome> outcomes;
    const auto detachAll = [&](Outcome outcome, const QByteArray &) {
        outcomes.append(outcome);
        while (operations.application.deviceCount() > 0)
            operations.application.device(operations.application.deviceIds().first())->detach();
    };
    operations.attach(&peers[0], u"dev1"_s)->send("ping", detachAll);
    operations.attach(&peers[1], u"dev2"_s)->send("ping", detachAll);
    operations.application.checkDeadlines(Clock::now() + 10s);
    QCOMPARE(outcomes, (QList<Outcome>{Outcome::TimedOut, Outcome::Lost}));
    QCOMPARE(operations.application.deviceCount(), 0);
    QCOMPARE(operations.stats().value("errors"_L1), u"2"_s);
}

void ApplicationTest::endsWithItsDevices()
{
    TcpPeer peer;
    {
        Operations operations;
        operations.attach(&peer, u"dev1"_s)->send("ping", ignore);
        QTRY_VERIFY(peer.received().endsWith("4\r\nping\r\n"));
        QVERIFY(peer.isOpen());
    }
    QTRY_VERIFY(!peer.isOpen());
}

QTEST_GUILESS_MAIN(ApplicationTest)
#include "tst_application.moc"
