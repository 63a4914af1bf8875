// SPDX-License-Identifier: Apache-2.0
#include "deadline.h"

#include <QSignalSpy>
#include <QTest>

#include <sys/resource.h>
#include <time.h>

using namespace std::chrono_literals;

class TestDeadline final : public QObject
{
    Q_OBJECT

    // Without the event loop, so that nobody notices.
    static void letPass(BootClock::duration time)
    {
        const BootClock::time_point end = BootClock::now() + time;
        while (BootClock::now() < end) { }
    }

private Q_SLOTS:
    void P23_readsTheClockThatCountsSleep()
    {
        timespec t{};
        QCOMPARE(clock_gettime(CLOCK_BOOTTIME, &t), 0);
        const BootClock::time_point before(std::chrono::seconds(t.tv_sec)
                                           + std::chrono::nanoseconds(t.tv_nsec));
        const BootClock::time_point now = BootClock::now();
        QVERIFY(now >= before);
        QVERIFY(now - before < 5s);
    }

    void expiresOnceAndNotTooEarly()
    {
        Deadline deadline;
        QSignalSpy expired(&deadline, &Deadline::expired);
        const BootClock::time_point begin = BootClock::now();
        deadline.start(30ms);
        QVERIFY(deadline.isActive());
        QTRY_COMPARE(expired.size(), 1);
        QVERIFY(BootClock::now() - begin >= 30ms);
        QVERIFY(!deadline.isActive());
        QCOMPARE(deadline.remaining(), 0ms);
        QVERIFY(!QTest::qWaitFor([&] { return expired.size() > 1; }, 90));
    }

    void expiresInTheNextTurnOfTheLoopAtTheEarliest_data()
    {
        QTest::addColumn<int>("ms");
        QTest::newRow("zero") << 0;
        QTest::newRow("passed already") << -1'000;
    }
    void expiresInTheNextTurnOfTheLoopAtTheEarliest()
    {
        QFETCH(int, ms);
        Deadline deadline;
        QSignalSpy expired(&deadline, &Deadline::expired);
        deadline.start(std::chrono::milliseconds(ms));
        QVERIFY(deadline.isActive());
        QVERIFY(expired.isEmpty());
        QCOMPARE(deadline.remaining(), 0ms);
        QTRY_COMPARE(expired.size(), 1);
    }

    void tellsWhatRemains()
    {
        Deadline deadline;
        QCOMPARE(deadline.remaining(), 0ms);
        deadline.start(1h);
        QVERIFY(deadline.remaining() <= 1h);
        QVERIFY(deadline.remaining() > 59min);
        deadline.stop();
        QCOMPARE(deadline.remaining(), 0ms);
    }

    void roundsUpSoThatNothingRemainsOnlyAtTheEnd()
    {
        Deadline deadline;
        deadline.start(1ms);
        const bool early = deadline.remaining() > 0ms;
        letPass(2ms);
        QVERIFY(early);
        QCOMPARE(deadline.remaining(), 0ms);
        QVERIFY(deadline.isActive()); // nobody was told yet
    }

    void startsAnew()
    {
        Deadline deadline;
        QSignalSpy expired(&deadline, &Deadline::expired);
        deadline.start(1h);
        deadline.start(10ms);
        QTRY_COMPARE(expired.size(), 1);
        deadline.start(10ms);
        QTRY_COMPARE(expired.size(), 2);
    }

    void staysSilentOnceStopped()
    {
        Deadline deadline;
        QSignalSpy expired(&deadline, &Deadline::expired);
        deadline.stop(); // not started yet: does no harm
        deadline.start(1ms);
        letPass(2ms); // the kernel has woken us; we were not there
        deadline.stop();
        QVERIFY(!deadline.isActive());
        QVERIFY(!QTest::qWaitFor([&] { return !expired.isEmpty(); }, 50));
    }

    void forgetsTheOldEndWhenItStartsAnew()
    {
        Deadline deadline;
        QSignalSpy expired(&deadline, &Deadline::expired);
        deadline.start(1ms);
        letPass(2ms);
        deadline.start(1h);
        QVERIFY(!QTest::qWaitFor([&] { return !expired.isEmpty(); }, 50));
        QVERIFY(deadline.isActive());
    }

    void canBeStartedByWhomItTells()
    {
        Deadline deadline;
        int count = 0;
        connect(&deadline, &Deadline::expired, &deadline, [&] {
            if (++count < 3)
                deadline.start(1ms);
        });
        deadline.start(1ms);
        QTRY_COMPARE(count, 3);
        QVERIFY(!deadline.isActive());
    }

    void EX_12_expiresWithoutADescriptor()
    {
        rlimit before{};
        QCOMPARE(getrlimit(RLIMIT_NOFILE, &before), 0);
        const rlimit none{3, before.rlim_max};
        Deadline deadline;
        Deadline stopped;
        QSignalSpy expired(&deadline, &Deadline::expired);
        QSignalSpy never(&stopped, &Deadline::expired);
        QCOMPARE(setrlimit(RLIMIT_NOFILE, &none), 0);
        deadline.start(20ms);
        stopped.start(1ms);
        stopped.stop();
        QCOMPARE(setrlimit(RLIMIT_NOFILE, &before), 0);
        QVERIFY(deadline.isActive());
        QVERIFY(expired.wait(5000));
        QVERIFY(deadline.remaining() == 0ms && !deadline.isActive());
        QCOMPARE(never.size(), 0);
        deadline.start(1ms); // with one again
        QVERIFY(expired.wait(5000));
    }

    void canEndWhileItRuns()
    {
        int count = 0;
        {
            Deadline deadline;
            connect(&deadline, &Deadline::expired, this, [&] { ++count; });
            deadline.start(1ms);
            letPass(2ms);
        }
        QVERIFY(!QTest::qWaitFor([&] { return count > 0; }, 50));
    }
};

QTEST_GUILESS_MAIN(TestDeadline)
#include "tst_deadline.moc"
