// SPDX-License-Identifier: Apache-2.0
#include "attachreply.h"

#include <QTest>

using namespace std::chrono_literals;

class TestAttachReply final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void PA_17_acceptsWhatSaysTwoHundred_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("accepted");
        QTest::addColumn<int>("status");
        const auto row = [](const char *body, bool accepted, int status) {
            QTest::newRow(body) << QByteArray(body) << accepted << status;
        };
        row(R"({"msg":"200","heartbeat":60,"timestamp":1})", true, 200);
        row(R"({ "heartbeat": 60, "msg": "200 OK" })", true, 200);
        row(R"({"msg":200})", true, 200);
        row(R"({"response":200,"time":1})", true, 200);
        row(R"({"status":"200","heartbeat":"60","epoch":"1"})", true, 200);
        row("{\"msg\":\"200\"}\r\n", true, 200);
        row(R"({"heartbeat":60})", true, 0);
        row("{}", true, 0);
        row(R"({"msg":"403 Forbidden"})", false, 403);
        row(R"({"msg":"409 Conflict"})", false, 409);
        row(R"({"msg":200.5})", true, 200);
        row(R"({"msg":201})", false, 201);
        row(R"({"msg":"200","status":403})", false, 403);
        row(R"({"msg":"200","status":"attached"})", true, 200);
        row(R"({"msg":"","status":"403"})", false, 0);
        row(R"({"msg":"OK"})", false, 0);
        row("", false, 0);
        row("200", false, 0);
        row("\"200\"", false, 0);
        row("[200]", false, 0);
        row("<html>200</html>", false, 0);
        row(R"({"msg":"200","heartbeat":NaN})", false, 0);
    }
    void PA_17_acceptsWhatSaysTwoHundred()
    {
        QFETCH(QByteArray, body);
        const AttachReply reply = AttachReply::parse(body);
        QTEST(reply.accepted, "accepted");
        QTEST(reply.status, "status");
    }

    void PA_17_clampsTheHeartbeat_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<int>("seconds");
        QTest::newRow("as hinted") << QByteArray("45") << 45;
        QTest::newRow("a string") << QByteArray("\"30\"") << 30;
        QTest::newRow("zero") << QByteArray("0") << 60;
        QTest::newRow("negative") << QByteArray("-1") << 60;
        QTest::newRow("huge") << QByteArray("1e9") << 300;
        QTest::newRow("beyond any integer") << QByteArray("1e300") << 300;
        QTest::newRow("a fraction") << QByteArray("0.25") << 1;
        QTest::newRow("no number") << QByteArray("\"NaN\"") << 60;
        QTest::newRow("infinite") << QByteArray("\"inf\"") << 60;
        QTest::newRow("null") << QByteArray("null") << 60;
        QTest::newRow("an object") << QByteArray("{}") << 60;
    }
    void PA_17_clampsTheHeartbeat()
    {
        QFETCH(QByteArray, value);
        QFETCH(int, seconds);
        const AttachReply reply = AttachReply::parse(R"({"msg":"200","heartbeat":)" + value + "}");
        QVERIFY(reply.accepted);
        QCOMPARE(reply.heartbeat, std::chrono::seconds(seconds));
    }

    void takesTheHeartbeatOfSixtyWhenThereIsNone()
    {
        QCOMPARE(AttachReply::parse(R"({"msg":"200"})").heartbeat, 60s);
    }

    void readsTheServersTime_data()
    {
        QTest::addColumn<QByteArray>("member");
        QTest::newRow("timestamp") << QByteArray(R"("timestamp":1400000000)");
        QTest::newRow("time") << QByteArray(R"("time":1400000000)");
        QTest::newRow("epoch as string") << QByteArray(R"("epoch":"1400000000")");
    }
    void readsTheServersTime()
    {
        QFETCH(QByteArray, member);
        const AttachReply reply = AttachReply::parse("{" + member + "}");
        QCOMPARE(reply.serverTime, QDateTime(QDate(2014, 5, 13), QTime(16, 53, 20), Qt::UTC));
    }

    void readsTheServersTimeout()
    {
        QCOMPARE(AttachReply::parse(R"({"timeout":30})").timeout, 30s);
        QCOMPARE(AttachReply::parse(R"({"timeout":0.5})").timeout, 500ms);
        QCOMPARE(AttachReply::parse(R"({"timeout":-3})").timeout, 0ms);
        QCOMPARE(AttachReply::parse(R"({"msg":"200"})").timeout, 0ms);
    }

    void showsOnlyHarmlessWords()
    {
        QCOMPARE(shownWords("403 Forbidden"), QStringLiteral("403 Forbidden"));
        QCOMPARE(shownWords("a\x1b[31m\r\nb\xe2\x80\xae"), QStringLiteral("a?[31m??b???"));
        QCOMPARE(shownWords(QByteArray(500, 'x')).size(), 120);
    }
};

QTEST_GUILESS_MAIN(TestAttachReply)
#include "tst_attachreply.moc"
