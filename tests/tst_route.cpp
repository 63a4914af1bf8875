// SPDX-License-Identifier: Apache-2.0
#include "route.h"

#include <QTest>

class RouteTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheKeyOfAWebSocket()
    {
        for (const char *path : {"/websockets/d1/abc", "/v1/websockets/d1/abc"}) {
            const Route route = Route::of(path);
            QCOMPARE(route.kind, Route::Kind::WebSocket);
            QCOMPARE(route.key, "abc");
            QVERIFY(!route.belongsToApplication); // the key decides, not the secret
        }
        QVERIFY(Route::of("/v1/applications/a/devices/d/websocket").key.isEmpty());
    }

    void allowsWhatItNames()
    {
        const Route device = Route::of("/v1/applications/a/devices/d");
        QCOMPARE(device.allowedMethods(), "GET, HEAD, POST, DELETE");
        for (const char *method : {"GET", "HEAD", "POST", "DELETE"})
            QVERIFY2(device.allows(method), method);
        for (const char *method : {"PUT", "get", " GET", "", "OPTIONS"})
            QVERIFY2(!device.allows(method), method);
        QCOMPARE(Route::of("/websockets/d/k").allowedMethods(), "GET");
        QCOMPARE(Route::of("/").allowedMethods(), "GET, HEAD");
    }

    void SV_04_showsNoKeyAndNoSecret_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("shown");
        const auto row = [](const QByteArray &path, const QByteArray &shown) {
            QTest::newRow(path.constData()) << path << shown;
        };
        const QByteArray hex(40, 'a');
        row("/", "/");
        row("/v1/applications/0123456789abcdef0123/devices/dev1/send",
            "/v1/applications/0123456789abcdef0123/devices/dev1/send");
        row("/websockets/dev1/abc", "/websockets/dev1/[redacted]");
        row("/v1/websockets/dev1/abc", "/v1/websockets/dev1/[redacted]");
        row("/websockets/dev1/abc/def/", "/websockets/dev1/[redacted]/[redacted]/");
        row("/v2/websockets/dev1/%61bc", "/v2/websockets/dev1/[redacted]");
        row(QByteArray("/websockets/" + hex), "/websockets/[redacted]");
        row(QByteArray("/v1/applications/" + hex + "/x"), "/v1/applications/[redacted]/x");
        row(QByteArray("/" + hex + "F"), "/[redacted]");
        row("/" + hex.chopped(1), QByteArray("/" + hex.chopped(1)));
    }
    void SV_04_showsNoKeyAndNoSecret()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, shown);
        QCOMPARE(Route::shown(path), shown);
    }
};

QTEST_GUILESS_MAIN(RouteTest)
#include "tst_route.moc"
