// SPDX-License-Identifier: Apache-2.0
#include "runrate.h"

#include <QTest>

using namespace std::chrono_literals;

class TestRunRate final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void PO_08_letsSoManyThroughInAnyMinute()
    {
        RunRate rate;
        const BootClock::time_point begin{1h};
        QVERIFY(rate.take(2, begin));
        QVERIFY(rate.take(2, begin + 30s));
        QVERIFY(!rate.take(2, begin + 59s));
        QVERIFY(rate.take(2, begin + 60s));
        QVERIFY(!rate.take(2, begin + 89s));
        QVERIFY(rate.take(2, begin + 90s));
    }

    void letsNoneThroughWhenNoneMay()
    {
        RunRate rate;
        QVERIFY(!rate.take(0, BootClock::now()));
    }
};

QTEST_GUILESS_MAIN(TestRunRate)
#include "tst_runrate.moc"
