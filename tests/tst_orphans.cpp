// SPDX-License-Identifier: Apache-2.0
#include "orphans.h"

#include "childprocesses.h"

#include <QEventLoop>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <csignal>
#include <cstddef>

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

// What a command whose supervisor is gone leaves behind. script runs in a session of its own and
// names the processes that it starts, one a line.
QList<pid_t> orphansOf(const QString &script)
{
    QProcess shell;
    shell.start(u"setsid"_s, {u"sh"_s, u"-c"_s, script});
    if (!shell.waitForFinished())
        qFatal("the shell did not end");
    QList<pid_t> pids;
    for (const QByteArray &line : shell.readAllStandardOutput().split('\n')) {
        if (!line.isEmpty())
            pids.append(line.toInt());
    }
    for (const pid_t pid : std::as_const(pids)) {
        if (!QTest::qWaitFor([&] { return ChildProcesses::parent(pid) == getpid(); }))
            qFatal("an orphan did not fall to us");
    }
    return pids;
}

// So many chains of processes, each of which starts the next one in a session of its own and ends.
// They would go on for 20 s.
void startChains(int count)
{
    const auto end = BootClock::now() + 20s;
    for (int i = 0; i < count; ++i) {
        const pid_t first = fork();
        for (pid_t next = first; next == 0;) {
            setsid();
            if (BootClock::now() > end)
                _exit(0);
            next = fork();
            if (next > 0)
                _exit(0);
        }
        if (waitpid(first, nullptr, 0) != first)
            qFatal("the first did not end");
    }
}

// From here on this thread can end nobody, and is not told so.
bool pretendSignals()
{
    sock_filter rules[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_pidfd_send_signal, 1, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_kill, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const sock_fprog program = {std::size(rules), rules};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
        && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

// The start of a process is known to a tick, so what is told apart lies two ticks apart.
void awaitNextTick()
{
    const auto next = BootClock::now() + 2 * 1'000'000'000ns / sysconf(_SC_CLK_TCK);
    QTRY_VERIFY(BootClock::now() > next);
}

} // namespace

class TestOrphans final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        Orphans::adopt();
        Orphans::adopt();
    }
    void cleanup() { QCOMPARE(ChildProcesses::ofThisProcess(), QList<pid_t>()); }

    void EX_02_endsWhatFallsToUs_data()
    {
        QTest::addColumn<QString>("script");
        QTest::newRow("one") << u"sleep 97531 >/dev/null & echo $!"_s;
        QTest::newRow("three") << u"for i in 1 2 3; do sleep 97531 >/dev/null & echo $!; done"_s;
        QTest::newRow("session") << u"setsid sleep 97531 >/dev/null & echo $!"_s;
        QTest::newRow("deaf") << u"trap '' TERM HUP INT; sleep 97531 >/dev/null & echo $!"_s;
        QTest::newRow("stopped") << u"sleep 97531 >/dev/null & echo $!; kill -STOP $!"_s;
        QTest::newRow("parent") << u"sh -c 'sleep 97531; :' >/dev/null & echo $!"_s;
    }
    void EX_02_endsWhatFallsToUs()
    {
        QFETCH(QString, script);
        const auto since = BootClock::now();
        const QList<pid_t> pids = orphansOf(script);
        QVERIFY(!pids.isEmpty());
        Orphans orphans;
        QSignalSpy ended(&orphans, &Orphans::ended);
        const auto begin = BootClock::now();
        orphans.end(0, since);
        QCOMPARE(ended.size(), 0); // never at once
        QTRY_COMPARE(ended.size(), 1);
        QVERIFY(BootClock::now() - begin < 2s);
        QCOMPARE(ended.first().first().toInt(), 0);
        for (const pid_t pid : pids)
            QCOMPARE(ChildProcesses::state(pid), 'X'); // reaped, too
    }

    void EX_02_endsChainsOfProcesses_data()
    {
        QTest::addColumn<int>("count");
        QTest::newRow("one") << 1;
        QTest::newRow("four") << 4;
    }
    void EX_02_endsChainsOfProcesses()
    {
        QFETCH(int, count);
        const auto since = BootClock::now();
        startChains(count);
        Orphans orphans;
        QSignalSpy ended(&orphans, &Orphans::ended);
        orphans.end(0, since);
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(ended.first().at(0).toInt(), 0);
        QCOMPARE(ChildProcesses::ofThisProcess(), QList<pid_t>());
    }

    void endsWhatHasNoSessionYetByItsGroup()
    {
        const auto since = BootClock::now();
        const pid_t supervisor = fork();
        if (supervisor == 0) {
            setpgid(0, 0);
            if (fork() == 0) {
                while (true)
                    pause();
            }
            _exit(0);
        }
        QCOMPARE(waitpid(supervisor, nullptr, 0), supervisor);
        QTRY_COMPARE(ChildProcesses::ofThisProcess().size(), 1);
        Orphans orphans;
        QSignalSpy ended(&orphans, &Orphans::ended);
        orphans.end(0, since);
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(ChildProcesses::ofThisProcess().size(), 1);
        orphans.end(supervisor, since);
        QTRY_COMPARE(ended.size(), 2);
        QCOMPARE(ChildProcesses::ofThisProcess(), QList<pid_t>());
    }

    void tellsWhatCouldNotBeEnded()
    {
        const auto since = BootClock::now();
        const QList<pid_t> pids = orphansOf(u"sleep 97531 >/dev/null & echo $!"_s);
        QList<QVariant> told;
        bool isPretending = false;
        const std::unique_ptr<QThread> thread(QThread::create([&] {
            isPretending = pretendSignals();
            Orphans orphans;
            QEventLoop loop;
            connect(&orphans, &Orphans::ended, &loop, [&](int own, int foreign) {
                told = {own, foreign};
                loop.quit();
            });
            orphans.end(0, since);
            loop.exec();
        }));
        thread->start();
        QVERIFY(thread->wait(10'000));
        QVERIFY(isPretending);
        QVERIFY(ChildProcesses::lives(pids.first()));
        QCOMPARE(told, (QList<QVariant>{1, 0})); // it is ours
        kill(pids.first(), SIGKILL);
        QCOMPARE(waitpid(pids.first(), nullptr, 0), pids.first());
    }

    void tellsTheEndWhenThereIsNobody()
    {
        Orphans orphans;
        QSignalSpy ended(&orphans, &Orphans::ended);
        orphans.end(0, BootClock::now());
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(ended.first().first().toInt(), 0);
    }

    void leavesAloneWhatBeganEarlier()
    {
        const QList<pid_t> earlier = orphansOf(u"sleep 97531 >/dev/null & echo $!"_s);
        awaitNextTick();
        const auto since = BootClock::now();
        const QList<pid_t> later = orphansOf(u"sleep 97531 >/dev/null & echo $!"_s);
        Orphans orphans;
        QSignalSpy ended(&orphans, &Orphans::ended);
        orphans.end(0, since);
        QTRY_COMPARE(ended.size(), 1);
        QVERIFY(ChildProcesses::lives(earlier.first()));
        QVERIFY(!ChildProcesses::lives(later.first()));
        orphans.end(0, {});
        QTRY_COMPARE(ended.size(), 2);
        QVERIFY(!ChildProcesses::lives(earlier.first()));
    }

    void leavesAloneWhatTheAgentStartedItself()
    {
        const auto since = BootClock::now();
        QProcess own;
        own.start(u"sleep"_s, {u"97531"_s});
        QVERIFY(own.waitForStarted());
        const QList<pid_t> pids = orphansOf(u"sleep 97531 >/dev/null & echo $!"_s);
        Orphans orphans;
        QSignalSpy ended(&orphans, &Orphans::ended);
        orphans.end(0, since);
        QTRY_COMPARE(ended.size(), 1);
        QVERIFY(!ChildProcesses::lives(pids.first()));
        QCOMPARE(own.state(), QProcess::Running);
        own.kill();
        QVERIFY(own.waitForFinished());
        QCOMPARE(own.exitStatus(), QProcess::CrashExit);
    }
};

QTEST_GUILESS_MAIN(TestOrphans)
#include "tst_orphans.moc"
