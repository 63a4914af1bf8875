// SPDX-License-Identifier: Apache-2.0
#include "application.h"
#include "router.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using Kind = Route::Kind;

class RouterTest final : public QObject
{
    Q_OBJECT

    Application m_ops{u"ops"_s, u"Operations"_s, "secret-of-ops", {}};
    Application m_lab{u"lab"_s, u"Lab"_s, "secret-of-lab", {}};
    Router m_router;

    [[nodiscard]] Router::Decision decide(const QByteArray &line, const QByteArray &secret,
                                          const QByteArray &body = {}) const
    {
        HttpRequest request;
        const QByteArray fields = secret.isEmpty() ? "" : "Authorization: OAuth " + secret + "\r\n";
        const QByteArray bytes = line + " HTTP/1.1\r\nHost: h\r\n" + fields
            + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
        const qsizetype head = request.feed(bytes);
        (void)request.feed(QByteArrayView(bytes).sliced(head));
        if (request.state() != HttpRequest::State::Complete)
            qFatal("not a request");
        return m_router.decide(request);
    }
    // 0: not answered at once.
    [[nodiscard]] int statusOf(const QByteArray &line, const QByteArray &secret = "secret-of-ops",
                               const QByteArray &body = {}) const
    {
        const Router::Decision decision = decide(line, secret, body);
        const auto *response = std::get_if<HttpResponse>(&decision);
        return response ? response->status : 0;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_router.addApplication(&m_ops);
        m_router.addApplication(&m_lab);
    }

    void findsTheRoute_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<Route::Kind>("kind");
        QTest::addColumn<QString>("device");
        const auto row = [](const char *path, Kind kind, const QString &device = {}) {
            QTest::newRow(path) << QByteArray(path) << kind << device;
        };
        row("/healthz", Kind::Health);
        row("/v1/applications/ops", Kind::Application);
        row("/v1/applications/ops/devices", Kind::Devices);
        row("/v1/applications/ops/devices/d1", Kind::Device, u"d1"_s);
        row("/v1/applications/ops/devices/d%31", Kind::Device, u"d1"_s);
        row("/v1/applications/ops/devices/d1/send", Kind::Send, u"d1"_s);
        row("/v1/applications/ops/devices/d1/events", Kind::Events, u"d1"_s);
        row("/v1/applications/ops/devices/a/b/send", Kind::Send, u"a/b"_s);
        row("/v1/applications/ops/devices/d1/other", Kind::Unknown);
        row("/v1/applications/ops/other", Kind::Unknown);
        row("/v2/applications/ops", Kind::Unknown);
        row("/V1/applications/ops", Kind::Unknown);
        row("//v1/applications/ops", Kind::Unknown);
        row("/healthz/", Kind::Unknown);
        row("/", Kind::Page);
        row("/app.js", Kind::Page);
        row("/index.html", Kind::Unknown);
        row("/v1/applications/ops/devices/d1/websocket", Kind::DeviceKey, u"d1"_s);
        row("/websockets/d%31/k", Kind::WebSocket, u"d1"_s);
        row("/v1/websockets/d1/k", Kind::WebSocket, u"d1"_s);
        row("/v2/websockets/d1/k", Kind::Unknown);
        row("/websockets/d1", Kind::Unknown);
        row("/websockets/d1/k/", Kind::Unknown);
    }
    void findsTheRoute()
    {
        QFETCH(QByteArray, path);
        QFETCH(Route::Kind, kind);
        QFETCH(QString, device);
        const Route route = Route::of(path);
        QCOMPARE(route.kind, kind);
        QCOMPARE(route.device, device);
        QCOMPARE(route.belongsToApplication, path.startsWith("/v1/applications/"));
    }

    void SV_01_refusesAWrongSecret_data()
    {
        QTest::addColumn<QByteArray>("secret");
        QTest::newRow("none") << QByteArray();
        QTest::newRow("empty") << QByteArray(" ");
        QTest::newRow("equal length") << QByteArray("secret-of-opS");
        QTest::newRow("shorter") << QByteArray("secret-of-op");
        QTest::newRow("longer") << QByteArray("secret-of-opss");
        QTest::newRow("SV_07 of another application") << QByteArray("secret-of-lab");
        QTest::newRow("two") << QByteArray("secret-of-ops\r\nAuthorization: OAuth secret-of-ops");
    }
    void SV_01_refusesAWrongSecret()
    {
        QFETCH(QByteArray, secret);
        for (const char *line :
             {"GET /v1/applications/ops", "GET /v1/applications/ops/devices",
              "GET /v1/applications/ops/devices/d1", "DELETE /v1/applications/ops/devices/d1",
              "POST /v1/applications/ops/devices/d1/send",
              "GET /v1/applications/ops/devices/d1/events",
              // 403 before 404, 405 and 400: no probing without the secret
              "GET /v1/applications/ops/other", "PATCH /v1/applications/ops",
              "GET /v1/applications/ops/devices/..", "GET /v1/applications/nobody"})
            QVERIFY2(statusOf(line, secret) == 403, line);
    }

    void takesTheSchemeInAnyCase()
    {
        QCOMPARE(statusOf("GET /v1/applications/ops"), 200);
        for (const char *value : {"oauth secret-of-ops", "OAUTH  secret-of-ops"}) {
            HttpRequest request;
            const QByteArray bytes =
                "GET /v1/applications/ops HTTP/1.1\r\nHost: h\r\nAuthorization: "
                + QByteArray(value) + "\r\n\r\n";
            (void)request.feed(bytes);
            QCOMPARE(std::get<HttpResponse>(m_router.decide(request)).status, 200);
        }
    }

    void answersInTheDocumentedOrder()
    {
        QCOMPARE(statusOf("PATCH /v1/applications/ops/other"), 404); // before 405
        QCOMPARE(statusOf("PATCH /v1/applications/ops/devices/.."), 405); // before 400
        QCOMPARE(statusOf("GET /v1/applications/ops/devices/.."), 400); // before 418
        QCOMPARE(statusOf("POST /v1/applications/ops/devices/d1/send"), 400); // empty, before 418
        QCOMPARE(statusOf("POST /v1/applications/ops/devices/d1/send", "secret-of-ops", "x"), 418);
        QCOMPARE(statusOf("GET /v1/applications/ops/devices/d1"), 418);
        QCOMPARE(statusOf("DELETE /v1/applications/ops/devices/d1"), 418);
        QCOMPARE(statusOf("GET /nowhere", ""), 404);
        QCOMPARE(statusOf("GET /healthz", ""), 200);
    }

    void namesTheAllowedMethods_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("allow");
        QTest::newRow("application")
            << QByteArray("POST /v1/applications/ops") << QByteArray("GET, HEAD");
        QTest::newRow("device") << QByteArray("PUT /v1/applications/ops/devices/d1")
                                << QByteArray("GET, HEAD, POST, DELETE");
        QTest::newRow("send") << QByteArray("GET /v1/applications/ops/devices/d1/send")
                              << QByteArray("POST");
        QTest::newRow("case") << QByteArray("get /healthz") << QByteArray("GET, HEAD");
        QTest::newRow("a part of one") << QByteArray("EAD /healthz") << QByteArray("GET, HEAD");
    }
    void namesTheAllowedMethods()
    {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, allow);
        const auto response = std::get<HttpResponse>(decide(line, "secret-of-ops"));
        QCOMPARE(response.status, 405);
        QCOMPARE(response.allow, allow);
    }

    void SV_02_refusesIdsThatAreNone_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::newRow("..") << QByteArray("..");
        QTest::newRow(".") << QByteArray(".");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("traversal") << QByteArray("%2e%2e%2f");
        QTest::newRow("encoded dots") << QByteArray("%2e%2e");
        QTest::newRow("NUL") << QByteArray("%00");
        QTest::newRow("slash") << QByteArray("a%2Fb");
        QTest::newRow("umlaut") << QByteArray("%C3%A4");
        QTest::newRow("33") << QByteArray(33, 'a');
        QTest::newRow("10 kB") << QByteArray(10'000, 'a');
        QTest::newRow("half an escape") << QByteArray("a%2");
    }
    void SV_02_refusesIdsThatAreNone()
    {
        QFETCH(QByteArray, id);
        const QByteArray path = "/v1/applications/ops/devices/" + id;
        QCOMPARE(statusOf("GET " + path), 400);
        QCOMPARE(statusOf("POST " + path), 400);
        QCOMPARE(statusOf("POST " + path + "/send", "secret-of-ops", "x"), 400);
        QCOMPARE(statusOf("GET " + path + "/events"), 400);
    }

    void letsDevicesAttachWithoutASecret()
    {
        const Router::Decision decision =
            decide("POST /v1/applications/ops/devices/52540012AB34", "", "Linux-device");
        const auto *attach = std::get_if<Router::Attach>(&decision);
        QVERIFY(attach);
        QCOMPARE(attach->application, &m_ops);
        QCOMPARE(attach->device, u"52540012AB34"_s);
        QCOMPARE(statusOf("POST /v1/applications/nobody/devices/d1", ""), 403);
        QCOMPARE(statusOf("POST /v1/applications/../devices/d1", ""), 400);
    }

    void refusesAnAttachByHttp10()
    {
        HttpRequest request;
        (void)request.feed("POST /v1/applications/ops/devices/d1 HTTP/1.0\r\n\r\n");
        QCOMPARE(std::get<HttpResponse>(m_router.decide(request)).status, 400);
    }

    void readsTheQueryOfEvents_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<int>("status");
        const auto row = [](const char *query, int status) {
            QTest::newRow(query) << QByteArray(query) << status;
        };
        row("", 200);
        row("?since=5&limit=1000", 200);
        row("?limit=0", 200);
        row("?other=1", 200);
        row("?since=-1", 400);
        row("?since=x", 400);
        row("?since=", 400);
        row("?limit=1001", 400);
        row("?since=9999999999999", 400);
        row("?since=99999999999999999999", 400);
    }
    void readsTheQueryOfEvents()
    {
        QFETCH(QByteArray, query);
        QFETCH(int, status);
        QCOMPARE(statusOf("GET /v1/applications/ops/devices/gone/events" + query), status);
    }

    // All values are strings but for the number of devices in the list.
    void informsAsTheProtocolSays()
    {
        const auto information =
            std::get<HttpResponse>(decide("GET /v1/applications/ops", "secret-of-ops"));
        QVERIFY(!information.body.contains("secret"));
        const QJsonObject object = QJsonDocument::fromJson(information.body).object();
        QCOMPARE(object.value("app_id"_L1), u"ops"_s);
        QCOMPARE(object.value("app_name"_L1), u"Operations"_s);
        const QJsonObject stats = object.value("stats"_L1).toObject();
        for (const char *member :
             {"num_devices", "messages", "errors", "bytes_up", "bytes_down", "latency",
              "latency_min", "latency_max", "std_deviation", "websockets"})
            QCOMPARE(stats.value(QLatin1StringView(member)), u"0"_s);
        QCOMPARE(std::get<HttpResponse>(decide("GET /v1/applications/ops/devices", "secret-of-ops"))
                     .body,
                 R"({"devices":[],"num_devices":0})");
    }
};

QTEST_GUILESS_MAIN(RouterTest)
#include "tst_router.moc"
