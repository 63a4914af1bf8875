// SPDX-License-Identifier: Apache-2.0
#include "supervisor.h"

#include "childprocesses.h"

#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

#include <fcntl.h>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

// A supervisor and all that it told.
struct Watched
{
    Supervisor supervisor;
    QSignalSpy started{&supervisor, &Supervisor::shellStarted};
    QSignalSpy shellEnded{&supervisor, &Supervisor::shellEnded};
    QSignalSpy ended{&supervisor, &Supervisor::ended};
    QByteArray output;
    QByteArray error;

    Watched()
    {
        QObject::connect(&supervisor, &Supervisor::outputArrived,
                         [this](QByteArrayView bytes) { output += bytes; });
        QObject::connect(&supervisor, &Supervisor::errorArrived,
                         [this](QByteArrayView bytes) { error += bytes; });
    }
    [[nodiscard]] const SupervisorReport &report() const { return supervisor.report(); }
    // Exactly once, also when all that could still come has come.
    bool endsOnce()
    {
        return QTest::qWaitFor([this] { return !ended.isEmpty(); }, 10'000)
            && QTest::qWaitFor([] { return ChildProcesses::ofThisProcess().isEmpty(); })
            && ended.size() == 1;
    }
};

pid_t onlyChild()
{
    if (!QTest::qWaitFor([] { return ChildProcesses::ofThisProcess().size() == 1; }))
        qFatal("there is not one child");
    return ChildProcesses::ofThisProcess().first();
}

// Another hand on the report pipe, which is the first that a supervisor opens, by our end of it.
int openReportPipe(int before)
{
    for (int fd = before; fd < before + 100; ++fd) {
        const QString path = u"/proc/self/fd/%1"_s.arg(fd);
        if (QFileInfo(path).symLinkTarget().contains("pipe:"_L1))
            return ::open(qPrintable(path), O_WRONLY | O_CLOEXEC);
    }
    qFatal("there is no report pipe");
}

} // namespace

class TestSupervisor final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;

    void run(Watched *watched, const QByteArray &command, const QString &directory = {})
    {
        watched->supervisor.start();
        watched->supervisor.run(
            "name", 0, QFile::encodeName(directory.isEmpty() ? m_directory.path() : directory),
            command);
    }

private Q_SLOTS:
    void cleanup() { QTRY_COMPARE(ChildProcesses::ofThisProcess(), QList<pid_t>()); }

    void findsItsProgram() { QVERIFY(QFileInfo(Supervisor::program()).isExecutable()); }

    void waitsForItsCommand()
    {
        Watched watched;
        QVERIFY(!watched.supervisor.isWaiting());
        watched.supervisor.start();
        QVERIFY(watched.supervisor.isWaiting());
        onlyChild();
        QVERIFY(watched.supervisor.isWaiting());
        QVERIFY(!watched.supervisor.isLost());
        watched.supervisor.run("name", 0, "/", "true");
        QVERIFY(!watched.supervisor.isWaiting());
        QVERIFY(watched.endsOnce());
        QVERIFY(!watched.supervisor.isWaiting());
    }

    void tellsTheWholeLifeOfACommand()
    {
        Watched watched;
        run(&watched, "printf out; printf err >&2; printf $COMETA_REQUEST; exit 3");
        QVERIFY(watched.endsOnce());
        QCOMPARE(watched.started.size(), 1);
        QCOMPARE(watched.shellEnded.size(), 1);
        QCOMPARE(watched.output, QByteArray("outname"));
        QCOMPARE(watched.error, QByteArray("err"));
        QVERIFY(watched.report().hasStarted && watched.report().hasEnded);
        QVERIFY(watched.report().isComplete);
        QCOMPARE(watched.report().exitCode, std::optional(3));
        QCOMPARE(watched.report().signal, 0);
        QCOMPARE(watched.report().left, 0);
        QCOMPARE(watched.report().foreign, 0);
        QCOMPARE(watched.report().failure, QString());
        QVERIFY(watched.report().endTime >= watched.report().startTime);
    }

    void EX_13_tellsTheSignal()
    {
        Watched watched;
        run(&watched, "kill -SEGV $$");
        QVERIFY(watched.endsOnce());
        QCOMPARE(watched.report().signal, SIGSEGV);
        QVERIFY(!watched.report().exitCode.has_value());
    }

    void EX_03_countsWhatWasLeft()
    {
        Watched watched;
        run(&watched, "sleep 97531 & setsid sleep 97531 & sleep 0.1");
        QVERIFY(watched.endsOnce());
        QCOMPARE(watched.report().left, 2);
        QCOMPARE(watched.report().exitCode, std::optional(0));
    }

    void EX_12_tellsWhyNothingWasStarted_data()
    {
        QTest::addColumn<QString>("directory");
        QTest::addColumn<QString>("reason");
        QFile file(m_directory.filePath(u"file"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QTest::newRow("gone") << u"/no/such directory"_s
                              << u"home directory /no/such directory is gone"_s;
        QTest::newRow("a file") << file.fileName()
                                << u"home directory %1: "_s.arg(file.fileName())
                + qt_error_string(ENOTDIR);
        QTest::newRow("too long") << u'/' + QString(300, u'x')
                                  << u"home directory /%1: "_s.arg(QString(300, u'x'))
                + qt_error_string(ENAMETOOLONG);
    }
    void EX_12_tellsWhyNothingWasStarted()
    {
        QFETCH(QString, directory);
        Watched watched;
        run(&watched, "echo ran", directory);
        QVERIFY(watched.endsOnce());
        QTEST(watched.report().failure, "reason");
        QVERIFY(watched.report().isComplete);
        QVERIFY(!watched.report().hasStarted);
        QCOMPARE(watched.started.size() + watched.shellEnded.size(), 0);
        QCOMPARE(watched.output, QByteArray());
    }

    void EX_12_tellsThatDescriptorsAreMissing_data()
    {
        QTest::addColumn<int>("room");
        for (int room = 0; room < 10; ++room)
            QTest::addRow("%d", room) << room;
    }
    void EX_12_tellsThatDescriptorsAreMissing()
    {
        QFETCH(int, room);
        const int before = ChildProcesses::descriptorCount();
        {
            Watched watched;
            {
                const DescriptorLimit limit(room);
                run(&watched, "echo ran");
                QCOMPARE(watched.ended.size(), 0); // never at once
                QTRY_COMPARE(watched.ended.size(), 1);
            }
            QVERIFY(watched.endsOnce());
            QVERIFY2(watched.report().failure.startsWith(u"cannot "_s),
                     qPrintable(watched.report().failure));
            QCOMPARE(watched.output, QByteArray());
        }
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCOMPARE(ChildProcesses::descriptorCount(), before);
    }

    void failsWhenItWasNeverStarted()
    {
        Watched watched;
        watched.supervisor.run("name", 0, "/", "echo ran");
        QVERIFY(watched.endsOnce());
        QCOMPARE(watched.report().failure, u"cometa-run has ended too early"_s);
    }

    void failsWhenItWasKilledAheadOfItsCommand()
    {
        Watched watched;
        watched.supervisor.start();
        ::kill(onlyChild(), SIGKILL);
        QTRY_VERIFY(!watched.supervisor.isWaiting());
        QVERIFY(watched.supervisor.isLost());
        QCOMPARE(watched.ended.size(), 0);
        watched.supervisor.run("name", 0, "/", "echo ran");
        QVERIFY(watched.endsOnce());
        QCOMPARE(watched.report().failure, u"cometa-run has ended too early"_s);
    }

    void endsOnceWhenItIsAttacked_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("killed") << SIGKILL;
        QTest::newRow("stopped") << SIGSTOP;
    }
    void endsOnceWhenItIsAttacked()
    {
        QFETCH(int, signal);
        Watched watched;
        run(&watched, "printf out; sleep 97531 & setsid sleep 97531");
        QTRY_COMPARE(watched.started.size(), 1);
        QTRY_COMPARE(watched.output, QByteArray("out"));
        ::kill(onlyChild(), signal);
        QVERIFY(watched.endsOnce());
        QVERIFY(watched.report().hasStarted);
        QVERIFY(!watched.report().hasEnded);
        QVERIFY(!watched.report().isComplete);
        QCOMPARE(watched.report().foreign, 0);
    }

    void endsTheCommandOnce()
    {
        Watched watched;
        run(&watched, "trap '' TERM; echo ready; sleep 97531; sleep 97531");
        QTRY_COMPARE(watched.output, QByteArray("ready\n"));
        const auto since = BootClock::now();
        watched.supervisor.endCommand();
        watched.supervisor.endCommand();
        QVERIFY(watched.endsOnce());
        QVERIFY(BootClock::now() - since < 3s);
        watched.supervisor.endCommand();
        QCoreApplication::processEvents();
        QCOMPARE(watched.ended.size(), 1);
    }

    void startsNothingThatIsEndedAtOnce()
    {
        Watched watched;
        run(&watched, "echo ran");
        watched.supervisor.endCommand();
        QVERIFY(watched.endsOnce());
        QVERIFY(watched.report().isComplete);
        // Two writes, so that cometa-run may have read the first alone.
        QCOMPARE(watched.started.size(), watched.report().hasStarted ? 1 : 0);
    }

    void readsLinesHoweverTheyAreCut()
    {
        Watched watched;
        const int lowest = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
        ::close(lowest);
        run(&watched, "sleep 97531");
        QTRY_COMPARE(watched.started.size(), 1);
        const int pipe = openReportPipe(lowest);
        QVERIFY(pipe >= 0);
        for (const QByteArray &piece :
             {QByteArray("nonsense 1 2\n\nexit"), QByteArray(" 4"), QByteArray("2\nle")}) {
            QCOMPARE(::write(pipe, piece.constData(), static_cast<size_t>(piece.size())),
                     piece.size());
            QCoreApplication::processEvents();
        }
        QTRY_COMPARE(watched.shellEnded.size(), 1);
        QCOMPARE(watched.report().exitCode, std::optional(42));
        QCOMPARE(watched.ended.size(), 0);
        QCOMPARE(::write(pipe, "ft 5 6\n", 7), 7);
        ::close(pipe);
        QTRY_COMPARE(watched.ended.size(), 1);
        QCOMPARE(watched.report().left, 5);
        QCOMPARE(watched.report().foreign, 6);
        watched.supervisor.endCommand();
        QVERIFY(watched.endsOnce());
    }

    void EX_02_leavesNobodyWhenItIsDestroyed()
    {
        {
            Watched watched;
            run(&watched, "setsid sleep 97531 & sleep 97531");
            QTRY_COMPARE(watched.started.size(), 1);
        }
        QTRY_COMPARE(ChildProcesses::ofThisProcess(), QList<pid_t>());
    }
};

QTEST_GUILESS_MAIN(TestSupervisor)
#include "tst_supervisor.moc"
