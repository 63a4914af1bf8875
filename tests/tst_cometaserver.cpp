// SPDX-License-Identifier: Apache-2.0
#include "cometaserver.h"
#include "httptalk.h"
#include "tcppeer.h"
#include "wire.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSslKey>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using HttpTalk::answersIn;
using HttpTalk::request;
using HttpTalk::statusesIn;

namespace {

const QByteArray Health = request("GET /healthz");

// A server of two applications on loopback.
struct Service
{
    CometaServer server;
    quint16 port = 0;

    explicit Service(const DeviceSession::Timing &timing = {1h, 1h})
    {
        server.addApplication(u"ops"_s, "secret-of-ops", timing);
        server.addApplication(u"lab"_s, "secret-of-lab", timing);
        QString error;
        if (!server.listen(QHostAddress::LocalHost, 0, &error))
            qFatal("%s", qPrintable(error));
        port = server.port();
    }
};

// A requester, one request at a time.
struct Requester
{
    TcpPeer peer;
    QByteArray application;

    explicit Requester(const Service &service, const QByteArray &ofApplication = "ops")
        : application(ofApplication)
    {
        peer.connectTo(service.port);
    }
    // path: behind that of the application.
    void begin(const QByteArray &method, const QByteArray &path, const QByteArray &body = {})
    {
        (void)peer.takeReceived();
        peer.send(request(method + " /v1/applications/" + application + path,
                          "Authorization: OAuth secret-of-" + application + "\r\n", body));
    }
    [[nodiscard]] HttpTalk::Answer finish()
    {
        (void)QTest::qWaitFor([this] { return !answersIn(peer.received()).isEmpty(); });
        return answersIn(peer.received()).value(0);
    }
    [[nodiscard]] HttpTalk::Answer ask(const QByteArray &method, const QByteArray &path,
                                       const QByteArray &body = {})
    {
        begin(method, path, body);
        return finish();
    }
    [[nodiscard]] QJsonObject get(const QByteArray &path)
    {
        return QJsonDocument::fromJson(ask("GET", path).body).object();
    }
    [[nodiscard]] QStringList devices()
    {
        QStringList ids;
        for (const QJsonValue id : get("/devices").value("devices"_L1).toArray())
            ids.append(id.toString());
        return ids;
    }
};

// Attaches; 200, or the status of the refusal.
int attach(TcpPeer *device, const Service &service, const QByteArray &id,
           const QByteArray &application = "ops")
{
    device->connectTo(service.port);
    device->send(request("POST /v1/applications/" + application + "/devices/" + id, {}, "Linux"));
    (void)QTest::qWaitFor(
        [&] { return device->received().endsWith("}\r\n") || device->received().endsWith("\"}"); });
    return statusesIn(device->takeReceived()).value(0);
}

QSslConfiguration tlsConfiguration()
{
    const QString directory = QFINDTESTDATA("data/tls/");
    QFile key(directory + u"server.key"_s);
    if (!key.open(QIODevice::ReadOnly))
        qFatal("no key");
    QSslConfiguration configuration;
    configuration.setLocalCertificateChain(QSslCertificate::fromPath(directory + u"server.pem"_s));
    configuration.setPrivateKey(QSslKey(&key, QSsl::Ec));
    return configuration;
}

} // namespace

class CometaServerTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listensOnAFreePort();
    void saysWhyItCannotListen_data();
    void saysWhyItCannotListen();
    void servesSeveralConnectionsAtOnce();
    void SV_03_servesOthersWhileSomeAreSlow();
    void closesAtAMalformedHead();
    void attachesDevices();
    void refusesAttaches_data();
    void refusesAttaches();
    void SV_06_letsNobodyTakeADeviceOver();
    void SV_07_keepsApplicationsApart();
    void bringsTheReplyToItsRequester();
    void takesOneRequestAtATime();
    void staysLockedUntilTheLateReplyHasCome();
    void unlocksADeviceThatComesBack();
    void tellsWhenTheDeviceIsLost();
    void tellsWhenTheDeviceBreaksTheRules();
    void detachesOnDemand();
    void SV_06_detachesASilentDevice();
    void keepsEventsForWhoeverAsks();
    void tellsWhatWentThrough();
    void changesItsApplications();
    void keepsEventsOverARestart();
    void saysWhereEventsCannotBeKept();
    void P10_takesSoManyDevicesOnly();
    void P10_takesSoManyConnectionsOnly();
    void tellsItsFigures();
    void servesOverTls();
    void answersNothingInTheClearOverTls();
    void closesEverythingAtItsEnd();
};

void CometaServerTest::listensOnAFreePort()
{
    const Service one;
    const Service two;
    QVERIFY(one.port != 0);
    QVERIFY(two.port != 0);
    QVERIFY(one.port != two.port);
    TcpPeer peer;
    peer.connectTo(one.port);
    peer.send(Health);
    QTRY_COMPARE(statusesIn(peer.received()), QList<int>{200});
}

void CometaServerTest::saysWhyItCannotListen_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("isTaken");
    QTest::newRow("port is taken") << u"127.0.0.1"_s << true;
    QTest::newRow("address of another") << u"192.0.2.1"_s << false;
}

void CometaServerTest::saysWhyItCannotListen()
{
    QFETCH(QString, address);
    QFETCH(bool, isTaken);
    const Service other;
    const quint16 port = isTaken ? other.port : 0;
    CometaServer server;
    QString error;
    QVERIFY(!server.listen(QHostAddress(address), port, &error));
    const QString start = u"Cannot listen on %1 port %2: "_s.arg(address).arg(port);
    QVERIFY2(error.startsWith(start), qPrintable(error));
    QVERIFY2(error.endsWith(u"; choose another --port or --bind."_s), qPrintable(error));
    QVERIFY2(error.size() > start.size() + 40, qPrintable(error)); // and the reason
    QCOMPARE(server.port(), 0);
}

void CometaServerTest::servesSeveralConnectionsAtOnce()
{
    const Service service;
    std::vector<TcpPeer> peers(200);
    for (TcpPeer &peer : peers)
        peer.connectTo(service.port);
    for (TcpPeer &peer : peers)
        peer.send(Health);
    for (TcpPeer &peer : peers)
        QTRY_COMPARE(statusesIn(peer.received()), QList<int>{200});
}

void CometaServerTest::SV_03_servesOthersWhileSomeAreSlow()
{
    const Service service;
    std::vector<TcpPeer> slow(100);
    for (TcpPeer &peer : slow) {
        peer.connectTo(service.port);
        peer.send("GET /healthz HTTP/1.1\r\nHos");
    }
    TcpPeer quick;
    quick.connectTo(service.port);
    quick.send(Health);
    QTRY_COMPARE(statusesIn(quick.received()), QList<int>{200});
    for (TcpPeer &peer : slow)
        QVERIFY(peer.isOpen() && peer.received().isEmpty());
}

void CometaServerTest::closesAtAMalformedHead()
{
    const Service service;
    TcpPeer peer;
    peer.connectTo(service.port);
    peer.send("GET /healthz HTTP/1.1\r\nHost : h\r\n\r\n" + Health);
    QTRY_COMPARE(statusesIn(peer.received()), QList<int>{400});
    QTRY_VERIFY(!peer.isOpen());
    QCOMPARE(statusesIn(peer.received()), QList<int>{400});
}

void CometaServerTest::attachesDevices()
{
    const Service service;
    TcpPeer devices[2];
    QCOMPARE(attach(&devices[0], service, "dev2"), 200);
    QCOMPARE(attach(&devices[1], service, "dev1"), 200);
    Requester requester(service);
    QCOMPARE(requester.ask("GET", "/devices").body,
             "{\"devices\":[\"dev1\",\"dev2\"],\"num_devices\":2}");
    const QJsonObject presence = requester.get("/devices/dev2");
    QCOMPARE(presence.value("device_id"_L1), u"dev2"_s);
    QCOMPARE(presence.value("info"_L1), u"Linux"_s);
    QCOMPARE(presence.value("ip_address"_L1), u"127.0.0.1:%1"_s.arg(devices[0].port()));
}

void CometaServerTest::refusesAttaches_data()
{
    QTest::addColumn<QByteArray>("application");
    QTest::addColumn<QByteArray>("device");
    QTest::addColumn<int>("status");
    QTest::newRow("unknown application") << QByteArray("nobody") << QByteArray("dev1") << 403;
    QTest::newRow("application that is none") << QByteArray("..") << QByteArray("dev1") << 400;
    QTest::newRow("device that is none") << QByteArray("ops") << QByteArray("a%20b") << 400;
    QTest::newRow("device of 33 characters") << QByteArray("ops") << QByteArray(33, 'a') << 400;
}

void CometaServerTest::refusesAttaches()
{
    QFETCH(QByteArray, application);
    QFETCH(QByteArray, device);
    QFETCH(int, status);
    const Service service;
    TcpPeer peer;
    QCOMPARE(attach(&peer, service, device, application), status);
    QVERIFY(Requester(service).devices().isEmpty());
}

void CometaServerTest::SV_06_letsNobodyTakeADeviceOver()
{
    const Service service;
    TcpPeer first;
    TcpPeer second;
    QCOMPARE(attach(&first, service, "dev1"), 200);
    QCOMPARE(attach(&second, service, "dev1"), 409);
    Requester requester(service);
    requester.begin("POST", "/devices/dev1/send", "ping");
    QTRY_COMPARE(first.received(), "4\r\nping\r\n");
    first.send(Wire::frame("from the first"));
    QCOMPARE(requester.finish().body, "from the first");
    QVERIFY(second.received().isEmpty());
    first.close(); // then the id is free again
    QTRY_VERIFY(requester.devices().isEmpty());
    TcpPeer third;
    QCOMPARE(attach(&third, service, "dev1"), 200);
}

void CometaServerTest::SV_07_keepsApplicationsApart()
{
    const Service service;
    TcpPeer ofOps;
    TcpPeer ofLab;
    QCOMPARE(attach(&ofOps, service, "dev1"), 200);
    QCOMPARE(attach(&ofLab, service, "dev1", "lab"), 200); // an id belongs to its application
    ofOps.close();
    Requester ops(service);
    Requester lab(service, "lab");
    QTRY_VERIFY(ops.devices().isEmpty());
    QCOMPARE(ops.ask("POST", "/devices/dev1/send", "ping").status, 418);
    QCOMPARE(lab.devices(), QStringList{u"dev1"_s});
    ops.peer.send(
        request("GET /v1/applications/lab/devices/dev1", "Authorization: OAuth secret-of-ops\r\n"));
    QTRY_COMPARE(statusesIn(ops.peer.received()), (QList<int>{418, 403}));
    QVERIFY(ofLab.received().isEmpty());
}

void CometaServerTest::bringsTheReplyToItsRequester()
{
    const Service service;
    TcpPeer devices[2];
    QCOMPARE(attach(&devices[0], service, "dev1"), 200);
    QCOMPARE(attach(&devices[1], service, "dev2"), 200);
    Requester one(service);
    Requester two(service);
    one.begin("POST", "/devices/dev1/send", "one");
    two.begin("POST", "/devices/dev2/send", "two");
    QTRY_COMPARE(devices[0].received(), "3\r\none\r\n");
    QTRY_COMPARE(devices[1].received(), "3\r\ntwo\r\n");
    devices[1].send("0\r\n\r\n"); // an empty reply, as the SDK sends it
    devices[0].send(Wire::heartbeat() + Wire::frame("{\"out\":1}"));
    const HttpTalk::Answer first = one.finish();
    QCOMPARE(first.status, 200);
    QCOMPARE(first.body, "{\"out\":1}");
    QCOMPARE(first.field("Content-Type"), "application/json");
    const HttpTalk::Answer second = two.finish();
    QCOMPARE(second.status, 200);
    QCOMPARE(second.body, "");
}

void CometaServerTest::takesOneRequestAtATime()
{
    const Service service;
    TcpPeer device;
    QCOMPARE(attach(&device, service, "dev1"), 200);
    Requester one(service);
    Requester two(service);
    one.begin("POST", "/devices/dev1/send", "one");
    QTRY_COMPARE(device.received(), "3\r\none\r\n");
    const HttpTalk::Answer answer = two.ask("POST", "/devices/dev1/send", "two");
    QCOMPARE(answer.status, 423);
    QCOMPARE(answer.body, "{\"msg\":\"423 Locked\"}");
    QCOMPARE(two.ask("GET", "/devices/dev1").status, 200); // all else goes on
    device.send(Wire::frame("first"));
    QCOMPARE(one.finish().body, "first");
    two.begin("POST", "/devices/dev1/send", "three");
    QTRY_COMPARE(device.received(), "3\r\none\r\n5\r\nthree\r\n");
}

void CometaServerTest::staysLockedUntilTheLateReplyHasCome()
{
    const Service service({1h, 200ms});
    TcpPeer device;
    QCOMPARE(attach(&device, service, "dev1"), 200);
    Requester requester(service);
    const auto before = DeviceSession::Clock::now();
    const HttpTalk::Answer answer = requester.ask("POST", "/devices/dev1/send", "one");
    QVERIFY(DeviceSession::Clock::now() - before >= 200ms);
    QCOMPARE(answer.status, 408);
    QCOMPARE(answer.body, "{\"msg\":\"408 Request Time-out\"}");
    QCOMPARE(requester.ask("POST", "/devices/dev1/send", "two").status, 423);
    device.send(Wire::frame("late") + Wire::frame("\x07the late one is out"));
    QTRY_VERIFY(!requester.get("/devices/dev1/events")["events"_L1].toArray().isEmpty());
    (void)device.takeReceived();
    requester.begin("POST", "/devices/dev1/send", "three");
    QTRY_COMPARE(device.received(), "5\r\nthree\r\n");
    device.send(Wire::frame("reply to three"));
    QCOMPARE(requester.finish().body, "reply to three");
}

void CometaServerTest::unlocksADeviceThatComesBack()
{
    const Service service({1h, 100ms});
    TcpPeer device;
    QCOMPARE(attach(&device, service, "dev1"), 200);
    Requester requester(service);
    QCOMPARE(requester.ask("POST", "/devices/dev1/send", "one").status, 408);
    device.close();
    QTRY_VERIFY(requester.devices().isEmpty());
    TcpPeer again;
    QCOMPARE(attach(&again, service, "dev1"), 200);
    requester.begin("POST", "/devices/dev1/send", "two");
    QTRY_COMPARE(again.received(), "3\r\ntwo\r\n");
}

void CometaServerTest::tellsWhenTheDeviceIsLost()
{
    const Service service;
    TcpPeer device;
    QCOMPARE(attach(&device, service, "dev1"), 200);
    Requester requester(service);
    requester.begin("POST", "/devices/dev1/send", "ping");
    QTRY_COMPARE(device.received(), "4\r\nping\r\n");
    device.close();
    const HttpTalk::Answer answer = requester.finish();
    QCOMPARE(answer.status, 418);
    QCOMPARE(answer.body, "{\"msg\":\"418 Device not attached\"}");
    QCOMPARE(requester.ask("GET", "/devices/dev1").status, 418);
}

void CometaServerTest::tellsWhenTheDeviceBreaksTheRules()
{
    const Service service;
    TcpPeer device;
    QCOMPARE(attach(&device, service, "dev1"), 200);
    Requester requester(service);
    requester.begin("POST", "/devices/dev1/send", "ping");
    QTRY_COMPARE(device.received(), "4\r\nping\r\n");
    device.send("100002\r\n"); // a frame of 1 MiB + 2
    QCOMPARE(requester.finish().status, 418);
    QTRY_VERIFY(!device.isOpen());
    QVERIFY(requester.devices().isEmpty());
}

void CometaServerTest::detachesOnDemand()
{
    const Service service;
    TcpPeer device;
    QCOMPARE(attach(&device, service, "dev1"), 200);
    Requester requester(service);
    QCOMPARE(requester.ask("DELETE", "/devices/dev1").body, "{\"msg\":\"200 OK\"}");
    QTRY_VERIFY(!device.isOpen());
    QCOMPARE(requester.ask("DELETE", "/devices/dev1").status, 418);
    QVERIFY(requester.devices().isEmpty());
}

// After an abrupt loss the id is free again at the inactivity time-out; one that beats stays.
void CometaServerTest::SV_06_detachesASilentDevice()
{
    const Service service({1s, 1h});
    TcpPeer silent;
    TcpPeer beating;
    QTimer beats;
    connect(&beats, &QTimer::timeout, this, [&beating] { beating.send(Wire::heartbeat()); });
    beats.start(50ms);
    QCOMPARE(attach(&beating, service, "beating"), 200);
    const auto before = DeviceSession::Clock::now();
    QCOMPARE(attach(&silent, service, "silent"), 200);
    QTRY_VERIFY(!silent.isOpen());
    QVERIFY(DeviceSession::Clock::now() - before >= 2s);
    QCOMPARE(Requester(service).devices(), QStringList{u"beating"_s});
    QVERIFY(beating.isOpen());
}

void CometaServerTest::keepsEventsForWhoeverAsks()
{
    const Service service;
    TcpPeer device;
    QCOMPARE(attach(&device, service, "dev1"), 200);
    device.send(Wire::frame("\x07{\"n\":1}") + Wire::frame("\x07two") + Wire::frame("\x07\xFF"));
    Requester requester(service);
    const auto events = [&requester](const QByteArray &query) {
        return requester.get("/devices/dev1/events" + query);
    };
    QTRY_COMPARE(events({})["events"_L1].toArray().size(), 3);
    device.close(); // also of a device that is gone
    QTRY_VERIFY(requester.devices().isEmpty());
    const QJsonObject page = events("?since=1&limit=2");
    QCOMPARE(page["events"_L1].toArray().size(), 2);
    QCOMPARE(page["events"_L1][0]["event"_L1], (QJsonObject{{u"n"_s, 1}}));
    QCOMPARE(page["events"_L1][1]["event"_L1], u"two"_s);
    QCOMPARE(page["next"_L1], 3);
    const QJsonObject rest = events("?since=3");
    QCOMPARE(rest["events"_L1].toArray().size(), 1);
    QCOMPARE(rest["events"_L1][0]["event_base64"_L1], u"/w=="_s);
    QVERIFY(Requester(service, "lab").get("/devices/dev1/events")["events"_L1].toArray().isEmpty());
}

void CometaServerTest::tellsWhatWentThrough()
{
    const Service service;
    TcpPeer device;
    QCOMPARE(attach(&device, service, "dev1"), 200);
    Requester requester(service);
    requester.begin("POST", "/devices/dev1/send", "12345");
    QTRY_COMPARE(device.received(), "5\r\n12345\r\n");
    device.send(Wire::frame("\x07"
                            "1234567")
                + Wire::frame("123"));
    QCOMPARE(requester.finish().body, "123");
    const QJsonValue information = requester.get({});
    QCOMPARE(information["app_id"_L1], u"ops"_s);
    const QJsonValue presence = requester.get("/devices/dev1");
    for (const QJsonValue &of : {information, presence}) {
        QCOMPARE(of["stats"_L1]["messages"_L1], u"2"_s);
        QCOMPARE(of["stats"_L1]["bytes_down"_L1], u"5"_s);
        QCOMPARE(of["stats"_L1]["bytes_up"_L1], u"10"_s);
        QCOMPARE(of["stats"_L1]["errors"_L1], u"0"_s);
    }
    QCOMPARE(information["stats"_L1]["num_devices"_L1], u"1"_s);
}

void CometaServerTest::changesItsApplications()
{
    Service service;
    TcpPeer kept;
    TcpPeer lost;
    QCOMPARE(attach(&kept, service, "dev1"), 200);
    QCOMPARE(attach(&lost, service, "dev1", "lab"), 200);
    QString error;
    const QList<ApplicationSettings> list{{u"ops"_s, u"Operations"_s, "new secret"},
                                          {u"new"_s, {}, "secret-of-new"}};
    QVERIFY(service.server.setApplications(list, {1h, 1h}, &error));
    QCOMPARE(service.server.applicationIds(), (QStringList{u"ops"_s, u"new"_s}));
    QTRY_VERIFY(!lost.isOpen());
    QCOMPARE(Requester(service).ask("GET", "/devices").status, 403); // by the old secret
    QCOMPARE(Requester(service, "lab").ask("GET", "").status, 403);
    Requester requester(service, "new");
    QCOMPARE(requester.get("").value("app_name"_L1), u"new"_s);
    requester.peer.send(request("GET /v1/applications/ops", "Authorization: OAuth new secret\r\n"));
    QTRY_COMPARE(answersIn(requester.peer.received()).size(), 2);
    const QByteArray answer = answersIn(requester.peer.received()).last().body;
    const QJsonObject information = QJsonDocument::fromJson(answer).object();
    QCOMPARE(information.value("app_name"_L1), u"Operations"_s);
    QCOMPARE(information["stats"_L1]["num_devices"_L1], u"1"_s);
    QVERIFY(kept.isOpen());
}

void CometaServerTest::keepsEventsOverARestart()
{
    const QTemporaryDir directory;
    QString error;
    for (int round = 1; round <= 2; ++round) {
        Service service;
        service.server.setEventDirectory(directory.path());
        QVERIFY(service.server.setApplications({{u"ev"_s, {}, "secret-of-ev"}}, {1h, 1h}, &error));
        TcpPeer device;
        QCOMPARE(attach(&device, service, "dev1", "ev"), 200);
        device.send(Wire::frame(Wire::EventByte + QByteArray::number(round)));
        Requester requester(service, "ev");
        QTRY_COMPARE(requester.get("/devices/dev1/events").value("next"_L1), round + 1);
    }
}

void CometaServerTest::saysWhereEventsCannotBeKept()
{
    const QTemporaryDir directory;
    Service service;
    service.server.setEventDirectory(directory.filePath(u"no/such"_s));
    QString error;
    QVERIFY(!service.server.setApplications({{u"ev"_s, {}, "s"}}, {1h, 1h}, &error));
    QVERIFY2(error.contains("no/such"_L1), qPrintable(error));
}

void CometaServerTest::P10_takesSoManyDevicesOnly()
{
    Service service;
    service.server.setLimits({2'000, 2});
    TcpPeer first;
    TcpPeer second;
    TcpPeer third;
    QCOMPARE(attach(&first, service, "dev1"), 200);
    QCOMPARE(attach(&second, service, "dev2"), 200);
    QCOMPARE(attach(&third, service, "dev3"), 503);
    TcpPeer other;
    QCOMPARE(attach(&other, service, "dev1", "lab"), 200); // each application for itself
    second.close();
    Requester requester(service);
    QTRY_COMPARE(requester.devices(), QStringList{u"dev1"_s});
    TcpPeer fourth;
    QCOMPARE(attach(&fourth, service, "dev3"), 200);
}

void CometaServerTest::P10_takesSoManyConnectionsOnly()
{
    Service service;
    service.server.setLimits({2, 10'000});
    TcpPeer device;
    QCOMPARE(attach(&device, service, "dev1"), 200); // is none of them any more
    Requester first(service);
    QCOMPARE(first.ask("GET", "").status, 200);
    auto second = std::make_unique<Requester>(service);
    QCOMPARE(second->ask("GET", "").status, 200);
    TcpPeer third;
    third.connectTo(service.port);
    QTRY_VERIFY(!third.isOpen());
    second.reset();
    const auto isServed = [&service] {
        Requester again(service);
        again.begin("GET", "");
        return QTest::qWaitFor([&] { return !answersIn(again.peer.received()).isEmpty(); }, 500);
    };
    QTRY_VERIFY(isServed());
    QCOMPARE(first.ask("GET", "").status, 200);
}

void CometaServerTest::tellsItsFigures()
{
    const Service service;
    TcpPeer peer;
    peer.connectTo(service.port);
    peer.send(request("GET /nowhere") + request("GET /metrics") + request("POST /metrics"));
    QTRY_COMPARE(statusesIn(peer.received()), (QList<int>{404, 200, 405}));
    const HttpTalk::Answer answer = answersIn(peer.received()).at(1);
    QCOMPARE(answer.field("Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
    QVERIFY(answer.body.contains("\ncometa_applications 2\n"));
    QVERIFY(answer.body.contains("\ncometa_http_answers_total{code=\"404\"} 1\n"));
}

void CometaServerTest::servesOverTls()
{
    CometaServer server(tlsConfiguration());
    Application *application = server.addApplication(u"ops"_s, "secret-of-ops", {});
    QString error;
    QVERIFY2(server.listen(QHostAddress::LocalHost, 0, &error), qPrintable(error));
    QSslConfiguration trusting = QSslConfiguration::defaultConfiguration();
    trusting.setCaCertificates(QSslCertificate::fromPath(QFINDTESTDATA("data/tls/ca.pem")));
    QSslSocket socket;
    socket.setSslConfiguration(trusting);
    socket.connectToHostEncrypted(u"127.0.0.1"_s, server.port());
    QTRY_VERIFY(socket.isEncrypted());
    QByteArray received;
    connect(&socket, &QSslSocket::readyRead, this, [&] { received += socket.readAll(); });
    socket.write(Health);
    QTRY_COMPARE(statusesIn(received), QList<int>{200});
    socket.write(request("POST /v1/applications/ops/devices/dev1", {}, "Linux"));
    QTRY_COMPARE(statusesIn(received), (QList<int>{200, 200}));
    QCOMPARE(application->deviceIds(), QStringList{u"dev1"_s});
    received.clear();
    QList<QByteArray> replies;
    application->device(u"dev1"_s)->send(
        "ping", [&](DeviceSession::Outcome, const QByteArray &data) { replies.append(data); });
    QTRY_COMPARE(received, "4\r\nping\r\n");
    socket.write(Wire::frame("pong"));
    QTRY_COMPARE(replies, QList<QByteArray>{"pong"});
    application->device(u"dev1"_s)->detach();
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
}

void CometaServerTest::answersNothingInTheClearOverTls()
{
    CometaServer server(tlsConfiguration());
    QString error;
    QVERIFY2(server.listen(QHostAddress::LocalHost, 0, &error), qPrintable(error));
    TcpPeer peer;
    peer.connectTo(server.port());
    peer.send(Health);
    QTRY_VERIFY(!peer.isOpen());
    QVERIFY(!peer.received().contains("HTTP/"));
}

// With requests open and halves of others received.
void CometaServerTest::closesEverythingAtItsEnd()
{
    auto service = std::make_unique<Service>();
    TcpPeer device;
    TcpPeer half;
    QCOMPARE(attach(&device, *service, "dev1"), 200);
    Requester requester(*service);
    requester.begin("POST", "/devices/dev1/send", "ping");
    QTRY_COMPARE(device.received(), "4\r\nping\r\n");
    half.connectTo(service->port);
    half.send("GET /hea");
    TcpPeer idle;
    idle.connectTo(service->port);
    idle.send(Health);
    QTRY_COMPARE(statusesIn(idle.received()), QList<int>{200});
    service.reset();
    QTRY_VERIFY(!device.isOpen());
    QTRY_VERIFY(!requester.peer.isOpen());
    QTRY_VERIFY(!half.isOpen());
    QTRY_VERIFY(!idle.isOpen());
    QVERIFY(requester.peer.received().isEmpty()); // no answer that would not be true
}

QTEST_GUILESS_MAIN(CometaServerTest)
#include "tst_cometaserver.moc"
