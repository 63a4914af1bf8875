// SPDX-License-Identifier: Apache-2.0
#include "childprocesses.h"
#include "commandrunner.h"
#include "deadline.h"
#include "passedjob.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

// The processes whose command line holds the marker, zombies not counted.
int survivors(const QByteArray &marker)
{
    int count = 0;
    for (const QString &pid : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        QFile file(QStringLiteral("/proc/") + pid + QStringLiteral("/cmdline"));
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(marker))
            ++count;
    }
    return count;
}

// A number of seconds that no other sleep has.
QByteArray newMarker()
{
    return "98" + QByteArray::number(QRandomGenerator::global()->bounded(10'000'000, 99'999'999));
}

} // namespace

class TestCommandRunner final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;

    CommandJob job(const QByteArray &command, seconds limit = 30s)
    {
        CommandJob job;
        job.requestName = Request::newName();
        job.command = command;
        job.workingDirectory = m_directory.path();
        job.timeLimit = limit;
        job.outputDirectory = m_directory.path();
        return job;
    }
    static Outcome finish(const CommandJob &job)
    {
        CommandRunner runner(passedJob(job), std::make_unique<Supervisor>());
        QSignalSpy finished(&runner, &CommandRunner::finished);
        runner.start();
        if (!QTest::qWaitFor([&] { return !finished.isEmpty(); }, 40'000))
            qFatal("the command never ended");
        return finished.first().first().value<Outcome>();
    }
    Outcome run(const QByteArray &command, seconds limit = 30s)
    {
        return finish(job(command, limit));
    }
    QByteArray output(const QByteArray &command) { return run(command).standardOutput.head; }
    QString asked() const { return m_directory.filePath(QStringLiteral("asked")); }

private Q_SLOTS:
    void initTestCase()
    {
        qRegisterMetaType<Outcome>();
        qputenv("COMETA_TEST_SECRET", "hunter2"); // before the first command
        // What would ask for a password leaves a file.
        QFile askpass(m_directory.filePath(QStringLiteral("askpass")));
        QVERIFY(askpass.open(QIODevice::WriteOnly));
        askpass.write("#!/bin/sh\n: > " + QFile::encodeName(asked()) + "\necho secret\n");
        askpass.close();
        QVERIFY(askpass.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
        for (const char *name : {"SUDO_ASKPASS", "SSH_ASKPASS"})
            qputenv(name, QFile::encodeName(askpass.fileName()));
        qputenv("SSH_ASKPASS_REQUIRE", "force");
        qputenv("DISPLAY", ":0");
    }

    void EX_13_tellsTheExactEnd_data()
    {
        QTest::addColumn<QByteArray>("command");
        QTest::addColumn<int>("exit"); // -1: none
        QTest::addColumn<int>("signal");
        QTest::newRow("0") << QByteArray("exit 0") << 0 << 0;
        QTest::newRow("1") << QByteArray("false") << 1 << 0;
        QTest::newRow("127") << QByteArray("/no/such/program") << 127 << 0;
        QTest::newRow("255") << QByteArray("exit 255") << 255 << 0;
        QTest::newRow("SEGV") << QByteArray("kill -SEGV $$") << -1 << SIGSEGV;
        QTest::newRow("KILL") << QByteArray("kill -KILL $$") << -1 << SIGKILL;
    }
    void EX_13_tellsTheExactEnd()
    {
        QFETCH(QByteArray, command);
        QFETCH(int, exit);
        const Outcome outcome = run(command);
        QCOMPARE(outcome.state, RequestState::Finished);
        QCOMPARE(outcome.exitCode.value_or(-1), exit);
        QTEST(outcome.signal, "signal");
        QVERIFY(outcome.hasRun);
    }

    void runsExactlyTheGivenBytes()
    {
        QCOMPARE(output("printf '%s' 'a  b\tc\nä \\ $x'"), QByteArray("a  b\tc\nä \\ $x"));
        QCOMPARE(output("-e; echo begins with a dash 2>/dev/null"),
                 QByteArray("begins with a dash\n"));
        QCOMPARE(output("echo " + QByteArray(60'000, 'x')).size(), 60'001);
    }

    void EX_06_takesAnyBytes()
    {
        const Outcome outcome = run("printf 'a\\000\\377\\033[2J\\007'; printf 'err' >&2");
        QCOMPARE(outcome.standardOutput.head, QByteArray("a\0\xff\x1b[2J\x07", 8));
        QCOMPARE(outcome.standardError.head, QByteArray("err"));
    }

    void EX_07_givesNothingToRead()
    {
        QCOMPARE(output("cat; echo end"), QByteArray("end\n"));
        QCOMPARE(output("read x || echo eof"), QByteArray("eof\n"));
    }

    void EX_08_hasNoTerminal()
    {
        QCOMPARE(output("(: </dev/tty) 2>/dev/null || echo none"), QByteArray("none\n"));
    }

    void EX_08_asksForNoPassword_data()
    {
        QTest::addColumn<QByteArray>("command");
        // Root would not be asked.
        const QByteArray user =
            geteuid() == 0 ? "setpriv --reuid 65534 --regid 65534 --clear-groups " : "";
        const QByteArray ssh = "ssh -F none -o BatchMode=no -o UserKnownHostsFile=/dev/null "
                               "-o StrictHostKeyChecking=ask -p 1 127.0.0.1 id";
        QTest::newRow("sudo -S") << user + "sudo -S true";
        QTest::newRow("sudo") << user + "sudo id";
        QTest::newRow("sudo -A") << user + "sudo -A id";
        QTest::newRow("passwd") << user + "passwd";
        QTest::newRow("ssh") << ssh;
        QTest::newRow("ssh-keygen") << QByteArray("ssh-keygen -y -f key");
    }
    void EX_08_asksForNoPassword()
    {
        QFETCH(const QByteArray, command);
        const QString program = QString::fromLatin1(QTest::currentDataTag()).section(u' ', 0, 0);
        if (QStandardPaths::findExecutable(program).isEmpty())
            QSKIP(qPrintable(program + QStringLiteral(" is not installed")));
        if (program == QStringLiteral("ssh-keygen"))
            QCOMPARE(run("ssh-keygen -q -t ed25519 -N secret -f key").exitCode.value_or(-1), 0);
        const Outcome outcome = run(command, 20s);
        QCOMPARE(outcome.state, RequestState::Finished); // and not timed out
        QVERIFY2(outcome.exitCode.value_or(0) > 0, outcome.standardOutput.head.constData());
        QVERIFY(!outcome.standardError.head.contains("not found"));
        QVERIFY2(!QFile::exists(asked()), outcome.standardError.head.constData());
    }

    void EX_09_hidesTheAgentsEnvironment()
    {
        const CommandJob asked =
            job("env; tr '\\0' '\\n' </proc/self/environ; tr '\\0' '\\n' </proc/$PPID/environ");
        const QByteArray seen = finish(asked).standardOutput.head;
        QVERIFY(!seen.contains("hunter2"));
        QVERIFY(!seen.contains("ASKPASS"));
        QVERIFY(seen.contains("PATH="));
        QVERIFY(seen.contains("COMETA_REQUEST=" + asked.requestName.toLatin1()));
    }

    void EX_10_inheritsThreeDescriptors()
    {
        const int leaked = ::open("/dev/null", O_RDONLY); // one that would be inherited
        QVERIFY(leaked > 2);
        const QByteArray seen = output("ls /proc/self/fd | head -4 | tr '\\n' ' '");
        ::close(leaked);
        QCOMPARE(seen.simplified(), QByteArray("0 1 2 3")); // 3 is that of ls itself
    }

    void EX_11_startsWithDefaults()
    {
        QCOMPARE(output("umask; ulimit -c"), QByteArray("0077\n0\n"));
        QCOMPARE(output("pwd -P"), QDir(m_directory.path()).canonicalPath().toUtf8() + '\n');
        const QByteArray ignored =
            output("grep SigIgn /proc/self/status").simplified().split(' ').last();
        QCOMPARE(ignored.toULongLong(nullptr, 16) & ((1U << (SIGPIPE - 1)) | (1U << (SIGINT - 1))),
                 0U);
    }

    void EX_11_failsWithoutItsDirectory()
    {
        CommandJob lost = job("echo ran");
        lost.workingDirectory = m_directory.filePath(QStringLiteral("gone"));
        const Outcome outcome = finish(lost);
        QCOMPARE(outcome.state, RequestState::Failed);
        QVERIFY(!outcome.hasRun);
        QVERIFY2(outcome.detail.contains(QStringLiteral("gone")), qPrintable(outcome.detail));
    }

    void EX_12_failsWithoutDescriptors_data()
    {
        QTest::addColumn<int>("room"); // one is needed for the time limit
        for (int room = 1; room < 10; ++room)
            QTest::addRow("%d", room) << room;
    }
    void EX_12_failsWithoutDescriptors()
    {
        QFETCH(int, room);
        CommandRunner runner(passedJob(job("echo ran")), std::make_unique<Supervisor>());
        QSignalSpy finished(&runner, &CommandRunner::finished);
        {
            const DescriptorLimit limit(room);
            runner.start();
            QTRY_COMPARE(finished.size(), 1);
        }
        const Outcome outcome = finished.first().first().value<Outcome>();
        QCOMPARE(outcome.state, RequestState::Failed);
        QVERIFY2(outcome.detail.contains(QStringLiteral("cannot")), qPrintable(outcome.detail));
        QVERIFY(!outcome.hasRun);
        QVERIFY(!runner.isRunning());
        QCOMPARE(output("echo alive"), QByteArray("alive\n"));
        QCOMPARE(finished.size(), 1);
    }

    void EX_01_leavesNobody_data()
    {
        QTest::addColumn<QByteArray>("command"); // %: a marker
        QTest::newRow("EX_01 background") << QByteArray("sleep % & sleep % & sleep %");
        QTest::newRow("EX_02 setsid") << QByteArray("setsid sleep % & sleep %");
        QTest::newRow("EX_02 double fork")
            << QByteArray("(setsid sh -c 'sleep % & sleep %' &) ; sleep %");
        QTest::newRow("EX_02 nohup") << QByteArray("nohup sleep % >/dev/null 2>&1 & sleep %");
        QTest::newRow("EX_02 trap") << QByteArray(
            "trap '' TERM HUP; sh -c \"trap '' TERM HUP; sleep %; sleep %\"; sleep %");
        QTest::newRow("EX_02 stopped") << QByteArray("sleep % & kill -STOP $!; sleep %");
    }
    void EX_01_leavesNobody()
    {
        QFETCH(QByteArray, command);
        const QByteArray marker = newMarker();
        const Outcome outcome = run(command.replace('%', marker), 1s);
        QCOMPARE(outcome.state, RequestState::TimedOut);
        QCOMPARE(outcome.limit, 1s);
        QCOMPARE(survivors(marker), 0);
    }

    void EX_01_stopsInTime()
    {
        const QByteArray marker = newMarker();
        CommandRunner runner(
            passedJob(job("trap '' TERM; sleep " + marker + " & sleep " + marker + "; wait")),
            std::make_unique<Supervisor>());
        QSignalSpy finished(&runner, &CommandRunner::finished);
        runner.start();
        QTRY_COMPARE(survivors("sleep\0" + marker) > 0 || survivors(marker) > 2, true);
        const auto since = BootClock::now();
        runner.stop(RequestState::Stopped);
        runner.stop(RequestState::Cancelled); // the first word counts
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 5000);
        QVERIFY(BootClock::now() - since < 3s);
        QCOMPARE(finished.first().first().value<Outcome>().state, RequestState::Stopped);
        QCOMPARE(survivors(marker), 0);
    }

    void EX_03_endsWhatOutlivesTheShell()
    {
        const QByteArray marker = newMarker();
        const Outcome outcome = run("sleep " + marker + " & echo done");
        QCOMPARE(outcome.state, RequestState::Finished);
        QCOMPARE(outcome.exitCode, std::optional(0));
        QCOMPARE(outcome.standardOutput.head, QByteArray("done\n"));
        QCOMPARE(outcome.leftBehind, 1);
        QCOMPARE(survivors(marker), 0);
    }

    void EX_05_boundsWhatItKeeps()
    {
        const Outcome outcome = run("yes | head -c 20000000");
        QCOMPARE(outcome.standardOutput.total, 20'000'000);
        QCOMPARE(outcome.standardOutput.head.size() + outcome.standardOutput.tail.size(),
                 1024 * 1024);
        const Outcome endless = run("cat /dev/zero", 1s);
        QCOMPARE(endless.state, RequestState::TimedOut);
        QVERIFY(endless.standardOutput.total > 1024 * 1024);
        QVERIFY(endless.standardOutput.head.size() + endless.standardOutput.tail.size()
                <= 1024 * 1024);
    }

    void failsWhenItsSupervisorIsAttacked_data()
    {
        QTest::addColumn<QByteArray>("signal");
        QTest::newRow("killed") << QByteArray("KILL");
        QTest::newRow("stopped") << QByteArray("STOP");
    }
    void failsWhenItsSupervisorIsAttacked()
    {
        QFETCH(QByteArray, signal);
        const QByteArray marker = newMarker();
        const Outcome outcome =
            run("setsid sleep " + marker + " & kill -" + signal + " $PPID; sleep " + marker);
        QCOMPARE(outcome.state, RequestState::Failed);
        QVERIFY2(outcome.detail.contains(QStringLiteral("supervisor")), qPrintable(outcome.detail));
        QTRY_COMPARE(survivors(marker), 0);
    }

    void leavesNobodyWhenItIsDestroyed()
    {
        const QByteArray marker = newMarker();
        {
            CommandRunner runner(passedJob(job("setsid sleep " + marker + " & sleep " + marker)),
                                 std::make_unique<Supervisor>());
            QSignalSpy started(&runner, &CommandRunner::started);
            runner.start();
            QTRY_COMPARE(started.size(), 1);
        }
        QTRY_COMPARE(survivors(marker), 0);
    }

    void keepsTheOutputInAPrivateFile()
    {
        CommandRunner runner(passedJob(job("printf hello; printf problem >&2")),
                             std::make_unique<Supervisor>());
        QSignalSpy finished(&runner, &CommandRunner::finished);
        runner.start();
        QTRY_COMPARE(finished.size(), 1);
        QFile file(m_directory.filePath(runner.job().requestName + QStringLiteral(".out")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("hello"));
        QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        // printf hello | sha256sum
        QCOMPARE(runner.outputSha256(),
                 QByteArray("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"));
        QVERIFY(!runner.errorSha256().isEmpty());
    }

    void tellsWhenTheOutputCannotBeKept()
    {
        CommandJob lost = job("echo hello");
        lost.outputDirectory = m_directory.filePath(QStringLiteral("nowhere"));
        const Outcome outcome = finish(lost);
        QCOMPARE(outcome.state, RequestState::Finished);
        QCOMPARE(outcome.standardOutput.head, QByteArray("hello\n"));
        QVERIFY2(outcome.detail.contains(QStringLiteral("could not be kept")),
                 qPrintable(outcome.detail));
    }
};

QTEST_GUILESS_MAIN(TestCommandRunner)
#include "tst_commandrunner.moc"
