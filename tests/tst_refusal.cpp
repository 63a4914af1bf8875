// SPDX-License-Identifier: Apache-2.0
#include "refusal.h"

#include <QLocale>
#include <QTest>

using namespace std::chrono_literals;

class TestRefusal final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void PA_13_readsRetryAfter_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<int>("seconds"); // -1: none
        QTest::newRow("seconds") << QByteArray("30") << 30;
        QTest::newRow("capped") << QByteArray("86400") << 600;
        QTest::newRow("zero") << QByteArray("0") << 0;
        QTest::newRow("negative") << QByteArray("-5") << -1;
        QTest::newRow("past date") << QByteArray("Sun, 06 Nov 1994 08:49:37 GMT") << 0;
        QTest::newRow("future date") << QByteArray("Fri, 31 Dec 2100 23:59:59 GMT") << 600;
        QTest::newRow("nonsense") << QByteArray("soon") << -1;
        QTest::newRow("empty") << QByteArray() << -1;
    }
    void PA_13_readsRetryAfter()
    {
        QFETCH(QByteArray, field);
        QFETCH(int, seconds);
        const std::optional<std::chrono::seconds> after = retryAfter(field);
        QCOMPARE(after ? int(after->count()) : -1, seconds);
    }

    void keepsTheServersWordsAfterTheNumber()
    {
        const QString place = QStringLiteral("host port 1");
        QVERIFY(refusedAttach(403, QStringLiteral("Forbidden"), place)
                    .text.contains(QStringLiteral("(403 Forbidden)")));
        QVERIFY(refusedAttach(403, QStringLiteral("403 Go away"), place)
                    .text.contains(QStringLiteral("(403 Go away)")));
        QVERIFY(refusedAttach(403, {}, place).text.contains(QStringLiteral("(403)")));
        // Words that look like a place holder stay what they are.
        QVERIFY(refusedAttach(500, QStringLiteral("500 %1 %2"), place)
                    .text.contains(QStringLiteral("500 %1 %2")));
    }

    void hasTheSdksNumbers()
    {
        QCOMPARE(refusedAttach(403, {}, {}).error, CometaClient::Error::Authorization);
        QCOMPARE(refusedAttach(409, {}, {}).error, CometaClient::Error::Authorization);
        QCOMPARE(refusedAttach(503, {}, {}).error, CometaClient::Error::Protocol);
        QCOMPARE(refusedAttach(302, {}, {}).error, CometaClient::Error::Protocol);
        QCOMPARE(int(CometaClient::Error::Authorization), 4);
        QCOMPARE(int(CometaClient::Error::Internal), 9);
    }
};

QTEST_GUILESS_MAIN(TestRefusal)
#include "tst_refusal.moc"
