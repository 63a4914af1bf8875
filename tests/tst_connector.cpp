// SPDX-License-Identifier: Apache-2.0
#include "connector.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

#include <sys/socket.h>

class TestConnector final : public QObject
{
    Q_OBJECT

    static QList<QHostAddress> addresses(std::initializer_list<const char *> texts)
    {
        QList<QHostAddress> result;
        for (const char *text : texts)
            result.append(QHostAddress(QString::fromLatin1(text)));
        return result;
    }

private Q_SLOTS:
    void triesBothFamiliesInTurn()
    {
        QCOMPARE(
            Connector::interleaved(addresses({"::1", "::2", "10.0.0.1", "10.0.0.2", "10.0.0.3"})),
            addresses({"::1", "10.0.0.1", "::2", "10.0.0.2", "10.0.0.3"}));
        QCOMPARE(Connector::interleaved(addresses({"10.0.0.1", "::1"})),
                 addresses({"10.0.0.1", "::1"}));
        QCOMPARE(Connector::interleaved({}), QList<QHostAddress>());
    }

    void NE_07_findsTheFamilyThatAnswers()
    {
        QTcpServer server; // IPv4 only; "localhost" is mostly both
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        Connector connector(false);
        QSignalSpy connected(&connector, &Connector::connected);
        connector.start(QStringLiteral("localhost"), server.serverPort());
        QTRY_COMPARE_WITH_TIMEOUT(connected.size(), 1, 20'000); // without a hosts file: DNS
        const std::unique_ptr<QTcpSocket> socket = connector.takeSocket();
        QVERIFY(socket);
        QCOMPARE(socket->peerPort(), server.serverPort());
    }

    void connectsToAnAddressWithoutALookUp_data()
    {
        QTest::addColumn<QString>("address");
        QTest::newRow("IPv4") << QStringLiteral("127.0.0.1");
        QTest::newRow("IPv6") << QStringLiteral("::1");
    }
    void connectsToAnAddressWithoutALookUp()
    {
        QFETCH(QString, address);
        QTcpServer server;
        if (!server.listen(QHostAddress(address), 0))
            QSKIP("this computer has no such loopback");
        Connector connector(false);
        QSignalSpy resolved(&connector, &Connector::resolved);
        QSignalSpy connected(&connector, &Connector::connected);
        connector.start(address, server.serverPort());
        QVERIFY(resolved.isEmpty()); // not before start() returns
        // A look-up works in a thread and comes back by an event of its own; this is one turn.
        QCoreApplication::sendPostedEvents(&connector);
        QCOMPARE(resolved.size(), 1);
        QCOMPARE(resolved.first().first().toString(), address);
        QTRY_COMPARE(connected.size(), 1);
        const std::unique_ptr<QTcpSocket> socket = connector.takeSocket();
        QVERIFY(socket);
        QCOMPARE(socket->peerAddress(), QHostAddress(address));
        QCOMPARE(socket->peerPort(), server.serverPort());
    }

    // It connected anew, and at once, as long as the peer reset fast enough.
    void NE_06_connectsOnceToAPeerThatResets()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        int accepted = 0;
        connect(&server, &QTcpServer::newConnection, this, [&] {
            while (QTcpSocket *peer = server.nextPendingConnection()) {
                ++accepted;
                const linger now{1, 0};
                setsockopt(static_cast<int>(peer->socketDescriptor()), SOL_SOCKET, SO_LINGER, &now,
                           sizeof now);
                delete peer;
            }
        });
        int ended = 0;
        for (int i = 0; i < 50; ++i) {
            Connector connector(false);
            connect(&connector, &Connector::connected, this, [&] { ++ended; });
            connect(&connector, &Connector::failed, this, [&] { ++ended; });
            connector.start(QStringLiteral("127.0.0.1"), server.serverPort());
            QTRY_COMPARE(ended, i + 1);
        }
        QTRY_COMPARE(accepted, 50);
        QVERIFY(!QTest::qWaitFor([&] { return accepted > 50; }, 50));
    }

    void canEndBeforeItHasConnected()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        int told = 0;
        {
            Connector connector(false);
            connect(&connector, &Connector::connected, this, [&] { ++told; });
            connect(&connector, &Connector::failed, this, [&] { ++told; });
            connector.start(QStringLiteral("127.0.0.1"), server.serverPort());
        }
        QVERIFY(!QTest::qWaitFor([&] { return told > 0; }, 50));
    }

    void NE_07_tellsAnUnknownName()
    {
        Connector connector(false);
        QSignalSpy failed(&connector, &Connector::failed);
        connector.start(QStringLiteral("nobody.invalid"), 80);
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 30000);
        QVERIFY2(failed.first().first().toString().contains(QStringLiteral("nobody.invalid")),
                 qPrintable(failed.first().first().toString()));
    }

    void tellsARefusedPort()
    {
        quint16 port = 0;
        {
            QTcpServer server;
            QVERIFY(server.listen(QHostAddress::LocalHost, 0));
            port = server.serverPort();
        }
        Connector connector(false);
        QSignalSpy failed(&connector, &Connector::failed);
        connector.start(QStringLiteral("127.0.0.1"), port);
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(failed.first().first().toString().contains(QStringLiteral("Nothing listens")));
    }
};

QTEST_GUILESS_MAIN(TestConnector)
#include "tst_connector.moc"
