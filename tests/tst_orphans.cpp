// SPDX-License-Identifier: Apache-2.0
#include "orphans.h"

#include "childprocesses.h"

#include <QProcess>
#include <QSignalSpy>
#include <QTest>

#include <csignal>

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
        orphans.end(since);
        QCOMPARE(ended.size(), 0); // never at once
        QTRY_COMPARE(ended.size(), 1);
        QVERIFY(BootClock::now() - begin < 2s);
        QCOMPARE(ended.first().first().toInt(), 0);
        for (const pid_t pid : pids)
            QCOMPARE(ChildProcesses::state(pid), 'X'); // reaped, too
    }

    void tellsTheEndWhenThereIsNobody()
    {
        Orphans orphans;
        QSignalSpy ended(&orphans, &Orphans::ended);
        orphans.end(BootClock::now());
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
        orphans.end(since);
        QTRY_COMPARE(ended.size(), 1);
        QVERIFY(ChildProcesses::lives(earlier.first()));
        QVERIFY(!ChildProcesses::lives(later.first()));
        orphans.end({});
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
        orphans.end(since);
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
