// SPDX-License-Identifier: Apache-2.0
#include "httpresponse.h"

#include <QTest>

using namespace Qt::StringLiterals;

class HttpResponseTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasTheWordsOfTheProtocol_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        const auto row = [](int status, const char *body) {
            QTest::addRow("%d", status) << status << QByteArray(body);
        };
        row(200, R"({"msg":"200 OK"})");
        row(400, R"({"msg":"400 Bad Request"})");
        row(403, R"({"msg":"403 Forbidden"})");
        row(408, R"({"msg":"408 Request Time-out"})");
        row(409, R"({"msg":"409 Conflict"})");
        row(418, R"({"msg":"418 Device not attached"})");
        row(423, R"({"msg":"423 Locked"})");
    }
    void hasTheWordsOfTheProtocol()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        const HttpResponse response = HttpResponse::message(status);
        QCOMPARE(response.status, status);
        QCOMPARE(response.body, body);
        QCOMPARE(response.type, "application/json");
    }

    void knowsTheReasonOfEveryStatusThatIsSent()
    {
        for (const int status :
             {200, 400, 403, 404, 405, 408, 409, 413, 417, 418, 423, 431, 501, 503, 505})
            QVERIFY2(!HttpResponse::message(status).body.contains("Error\""),
                     qPrintable(QString::number(status)));
    }

    void isWrittenByteForByte()
    {
        QCOMPARE(HttpResponse::message(403).toBytes(true, false),
                 "HTTP/1.1 403 Forbidden\r\n"
                 "Content-Type: application/json\r\n"
                 "Content-Length: 23\r\n"
                 "Cache-Control: no-store\r\n"
                 "X-Content-Type-Options: nosniff\r\n"
                 "\r\n"
                 R"({"msg":"403 Forbidden"})");
    }

    void saysThatItCloses()
    {
        QVERIFY(
            HttpResponse::message(400).toBytes(false, false).contains("\r\nConnection: close\r\n"));
        QVERIFY(!HttpResponse::message(400).toBytes(true, false).contains("Connection:"));
    }

    void answersHeadWithTheLengthButNoBody()
    {
        const HttpResponse response = HttpResponse::json({{u"a"_s, 1}});
        const QByteArray head = response.toBytes(true, true);
        QVERIFY(head.contains("\r\nContent-Length: 7\r\n"));
        QVERIFY(head.endsWith("\r\n\r\n"));
        QCOMPARE(response.toBytes(true, false), head + R"({"a":1})");
    }

    void namesTheMethodsOfA405()
    {
        HttpResponse response = HttpResponse::message(405);
        QVERIFY(!response.toBytes(true, false).contains("Allow:"));
        response.allow = "GET, HEAD";
        QVERIFY(response.toBytes(true, false).contains("\r\nAllow: GET, HEAD\r\n"));
    }

    void givesARepliesBytesUnchangedWithTheirType_data()
    {
        QTest::addColumn<QByteArray>("data");
        QTest::addColumn<QByteArray>("type");
        const QByteArray json = "application/json";
        const QByteArray text = "text/plain; charset=utf-8";
        const QByteArray binary = "application/octet-stream";
        QTest::newRow("object") << QByteArray(R"({"msg":"Denied."})") << json;
        QTest::newRow("array") << QByteArray("[1,2]") << json;
        QTest::newRow("object with blanks") << QByteArray("\n {\"a\" : 1}\r\n") << json;
        QTest::newRow("nearly an object") << QByteArray("{a}") << text;
        QTest::newRow("a word") << QByteArray("true") << text;
        QTest::newRow("text") << QByteArray("\xC3\xA4\n") << text;
        QTest::newRow("empty") << QByteArray() << text;
        QTest::newRow("HTML is no HTML") << QByteArray("<script>x</script>") << text;
        QTest::newRow("NUL") << QByteArray("a\0b", 3) << binary;
        QTest::newRow("no UTF-8") << QByteArray("\xFF\xFE") << binary;
    }
    void givesARepliesBytesUnchangedWithTheirType()
    {
        QFETCH(QByteArray, data);
        QFETCH(QByteArray, type);
        const HttpResponse response = HttpResponse::reply(data);
        QCOMPARE(response.status, 200);
        QCOMPARE(response.body, data);
        QCOMPARE(response.type, type);
        QVERIFY(response.toBytes(true, false).endsWith("\r\n\r\n" + data));
    }
};

QTEST_GUILESS_MAIN(HttpResponseTest)
#include "tst_httpresponse.moc"
