// SPDX-License-Identifier: Apache-2.0
// The real cometactl send, beside a server that a test plays.
#include "scriptedapi.h"
#include "sendexit.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSocketNotifier>
#include <QTest>

#include <array>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using Answer = ScriptedApi::Answer;

namespace {

const QByteArray pending =
    R"({"msg":"Pending.","code":"pending","request":"R1","state":"awaiting-approval"})";

QByteArray finished(const QByteArray &output, int exitCode = 0)
{
    return R"({"msg":"Finished.","code":"finished","request":"R1","exit":)"
        + QByteArray::number(exitCode) + R"(,"signal":null,"stdout":")" + output
        + R"(","stderr":"err\n","encoding":"utf-8"})";
}

Answer answer(int status, const QByteArray &body)
{
    return {status, body, {}, 0};
}

// cometactl send, with standard output on a file, a pipe or a terminal.
class Sender final
{
public:
    Sender()
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"COMETA_SECRET"_s, u"s3cr3t"_s);
        process.setProcessEnvironment(environment);
    }
    ~Sender()
    {
        process.kill();
        (void)hasEnded();
    }
    Q_DISABLE_COPY_MOVE(Sender)

    void start(quint16 port, const QStringList &rest)
    {
        process.start(QCoreApplication::applicationDirPath() + u"/cometactl"_s,
                      QStringList{u"send"_s, u"--server"_s, u"127.0.0.1"_s, u"--port"_s,
                                  QString::number(port), u"--app"_s, u"ops"_s, u"--device"_s,
                                  u"lab-3"_s}
                          + rest);
        process.closeWriteChannel();
    }
    bool run(quint16 port, const QStringList &rest)
    {
        start(port, rest);
        return hasEnded();
    }
    [[nodiscard]] bool hasEnded() const
    {
        return QTest::qWaitFor([this] { return process.state() == QProcess::NotRunning; }, 30'000);
    }
    void interrupt() const { ::kill(pid_t(process.processId()), SIGINT); }

    QProcess process;
};

} // namespace

class CtlSendTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void explainsItself();
    void refusesWrongUsage();
    void printsTheOutputAndExitsAsTheCommandDid();
    void sendsWhatFollowsTheDashes();
    void printsTheReplyAsItCame();
    void printsARefusalAsItCame();
    void waitsForTheResult();
    void waitsOnlySoLong();
    void cancelsWhenInterrupted();
    void endsWhenInterruptedBeforeTheAnswer();
    void EX_06_escapesOutputForATerminal_data();
    void EX_06_escapesOutputForATerminal();
    void saysThatTheOutputCannotBeWritten();
};

void CtlSendTest::explainsItself()
{
    Sender sender;
    QVERIFY(sender.run(1, {u"--help"_s}));
    QCOMPARE(sender.process.exitCode(), 0);
    const QByteArray text = sender.process.readAllStandardOutput();
    for (const char *part :
         {"--secret-file FILE", "COMETA_SECRET", "--no-tls", "Exit status", "118 ", "119 ", "120 ",
          "121 ", "122 ", "123 ", "124 ", "125 ", "130 "})
        QVERIFY2(text.contains(part), part);
    for (const QByteArray &line : text.split('\n'))
        QVERIFY2(QString::fromUtf8(line).size() <= 90, line.constData());
}

void CtlSendTest::refusesWrongUsage()
{
    for (const QStringList &rest : {QStringList{}, QStringList{u"--bogus"_s, u"id"_s},
                                    QStringList{u"--timeout"_s, u"0"_s, u"id"_s},
                                    QStringList{u"--tls"_s, u"--no-tls"_s, u"id"_s}}) {
        Sender sender;
        QVERIFY(sender.run(1, rest));
        QCOMPARE(sender.process.exitCode(), SendExit::Failure);
        QCOMPARE(sender.process.readAllStandardError().count('\n'), 1);
        QVERIFY(sender.process.readAllStandardOutput().isEmpty());
    }
}

void CtlSendTest::printsTheOutputAndExitsAsTheCommandDid()
{
    ScriptedApi server;
    server.setAnswers({answer(200, finished("gr\\u00fc\\u00dfe\\u0007", 3))});
    Sender sender;
    QVERIFY(sender.run(server.port(), {u"--"_s, u"id"_s}));
    QCOMPARE(sender.process.exitCode(), 3);
    QCOMPARE(sender.process.readAllStandardOutput(), "grüße\a");
    QCOMPARE(sender.process.readAllStandardError(), "err\n");
    QVERIFY(server.requests().constFirst().head.contains("OAuth s3cr3t\r\n"));
}

void CtlSendTest::sendsWhatFollowsTheDashes()
{
    ScriptedApi server;
    server.setAnswers({answer(200, finished({}))});
    const QList<QPair<QStringList, QString>> cases{
        {{u"--"_s, u"ls"_s, u"-l"_s, u"a b"_s}, u"ls -l 'a b'"_s},
        {{u"ls"_s, u"-l"_s, u"--json"_s}, u"ls -l --json"_s}, // the first word ends our options
        {{u"--"_s, u"df -h | sort"_s}, u"df -h | sort"_s},
        {{u"--"_s, u"--help"_s}, u"--help"_s},
    };
    for (const auto &[words, command] : cases) {
        Sender sender;
        QVERIFY(sender.run(server.port(), words));
        QCOMPARE(sender.process.exitCode(), 0);
        const QByteArray body = server.requests().constLast().body;
        QCOMPARE(QJsonDocument::fromJson(body).object().value("cmd"_L1).toString(), command);
    }
}

void CtlSendTest::printsTheReplyAsItCame()
{
    ScriptedApi server;
    const QByteArray body = "{ \"msg\":\"Finished.\",\"code\":\"finished\",  \"exit\":7}";
    server.setAnswers({answer(200, body)});
    Sender sender;
    QVERIFY(sender.run(server.port(), {u"--json"_s, u"id"_s}));
    QCOMPARE(sender.process.exitCode(), 7);
    QCOMPARE(sender.process.readAllStandardOutput(), body + '\n');
}

void CtlSendTest::printsARefusalAsItCame()
{
    ScriptedApi server;
    server.setAnswers({answer(418, R"({"msg":"418 Device not attached"})")});
    Sender sender;
    QVERIFY(sender.run(server.port(), {u"--json"_s, u"id"_s}));
    QCOMPARE(sender.process.exitCode(), SendExit::Unavailable);
    QCOMPARE(sender.process.readAllStandardOutput(), "{\"msg\":\"418 Device not attached\"}\n");
    QVERIFY(sender.process.readAllStandardError().contains("lab-3 is not attached"));
    Sender plain;
    QVERIFY(plain.run(server.port(), {u"id"_s}));
    QVERIFY(plain.process.readAllStandardOutput().isEmpty());
}

void CtlSendTest::waitsForTheResult()
{
    ScriptedApi server;
    server.setAnswers(
        {answer(200, pending), answer(200, R"({"events":[],"next":1})"),
         answer(200,
                R"({"events":[{"seq":1,"event":{"event":"result","request":"R1","msg":"Denied.",)"
                R"("code":"denied","by":"user","detail":"no\u001b[2J"}}],"next":2})")});
    Sender sender;
    QVERIFY(sender.run(server.port(), {u"id"_s}));
    QCOMPARE(sender.process.exitCode(), SendExit::NotApproved);
    const QByteArray error = sender.process.readAllStandardError();
    QVERIFY2(error.contains("Request R1 waits for the approval"), error.constData());
    QVERIFY2(error.contains("denied by the device's owner: no\\u{001B}[2J\n"), error.constData());
    QVERIFY(sender.process.readAllStandardOutput().isEmpty());
}

void CtlSendTest::waitsOnlySoLong()
{
    ScriptedApi server;
    server.setAnswers({answer(200, pending)});
    Sender sender;
    QVERIFY(sender.run(server.port(), {u"--json"_s, u"--wait"_s, u"0"_s, u"id"_s}));
    QCOMPARE(sender.process.exitCode(), SendExit::TimedOut);
    QCOMPARE(sender.process.readAllStandardOutput(), pending + '\n');
    QVERIFY(sender.process.readAllStandardError().contains("request R1 goes on"));
    server.setAnswers({answer(-1, {})});
    Sender silent;
    QVERIFY(silent.run(server.port(), {u"--wait"_s, u"1"_s, u"id"_s}));
    QCOMPARE(silent.process.exitCode(), SendExit::TimedOut);
    QVERIFY(silent.process.readAllStandardError().contains("may still run"));
}

void CtlSendTest::cancelsWhenInterrupted()
{
    ScriptedApi server;
    server.setAnswers({answer(200, pending), answer(200, R"({"events":[],"next":1})")});
    Sender sender;
    sender.start(server.port(), {u"id"_s});
    QTRY_VERIFY_WITH_TIMEOUT(server.requests().size() >= 2, 30'000);
    server.setAnswers({answer(200, R"({"msg":"Cancelled.","code":"cancelled","request":"R1"})")});
    sender.interrupt();
    QVERIFY(sender.hasEnded());
    QCOMPARE(sender.process.exitCode(), SendExit::Interrupted);
    QCOMPARE(server.bodies().count(R"({"op":"cancel","request":"R1"})"), 1);
}

void CtlSendTest::endsWhenInterruptedBeforeTheAnswer()
{
    ScriptedApi server;
    server.setAnswers({answer(-1, {})});
    Sender sender;
    sender.start(server.port(), {u"id"_s});
    QTRY_COMPARE_WITH_TIMEOUT(server.requests().size(), 1, 30'000);
    sender.interrupt();
    QVERIFY(sender.hasEnded());
    QCOMPARE(sender.process.exitCode(), SendExit::Interrupted);
    QVERIFY(sender.process.readAllStandardError().contains("may still run"));
}

void CtlSendTest::EX_06_escapesOutputForATerminal_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("shown");
    QTest::newRow("escaped") << QStringList{} << QByteArray("a\\u{001B}[2Jb");
    QTest::newRow("--raw") << QStringList{u"--raw"_s} << QByteArray("a\x1b[2Jb");
}

void CtlSendTest::EX_06_escapesOutputForATerminal()
{
    QFETCH(const QStringList, options);
    QFETCH(const QByteArray, shown);
    ScriptedApi server;
    server.setAnswers({answer(200, finished("a\\u001b[2Jb"))});
    const int terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    QVERIFY(terminal >= 0 && grantpt(terminal) == 0 && unlockpt(terminal) == 0);
    const int other = ::open(ptsname(terminal), O_RDWR | O_NOCTTY | O_CLOEXEC);
    Sender sender;
    sender.process.setChildProcessModifier([other] { ::dup2(other, STDOUT_FILENO); });
    QVERIFY(sender.run(server.port(), options + QStringList{u"id"_s}));
    std::array<char, 4096> bytes{};
    const ssize_t size = ::read(terminal, bytes.data(), bytes.size());
    QCOMPARE(QByteArray(bytes.data(), std::max<ssize_t>(size, 0)), shown);
    ::close(other);
    ::close(terminal);
}

void CtlSendTest::saysThatTheOutputCannotBeWritten()
{
    ScriptedApi server;
    server.setAnswers({answer(200, finished("x"))});
    Sender sender;
    sender.process.setStandardOutputFile(u"/dev/full"_s);
    QVERIFY(sender.run(server.port(), {u"id"_s}));
    QCOMPARE(sender.process.exitCode(), SendExit::Failure);
    QVERIFY(sender.process.readAllStandardError().contains("could not be written"));
}

QTEST_GUILESS_MAIN(CtlSendTest)
#include "tst_ctlsend.moc"
