// SPDX-License-Identifier: Apache-2.0
#include "notificationserver.h"

#include "fakenotifications.h"
#include "notification.h"
#include "privatebus.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using Presence = NotificationServer::Presence;

namespace {

const QString Markup =
    u"uptime '<b></b><!--'; touch X #-->\n<a href=\"http://x\">&amp;</a><img src=x>"_s;

} // namespace

class TestNotificationServer final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_notification = {u"Title"_s,
                          u"Text"_s,
                          {{u"default"_s, u"Look"_s}, {u"deny"_s, u"Deny"_s}},
                          u"x-cometa.test"_s,
                          false};
        m_bus = std::make_unique<PrivateBus>();
        m_server = std::make_unique<NotificationServer>(m_bus->connection());
    }
    void cleanup()
    {
        m_fake.reset();
        m_server.reset();
        m_bus.reset();
    }

    void asksNothingByItself()
    {
        start();
        m_bus->settle();
        QCOMPARE(m_fake->asked, 0);
        QCOMPARE(m_server->presence(), Presence::Unknown);
    }

    void tellsTheServerAllOfIt()
    {
        start();
        ask();
        QCOMPARE(show(), 11);
        const FakeNotifications::Shown &shown = m_fake->shown.constFirst();
        QCOMPARE(shown.application, u"Cometa Agent"_s);
        QCOMPARE(shown.icon, u"cometa-agent"_s);
        QCOMPARE(shown.summary, u"Title"_s);
        QCOMPARE(shown.replaces, 0u);
        QCOMPARE(shown.timeout, -1);
        QCOMPARE(shown.actions, (QStringList{u"default"_s, u"Look"_s, u"deny"_s, u"Deny"_s}));
        QCOMPARE(shown.hints.value(u"desktop-entry"_s).toString(), u"cometa-agent"_s);
        QCOMPARE(shown.hints.value(u"category"_s).toString(), u"x-cometa.test"_s);
        // The specification wants a byte, and some servers insist.
        QCOMPARE(shown.hints.value(u"urgency"_s).metaType(), QMetaType::fromType<uchar>());
        QCOMPARE(shown.hints.value(u"urgency"_s).toInt(), 1);
    }

    void whatIsQuietIsOfLowUrgency()
    {
        start();
        ask();
        m_notification.quiet = true;
        show();
        QCOMPARE(m_fake->shown.constFirst().hints.value(u"urgency"_s).toInt(), 0);
    }

    void SP_05_nothingBecomesMarkup_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("markup");
        QTest::addColumn<QString>("body");
        QTest::newRow("plain server") << u"plain"_s << false << Markup;
        QTest::newRow("server that has markup and says that it has none")
            << u"dunst"_s << false
            << u"uptime '\\u{003C}b>\\u{003C}/b>\\u{003C}!--'; touch X #-->\n"
               "\\u{003C}a href=\"http://x\">\\u{0026}amp;\\u{003C}/a>\\u{003C}img src=x>"_s;
        QTest::newRow("server with markup")
            << u"dunst"_s << true
            << u"uptime '&lt;b&gt;&lt;/b&gt;&lt;!--'; touch X #--&gt;\n"
               "&lt;a href=&quot;http://x&quot;&gt;&amp;amp;&lt;/a&gt;&lt;img src=x&gt;"_s;
    }
    void SP_05_nothingBecomesMarkup()
    {
        QFETCH(const bool, markup);
        QFETCH(const QString, name);
        start();
        m_fake->name = name;
        if (markup)
            m_fake->capabilities << u"body-markup"_s << u"body-hyperlinks"_s << u"body-images"_s;
        ask();
        m_notification.body = Markup;
        show();
        QTEST(m_fake->shown.constFirst().body, "body");
    }

    void aServerWithoutActionsGetsNone()
    {
        start();
        m_fake->capabilities = {u"body"_s};
        ask();
        show();
        QVERIFY(m_fake->shown.constFirst().actions.isEmpty());
    }

    void replacesAndCloses()
    {
        start();
        ask();
        const quint32 id = show();
        QCOMPARE(show(id), id);
        QCOMPARE(m_fake->shown.constLast().replaces, id);
        m_server->close(id);
        QTRY_COMPARE(m_fake->closed, QList<quint32>{id});
    }

    void aRefusalIsNoId()
    {
        start();
        ask();
        m_fake->refuses = true;
        QCOMPARE(show(), 0);
    }

    void withoutAServerItFails()
    {
        QSignalSpy failed(m_server.get(), &NotificationServer::failed);
        m_server->ask();
        QCOMPARE(m_server->presence(), Presence::Asked);
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(m_server->presence(), Presence::Absent);
    }

    void withoutABusItFails()
    {
        NotificationServer server(QDBusConnection(u"none"_s));
        QSignalSpy failed(&server, &NotificationServer::failed);
        server.ask();
        QTRY_COMPARE(failed.size(), 1);
    }

    void aServerThatComesLaterCanBeAsked()
    {
        withoutAServerItFails();
        QSignalSpy lost(m_server.get(), &NotificationServer::lost);
        start();
        QCOMPARE(lost.size(), 1);
        QCOMPARE(m_server->presence(), Presence::Unknown);
        QCOMPARE(m_fake->asked, 0);
        ask();
        QCOMPARE(show(), 11);
    }

    void aServerThatGoesIsLost()
    {
        start();
        ask();
        QSignalSpy lost(m_server.get(), &NotificationServer::lost);
        m_fake->leave();
        QTRY_COMPARE(lost.size(), 1);
        QCOMPARE(m_server->presence(), Presence::Absent);
    }

    void anAnswerOfAServerThatHasGoneIsDropped()
    {
        start();
        ask();
        m_fake->holds = true;
        bool answered = false;
        m_server->show(m_notification, 0, [&answered](quint32) { answered = true; });
        QTRY_COMPARE(m_fake->shown.size(), 1);
        QSignalSpy lost(m_server.get(), &NotificationServer::lost);
        m_fake->leave();
        QTRY_COMPARE(lost.size(), 1);
        m_fake->release();
        m_bus->settle();
        m_bus->settle();
        QVERIFY(!answered);
    }

    // The fake server lives in this very thread: whoever waited for it would wait for ever.
    void aServerThatDoesNotAnswerHoldsUpNothing()
    {
        start();
        m_fake->holds = true;
        QSignalSpy ready(m_server.get(), &NotificationServer::ready);
        m_server->ask();
        m_server->ask();
        QTRY_COMPARE(m_fake->asked, 1);
        QCOMPARE(m_server->presence(), Presence::Asked);
        m_fake->release();
        QTRY_COMPARE(ready.size(), 1);
    }

    void hearsTheServer()
    {
        start();
        ask();
        QSignalSpy invoked(m_server.get(), &NotificationServer::actionInvoked);
        QSignalSpy closed(m_server.get(), &NotificationServer::closed);
        m_fake->invoke(12, u"deny"_s);
        QTRY_COMPARE(invoked.size(), 1);
        QCOMPARE(invoked.at(0), (QVariantList{12u, u"deny"_s}));
        for (const quint32 reason : {1, 2, 3, 4})
            m_fake->tellClosed(12, reason);
        QTRY_COMPARE(closed.size(), 4);
        QList<bool> expired;
        for (const QVariantList &arguments : std::as_const(closed))
            expired.append(arguments.at(1).toBool());
        QCOMPARE(expired, (QList<bool>{true, false, false, true}));
    }

    void AC_06_hearsNobodyElse()
    {
        start();
        QSignalSpy invoked(m_server.get(), &NotificationServer::actionInvoked);
        QSignalSpy closed(m_server.get(), &NotificationServer::closed);
        const auto lie = [this] {
            const QDBusConnection other = m_bus->connection();
            FakeNotifications::signal(other, u"ActionInvoked"_s, {11u, u"deny"_s});
            FakeNotifications::signal(other, u"NotificationClosed"_s, {11u, 2u});
            m_bus->settle();
        };
        lie(); // before it knows the owner of the name
        ask();
        lie();
        m_fake->invoke(12, u"review"_s);
        QTRY_COMPARE(invoked.size(), 1);
        QCOMPARE(invoked.at(0).at(0).toUInt(), 12u);
        QVERIFY(closed.isEmpty());
    }

    void AC_06_hearsNoServerThatHasGone()
    {
        start();
        ask();
        QSignalSpy lost(m_server.get(), &NotificationServer::lost);
        QSignalSpy invoked(m_server.get(), &NotificationServer::actionInvoked);
        m_fake->leave();
        QTRY_COMPARE(lost.size(), 1);
        m_fake->invoke(12, u"deny"_s);
        m_bus->settle();
        m_bus->settle();
        QVERIFY(invoked.isEmpty());
    }

private:
    void start()
    {
        m_fake = std::make_unique<FakeNotifications>(m_bus->connection());
        QVERIFY(m_fake->come());
        QTRY_COMPARE(m_server->presence(), Presence::Unknown);
        m_bus->settle();
    }
    void ask()
    {
        QSignalSpy ready(m_server.get(), &NotificationServer::ready);
        m_server->ask();
        QTRY_COMPARE(ready.size(), 1);
    }
    // The id, or -1 when no answer came.
    qint64 show(quint32 replaces = 0)
    {
        qint64 given = -1;
        m_server->show(m_notification, replaces, [&given](quint32 id) { given = id; });
        (void)QTest::qWaitFor([&given] { return given >= 0; });
        return given;
    }

    std::unique_ptr<PrivateBus> m_bus;
    std::unique_ptr<NotificationServer> m_server;
    std::unique_ptr<FakeNotifications> m_fake;
    Notification m_notification;
};

QTEST_GUILESS_MAIN(TestNotificationServer)
#include "tst_notificationserver.moc"
