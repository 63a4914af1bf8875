// SPDX-License-Identifier: Apache-2.0
#include "statistics.h"

#include <QTest>

using namespace std::chrono_literals;

class StatisticsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beginsWithNothing()
    {
        const Statistics statistics;
        QCOMPARE(statistics.messages(), 0);
        QCOMPARE(statistics.errors(), 0);
        QCOMPARE(statistics.bytesUp(), 0);
        QCOMPARE(statistics.bytesDown(), 0);
        QCOMPARE(statistics.latency(), 0);
        QCOMPARE(statistics.latencyMinimum(), 0);
        QCOMPARE(statistics.latencyMaximum(), 0);
        QCOMPARE(statistics.standardDeviation(), 0);
    }

    void countsUpFromDeviceToServer()
    {
        Statistics statistics;
        statistics.countRequest(100);
        statistics.countReply(30, 1ms);
        statistics.countEvent(7);
        QCOMPARE(statistics.bytesDown(), 100);
        QCOMPARE(statistics.bytesUp(), 37);
        QCOMPARE(statistics.messages(), 2); // request and event; the reply belongs to the request
        QCOMPARE(statistics.errors(), 0);
    }

    void tellsRequestsRepliesAndTheirTimeApart()
    {
        Statistics statistics;
        statistics.countRequest(1);
        statistics.countRequest(1);
        statistics.countReply(1, 1500us);
        statistics.countEvent(1);
        QCOMPARE(statistics.requests(), 2);
        QCOMPARE(statistics.replies(), 1);
        QCOMPARE(statistics.messages(), 3);
        QCOMPARE(statistics.latencySum(), 1.5);
        statistics.countReply(1, 500us);
        QCOMPARE(statistics.latencySum(), 2.0);
    }

    void countsErrors()
    {
        Statistics statistics;
        statistics.countRequest(1);
        statistics.countError();
        statistics.countError();
        QCOMPARE(statistics.errors(), 2);
        QCOMPARE(statistics.messages(), 1);
        QCOMPARE(statistics.latency(), 0); // no reply yet
    }

    void tellsLatenciesInWholeMilliseconds()
    {
        Statistics statistics;
        // Mean 5, deviation 2: 2 4 4 4 5 5 7 9.
        for (const auto latency : {2ms, 4ms, 4ms, 4ms, 5ms, 5ms, 7ms, 9ms})
            statistics.countReply(1, latency);
        QCOMPARE(statistics.latency(), 5);
        QCOMPARE(statistics.latencyMinimum(), 2);
        QCOMPARE(statistics.latencyMaximum(), 9);
        QCOMPARE(statistics.standardDeviation(), 2);
    }

    void rounds()
    {
        Statistics statistics;
        statistics.countReply(1, 1499us);
        QCOMPARE(statistics.latency(), 1);
        QCOMPARE(statistics.latencyMinimum(), 1);
        statistics.countReply(1, 1501us);
        QCOMPARE(statistics.latencyMaximum(), 2);
        QCOMPARE(statistics.latency(), 2); // 1.5
    }

    void takesTheFirstLatencyForTheSmallest()
    {
        Statistics statistics;
        statistics.countReply(1, 40ms);
        QCOMPARE(statistics.latencyMinimum(), 40);
        QCOMPARE(statistics.standardDeviation(), 0);
    }

    void staysExactOverManyReplies()
    {
        Statistics statistics;
        for (int i = 0; i < 100'000; ++i)
            statistics.countReply(1, i % 2 == 0 ? 1'000'000ms : 1'000'020ms);
        QCOMPARE(statistics.latency(), 1'000'010);
        QCOMPARE(statistics.standardDeviation(), 10);
        QCOMPARE(statistics.bytesUp(), 100'000);
    }
};

QTEST_GUILESS_MAIN(StatisticsTest)
#include "tst_statistics.moc"
