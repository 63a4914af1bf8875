// SPDX-License-Identifier: Apache-2.0
#include "sessionend.h"

#include <QApplication>
#include <QCloseEvent>
#include <QSessionManager>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <QWidget>

namespace {

// A window that will not be closed.
class Stubborn final : public QWidget
{
public:
    int asked = 0;

protected:
    void closeEvent(QCloseEvent *event) override
    {
        ++asked;
        event->ignore();
    }
};

} // namespace

class TestSessionEnd final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksNoWindowWhenTheSessionEnds()
    {
        Stubborn window;
        window.show();
        const SessionEnd end;
        QSignalSpy requested(&end, &SessionEnd::endRequested);
        QEvent quit(QEvent::Quit);
        QVERIFY(QCoreApplication::sendEvent(qApp, &quit));
        QCOMPARE(requested.size(), 1);
        QVERIFY(quit.isAccepted());
        QCOMPARE(window.asked, 0);
    }

    void leavesThePlaceToTheOneWhoEndsInOrder()
    {
        const SessionEnd end;
        bool ended = false;
        connect(&end, &SessionEnd::endRequested, this, [&ended] {
            QTimer::singleShot(0, qApp, [&ended] { // what is under way, ended first
                ended = true;
                QCoreApplication::exit(7);
            });
        });
        QTimer::singleShot(0, qApp, &QCoreApplication::quit);
        QCOMPARE(QApplication::exec(), 7);
        QVERIFY(ended);
    }

    // Whether it starts at the next log-in is for the autostart setting alone, and a log-out goes
    // on.
    void isNotStartedAgainByTheSession_data()
    {
        QTest::addColumn<bool>("saves");
        QTest::newRow("the session ends") << false;
        QTest::newRow("the session is saved") << true;
    }
    void isNotStartedAgainByTheSession()
    {
        QFETCH(bool, saves);
        auto *manager = qApp->findChild<QSessionManager *>();
        QVERIFY(manager);
        manager->setRestartHint(QSessionManager::RestartIfRunning);
        Stubborn window;
        window.show();
        const SessionEnd end;
        QSignalSpy requested(&end, &SessionEnd::endRequested);
        if (saves)
            Q_EMIT qApp->saveStateRequest(*manager);
        else
            Q_EMIT qApp->commitDataRequest(*manager);
        QCOMPARE(manager->restartHint(), QSessionManager::RestartNever);
        QCOMPARE(window.asked, 0);
        QCOMPARE(requested.size(), 0);
    }

    void letsAllOtherEventsPass()
    {
        SessionEnd end;
        QSignalSpy requested(&end, &SessionEnd::endRequested);
        QEvent other(QEvent::User);
        QEvent quit(QEvent::Quit);
        QWidget widget;
        QVERIFY(!end.eventFilter(qApp, &other));
        QVERIFY(!end.eventFilter(&widget, &quit));
        QCOMPARE(requested.size(), 0);
    }
};

QTEST_MAIN(TestSessionEnd)
#include "tst_sessionend.moc"
