// SPDX-License-Identifier: Apache-2.0
// The real cometactl, beside an agent in this process.
#include "attachedagent.h"
#include "ctlprogram.h"
#include "journalfixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

class CtlTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qunsetenv("XDG_RUNTIME_DIR"); }

    void explainsItself_data();
    void explainsItself();
    void tellsItsVersion();
    void refusesWrongUsage_data();
    void refusesWrongUsage();
    void saysThatNoAgentRuns();
    void showsTheStatus();
    void listsRequests();
    void SP_03_escapesWhatItPrints();
    void SP_03_itsJsonHoldsNothingThatATerminalObeys();
    void SP_03_escapesWrongUsage_data();
    void SP_03_escapesWrongUsage();
    void deniesAndStops();
    void pausesAndResumes();
    void sendsEvents();
    void readsTheJournal();
    void ST_05_namesARequestThatIsShownOtherwise();
};

void CtlTest::explainsItself_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("all") << QStringList{u"--help"_s} << QByteArray("review");
    QTest::newRow("short") << QStringList{u"-h"_s} << QByteArray("Exit codes");
    QTest::newRow("status") << QStringList{u"status"_s, u"--help"_s} << QByteArray("--json");
    QTest::newRow("option first") << QStringList{u"--help"_s, u"deny"_s}
                                  << QByteArray("--reason TEXT");
    QTest::newRow("review") << QStringList{u"review"_s, u"--help"_s}
                            << QByteArray("--approve SHA256");
    QTest::newRow("log export") << QStringList{u"log"_s, u"export"_s, u"--help"_s}
                                << QByteArray("--format FORMAT");
    QTest::newRow("no agent needed")
        << QStringList{u"--data-dir"_s, u"/nowhere"_s, u"stop"_s, u"-h"_s} << QByteArray("--all");
}

void CtlTest::explainsItself()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QByteArray, text);
    const Ended ended = run(arguments);
    QCOMPARE(ended.code, 0);
    QVERIFY(ended.output.startsWith("Usage: cometactl [--data-dir DIR] "));
    QVERIFY2(ended.output.contains(text), ended.output.constData());
    QVERIFY(ended.error.isEmpty());
}

void CtlTest::tellsItsVersion()
{
    const Ended ended = run({u"--version"_s});
    QCOMPARE(ended.code, 0);
    QCOMPARE(ended.output, "cometactl " COMETA_VERSION "\n");
}

void CtlTest::refusesWrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    for (const char *line :
         {"", "frobnicate", "--frobnicate", "status --frobnicate", "status more", "deny",
          "deny a b", "deny a --reason", "stop", "stop a --all", "review --approve 00", "log",
          "log frobnicate", "log search", "log export", "log export --format xml", "event a b",
          "--data-dir", "pause now"}) {
        QTest::newRow(line) << QString::fromLatin1(line).split(u' ', Qt::SkipEmptyParts);
    }
    QTest::newRow("empty directory") << QStringList{u"--data-dir"_s, u""_s, u"status"_s};
}

void CtlTest::refusesWrongUsage()
{
    QFETCH(const QStringList, arguments);
    const Ended ended = run(arguments);
    QCOMPARE(ended.code, 2);
    QVERIFY(ended.output.isEmpty());
    QVERIFY(!ended.error.isEmpty());
}

void CtlTest::saysThatNoAgentRuns()
{
    const QTemporaryDir directory;
    const Ended missing = run({u"--data-dir"_s, directory.filePath(u"none"_s), u"status"_s});
    QCOMPARE(missing.code, 1);
    QVERIFY(missing.error.contains("start cometa-agent"));
    const Ended stopped = run({u"status"_s, u"--data-dir"_s, directory.path()});
    QCOMPARE(stopped.code, 1);
    QVERIFY(stopped.error.contains("No agent runs there"));
    QCOMPARE(stopped.error.count('\n'), 1);
}

void CtlTest::showsTheStatus()
{
    AttachedAgent device;
    QVERIFY(device.start());
    const Ended text = run({u"status"_s, u"--data-dir"_s, device.dataDirectory()});
    QCOMPARE(text.code, 0);
    QVERIFY(text.output.contains("attached"));
    QVERIFY(text.output.contains("NOT encrypted"));
    const Ended json = run({u"status"_s, u"--json"_s, u"--data-dir"_s, device.dataDirectory()});
    QCOMPARE(json.code, 0);
    const QJsonObject status = QJsonDocument::fromJson(json.output).object();
    for (const char *member :
         {"state", "server", "port", "tls", "app", "device", "approval", "window_until", "awaiting",
          "running", "outbox", "error", "detail", "version", "pid"})
        QVERIFY2(status.contains(QLatin1StringView(member)), member);
    QCOMPARE(status.value("state"_L1), u"attached"_s);
    QVERIFY(!status.contains("ok"_L1));
}

void CtlTest::listsRequests()
{
    AttachedAgent device;
    QVERIFY(device.start());
    const QStringList list{u"requests"_s, u"--data-dir"_s, device.dataDirectory()};
    QCOMPARE(run(list).output, "No requests.\n");
    const QString name = device.ask(R"({"cmd":"uptime"})");
    const QByteArray text = run(list).output;
    QVERIFY(text.startsWith(name.toLatin1()));
    QVERIFY(text.contains("awaiting-approval") && text.endsWith("uptime\n"));
    const Ended json = run(list + QStringList{u"--json"_s});
    const QJsonObject request = QJsonDocument::fromJson(json.output).array().first().toObject();
    for (const char *member : {"request", "received", "state", "cmd", "sha256", "by", "exit",
                               "signal", "duration_ms", "stdout_bytes", "stderr_bytes"})
        QVERIFY2(request.contains(QLatin1StringView(member)), member);
    QCOMPARE(request.value("request"_L1), name);
}

void CtlTest::SP_03_escapesWhatItPrints()
{
    AttachedAgent device;
    QVERIFY(device.start());
    QVERIFY(!device.ask(R"({"cmd":"ls \u001b[2J\r\u202ex\u0007","reason":"\u001b]0;x\u0007"})")
                 .isEmpty());
    for (const QString &command : {u"requests"_s, u"review"_s, u"status"_s}) {
        const QByteArray output = run({command, u"--data-dir"_s, device.dataDirectory()}).output;
        for (const char byte : output)
            QVERIFY2(byte == '\n' || uchar(byte) >= 0x20, output.toPercentEncoding().constData());
        QVERIFY(!QString::fromUtf8(output).contains(QChar(0x202E)));
    }
    const QByteArray review = run({u"review"_s, u"--data-dir"_s, device.dataDirectory()}).output;
    QVERIFY(review.contains(R"(    1 | ls \u{001B}[2J\r\u{202E}x\u{0007})"));
    QVERIFY(review.contains("hidden characters"));
    QVERIFY(review.contains(R"(\u{001B}]0;x\u{0007})"));
}

void CtlTest::SP_03_itsJsonHoldsNothingThatATerminalObeys()
{
    const QString hidden = u"a\u009b2J\u202e\u200d\u007f\u00a0\U000E0041\uFE0F\u2800ä€"_s;
    AttachedAgent device;
    QVERIFY(device.start());
    const QJsonObject asked{
        {u"cmd"_s, u"true"_s}, {u"reason"_s, hidden}, {u"id"_s, hidden}, {hidden, 1}};
    QVERIFY(!device.ask(QJsonDocument(asked).toJson()).isEmpty());
    const QByteArray output =
        run({u"requests"_s, u"--json"_s, u"--data-dir"_s, device.dataDirectory()}).output;
    for (const QChar unit : QString::fromUtf8(output))
        QVERIFY2(unit == u'\n' || unit == u'ä' || unit == u'€' || (unit >= u' ' && unit <= u'~'),
                 output.toPercentEncoding().constData());
    const QJsonObject listed = QJsonDocument::fromJson(output).array().first().toObject();
    QCOMPARE(listed.value("reason"_L1), hidden);
    QCOMPARE(listed.value("ignored"_L1), QJsonArray{hidden});
}

void CtlTest::SP_03_escapesWrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    const QString word = u"x\u001b[2J\n\u202e"_s;
    QTest::newRow("command") << QStringList{word};
    QTest::newRow("option") << QStringList{u"--"_s + word};
    QTest::newRow("option of a command") << QStringList{u"status"_s, u"--"_s + word};
    QTest::newRow("argument") << QStringList{u"pause"_s, word};
    QTest::newRow("directory") << QStringList{u"--data-dir"_s, u"/none/"_s + word, u"status"_s};
    QTest::newRow("no rules") << QStringList{u"--data-dir"_s, u"/none/"_s + word, u"rules"_s,
                                             u"list"_s};
    QTest::newRow("number") << QStringList{u"--data-dir"_s, u"/tmp"_s, u"rules"_s, u"remove"_s,
                                           word};
    QTest::newRow("send") << QStringList{u"send"_s, u"--"_s + word};
}

void CtlTest::SP_03_escapesWrongUsage()
{
    QFETCH(const QStringList, arguments);
    const Ended ended = run(arguments);
    QVERIFY(ended.code > 0);
    QVERIFY2(ended.error.contains(R"(x\u{001B}[2J\n\u{202E})"), ended.error.constData());
    QVERIFY(ended.error.endsWith('\n') && ended.error.count('\n') == 1);
    QVERIFY(!ended.error.contains('\x1b') && !ended.error.contains("\xe2\x80\xae"));
}

void CtlTest::deniesAndStops()
{
    AttachedAgent device;
    QVERIFY(device.start());
    const QString denied = device.ask(R"({"cmd":"echo 1"})");
    const Ended ended = run(
        {u"deny"_s, denied, u"--reason"_s, u"not now"_s, u"--data-dir"_s, device.dataDirectory()});
    QCOMPARE(ended.code, 0);
    QTRY_VERIFY(device.server.received().contains(R"("detail":"not now")"));
    QCOMPARE(run({u"deny"_s, denied, u"--data-dir"_s, device.dataDirectory()}).code, 1);
    QVERIFY(!device.ask(R"({"cmd":"echo 2"})").isEmpty());
    QCOMPARE(run({u"stop"_s, u"--all"_s, u"--data-dir"_s, device.dataDirectory()}).code, 0);
    QTRY_VERIFY(device.agent->requests().isEmpty());
    const Ended gone = run({u"stop"_s, u"x"_s, u"--data-dir"_s, device.dataDirectory()});
    QCOMPARE(gone.code, 1);
    QVERIFY(!gone.error.isEmpty());
}

void CtlTest::pausesAndResumes()
{
    AttachedAgent device;
    QVERIFY(device.start());
    QCOMPARE(run({u"pause"_s, u"--data-dir"_s, device.dataDirectory()}).code, 0);
    QTRY_COMPARE(device.agent->state(), CometaClient::State::Paused);
    QCOMPARE(run({u"resume"_s, u"--data-dir"_s, device.dataDirectory()}).code, 0);
    QTRY_COMPARE(device.agent->state(), CometaClient::State::Attached);
}

void CtlTest::sendsEvents()
{
    AttachedAgent device;
    QVERIFY(device.start());
    const QStringList event{u"--data-dir"_s, device.dataDirectory(), u"event"_s};
    QCOMPARE(run(event + QStringList{u"{\"a\":1}"_s}).code, 0);
    QTRY_COMPARE(device.server.received(), "8\r\n\a{\"a\":1}\r\n");
    QCOMPARE(run(event, "{\"b\":2}\n\n{\"c\":3}").code, 0);
    QTRY_COMPARE(device.server.received(),
                 "8\r\n\a{\"a\":1}\r\n8\r\n\a{\"b\":2}\r\n8\r\n\a{\"c\":3}\r\n");
    const Ended longest =
        run(event, QByteArray(32'755, 'x') + "\n" + QByteArray(32'756, 'x') + "\n");
    QCOMPARE(longest.code, 1);
    QVERIFY2(longest.error.contains("line 2: "), longest.error.constData());
    QCOMPARE(run(event, {}).code, 0);
}

// What is shown is compared with the chain, beside the running agent.
void CtlTest::ST_05_namesARequestThatIsShownOtherwise()
{
    AttachedAgent device;
    QVERIFY(device.start());
    const QString name = device.ask(R"({"cmd":"echo row"})");
    const QStringList verify{u"--data-dir"_s, device.dataDirectory(), u"log"_s, u"verify"_s};
    QCOMPARE(run(verify).code, 0);
    QVERIFY(JournalFixture::tamper(device.dataDirectory(),
                                   {u"UPDATE requests SET command = CAST('echo [row' AS BLOB)"_s}));
    const Ended changed = run(verify);
    QCOMPARE(changed.code, 1);
    QCOMPARE(changed.output, QByteArray());
    const qint64 row = device.agent->journal()->request(name)->serial;
    QCOMPARE(
        changed.error,
        u"cometactl: row %1: request %2 is shown otherwise than it is in the chain\n"_s.arg(row)
            .arg(name)
            .toUtf8());
}

void CtlTest::readsTheJournal()
{
    AttachedAgent device;
    QVERIFY(device.start());
    const QString name = device.ask(R"({"cmd":"echo needle; exit 3"})");
    QString error;
    QVERIFY(device.agent->approve(name, device.agent->request(name)->request().commandSha256(),
                                  &error));
    QTRY_VERIFY(device.agent->requests().isEmpty());
    const QStringList log{u"--data-dir"_s, device.dataDirectory(), u"log"_s};

    const Ended found = run(log + QStringList{u"search"_s, u"needle"_s});
    QCOMPARE(found.code, 0);
    QVERIFY2(found.output.contains(name.toLatin1()) && found.output.contains("finished, exit 3"),
             found.output.constData());
    QCOMPARE(run(log + QStringList{u"search"_s, u"nothing-like-it"_s}).output, "No requests.\n");
    const Ended json = run(log + QStringList{u"search"_s, u"needle"_s, u"--json"_s});
    QCOMPARE(QJsonDocument::fromJson(json.output).array().size(), 1);

    const Ended verified = run(log + QStringList{u"verify"_s});
    QVERIFY2(verified.code == 0, verified.error.constData());
    QVERIFY(run(log + QStringList{u"export"_s, u"--format"_s, u"csv"_s})
                .output.startsWith("seq,time,kind,request,data,hash"));
    const QString file = device.directory.filePath(u"out.json"_s);
    QCOMPARE(
        run(log + QStringList{u"export"_s, u"--format"_s, u"json"_s, u"--output"_s, file}).code, 0);
    QCOMPARE(QFile::permissions(file)
                 & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
             QFile::Permissions());
    QVERIFY(QFileInfo(file).size() > 0);
    const QTemporaryDir empty;
    QCOMPARE(run({u"--data-dir"_s, empty.path(), u"log"_s, u"verify"_s}).code, 1);
    QCOMPARE(run({u"--data-dir"_s, empty.path(), u"log"_s, u"search"_s, u"x"_s}).code, 1);
}

QTEST_GUILESS_MAIN(CtlTest)
#include "tst_ctl.moc"
