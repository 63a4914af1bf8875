// SPDX-License-Identifier: Apache-2.0
#include "websockethandshake.h"

#include <QTest>

namespace {

const QByteArray Key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"; // of RFC 6455
const QByteArray Version = "Sec-WebSocket-Version: 13\r\n";
const QByteArray Upgrade = "Upgrade: websocket\r\n";
const QByteArray Connection = "Connection: Upgrade\r\n";

HttpRequest requestWith(const QByteArray &fields, const QByteArray &version = "1.1",
                        const QByteArray &body = {})
{
    HttpRequest request;
    const QByteArray bytes =
        "GET /websockets/d/k HTTP/" + version + "\r\nHost: box:7007\r\n" + fields + "\r\n" + body;
    const qsizetype head = request.feed(bytes);
    (void)request.feed(QByteArrayView(bytes).sliced(head));
    if (request.state() != HttpRequest::State::Complete)
        qFatal("not a request");
    return request;
}

int refusalOf(const HttpRequest &request)
{
    const std::optional<HttpResponse> refusal = WebSocketHandshake::refusal(request);
    return refusal ? refusal->status : 0;
}

} // namespace

class WebSocketHandshakeTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersAsTheStandardShowsIt()
    {
        QCOMPARE(WebSocketHandshake::acceptance(requestWith(Key)),
                 "HTTP/1.1 101 Switching Protocols\r\n"
                 "Upgrade: websocket\r\n"
                 "Connection: Upgrade\r\n"
                 "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
    }

    void takesWhatClientsWrite_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::newRow("plain") << Upgrade + Connection + Key + Version;
        QTest::newRow("Firefox") << Upgrade + "Connection: keep-alive, Upgrade\r\n" + Key + Version;
        QTest::newRow("any case") << "upgrade: WebSocket\r\nconnection: UPGRADE\r\n" + Key
                + Version;
        QTest::newRow("extensions") << Upgrade + Connection + Key + Version
                + "Sec-WebSocket-Extensions: permessage-deflate\r\nSec-WebSocket-Protocol: x\r\n";
    }
    void takesWhatClientsWrite()
    {
        QFETCH(QByteArray, fields);
        QCOMPARE(refusalOf(requestWith(fields)), 0);
    }

    void refusesAnythingElse_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::newRow("plain GET") << QByteArray();
        QTest::newRow("no upgrade") << Connection + Key + Version;
        QTest::newRow("other upgrade") << "Upgrade: h2c\r\n" + Connection + Key + Version;
        QTest::newRow("no connection") << Upgrade + Key + Version;
        QTest::newRow("other connection") << Upgrade + "Connection: keep-alive\r\n" + Key + Version;
        QTest::newRow("no key") << Upgrade + Connection + Version;
        QTest::newRow("two keys") << Upgrade + Connection + Key + Key + Version;
        QTest::newRow("key of 15 bytes")
            << Upgrade + Connection + Version + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j\r\n";
        QTest::newRow("key not base64")
            << Upgrade + Connection + Version + "Sec-WebSocket-Key: ***hIHNhbXBsZSBub25jZQ==\r\n";
        QTest::newRow("no version") << Upgrade + Connection + Key;
        QTest::newRow("two versions") << Upgrade + Connection + Key + Version + Version;
    }
    void refusesAnythingElse()
    {
        QFETCH(QByteArray, fields);
        QCOMPARE(refusalOf(requestWith(fields)), 400);
    }

    void refusesHttp10AndABody()
    {
        const QByteArray fields = Upgrade + Connection + Key + Version;
        QCOMPARE(refusalOf(requestWith(fields, "1.0")), 400);
        QCOMPARE(refusalOf(requestWith(fields + "Content-Length: 1\r\n", "1.1", "x")), 400);
    }

    void namesTheVersionItSpeaks()
    {
        const HttpRequest request =
            requestWith(Upgrade + Connection + Key + "Sec-WebSocket-Version: 8\r\n");
        const HttpResponse refusal = WebSocketHandshake::refusal(request).value_or(HttpResponse());
        QCOMPARE(refusal.status, 426);
        const QByteArray bytes = refusal.toBytes(true, false);
        QVERIFY(bytes.startsWith("HTTP/1.1 426 Upgrade Required\r\n"));
        QVERIFY(bytes.contains("\r\nSec-WebSocket-Version: 13\r\n"));
    }

    void SV_05_knowsItsOwnPages_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<bool>("isOwn");
        const auto row = [](const char *origin, bool isOwn) {
            QTest::newRow(origin) << "Origin: " + QByteArray(origin) + "\r\n" << isOwn;
        };
        QTest::newRow("no browser") << QByteArray() << true;
        row("http://box:7007", true);
        row("http://BOX:7007", true);
        row("http://box", false);
        row("http://box:7008", false);
        row("https://box:7007", false);
        row("http://evil.example", false);
        row("http://box:7007.evil.example", false);
        row("http://box:7007/", false);
        row("null", false);
        row("", false);
        QTest::newRow("two") << QByteArray("Origin: http://box:7007\r\nOrigin: http://box:7007\r\n")
                             << false;
    }
    void SV_05_knowsItsOwnPages()
    {
        QFETCH(QByteArray, fields);
        QFETCH(bool, isOwn);
        QCOMPARE(WebSocketHandshake::isOwnOrigin(requestWith(fields), "http"), isOwn);
    }

    void SV_05_tellsTlsFromPlain()
    {
        const HttpRequest request = requestWith("Origin: https://box:7007\r\n");
        QVERIFY(WebSocketHandshake::isOwnOrigin(request, "https"));
        QVERIFY(!WebSocketHandshake::isOwnOrigin(request, "http"));
    }
};

QTEST_GUILESS_MAIN(WebSocketHandshakeTest)
#include "tst_websockethandshake.moc"
