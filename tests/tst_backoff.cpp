// SPDX-License-Identifier: Apache-2.0
#include "backoff.h"

#include <QTest>

using namespace std::chrono;
using namespace std::chrono_literals;

class TestBackoff final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void doublesItsCeilingFromOneSecondToSixty()
    {
        Backoff backoff([] { return 0.999999; });
        QList<qint64> ceilings;
        for (int i = 0; i < 8; ++i)
            ceilings.append((backoff.next() + 1ms).count());
        QCOMPARE(ceilings, (QList<qint64>{1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000}));
    }

    void drawsFromTheWholeRange()
    {
        Backoff lowest([] { return 0.0; });
        QCOMPARE(lowest.next(), 0ms);
        QCOMPARE(lowest.next(), 0ms);
        Backoff middle([] { return 0.5; });
        QCOMPARE(middle.next(), 500ms);
        QCOMPARE(middle.next(), 1000ms);
    }

    void beginsAnewAfterReset()
    {
        Backoff backoff([] { return 0.5; });
        (void)backoff.next();
        (void)backoff.next();
        backoff.reset();
        QCOMPARE(backoff.next(), 500ms);
    }

    void NE_06_staysBelow150AttemptsAnHour()
    {
        for (int run = 0; run < 50; ++run) {
            Backoff backoff;
            milliseconds passed = 0ms;
            int attempts = 0;
            while (passed < 1h) {
                passed += backoff.next();
                ++attempts;
            }
            QVERIFY2(attempts <= 150, qPrintable(QString::number(attempts)));
        }
    }

    void keepsToGivenBounds()
    {
        const Backoff backoff;
        for (int i = 0; i < 1000; ++i) {
            const milliseconds delay = backoff.between(5s, 10s);
            QVERIFY(delay >= 5s && delay <= 10s);
        }
    }
};

QTEST_GUILESS_MAIN(TestBackoff)
#include "tst_backoff.moc"
