// SPDX-License-Identifier: Apache-2.0
#include "countnotification.h"

#include "fakenotifications.h"
#include "notification.h"
#include "notificationserver.h"
#include "privatebus.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

class TestCountNotification final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_bus = std::make_unique<PrivateBus>();
        m_fake = std::make_unique<FakeNotifications>(m_bus->connection());
        QVERIFY(m_fake->come());
        m_server = std::make_unique<NotificationServer>(m_bus->connection());
        QSignalSpy ready(m_server.get(), &NotificationServer::ready);
        m_server->ask();
        QTRY_COMPARE(ready.size(), 1);
        m_count = std::make_unique<CountNotification>(m_server.get(), &Notification::more);
    }
    void cleanup()
    {
        m_count.reset();
        m_server.reset();
        m_fake.reset();
        m_bus.reset();
    }

    void tellsANumber()
    {
        QVERIFY(!m_count->isOpen());
        QVERIFY(!m_count->is(0));
        m_count->show(2);
        QVERIFY(!m_count->isFree());
        QTRY_VERIFY(m_count->isFree());
        QVERIFY(m_count->isOpen());
        QVERIFY(m_count->is(11));
        QVERIFY(!m_count->is(12));
        QCOMPARE(m_count->told(), 2);
        QCOMPARE(m_fake->shown.constFirst().summary, u"2 more commands wait"_s);
    }

    void anotherNumberTakesItsPlace()
    {
        show(2);
        show(3);
        QCOMPARE(m_fake->shown.size(), 2);
        QCOMPARE(m_fake->shown.at(1).replaces, 11u);
        QCOMPARE(m_fake->shown.at(1).summary, u"3 more commands wait"_s);
    }

    void closesOnce()
    {
        show(2);
        m_count->close();
        m_count->close();
        QTRY_COMPARE(m_fake->closed, QList<quint32>{11});
        QCOMPARE(m_count->told(), 0);
        QVERIFY(!m_count->isOpen());
    }

    void whatIsClosedBeforeItIsThereIsClosedWhenItIs()
    {
        m_fake->holds = true;
        m_count->show(2);
        QTRY_COMPARE(m_fake->shown.size(), 1);
        m_count->close();
        m_fake->release();
        QTRY_COMPARE(m_fake->closed, QList<quint32>{11});
        QVERIFY(!m_count->isOpen());
    }

    void afterTheServerHasClosedItItIsANewOne()
    {
        show(2);
        m_count->handleClosed();
        QCOMPARE(m_count->told(), 2);
        show(3);
        QCOMPARE(m_fake->shown.at(1).replaces, 0u);
    }

    void withTheServerGoneItIsFreeAgain()
    {
        m_fake->holds = true;
        m_count->show(2);
        m_count->handleLost();
        QVERIFY(m_count->isFree());
        QVERIFY(!m_count->isOpen());
        QCOMPARE(m_count->told(), 2);
    }

    void saysWhenItWasNotShown()
    {
        QSignalSpy notShown(m_count.get(), &CountNotification::notShown);
        show(1);
        QVERIFY(notShown.isEmpty());
        m_fake->refuses = true;
        show(2);
        QCOMPARE(notShown.size(), 1);
    }

private:
    void show(int count)
    {
        QSignalSpy answered(m_count.get(), &CountNotification::answered);
        m_count->show(count);
        QTRY_COMPARE(answered.size(), 1);
    }

    std::unique_ptr<PrivateBus> m_bus;
    std::unique_ptr<FakeNotifications> m_fake;
    std::unique_ptr<NotificationServer> m_server;
    std::unique_ptr<CountNotification> m_count;
};

QTEST_GUILESS_MAIN(TestCountNotification)
#include "tst_countnotification.moc"
