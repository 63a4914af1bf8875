// SPDX-License-Identifier: Apache-2.0
#include "servedpeer.h"
#include "websocketbridge.h"
#include "websockettalk.h"

#include <QTest>

#include <deque>
#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class WebSocketBridgeTest final : public QObject
{
    Q_OBJECT

    struct Device
    {
        Statistics total;
        TcpPeer peer;
        DeviceSession session;

        explicit Device(const QString &id)
            : session(connectServed(&peer), id, {}, {1h, 1h}, &total, nullptr)
        {
        }
    };

private Q_SLOTS:
    void countsByDevice()
    {
        WebSocketBridge bridge;
        Device one(u"one"_s);
        Device two(u"two"_s);
        TcpPeer clients[3];
        bridge.open(connectServed(&clients[0]), &one.session)->start("a", {});
        bridge.open(connectServed(&clients[1]), &one.session)->start("b", {});
        bridge.open(connectServed(&clients[2]), &two.session)->start("c", {});
        QCOMPARE(bridge.count(), 3);
        QCOMPARE(bridge.count(u"one"_s), 2);
        QCOMPARE(bridge.count(u"two"_s), 1);
        QCOMPARE(bridge.count(u"three"_s), 0);
        clients[1].close();
        QTRY_COMPARE(bridge.count(u"one"_s), 1);
        QCOMPARE(bridge.count(), 2);
    }

    void dropsTheSilent()
    {
        WebSocketBridge bridge;
        Device device(u"one"_s);
        TcpPeer clients[2];
        for (TcpPeer &client : clients)
            bridge.open(connectServed(&client), &device.session)->start({}, {});
        bridge.checkDeadlines(DeviceSession::Clock::now() + 1h);
        QCOMPARE(bridge.count(), 0);
        QTRY_VERIFY(!clients[0].isOpen() && !clients[1].isOpen());
    }

    void outlivesADevice()
    {
        WebSocketBridge bridge;
        auto device = std::make_unique<Device>(u"one"_s);
        TcpPeer client;
        bridge.open(connectServed(&client), &device->session)->start({}, {});
        device->session.detach();
        device.reset();
        QTRY_COMPARE(WebSocketTalk::closeCode(WebSocketTalk::framesIn(client.received())), 1001);
        client.close();
        QTRY_COMPARE(bridge.count(), 0);
    }

    void hasRoomForAHundredADevice()
    {
        WebSocketBridge bridge;
        Device one(u"one"_s);
        std::deque<TcpPeer> clients;
        for (qsizetype i = 0; i < WebSocketBridge::MaximumPerDevice; ++i) {
            QVERIFY(bridge.hasRoom(u"one"_s));
            bridge.open(connectServed(&clients.emplace_back()), &one.session)->start({}, {});
        }
        QVERIFY(!bridge.hasRoom(u"one"_s));
        QVERIFY(bridge.hasRoom(u"two"_s));
        clients.front().close();
        QTRY_VERIFY(bridge.hasRoom(u"one"_s));
    }
};

QTEST_GUILESS_MAIN(WebSocketBridgeTest)
#include "tst_websocketbridge.moc"
