// SPDX-License-Identifier: Apache-2.0
#include "socketstatus.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

using namespace std::chrono_literals;

// Two ends of a connection on loopback; the far one takes only what a test reads.
class TestSocketStatus final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTcpServer> m_server;
    std::unique_ptr<QTcpSocket> m_near;
    QTcpSocket *m_far = nullptr;

    [[nodiscard]] int option(int level, int name) const
    {
        int value = -1;
        socklen_t size = sizeof value;
        const auto fd = static_cast<int>(m_near->socketDescriptor());
        return getsockopt(fd, level, name, &value, &size) == 0 ? value : -1;
    }

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

    void countsWhatQtStillHolds()
    {
        QCOMPARE(SocketStatus::unacknowledged(*m_near), 0);
        m_near->write(QByteArray(5'000, 'x')); // no turn of the event loop: not written
        QCOMPARE(SocketStatus::unacknowledged(*m_near), 5'000);
    }

    void countsWhatWasAcknowledged()
    {
        const quint64 before = SocketStatus::acknowledged(*m_near);
        m_near->write(QByteArray(5'000, 'x'));
        QTRY_COMPARE(SocketStatus::unacknowledged(*m_near), 0);
        // The kernel counts the SYN too or does not, which is the same before and after.
        QCOMPARE(SocketStatus::acknowledged(*m_near) - before, 5'000U);
    }

    void NE_05_seesThatNothingIsAcknowledgedAnyMore()
    {
        const qint64 size = 32LL * 1024 * 1024; // more than all buffers hold
        m_near->write(QByteArray(size, 'x'));
        quint64 last = 0;
        QTRY_VERIFY(std::exchange(last, SocketStatus::acknowledged(*m_near)) == last && last > 0);
        QVERIFY(SocketStatus::unacknowledged(*m_near) > 0);
        QVERIFY(SocketStatus::unacknowledged(*m_near) < size);

        connect(m_far, &QTcpSocket::readyRead, m_far, [this] { m_far->readAll(); });
        m_far->setReadBufferSize(0);
        m_far->readAll();
        QTRY_COMPARE_WITH_TIMEOUT(SocketStatus::unacknowledged(*m_near), 0, 10'000);
    }

    void NE_05_setsTheTimeOutsOfTheLink()
    {
        SocketStatus::setTimeout(*m_near, 120s);
        QCOMPARE(option(IPPROTO_TCP, TCP_USER_TIMEOUT), 120'000);
        QVERIFY(option(IPPROTO_TCP, TCP_NODELAY) != 0);
        QVERIFY(option(SOL_SOCKET, SO_KEEPALIVE) != 0);
        const int idle = option(IPPROTO_TCP, TCP_KEEPIDLE);
        const int probes = option(IPPROTO_TCP, TCP_KEEPCNT) * option(IPPROTO_TCP, TCP_KEEPINTVL);
        QCOMPARE(idle, 60);
        QVERIFY(idle + probes <= 2 * 120);
    }

    void setsNoProbesLessThanASecondApart()
    {
        SocketStatus::setTimeout(*m_near, 100ms);
        QCOMPARE(option(IPPROTO_TCP, TCP_USER_TIMEOUT), 100);
        QCOMPARE(option(IPPROTO_TCP, TCP_KEEPIDLE), 1);
        QCOMPARE(option(IPPROTO_TCP, TCP_KEEPINTVL), 1);
    }

    void knowsNothingOfASocketWithoutConnection()
    {
        const QTcpSocket socket;
        QCOMPARE(SocketStatus::unacknowledged(socket), 0);
        QCOMPARE(SocketStatus::acknowledged(socket), 0U);
        SocketStatus::setTimeout(socket, 1s); // and does no harm
    }
};

QTEST_GUILESS_MAIN(TestSocketStatus)
#include "tst_socketstatus.moc"
