// SPDX-License-Identifier: Apache-2.0
#include "warmspare.h"

#include "childprocesses.h"
#include "commandrunner.h"
#include "passedjob.h"

#include <QDir>
#include <QSignalSpy>
#include <QTest>

#include <csignal>
#include <thread>

using namespace std::chrono_literals;

class TestWarmSpare final : public QObject
{
    Q_OBJECT

    static Outcome run(std::unique_ptr<Supervisor> supervisor)
    {
        CommandJob job;
        job.requestName = Request::newName();
        job.command = "echo ran";
        job.workingDirectory = QDir::tempPath();
        job.timeLimit = 30s;
        CommandRunner runner(passedJob(job), std::move(supervisor));
        QSignalSpy finished(&runner, &CommandRunner::finished);
        runner.start();
        if (!QTest::qWaitFor([&] { return !finished.isEmpty(); }, 40'000))
            qFatal("the command never ended");
        return finished.first().first().value<Outcome>();
    }
    // The spare, once its program is running.
    static pid_t waitingOne()
    {
        const auto found = [] {
            const QList<pid_t> pids = ChildProcesses::ofThisProcess();
            return pids.size() == 1 && ChildProcesses::state(pids.first()) == 'S';
        };
        if (!QTest::qWaitFor(found))
            qFatal("there is not one process that waits");
        return ChildProcesses::ofThisProcess().first();
    }

private Q_SLOTS:
    void initTestCase() { qRegisterMetaType<Outcome>(); }
    void cleanup() { QTRY_COMPARE(ChildProcesses::ofThisProcess(), QList<pid_t>()); }

    void givesTheOneThatWaits()
    {
        WarmSpare spare;
        spare.prepare();
        const pid_t pid = waitingOne();
        std::unique_ptr<Supervisor> taken = spare.take();
        QVERIFY(taken->isWaiting());
        QVERIFY(!taken->isLost());
        QCOMPARE(waitingOne(), pid);
        const Outcome outcome = run(std::move(taken));
        QCOMPARE(outcome.state, RequestState::Finished);
        QCOMPARE(outcome.standardOutput.head, QByteArray("ran\n"));
    }

    void givesItOnce()
    {
        WarmSpare spare;
        spare.prepare();
        const std::unique_ptr<Supervisor> first = spare.take();
        QVERIFY(first->isWaiting());
        std::unique_ptr<Supervisor> second = spare.take();
        QVERIFY(!second->isWaiting());
        QCOMPARE(run(std::move(second)).state, RequestState::Finished);
    }

    void givesOneThatIsStillToBeStarted()
    {
        WarmSpare spare;
        std::unique_ptr<Supervisor> taken = spare.take();
        QVERIFY(!taken->isWaiting());
        QCOMPARE(ChildProcesses::ofThisProcess(), QList<pid_t>());
        QCOMPARE(run(std::move(taken)).standardOutput.head, QByteArray("ran\n"));
    }

    void keepsTheOneThatItHas()
    {
        WarmSpare spare;
        spare.prepare();
        const pid_t pid = waitingOne();
        spare.prepare();
        QCOMPARE(waitingOne(), pid);
    }

    void runsAllTheSameWhenTheSpareIsLost_data()
    {
        QTest::addColumn<int>("signal");
        QTest::addColumn<char>("state"); // that it is in then
        QTest::addColumn<bool>("told"); // we are, before the command comes
        QTest::newRow("killed") << SIGKILL << 'X' << true;
        QTest::newRow("killed just now") << SIGKILL << 'Z' << false;
        QTest::newRow("stopped") << SIGSTOP << 'T' << true;
        QTest::newRow("stopped just now") << SIGSTOP << 'T' << false;
    }
    void runsAllTheSameWhenTheSpareIsLost()
    {
        QFETCH(int, signal);
        QFETCH(char, state);
        QFETCH(bool, told);
        WarmSpare spare;
        spare.prepare();
        const pid_t pid = waitingOne();
        ::kill(pid, signal);
        if (told)
            QTRY_COMPARE(ChildProcesses::state(pid), state);
        else // without a turn of the event loop
            while (ChildProcesses::state(pid) != state)
                std::this_thread::yield();
        const Outcome outcome = run(spare.take());
        QVERIFY2(outcome.state == RequestState::Finished, qPrintable(outcome.detail));
        QCOMPARE(outcome.standardOutput.head, QByteArray("ran\n"));
        QTRY_COMPARE(ChildProcesses::state(pid), 'X');
    }

    void replacesALostOne_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("killed") << SIGKILL;
        QTest::newRow("stopped") << SIGSTOP;
    }
    void replacesALostOne()
    {
        QFETCH(int, signal);
        WarmSpare spare;
        spare.prepare();
        const pid_t pid = waitingOne();
        ::kill(pid, signal);
        QTRY_VERIFY(QByteArray("XZT").contains(ChildProcesses::state(pid)));
        spare.prepare();
        QTRY_COMPARE(ChildProcesses::state(pid), 'X');
        QVERIFY(waitingOne() != pid);
        QVERIFY(spare.take()->isWaiting());
    }

    void releaseLeavesNoProcess_data() { replacesALostOne_data(); }
    void releaseLeavesNoProcess()
    {
        QFETCH(int, signal);
        WarmSpare spare;
        spare.prepare();
        ::kill(waitingOne(), signal);
        spare.release();
        QTRY_COMPARE(ChildProcesses::ofThisProcess(), QList<pid_t>());
        spare.prepare();
        waitingOne();
        spare.release();
        spare.release();
        QTRY_COMPARE(ChildProcesses::ofThisProcess(), QList<pid_t>());
    }

    void leavesNoProcessWhenItIsDestroyed()
    {
        {
            WarmSpare spare;
            spare.prepare();
            waitingOne();
        }
        QTRY_COMPARE(ChildProcesses::ofThisProcess(), QList<pid_t>());
    }

    void EX_12_outlivesAStartThatFails()
    {
        WarmSpare spare;
        {
            const DescriptorLimit limit(3);
            spare.prepare();
        }
        QVERIFY(!spare.take()->isWaiting());
        spare.prepare();
        const std::unique_ptr<Supervisor> taken = spare.take();
        QVERIFY(taken->isWaiting());
    }
};

QTEST_GUILESS_MAIN(TestWarmSpare)
#include "tst_warmspare.moc"
