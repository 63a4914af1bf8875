// SPDX-License-Identifier: Apache-2.0
#include "notifications.h"

#include "attachedagent.h"
#include "fakenotifications.h"
#include "privatebus.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestNotifications final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_inFront.clear();
        m_bus = std::make_unique<PrivateBus>();
        m_agent = std::make_unique<AttachedAgent>(Agent::Owner::Window);
        QVERIFY(m_agent->start());
        m_fake = std::make_unique<FakeNotifications>(m_bus->connection());
        QVERIFY(m_fake->come());
        m_notifications = std::make_unique<Notifications>(
            agent(), [this] { return m_inFront; }, m_bus->connection());
        m_reviews =
            std::make_unique<QSignalSpy>(m_notifications.get(), &Notifications::reviewRequested);
        m_opens =
            std::make_unique<QSignalSpy>(m_notifications.get(), &Notifications::openRequested);
        m_alerts =
            std::make_unique<QSignalSpy>(m_notifications.get(), &Notifications::attentionNeeded);
    }
    void cleanup()
    {
        m_alerts.reset();
        m_opens.reset();
        m_reviews.reset();
        m_notifications.reset();
        m_fake.reset();
        m_agent.reset();
        m_bus.reset();
    }

    void announcesACommandThatWaits()
    {
        ask("df -h");
        QTRY_COMPARE(shown(), QStringList{u"A command waits for you"_s});
        QCOMPARE(m_fake->shown.constFirst().body, u"127.0.0.1 · application “ops”\ndf -h"_s);
        QVERIFY(m_alerts->isEmpty());
    }

    void announcesWhatWaitedBefore()
    {
        m_notifications.reset();
        ask("df -h");
        m_notifications = std::make_unique<Notifications>(
            agent(), [] { return QString(); }, m_bus->connection());
        QTRY_COMPARE(m_fake->shown.size(), 1);
    }

    void announcesNothingThatDoesNotWait()
    {
        agent()->openWindow(15min);
        QSignalSpy ended(agent(), &Agent::requestEnded);
        m_agent->server.send(ScriptedServer::chunk(R"({"cmd":"true"})"));
        QTRY_COMPARE(ended.size(), 1);
        agent()->endWindow();
        ask("df -h");
        QTRY_COMPARE(m_fake->shown.size(), 1);
        QVERIFY(m_fake->shown.constFirst().body.endsWith(u"\ndf -h"_s));
    }

    void closesWhenItEndsElsewhere_data()
    {
        QTest::addColumn<QString>("end");
        for (const char *end : {"approved", "denied", "expired", "withdrawn", "cancelled"})
            QTest::newRow(end) << QString::fromLatin1(end);
    }
    void closesWhenItEndsElsewhere()
    {
        QFETCH(const QString, end);
        if (end == u"expired"_s)
            set([](Settings *settings) { settings->approvalDeadline = 1s; });
        const QString name = ask("true");
        const quint32 id = idOf(0);
        QString error;
        if (end == u"approved"_s)
            QVERIFY(
                agent()->approve(name, agent()->request(name)->request().commandSha256(), &error));
        else if (end == u"denied"_s)
            QVERIFY(agent()->deny(name, {}, &error));
        else if (end == u"withdrawn"_s)
            m_agent->server.closeLink();
        else if (end == u"cancelled"_s)
            agent()->request(name)->stop(RequestState::Cancelled);
        QTRY_COMPARE(m_fake->closed, QList<quint32>{id});
    }

    void denyIsForItsOwnRequestAlone()
    {
        const QString first = ask("first");
        const QString second = ask("second");
        QTRY_COMPARE(m_fake->shown.size(), 2);
        m_fake->invoke(idOf(1), u"deny"_s);
        QTRY_VERIFY(!agent()->request(second));
        QTRY_VERIFY(m_agent->server.received().contains("Denied.")
                    || agent()->request(first)); // its reply waits for that of the first
        QCOMPARE(agent()->request(first)->state(), RequestState::AwaitingApproval);
        m_fake->invoke(idOf(0), u"deny"_s);
        QTRY_COMPARE(m_agent->server.received().count("Denied."), 2);
        QVERIFY(m_reviews->isEmpty());
    }

    void AC_06_reviewOpensThePromptForItsRequest_data()
    {
        QTest::addColumn<QString>("key");
        QTest::newRow("the button") << u"review"_s;
        QTest::newRow("a click on the notification") << u"default"_s;
    }
    void AC_06_reviewOpensThePromptForItsRequest()
    {
        QFETCH(const QString, key);
        ask("first");
        const QString second = ask("second");
        QTRY_COMPARE(m_fake->shown.size(), 2);
        m_fake->invoke(idOf(1), key);
        QTRY_COMPARE(m_reviews->size(), 1);
        QCOMPARE(m_reviews->at(0).at(0).toString(), second);
        QCOMPARE(agent()->awaitingCount(), 2);
        QVERIFY(m_opens->isEmpty());
    }

    void AC_06_noActionApproves_data()
    {
        QTest::addColumn<QString>("key");
        for (const char *key :
             {"approve", "Approve", "yes", "ok", "", "review ", "Deny", "show", "inline-reply"})
            QTest::addRow("“%s”", key) << QString::fromLatin1(key);
    }
    void AC_06_noActionApproves()
    {
        QFETCH(const QString, key);
        const QString name = ask("true");
        QTRY_COMPARE(m_fake->shown.size(), 1);
        m_fake->invoke(idOf(0), key);
        m_bus->settle();
        m_fake->invoke(idOf(0), u"review"_s);
        QTRY_VERIFY(!m_reviews->isEmpty());
        QCOMPARE(agent()->runningCount(), 0);
        QCOMPARE(agent()->request(name)->state(), RequestState::AwaitingApproval);
    }

    void AC_06_anActionAfterTheEndIsNothing()
    {
        const QString first = ask("first");
        const quint32 id = idOf(0);
        QString error;
        QVERIFY(agent()->deny(first, {}, &error));
        const QString second = ask("second");
        QTRY_COMPARE(m_fake->shown.size(), 2);
        QVERIFY(idOf(1) != id); // what was for one request is never for another
        QCOMPARE(m_fake->shown.at(1).replaces, 0u);
        for (const QString &key : {u"review"_s, u"default"_s, u"deny"_s}) {
            m_fake->invoke(id, key);
            m_fake->invoke(0, key);
            m_fake->invoke(4711, key);
        }
        m_fake->invoke(idOf(1), u"review"_s);
        QTRY_COMPARE(m_reviews->size(), 1);
        QCOMPARE(m_reviews->at(0).at(0).toString(), second);
        QVERIFY(m_opens->isEmpty());
    }

    void AC_06_aForeignSenderIsNotHeard()
    {
        const QString name = ask("true");
        QTRY_COMPARE(m_fake->shown.size(), 1);
        const QDBusConnection other = m_bus->connection();
        FakeNotifications::signal(other, u"ActionInvoked"_s, {idOf(0), u"deny"_s});
        FakeNotifications::signal(other, u"NotificationClosed"_s, {idOf(0), 2u});
        m_bus->settle();
        m_fake->invoke(idOf(0), u"review"_s);
        QTRY_COMPARE(m_reviews->size(), 1);
        QVERIFY(agent()->request(name));
        m_fake->invoke(idOf(0), u"deny"_s);
        QTRY_VERIFY(!agent()->request(name));
    }

    void threeHaveTheirOwnTheOthersAreCounted()
    {
        askMany(5);
        QTRY_COMPARE(m_fake->shown.size(), 4);
        QCOMPARE(last(), u"2 more commands wait"_s);
        ask("one more");
        QTRY_COMPARE(m_fake->shown.size(), 5);
        QCOMPARE(last(), u"3 more commands wait"_s);
        QCOMPARE(m_fake->shown.at(4).replaces, idOf(3));
        m_fake->invoke(idOf(3), u"deny"_s);
        m_fake->invoke(idOf(3), u"show"_s);
        QTRY_COMPARE(m_opens->size(), 1);
        QCOMPARE(agent()->awaitingCount(), 6);
        QVERIFY(m_reviews->isEmpty());
    }

    void whenOneOfTheThreeEndsTheNextGetsItsOwn()
    {
        const QStringList names = askMany(5);
        QTRY_COMPARE(m_fake->shown.size(), 4);
        m_fake->invoke(idOf(0), u"deny"_s);
        QTRY_COMPARE(m_fake->shown.size(), 6);
        QVERIFY(m_fake->shown.at(4).body.endsWith(u"\necho 3"_s));
        QCOMPARE(m_fake->shown.at(4).replaces, 0u);
        QCOMPARE(last(), u"1 more command waits"_s);
        QCOMPARE(m_fake->shown.at(5).replaces, idOf(3));
        m_fake->invoke(idOf(1), u"deny"_s);
        QTRY_VERIFY(m_fake->closed.contains(idOf(3))); // none is left to count
        QVERIFY(!agent()->request(names.at(0)));
        QVERIFY(!agent()->request(names.at(1)));
        QCOMPARE(agent()->awaitingCount(), 3);
    }

    void aFloodIsToldSlowly()
    {
        askMany(8);
        QTRY_COMPARE(m_fake->shown.size(), 4);
        QCOMPARE(last(), u"5 more commands wait"_s);
        for (int i = 1; i < 4; ++i) {
            const qint64 between = m_fake->shown.at(i).at - m_fake->shown.at(i - 1).at;
            QVERIFY2(between > 400, qPrintable(QString::number(between)));
        }
    }

    void whatEndsBeforeItWasToldIsNotTold()
    {
        const QStringList names = askMany(3);
        QTRY_COMPARE(m_fake->shown.size(), 1);
        QString error;
        QVERIFY(agent()->deny(names.at(1), {}, &error));
        QTRY_COMPARE(m_fake->shown.size(), 2);
        QVERIFY(m_fake->shown.at(1).body.endsWith(u"\necho 2"_s));
    }

    void withoutAServerTheWindowAsksForAttention()
    {
        m_fake->leave();
        ask("df -h");
        QTRY_COMPARE(m_alerts->size(), 1);
        ask("df -i");
        QTRY_COMPARE(m_alerts->size(), 2);
    }

    void whatIsNotShownAsksForAttention()
    {
        m_fake->refuses = true;
        ask("df -h");
        QTRY_COMPARE(m_alerts->size(), 1);
    }

    void aServerThatComesLateIsToldOnce()
    {
        m_fake->leave();
        ask("df -h");
        QTRY_COMPARE(m_alerts->size(), 1);
        QVERIFY(m_fake->come());
        QTRY_COMPARE(m_fake->shown.size(), 1);
        pass();
        QCOMPARE(m_fake->shown.size(), 1);
    }

    void aServerThatRestartsIsToldOnceMore()
    {
        const QStringList names = askMany(5);
        QTRY_COMPARE(m_fake->shown.size(), 4);
        const quint32 old = idOf(0);
        m_fake->tellClosed(idOf(1), 2); // that one is known
        m_bus->settle();
        m_fake = std::make_unique<FakeNotifications>(m_bus->connection(), 501);
        QVERIFY(m_fake->come());
        QTRY_COMPARE(m_fake->shown.size(), 4);
        QVERIFY(m_fake->shown.at(1).body.endsWith(u"\necho 2"_s));
        QCOMPARE(last(), u"1 more command waits"_s);
        QCOMPARE(m_fake->shown.at(3).replaces, 0u);
        m_fake->invoke(old, u"deny"_s);
        m_fake->invoke(idOf(0), u"deny"_s);
        QTRY_VERIFY(!agent()->request(names.at(0)));
        QCOMPARE(agent()->awaitingCount(), 4);
        QVERIFY(!m_fake->closed.contains(old));
    }

    void aServerThatGoesTakesNothingWithIt()
    {
        const QString name = ask("df -h");
        QTRY_COMPARE(m_fake->shown.size(), 1);
        m_fake->leave();
        m_bus->settle();
        m_fake->invoke(idOf(0), u"deny"_s);
        m_bus->settle();
        QCOMPARE(agent()->request(name)->state(), RequestState::AwaitingApproval);
        ask("df -i");
        QTRY_COMPARE(m_alerts->size(), 1);
    }

    void aSlowServerHoldsUpNothing()
    {
        const QString first = ask("first");
        QTRY_COMPARE(m_fake->shown.size(), 1);
        m_fake->holds = true;
        const QString second = ask("second");
        QTRY_COMPARE(m_fake->shown.size(), 2);
        QString error;
        QVERIFY(agent()->deny(second, {}, &error));
        m_fake->invoke(idOf(0), u"deny"_s);
        QTRY_VERIFY(!agent()->request(first));
        QVERIFY(!m_fake->closed.contains(idOf(1)));
        m_fake->release();
        QTRY_VERIFY(m_fake->closed.contains(idOf(1))); // as soon as its id is known
    }

    void turnedOffNothingIsSent()
    {
        set([](Settings *settings) { settings->notifications = false; });
        ask("df -h");
        pass();
        QCOMPARE(m_fake->asked, 0);
        QVERIFY(m_fake->shown.isEmpty());
        m_agent->server.closeLink();
        QTRY_COMPARE(agent()->awaitingCount(), 0);
        pass();
        set([](Settings *settings) { settings->notifications = true; });
        pass();
        QVERIFY(m_fake->shown.isEmpty()); // old news
        QVERIFY(m_alerts->isEmpty());
    }

    void turningItOnTellsAndTurningItOffCloses()
    {
        set([](Settings *settings) { settings->notifications = false; });
        ask("df -h");
        set([](Settings *settings) { settings->notifications = true; });
        QTRY_COMPARE(m_fake->shown.size(), 1);
        set([](Settings *settings) { settings->notifications = false; });
        QTRY_COMPARE(m_fake->closed, QList<quint32>{idOf(0)});
    }

    void silentWhileThePromptIsInFront()
    {
        const QString first = ask("first");
        QTRY_COMPARE(m_fake->shown.size(), 1);
        m_inFront = first;
        m_notifications->update();
        QTRY_COMPARE(m_fake->closed, QList<quint32>{idOf(0)});
        const QString second = ask("second");
        const QString third = ask("third");
        m_inFront = second;
        m_notifications->update();
        pass();
        QCOMPARE(m_fake->shown.size(), 1);
        m_inFront.clear();
        m_notifications->update();
        QTRY_COMPARE(m_fake->shown.size(), 2);
        QVERIFY(m_fake->shown.at(1).body.endsWith(u"\nthird"_s));
        pass();
        QCOMPARE(m_fake->shown.size(), 2); // what the prompt has shown is known
    }

    void AC_07_toldWhenTheOwnerIsBack()
    {
        m_notifications->setOwnerPresent(false);
        const QString first = ask("first");
        ask("second");
        pass();
        QVERIFY(m_fake->shown.isEmpty());
        QString error;
        QVERIFY(agent()->deny(first, {}, &error));
        m_notifications->setOwnerPresent(true);
        QTRY_COMPARE(m_fake->shown.size(), 1);
        QVERIFY(m_fake->shown.at(0).body.endsWith(u"\nsecond"_s));
    }

    void whatTheOwnerClosesIsNotToldAgain()
    {
        askMany(4);
        QTRY_COMPARE(m_fake->shown.size(), 4);
        m_fake->tellClosed(idOf(0), 2);
        m_fake->tellClosed(idOf(3), 2);
        pass();
        QCOMPARE(m_fake->shown.size(), 4);
        QCOMPARE(agent()->awaitingCount(), 4);
        m_fake->invoke(idOf(0), u"deny"_s);
        m_bus->settle();
        QCOMPARE(agent()->awaitingCount(), 4);
    }

    // Servers keep a list of what has gone from the screen, with its buttons.
    void whatHasGoneByItselfStillActs()
    {
        const QString name = ask("df -h");
        QTRY_COMPARE(m_fake->shown.size(), 1);
        m_fake->tellClosed(idOf(0), 1);
        m_bus->settle();
        m_fake->invoke(idOf(0), u"deny"_s);
        QTRY_VERIFY(!agent()->request(name));
    }

    void tellsQuietlyWhatWasMissed()
    {
        askMany(2);
        QTRY_COMPARE(m_fake->shown.size(), 2);
        m_agent->server.closeLink();
        QTRY_COMPARE(m_fake->shown.size(), 3);
        QCOMPARE(last(), u"2 commands were not run"_s);
        QCOMPARE(m_fake->shown.constLast().hints.value(u"urgency"_s).toInt(), 0);
        m_fake->invoke(idOf(2), u"show"_s);
        QTRY_COMPARE(m_opens->size(), 1);
    }

    void whatIsMissedIsToldInOneThatGrows()
    {
        set([](Settings *settings) { settings->approvalDeadline = 1s; });
        ask("first");
        QTRY_COMPARE(last(), u"A command was not run"_s);
        const quint32 id = m_fake->shown.constLast().id;
        ask("second");
        QTRY_COMPARE(last(), u"2 commands were not run"_s);
        QCOMPARE(m_fake->shown.constLast().replaces, id);
        m_fake->tellClosed(id, 2); // the owner has taken note
        ask("third");
        QTRY_COMPARE(last(), u"A command was not run"_s);
        QCOMPARE(m_fake->shown.constLast().replaces, 0u);
    }

    void whatIsDismissedElsewhereIsGoneHereToo()
    {
        askMany(2);
        m_agent->server.closeLink();
        QTRY_COMPARE(last(), u"2 commands were not run"_s);
        const quint32 id = m_fake->shown.constLast().id;
        m_notifications->dismissMissed();
        QTRY_VERIFY(m_fake->closed.contains(id));
    }

    void whatSomebodyDecidedWasNotMissed()
    {
        const QStringList names = askMany(2);
        QString error;
        QVERIFY(agent()->deny(names.at(0), {}, &error));
        m_inFront = names.at(1); // the prompt says what became of it
        m_agent->server.closeLink();
        QTRY_COMPARE(agent()->awaitingCount(), 0);
        m_inFront.clear();
        pass();
        QVERIFY(!shown().contains(u"A command was not run"_s));
    }

    void whoPausesMissesNothing()
    {
        ask("df -h");
        QTRY_COMPARE(m_fake->shown.size(), 1);
        agent()->pause();
        QTRY_COMPARE(m_fake->closed.size(), 1);
        pass();
        QCOMPARE(m_fake->shown.size(), 1);
    }

private:
    [[nodiscard]] Agent *agent() const { return m_agent->agent.get(); }

    QString ask(const QByteArray &command)
    {
        return m_agent->ask(R"({"cmd":")" + command + R"("})");
    }
    // "echo 0", "echo 1", … all at once; their names.
    QStringList askMany(int count)
    {
        QByteArray requests;
        for (int i = 0; i < count; ++i)
            requests += ScriptedServer::chunk(R"({"cmd":"echo )" + QByteArray::number(i) + R"("})");
        m_agent->server.send(requests);
        (void)QTest::qWaitFor([this, count] { return agent()->awaitingCount() == count; });
        QStringList names;
        for (const ActiveRequest *request : agent()->requests())
            names.append(request->request().name);
        return names;
    }
    void set(const std::function<void(Settings *)> &change)
    {
        Settings settings = agent()->settings();
        change(&settings);
        agent()->setSettings(settings);
    }
    // Longer than it waits between two.
    void pass()
    {
        QTimer timer;
        QSignalSpy timeout(&timer, &QTimer::timeout);
        timer.start(700ms);
        QTRY_VERIFY(!timeout.isEmpty());
        m_bus->settle();
    }
    [[nodiscard]] QStringList shown() const
    {
        QStringList summaries;
        for (const FakeNotifications::Shown &one : m_fake->shown)
            summaries.append(one.summary);
        return summaries;
    }
    [[nodiscard]] QString last() const { return shown().value(m_fake->shown.size() - 1); }
    // Of the notification that was shown as number i, once it is there.
    quint32 idOf(int i)
    {
        (void)QTest::qWaitFor([this, i] { return m_fake->shown.size() > i; });
        return m_fake->shown.value(i).id;
    }

    QString m_inFront;
    std::unique_ptr<PrivateBus> m_bus;
    std::unique_ptr<AttachedAgent> m_agent;
    std::unique_ptr<FakeNotifications> m_fake;
    std::unique_ptr<Notifications> m_notifications;
    std::unique_ptr<QSignalSpy> m_reviews;
    std::unique_ptr<QSignalSpy> m_opens;
    std::unique_ptr<QSignalSpy> m_alerts;
};

QTEST_GUILESS_MAIN(TestNotifications)
#include "tst_notifications.moc"
