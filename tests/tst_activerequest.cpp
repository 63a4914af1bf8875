// SPDX-License-Identifier: Apache-2.0
#include "activerequest.h"
#include "approvalgate.h"
#include "commandrunner.h"
#include "journal.h"
#include "warmspare.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono;
using namespace std::chrono_literals;

class TestActiveRequest final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;
    Journal m_journal;
    WarmSpare m_spare;
    ApprovalGate m_gate{[](const QString &) { return false; }};

    static Request requestFor(const QByteArray &command)
    {
        Request request;
        request.id = {1, 1};
        request.name = Request::newName();
        request.command = command;
        return request;
    }
    // A request that gate and journal have received.
    std::unique_ptr<ActiveRequest> make(const QByteArray &command)
    {
        const Request request = requestFor(command);
        if (m_gate.receive(request, jobOf(request), nullptr).state
            != RequestState::AwaitingApproval)
            qFatal("not to be asked about");
        const QString scope = QStringLiteral("host:1/ops");
        if (!m_journal.received(request, scope, command))
            qFatal("%s", qPrintable(m_journal.errorString()));
        return std::make_unique<ActiveRequest>(request, scope, &m_gate, &m_journal, &m_spare);
    }
    static CommandJob jobOf(const Request &request)
    {
        CommandJob job;
        job.requestName = request.name;
        job.command = request.command;
        job.workingDirectory = QStringLiteral("/");
        return job;
    }
    RequestState recorded(const ActiveRequest &request)
    {
        return m_journal.request(request.request().name)->state;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QString error;
        QVERIFY2(m_journal.open(m_directory.filePath(QStringLiteral("data")), &error),
                 qPrintable(error));
    }

    void goesThroughItsLife()
    {
        const auto request = make("exit 3");
        QSignalSpy ended(request.get(), &ActiveRequest::ended);
        QList<RequestState> states;
        connect(request.get(), &ActiveRequest::stateChanged, this, [&] {
            states.append(request->state());
            QCOMPARE(recorded(*request), request->state()); // the journal knows it first
        });
        request->await(10s);
        QString error;
        QVERIFY2(
            request->approve(QStringLiteral("user"), request->request().commandSha256(), &error),
            qPrintable(error));
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(states,
                 (QList<RequestState>{RequestState::AwaitingApproval, RequestState::Approved,
                                      RequestState::Running, RequestState::Finished}));
        QCOMPARE(request->decidedBy(), QStringLiteral("user"));
        QCOMPARE(m_journal.request(request->request().name)->outcome.exitCode, std::optional(3));
    }

    void P4_expiresAndCanNeverBeApprovedAfterwards()
    {
        const auto request = make("true");
        QSignalSpy ended(request.get(), &ActiveRequest::ended);
        request->await(50ms);
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(request->state(), RequestState::Expired);
        QString error;
        QVERIFY(
            !request->approve(QStringLiteral("user"), request->request().commandSha256(), &error));
        QVERIFY2(error.contains(QStringLiteral("expired")), qPrintable(error));
        QVERIFY(!request->deny(QStringLiteral("user"), {}));
        QVERIFY(!request->runner());
    }

    void P5_anApprovalAfterTheDeadlineIsTooLate()
    {
        const auto request = make("true");
        request->await(20ms);
        const QDeadlineTimer sleep(30); // the event loop does not run meanwhile
        while (!sleep.hasExpired()) { }
        QString error;
        QVERIFY(
            !request->approve(QStringLiteral("user"), request->request().commandSha256(), &error));
        QVERIFY2(error.contains(QStringLiteral("expired")), qPrintable(error));
        QCOMPARE(recorded(*request), RequestState::Expired);
        QVERIFY(!request->runner());
    }

    void P3_runsNothingButWhatTheDecisionWasAbout()
    {
        const auto request = make("true");
        request->await(10s);
        QString error;
        QVERIFY(
            !request->approve(QStringLiteral("user"), requestFor("false").commandSha256(), &error));
        QVERIFY2(error.contains(QStringLiteral("another command")), qPrintable(error));
        QVERIFY(!request->approve(QStringLiteral("user"), {}, &error));
        QCOMPARE(request->state(), RequestState::AwaitingApproval);
        QVERIFY(!request->runner());
    }

    void P12_runsNothingThatCannotBeRecorded()
    {
        const auto request = make("true");
        request->await(10s);
        m_journal.close();
        QString error;
        QVERIFY(
            !request->approve(QStringLiteral("user"), request->request().commandSha256(), &error));
        QVERIFY(!request->runner());
        QString openError;
        QVERIFY2(m_journal.open(m_directory.filePath(QStringLiteral("data")), &openError),
                 qPrintable(openError));
    }

    void tellsWhenItsReplyIsDue()
    {
        const auto request = make("true");
        QSignalSpy due(request.get(), &ActiveRequest::replyDue);
        request->startReplyBudget(20ms);
        request->await(10s);
        QTRY_COMPARE(due.size(), 1);
        QVERIFY(request->canBeAnswered());
        request->markPending();
        QVERIFY(request->isPending());
        QVERIFY(!request->canBeAnswered());
    }

    void isStoppedWhereverItIs()
    {
        const auto waiting = make("true");
        waiting->await(10s);
        waiting->stop(RequestState::Cancelled);
        QCOMPARE(recorded(*waiting), RequestState::Cancelled);

        const auto running = make("sleep 30");
        QString error;
        running->await(10s);
        QVERIFY(
            running->approve(QStringLiteral("user"), running->request().commandSha256(), &error));
        QTRY_COMPARE(running->state(), RequestState::Running);
        running->stop(RequestState::Stopped);
        QTRY_COMPARE(running->state(), RequestState::Stopped);
        QCOMPARE(recorded(*running), RequestState::Stopped);
    }

    void endsOnce()
    {
        const auto request = make("true");
        QSignalSpy ended(request.get(), &ActiveRequest::ended);
        request->await(10s);
        QVERIFY(request->deny(QStringLiteral("user"), QStringLiteral("no")));
        request->end(RequestState::Withdrawn);
        request->stop(RequestState::Stopped);
        QCOMPARE(ended.size(), 1);
        QCOMPARE(recorded(*request), RequestState::Denied);
    }

    void holdsItsDeadlineForAWhile()
    {
        const auto request = make("true");
        request->await(300ms);
        request->setOwnerAtWork(true);
        const milliseconds held = request->approvalRemaining();
        const auto since = BootClock::now();
        QVERIFY(!QTest::qWaitFor([&] { return request->state() != RequestState::AwaitingApproval; },
                                 400));
        QCOMPARE(request->approvalRemaining(), held);
        request->setOwnerAtWork(false);
        QVERIFY(request->approvalRemaining() <= held);
        QTRY_COMPARE(request->state(), RequestState::Expired);
        QVERIFY(BootClock::now() - since >= 600ms);
        QVERIFY(request->approvalTotal() == 300ms);
    }
};

QTEST_GUILESS_MAIN(TestActiveRequest)
#include "tst_activerequest.moc"
