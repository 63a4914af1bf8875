// SPDX-License-Identifier: Apache-2.0
#include "reply.h"

#include "wire.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;

namespace {

constexpr auto name = "k3x9q2mz7d"_L1;

KeptOutput kept(const QByteArray &bytes)
{
    return {bytes, {}, bytes.size()};
}

Request command(Request::ReplyForm form = Request::ReplyForm::Raw)
{
    Request request;
    request.name = name;
    request.command = "x";
    request.replyForm = form;
    return request;
}

Outcome finished(const QByteArray &output, const QByteArray &error = {}, int exitCode = 0)
{
    Outcome outcome;
    outcome.state = RequestState::Finished;
    outcome.exitCode = exitCode;
    outcome.standardOutput = kept(output);
    outcome.standardError = kept(error);
    outcome.hasRun = true;
    outcome.duration = std::chrono::milliseconds(12);
    return outcome;
}

Outcome notRun(RequestState state, const QString &by = {}, const QString &detail = {})
{
    Outcome outcome;
    outcome.state = state;
    outcome.by = by;
    outcome.detail = detail;
    return outcome;
}

QJsonObject parsed(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    Q_ASSERT(document.isObject());
    return document.object();
}

// What was lost between the two halves, as the line between them says; -1 when there is none.
qint64 leftOut(const QByteArray &reply)
{
    const qsizetype begin = reply.indexOf("[… ") + qsizetype(qstrlen("[… "));
    const qsizetype end = reply.indexOf(" bytes left out; request k3x9q2mz7d …]\n");
    return end < 0 ? -1 : reply.sliced(begin, end - begin).toLongLong();
}

} // namespace

class ReplyTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void composesRaw_data();
    void composesRaw();
    void composesJsonInTheDocumentedOrder();
    void EX_06_rawIsByteForByte();
    void EX_06_jsonOfBinaryIsBase64();
    void EX_13_neverMakesUpAnExitCode();
    void neverSendsWhatIsTakenForSomethingElse_data();
    void neverSendsWhatIsTakenForSomethingElse();
    void cutsRawInTheMiddle_data();
    void cutsRawInTheMiddle();
    void keepsRawAtTheLimitWhole();
    void cutsJsonWithinTheLimit_data();
    void cutsJsonWithinTheLimit();
    void givesAShortStreamAllOfItsBytes();
    void cutsAtTheBordersOfCharacters();
    void answersForWhatNeverRan_data();
    void answersForWhatNeverRan();
    void answersForWhatWasEnded_data();
    void answersForWhatWasEnded();
    void longDetailsStayBelowTheLimit();
    void ignoredNamesDoNotCrowdOutTheOutput();
    void resultEventsFitIntoOneFrame();
    void refuses();
    void saysThatItIsPending();
    void saysThatItIsUnknown();
    void saysTheStatus();
};

void ReplyTest::composesRaw_data()
{
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<QByteArray>("error");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QByteArray>("reply");
    QTest::newRow("output") << QByteArray("a\n") << QByteArray("e\n") << 0 << QByteArray("a\n");
    QTest::newRow("no newline") << QByteArray("a") << QByteArray() << 0 << QByteArray("a");
    QTest::newRow("nothing") << QByteArray() << QByteArray() << 0 << QByteArray("\n");
    QTest::newRow("only errors") << QByteArray() << QByteArray("e") << 0 << QByteArray("\n");
    QTest::newRow("exit 3") << QByteArray("a\n") << QByteArray("e\n") << 3
                            << QByteArray("a\ne\n[exit 3]\n");
    QTest::newRow("line of its own")
        << QByteArray("a") << QByteArray("e") << 1 << QByteArray("ae\n[exit 1]\n");
    QTest::newRow("exit without output")
        << QByteArray() << QByteArray() << 255 << QByteArray("[exit 255]\n");
    QTest::newRow("heartbeat and more")
        << QByteArray("\x06\x06") << QByteArray() << 0 << QByteArray("\x06\x06");
}

void ReplyTest::composesRaw()
{
    QFETCH(const QByteArray, output);
    QFETCH(const QByteArray, error);
    QFETCH(const int, exitCode);
    QTEST(Reply::ended(command(), finished(output, error, exitCode)), "reply");
}

void ReplyTest::composesJsonInTheDocumentedOrder()
{
    Request request = command(Request::ReplyForm::Json);
    request.requesterId = u"ops-17"_s;
    request.ignored = QStringList{u"cwd"_s, u"é"_s};
    const QByteArray expected =
        R"({"msg":"Finished.","code":"finished","request":"k3x9q2mz7d","id":"ops-17","exit":0,)"
        R"("signal":null,"stdout":"a\"\\\n\u0001é","stderr":"","encoding":"utf-8","stdout_bytes":7,)"
        R"("stderr_bytes":0,"truncated":false,"ignored":["cwd","é"],"duration_ms":12})";
    QCOMPARE(Reply::ended(request, finished("a\"\\\n\x01é")), expected);
    QCOMPARE(Reply::json(request, finished("a\"\\\n\x01é")), expected);
    request.replyForm = Request::ReplyForm::Raw;
    QCOMPARE(Reply::json(request, finished("a\"\\\n\x01é")), expected);
}

void ReplyTest::EX_06_rawIsByteForByte()
{
    QByteArray output("x");
    for (int byte = 0; byte < 256; ++byte)
        output += char(byte);
    QCOMPARE(Reply::ended(command(), finished(output)), output);
}

void ReplyTest::EX_06_jsonOfBinaryIsBase64()
{
    const QByteArray binary("\xFF\x00\x1B[2J", 6);
    const QJsonObject reply = parsed(Reply::json(command(), finished(binary, "plain")));
    QCOMPARE(reply.value("encoding"_L1), u"base64"_s);
    QCOMPARE(QByteArray::fromBase64(reply.value("stdout"_L1).toString().toLatin1()), binary);
    QCOMPARE(QByteArray::fromBase64(reply.value("stderr"_L1).toString().toLatin1()), "plain");
    QCOMPARE(reply.value("stdout_bytes"_L1), 6);
}

void ReplyTest::EX_13_neverMakesUpAnExitCode()
{
    for (const int code : {0, 1, 127, 255})
        QCOMPARE(parsed(Reply::json(command(), finished("a", {}, code))).value("exit"_L1), code);
    Outcome killed = finished("a");
    killed.exitCode.reset();
    killed.signal = SIGSEGV;
    const QJsonObject reply = parsed(Reply::json(command(), killed));
    QVERIFY(reply.value("exit"_L1).isNull());
    QCOMPARE(reply.value("signal"_L1), u"SIGSEGV"_s);
    QCOMPARE(Reply::ended(command(), killed), "a\n[killed by SIGSEGV]\n");
    killed.signal = SIGKILL;
    QCOMPARE(Reply::ended(command(), killed), "a\n[killed by SIGKILL]\n");
}

void ReplyTest::neverSendsWhatIsTakenForSomethingElse_data()
{
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("event") << QByteArray("\abell") << 0;
    QTest::newRow("event byte alone") << QByteArray("\a") << 0;
    QTest::newRow("heartbeat") << QByteArray("\x06") << 0;
    QTest::newRow("event with exit line") << QByteArray("\a") << 1;
}

void ReplyTest::neverSendsWhatIsTakenForSomethingElse()
{
    QFETCH(const QByteArray, output);
    QFETCH(const int, exitCode);
    const QByteArray reply = Reply::ended(command(), finished(output, {}, exitCode));
    QVERIFY(!Wire::isAmbiguousReply(reply));
    const QJsonObject object = parsed(reply);
    QCOMPARE(object.value("encoding"_L1), u"base64"_s);
    QCOMPARE(object.value("exit"_L1), exitCode);
    QCOMPARE(QByteArray::fromBase64(object.value("stdout"_L1).toString().toLatin1()), output);
}

void ReplyTest::cutsRawInTheMiddle_data()
{
    QTest::addColumn<KeptOutput>("output");
    QTest::addColumn<KeptOutput>("error");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("all there") << kept(QByteArray(5000, 'a') + QByteArray(5000, 'z'))
                               << KeptOutput() << 0;
    QTest::newRow("gap") << KeptOutput{QByteArray(900, 'a'), QByteArray(900, 'z'), 1'000'000'000}
                         << KeptOutput() << 0;
    QTest::newRow("gap in what would fit") << KeptOutput{"aaa", "zzz", 100} << KeptOutput() << 0;
    QTest::newRow("errors too") << kept(QByteArray(5000, 'a')) << kept(QByteArray(5000, 'z')) << 1;
    QTest::newRow("gaps in both") << KeptOutput{QByteArray(600, 'a'), QByteArray(600, 'b'), 5000}
                                  << KeptOutput{QByteArray(600, 'y'), QByteArray(600, 'z'), 5000}
                                  << 1;
    QTest::newRow("lines") << kept("aaa" + QByteArray("\n").repeated(2000) + "zzz") << KeptOutput()
                           << 0;
}

void ReplyTest::cutsRawInTheMiddle()
{
    QFETCH(const KeptOutput, output);
    QFETCH(const KeptOutput, error);
    QFETCH(const int, exitCode);
    Outcome outcome = finished({}, {}, exitCode);
    outcome.standardOutput = output;
    outcome.standardError = error;
    const QByteArray reply = Reply::ended(command(), outcome, 1024);
    QVERIFY2(reply.size() <= 1024, qPrintable(QString::number(reply.size())));
    const qint64 missing = leftOut(reply);
    QVERIFY(missing > 0);
    QVERIFY(reply.startsWith("aaa"));
    QVERIFY(reply.endsWith(exitCode == 0 ? "zzz" : "zzz\n[exit 1]\n"));
    const QByteArray line =
        "[… " + QByteArray::number(missing) + " bytes left out; request k3x9q2mz7d …]\n";
    const qsizetype position = reply.indexOf(line);
    QCOMPARE(reply.at(position - 1), '\n');
    const qint64 trailer = exitCode == 0 ? 0 : qint64(qstrlen("\n[exit 1]\n"));
    const qint64 shown = reply.size() - line.size();
    const qint64 total = output.total + error.total + trailer;
    // The newline before the line may be one that had to be added.
    QVERIFY(shown + missing == total || shown + missing == total + 1);
    QVERIFY(total < 1024 || reply.size() > 900);
}

void ReplyTest::keepsRawAtTheLimitWhole()
{
    const QByteArray output(1024, 'x');
    QCOMPARE(Reply::ended(command(), finished(output), 1024), output);
    QVERIFY(leftOut(Reply::ended(command(), finished(output + 'x'), 1024)) > 0);
    const QByteArray most(1024 * 1024, 'x');
    QCOMPARE(Reply::ended(command(), finished(most)), most);
    QVERIFY(Reply::ended(command(), finished(most + 'x')).size() <= 1024 * 1024);
}

void ReplyTest::cutsJsonWithinTheLimit_data()
{
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<QByteArray>("error");
    QTest::newRow("plain") << QByteArray(50'000, 'x') << QByteArray(50'000, 'y');
    QTest::newRow("escapes") << QByteArray(50'000, '\x01') << QByteArray(10, '"');
    QTest::newRow("two bytes each") << QByteArray(50'000, '\n') << QByteArray(50'000, '\\');
    QTest::newRow("binary") << QByteArray(50'000, '\xFF') << QByteArray(50'000, 'y');
    QTest::newRow("four bytes each")
        << QByteArray("\xF0\x9F\x98\x80").repeated(20'000) << QByteArray();
    QTest::newRow("only errors") << QByteArray() << QByteArray(50'000, 'e');
}

void ReplyTest::cutsJsonWithinTheLimit()
{
    QFETCH(const QByteArray, output);
    QFETCH(const QByteArray, error);
    for (const qsizetype limit : {1024, 1025, 1026, 1027, 5000, 20'001}) {
        const QByteArray reply = Reply::json(command(), finished(output, error), limit);
        QVERIFY2(reply.size() <= limit, qPrintable(u"%1 > %2"_s.arg(reply.size()).arg(limit)));
        QVERIFY(reply.size() > limit - 16);
        const QJsonObject object = parsed(reply);
        QVERIFY(object.value("truncated"_L1).toBool());
        QCOMPARE(object.value("stdout_bytes"_L1).toInteger(), output.size());
        QCOMPARE(object.value("stderr_bytes"_L1).toInteger(), error.size());
    }
    const QJsonObject whole = parsed(Reply::json(command(), finished(output, error)));
    QVERIFY(!whole.value("truncated"_L1).toBool());
}

void ReplyTest::givesAShortStreamAllOfItsBytes()
{
    const QByteArray reply =
        Reply::json(command(), finished(QByteArray(50'000, 'x'), "important"), 2048);
    const QJsonObject object = parsed(reply);
    QCOMPARE(object.value("stderr"_L1), u"important"_s);
    QVERIFY(object.value("stdout"_L1).toString().size() > 1024);
    Outcome gap = finished({});
    gap.standardOutput = {"head", "tail", 1000};
    const QJsonObject withGap = parsed(Reply::json(command(), gap));
    QCOMPARE(withGap.value("stdout"_L1), u"headtail"_s);
    QVERIFY(withGap.value("truncated"_L1).toBool());
}

void ReplyTest::cutsAtTheBordersOfCharacters()
{
    Outcome gap = finished({});
    gap.standardOutput = {"aé\xF0\x9F", "\x98\x80ß", 1000};
    const QJsonObject object = parsed(Reply::json(command(), gap));
    QCOMPARE(object.value("encoding"_L1), u"utf-8"_s);
    QCOMPARE(object.value("stdout"_L1), u"aéß"_s);
    for (int shift = 0; shift < 4; ++shift) {
        const QByteArray output =
            QByteArray(shift, 'x') + QByteArray("\xF0\x9F\x98\x80").repeated(2000);
        QVERIFY(Reply::ended(command(), finished(output), 1024).isValidUtf8());
        const QByteArray json = Reply::json(command(), finished(output), 1024);
        QVERIFY(json.isValidUtf8());
        QVERIFY(!parsed(json).value("stdout"_L1).toString().contains(QChar::ReplacementCharacter));
    }
}

void ReplyTest::answersForWhatNeverRan_data()
{
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QByteArray>("reply");
    const auto add = [](const char *row, const Outcome &outcome, const char *reply) {
        QTest::newRow(row) << outcome << QByteArray(reply);
    };
    add("denied", notRun(RequestState::Denied, u"user"_s, u"not \"now\""_s),
        R"({"msg":"Denied.","code":"denied","request":"k3x9q2mz7d","id":"7","by":"user","detail":"not \"now\""})");
    add("denied by rule", notRun(RequestState::Denied, u"rule"_s),
        R"({"msg":"Denied.","code":"denied","request":"k3x9q2mz7d","id":"7","by":"rule"})");
    add("expired", notRun(RequestState::Expired),
        R"({"msg":"Expired.","code":"expired","request":"k3x9q2mz7d","id":"7"})");
    add("busy", notRun(RequestState::Busy),
        R"({"msg":"Busy.","code":"busy","request":"k3x9q2mz7d","id":"7"})");
    add("withdrawn", notRun(RequestState::Withdrawn),
        R"({"msg":"Withdrawn.","code":"withdrawn","request":"k3x9q2mz7d","id":"7"})");
    add("cancelled", notRun(RequestState::Cancelled),
        R"({"msg":"Cancelled.","code":"cancelled","request":"k3x9q2mz7d","id":"7"})");
    add("stopped", notRun(RequestState::Stopped),
        R"({"msg":"Stopped.","code":"stopped","request":"k3x9q2mz7d","id":"7"})");
    add("failed", notRun(RequestState::Failed, u"user"_s, u"cwd: /home/x is gone"_s),
        R"({"msg":"Failed.","code":"failed","request":"k3x9q2mz7d","id":"7","detail":"cwd: /home/x is gone"})");
    add("interrupted", notRun(RequestState::Interrupted),
        R"({"msg":"Interrupted.","code":"interrupted","request":"k3x9q2mz7d","id":"7"})");
}

void ReplyTest::answersForWhatNeverRan()
{
    QFETCH(const Outcome, outcome);
    for (const auto form : {Request::ReplyForm::Raw, Request::ReplyForm::Json}) {
        Request request = command(form);
        request.requesterId = u"7"_s;
        QTEST(Reply::ended(request, outcome), "reply");
    }
}

void ReplyTest::answersForWhatWasEnded_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<QString>("message");
    QTest::newRow("stopped") << int(RequestState::Stopped) << u"Stopped."_s;
    QTest::newRow("cancelled") << int(RequestState::Cancelled) << u"Cancelled."_s;
    QTest::newRow("failed") << int(RequestState::Failed) << u"Failed."_s;
    QTest::newRow("timed out") << int(RequestState::TimedOut) << u"Timed out."_s;
    QTest::newRow("interrupted") << int(RequestState::Interrupted) << u"Interrupted."_s;
}

void ReplyTest::answersForWhatWasEnded()
{
    QFETCH(const int, state);
    Outcome outcome = finished("some", "err");
    outcome.state = RequestState(state);
    outcome.exitCode.reset();
    outcome.signal = SIGTERM;
    outcome.limit = std::chrono::seconds(30);
    const QJsonObject object = parsed(Reply::json(command(), outcome));
    QTEST(object.value("msg"_L1).toString(), "message");
    QCOMPARE(object.value("code"_L1).toString(), stateName(outcome.state));
    QVERIFY(object.contains("exit"_L1) && object.value("exit"_L1).isNull());
    QCOMPARE(object.value("signal"_L1), u"SIGTERM"_s);
    QCOMPARE(object.value("stdout"_L1), u"some"_s);
    QCOMPARE(object.value("stderr"_L1), u"err"_s);
    const QByteArray reply = Reply::ended(command(), outcome);
    if (outcome.state == RequestState::TimedOut)
        QCOMPARE(reply, "someerr\n[timed out after 30 s]\n");
    else
        QCOMPARE(parsed(reply), object);
}

void ReplyTest::longDetailsStayBelowTheLimit()
{
    const QString detail = u"\u0001é"_s.repeated(100'000);
    const QByteArray denied =
        Reply::ended(command(), notRun(RequestState::Denied, u"user"_s, detail), 1024);
    QVERIFY(denied.size() <= 1024);
    QVERIFY(parsed(denied).value("detail"_L1).toString().endsWith(u"…"_s));
    Outcome failed = finished(QByteArray(5000, 'x'));
    failed.state = RequestState::Failed;
    failed.detail = detail;
    QVERIFY(Reply::json(command(), failed, 1024).size() <= 1024);
}

void ReplyTest::ignoredNamesDoNotCrowdOutTheOutput()
{
    Request request = command();
    for (int i = 0; i < 63; ++i)
        request.ignored += QString(64, QChar(1));
    const QByteArray reply = Reply::json(request, finished("output"), 1024);
    QVERIFY(reply.size() <= 1024);
    const QJsonObject object = parsed(reply);
    QCOMPARE(object.value("stdout"_L1), u"output"_s);
    QVERIFY(object.value("truncated"_L1).toBool());
}

void ReplyTest::resultEventsFitIntoOneFrame()
{
    Request request = command();
    request.requesterId = u"7"_s;
    const QByteArray small = Reply::resultEvent(request, finished("a"));
    QVERIFY(small.startsWith(
        R"({"event":"result","msg":"Finished.","code":"finished","request":"k3x9q2mz7d","id":"7","exit":0,)"));
    for (const char byte : {'x', '\n', '\x01', '\xFF'}) {
        const QByteArray output(2'000'000, byte);
        const QByteArray event = Reply::resultEvent(request, finished(output, output));
        QVERIFY(event.size() <= 32'755);
        QVERIFY(event.size() > 32'700);
        QVERIFY(parsed(event).value("truncated"_L1).toBool());
    }
}

void ReplyTest::refuses()
{
    QCOMPARE(
        Reply::refused(name, {Refusal::Kind::InvalidJson, u"why"_s, {}}),
        R"({"msg":"Invalid JSON object.","code":"invalid","request":"k3x9q2mz7d","detail":"why"})");
    QCOMPARE(Reply::refused({}, {Refusal::Kind::InvalidCommand, u"why"_s, u"i"_s}),
             R"({"msg":"Invalid command.","code":"invalid","id":"i","detail":"why"})");
}

void ReplyTest::saysThatItIsPending()
{
    Request request = command();
    QCOMPARE(
        Reply::pending(request, RequestState::AwaitingApproval),
        R"({"msg":"Pending.","code":"pending","request":"k3x9q2mz7d","state":"awaiting-approval"})");
    request.requesterId = u""_s;
    QCOMPARE(
        Reply::pending(request, RequestState::Running),
        R"({"msg":"Pending.","code":"pending","request":"k3x9q2mz7d","id":"","state":"running"})");
}

void ReplyTest::saysThatItIsUnknown()
{
    QCOMPARE(Reply::unknown(u"R"_s),
             R"({"msg":"Unknown request.","code":"unknown","request":"R"})");
    QCOMPARE(Reply::unknown(u"R"_s, u"7"_s),
             R"({"msg":"Unknown request.","code":"unknown","request":"R","id":"7"})");
}

void ReplyTest::saysTheStatus()
{
    Reply::Status status{u"0.1.0"_s, u"ask"_s, {}, 1, 2, true};
    QCOMPARE(
        Reply::status(status),
        R"({"msg":"Status.","code":"status","state":"attached","version":"0.1.0","approval":"ask",)"
        R"("window_until":null,"awaiting":1,"running":2,"answerable":true})");
    status.windowUntil = QDateTime::fromSecsSinceEpoch(1'800'000'000);
    QVERIFY(Reply::status(status).contains(R"("window_until":1800000000,)"));
}

Q_DECLARE_METATYPE(Outcome)
Q_DECLARE_METATYPE(KeptOutput)
QTEST_GUILESS_MAIN(ReplyTest)
#include "tst_reply.moc"
