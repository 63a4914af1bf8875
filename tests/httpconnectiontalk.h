// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "application.h"
#include "httpconnection.h"
#include "httptalk.h"
#include "router.h"
#include "servedpeer.h"

#include <QPointer>
#include <QSignalSpy>
#include <QTest>

// What the tests of HttpConnection share.
namespace HttpConnectionTalk {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using HttpTalk::request;
using HttpTalk::statusesIn;

inline constexpr std::chrono::nanoseconds OneTick{1};
inline const QByteArray Devices = "/v1/applications/ops/devices/";
inline const QByteArray Secret = "Authorization: OAuth secret-of-ops\r\n";
inline const QByteArray Health = request("GET /healthz");

inline QByteArray sendRequest(const QByteArray &message, const QByteArray &device = "dev1",
                              const QByteArray &fields = {})
{
    return request("POST " + Devices + device + "/send", Secret + fields, message);
}

inline QByteArray attachRequest(const QByteArray &device)
{
    return request("POST " + Devices + device, {}, "Linux-device");
}

// A requester with an HttpConnection at the other end, and an application behind it.
struct Talk
{
    Application application{u"ops"_s, u"Operations"_s, "secret-of-ops", {1h, 1h}};
    Router router;
    TcpPeer requester;
    PeerSocket *socket = connectServed(&requester);
    QPointer<HttpConnection> connection = new HttpConnection(socket, &router, nullptr);
    QSignalSpy reads{socket, &PeerSocket::readyRead}; // counts once the connection has read

    Talk() { router.addApplication(&application); }
    ~Talk() { delete connection; }
    Q_DISABLE_COPY_MOVE(Talk)

    DeviceSession *attach(TcpPeer *device, const QString &id)
    {
        DeviceSession *session = application.attach(connectServed(device), id, {});
        session->start({});
        if (!QTest::qWaitFor([&] { return device->received().endsWith("}\r\n"); }))
            qFatal("no attach reply");
        (void)device->takeReceived();
        return session;
    }
    // The connection has taken those bytes, and nothing but those.
    bool deliver(const QByteArray &bytes)
    {
        const qsizetype before = reads.size();
        requester.send(bytes);
        return QTest::qWaitFor([&] { return reads.size() > before; });
    }
    [[nodiscard]] QList<int> statuses() { return statusesIn(requester.received()); }
    [[nodiscard]] bool isOpen() const { return connection && socket->isOpen(); }
};

} // namespace HttpConnectionTalk
