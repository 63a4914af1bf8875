// SPDX-License-Identifier: Apache-2.0
#include "deliverywatch.h"
#include "socketstatus.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace std::chrono_literals;

// Two ends of a connection on loopback; the far one reads nothing by itself.
class TestDeliveryWatch final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTcpServer> m_server;
    std::unique_ptr<QTcpSocket> m_near;
    QTcpSocket *m_far = nullptr;

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<QTcpServer>();
        QVERIFY(m_server->listen(QHostAddress::LocalHost, 0));
        m_near = std::make_unique<QTcpSocket>();
        m_near->connectToHost(QHostAddress::LocalHost, m_server->serverPort());
        QTRY_VERIFY(m_server->hasPendingConnections());
        m_far = m_server->nextPendingConnection();
        m_far->setReadBufferSize(1024);
        QTRY_COMPARE(m_near->state(), QAbstractSocket::ConnectedState);
    }

    void tellsWhatThePeerHasAcknowledged()
    {
        DeliveryWatch watch(m_near.get());
        QSignalSpy delivered(&watch, &DeliveryWatch::delivered);
        m_near->write("one");
        watch.add(1);
        watch.add(2);
        QVERIFY(delivered.isEmpty());
        QTRY_COMPARE(delivered.size(), 2);
        QCOMPARE(delivered.at(0).first().toULongLong(), 1U);
        QCOMPARE(delivered.at(1).first().toULongLong(), 2U);
        QCOMPARE(SocketStatus::unacknowledged(*m_near), 0);
        QVERIFY(SocketStatus::acknowledged(*m_near) >= 3);
    }

    void waitsWhileThePeerDoesNotRead()
    {
        DeliveryWatch watch(m_near.get());
        QSignalSpy delivered(&watch, &DeliveryWatch::delivered);
        m_near->write(QByteArray(32 * 1024 * 1024, 'x')); // more than all buffers hold
        watch.add(1);
        QTRY_VERIFY(m_near->bytesToWrite() < 32 * 1024 * 1024);
        QVERIFY(SocketStatus::unacknowledged(*m_near) > 0);
        QVERIFY(!QTest::qWaitFor([&] { return !delivered.isEmpty(); }, 300));
        m_far->setReadBufferSize(0);
        connect(m_far, &QTcpSocket::readyRead, m_far, [this] { m_far->readAll(); });
        m_far->readAll();
        QTRY_COMPARE_WITH_TIMEOUT(delivered.size(), 1, 10000);
    }

    void saysNothingAboutALostLink()
    {
        DeliveryWatch watch(m_near.get());
        QSignalSpy delivered(&watch, &DeliveryWatch::delivered);
        m_near->write(QByteArray(32 * 1024 * 1024, 'x'));
        watch.add(1);
        m_near->abort();
        QVERIFY(!QTest::qWaitFor([&] { return !delivered.isEmpty(); }, 300));
    }

    void knowsNothingOfASocketWithoutConnection()
    {
        const QTcpSocket socket;
        QCOMPARE(SocketStatus::unacknowledged(socket), 0);
        QCOMPARE(SocketStatus::acknowledged(socket), 0U);
        SocketStatus::setTimeout(socket, 1s); // and does no harm
    }
};

QTEST_GUILESS_MAIN(TestDeliveryWatch)
#include "tst_deliverywatch.moc"
