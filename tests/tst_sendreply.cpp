// SPDX-License-Identifier: Apache-2.0
#include "sendreply.h"

#include "sendexit.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

class SendReplyTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesTheStreamsAndTheExitCode();
    void decodesBase64();
    void exitsAsTheCommandDid_data();
    void exitsAsTheCommandDid();
    void tellsOtherEnds_data();
    void tellsOtherEnds();
    void saysThatTheOutputIsCut();
    void keepsTheOutputOfAnotherKindOfDevice_data();
    void keepsTheOutputOfAnotherKindOfDevice();
    void knowsPendingAndUnknown();
    void takesAResultEvent();
};

void SendReplyTest::takesTheStreamsAndTheExitCode()
{
    const QByteArray body = R"({"msg":"Finished.","code":"finished","request":"R1","exit":3,
        "signal":null,"stdout":"gr\u00fc\u00dfe\n","stderr":"err\n","encoding":"utf-8",
        "stdout_bytes":8,"stderr_bytes":4,"truncated":false,"ignored":[],"duration_ms":12})";
    const SendReply reply = SendReply::of(body);
    QCOMPARE(reply.kind, SendReply::Kind::Ended);
    QCOMPARE(reply.output, "grüße\n");
    QCOMPARE(reply.errorOutput, "err\n");
    QCOMPARE(reply.exitCode, 3);
    QCOMPARE(reply.note, QString());
    QCOMPARE(reply.json, body);
}

void SendReplyTest::decodesBase64()
{
    const SendReply reply = SendReply::of(QByteArray(
        R"({"msg":"Finished.","code":"finished","exit":0,"stdout":"AP8H","stderr":"","encoding":"base64"})"));
    QCOMPARE(reply.output, QByteArray("\0\xff\a", 3));
    QCOMPARE(reply.exitCode, 0);
}

void SendReplyTest::exitsAsTheCommandDid_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("0") << QByteArray(R"("exit":0,"signal":null)") << 0;
    QTest::newRow("255") << QByteArray(R"("exit":255,"signal":null)") << 255;
    QTest::newRow("SIGKILL") << QByteArray(R"("exit":null,"signal":"SIGKILL")") << 137;
    QTest::newRow("SIGSEGV") << QByteArray(R"("exit":null,"signal":"SIGSEGV")") << 139;
    QTest::newRow("signal 40") << QByteArray(R"("exit":null,"signal":"signal 40")") << 168;
    QTest::newRow("no signal") << QByteArray(R"("exit":null,"signal":"SIGNIFICANT")") << 255;
    QTest::newRow("missing") << QByteArray(R"("id":"x")") << SendExit::Failure;
    QTest::newRow("too large") << QByteArray(R"("exit":256)") << SendExit::Failure;
    QTest::newRow("negative") << QByteArray(R"("exit":-1)") << SendExit::Failure;
    QTest::newRow("text") << QByteArray(R"("exit":"0")") << SendExit::Failure;
    QTest::newRow("fraction") << QByteArray(R"("exit":0.5)") << SendExit::Failure;
}

void SendReplyTest::exitsAsTheCommandDid()
{
    QFETCH(const QByteArray, members);
    QFETCH(const int, exitCode);
    const SendReply reply =
        SendReply::of(R"({"msg":"Finished.","code":"finished",)" + members + '}');
    QCOMPARE(reply.exitCode, exitCode);
    QCOMPARE(reply.note.isEmpty(), members.contains(R"("signal":null)")); // else it needs a word
}

void SendReplyTest::tellsOtherEnds_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("note");
    QTest::newRow("denied") << QByteArray(R"("code":"denied","by":"user","detail":"not now")")
                            << SendExit::NotApproved << u"denied by the device's owner: not now"_s;
    QTest::newRow("by a rule") << QByteArray(R"("code":"denied","by":"rule")")
                               << SendExit::NotApproved
                               << u"denied by a rule of the device's owner"_s;
    QTest::newRow("expired") << QByteArray(R"("code":"expired")") << SendExit::NotApproved
                             << u"nobody decided in time: it expired"_s;
    QTest::newRow("busy") << QByteArray(R"("code":"busy")") << SendExit::Unavailable
                          << u"too much waits or runs on the device: try again later"_s;
    QTest::newRow("invalid") << QByteArray(R"("code":"invalid","detail":"timeout: 1 to 86400")")
                             << SendExit::Refused
                             << u"the device refuses the request: timeout: 1 to 86400"_s;
    QTest::newRow("stopped") << QByteArray(R"("code":"stopped")") << SendExit::EndedEarly
                             << u"stopped by the device's owner"_s;
    QTest::newRow("cancelled") << QByteArray(R"("code":"cancelled")") << SendExit::EndedEarly
                               << u"cancelled by a requester"_s;
    QTest::newRow("failed") << QByteArray(R"("code":"failed","detail":"cwd")")
                            << SendExit::EndedEarly << u"the device could not run it: cwd"_s;
    QTest::newRow("timed out") << QByteArray(R"("code":"timed-out","exit":null)")
                               << SendExit::TimedOut
                               << u"the command ran longer than it may, and was ended"_s;
    QTest::newRow("unheard of") << QByteArray(R"("code":"paid")") << SendExit::Failure
                                << u"the device answers what this version does not know: paid"_s;
}

void SendReplyTest::tellsOtherEnds()
{
    QFETCH(const QByteArray, members);
    QFETCH(const int, exitCode);
    QFETCH(const QString, note);
    const SendReply reply = SendReply::of(R"({"msg":"X.","stdout":"half\n",)" + members + '}');
    QCOMPARE(reply.kind, SendReply::Kind::Ended);
    QCOMPARE(reply.exitCode, exitCode);
    QCOMPARE(reply.note, note);
    QCOMPARE(reply.output, "half\n");
}

void SendReplyTest::saysThatTheOutputIsCut()
{
    const QByteArray members = R"({"msg":"Finished.","code":"finished","request":"R1",
        "stdout":"ab","stderr":"c","stdout_bytes":100,"stderr_bytes":1,"truncated":true,)";
    const SendReply done = SendReply::of(members + R"("exit":0})");
    QVERIFY(done.isCut);
    QCOMPARE(done.exitCode, SendExit::Incomplete);
    QVERIFY2(done.note.contains("98 bytes"_L1) && done.note.contains("R1"_L1),
             qPrintable(done.note));
    QCOMPARE(SendReply::of(members + R"("exit":7})").exitCode, 7);
    const SendReply whole = SendReply::of(QByteArray(members).replace("100", "2")
                                          + R"("exit":0})"); // something else was cut
    QVERIFY(!whole.isCut);
    QCOMPARE(whole.exitCode, 0);
}

void SendReplyTest::keepsTheOutputOfAnotherKindOfDevice_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("text") << QByteArray("up 3 days\n");
    QTest::newRow("bytes") << QByteArray("\0\xff\x01", 3);
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("JSON") << QByteArray(R"({"msg":"Invalid command."})");
    QTest::newRow("JSON-RPC") << QByteArray(R"({"jsonrpc":"2.0","result":1,"id":2})");
    QTest::newRow("code is a number") << QByteArray(R"({"msg":"x","code":5})");
}

void SendReplyTest::keepsTheOutputOfAnotherKindOfDevice()
{
    QFETCH(const QByteArray, body);
    const SendReply reply = SendReply::of(body);
    QCOMPARE(reply.kind, SendReply::Kind::Ended);
    QCOMPARE(reply.output, body);
    QCOMPARE(reply.json, body);
    QCOMPARE(reply.exitCode, 0);
    QCOMPARE(reply.note, QString());
}

void SendReplyTest::knowsPendingAndUnknown()
{
    const SendReply pending = SendReply::of(QByteArray(
        R"({"msg":"Pending.","code":"pending","request":"R1","state":"awaiting-approval"})"));
    QCOMPARE(pending.kind, SendReply::Kind::Pending);
    QCOMPARE(pending.request, u"R1"_s);
    QCOMPARE(pending.state, u"awaiting-approval"_s);
    const SendReply unknown =
        SendReply::of(QByteArray(R"({"msg":"Unknown request.","code":"unknown","request":"R1"})"));
    QCOMPARE(unknown.kind, SendReply::Kind::Unknown);
    QCOMPARE(unknown.exitCode, SendExit::EndedEarly);
}

void SendReplyTest::takesAResultEvent()
{
    const QByteArray text =
        R"({"code":"finished","event":"result","exit":4,"msg":"Finished.","request":"R1","stdout":"x"})";
    const SendReply reply = SendReply::of(QJsonDocument::fromJson(text).object());
    QCOMPARE(reply.exitCode, 4);
    QCOMPARE(reply.output, "x");
    QCOMPARE(reply.json, text);
}

QTEST_GUILESS_MAIN(SendReplyTest)
#include "tst_sendreply.moc"
