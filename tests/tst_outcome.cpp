// SPDX-License-Identifier: Apache-2.0
#include "outcome.h"

#include <QTest>

#include <csignal>

class OutcomeTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void joinsHeadAndTailWhenNothingIsBetween()
    {
        const KeptOutput output{"abc", "def", 6};
        QCOMPARE(output.leftOut(), 0);
        QCOMPARE(output.first(2), "ab");
        QCOMPARE(output.first(5), "abcde");
        QCOMPARE(output.first(99), "abcdef");
        QCOMPARE(output.last(2), "ef");
        QCOMPARE(output.last(5), "bcdef");
        QCOMPARE(output.last(99), "abcdef");
    }

    void neverReachesAcrossTheGap()
    {
        const KeptOutput output{"abc", "xyz", 100};
        QCOMPARE(output.leftOut(), 94);
        QCOMPARE(output.first(5), "abc");
        QCOMPARE(output.last(5), "xyz");
    }

    void givesNothingForNothing()
    {
        const KeptOutput output{"abc", "def", 6};
        QVERIFY(output.first(0).isEmpty());
        QVERIFY(output.last(-1).isEmpty());
        QVERIFY(KeptOutput().first(10).isEmpty());
    }

    void namesSignals()
    {
        QCOMPARE(signalName(SIGSEGV), u"SIGSEGV");
        QCOMPARE(signalName(SIGKILL), u"SIGKILL");
        QCOMPARE(signalName(40), u"signal 40");
        QCOMPARE(signalName(0), u"signal 0");
        QCOMPARE(signalName(-1), u"signal -1");
    }
};

QTEST_GUILESS_MAIN(OutcomeTest)
#include "tst_outcome.moc"
