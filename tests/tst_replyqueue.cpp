// SPDX-License-Identifier: Apache-2.0
#include "replyqueue.h"

#include <QTest>

using namespace std::chrono_literals;

class TestReplyQueue final : public QObject
{
    Q_OBJECT

private:
    const BootClock::time_point m_start = BootClock::now();

    static QList<quint64> numbers(const QList<ReplyQueue::Open> &open)
    {
        QList<quint64> result;
        for (const ReplyQueue::Open &o : open)
            result.append(o.number);
        return result;
    }

private Q_SLOTS:
    void givesTheReplyOfTheOnlyRequest()
    {
        ReplyQueue queue;
        QVERIFY(queue.arrived(1, m_start).isEmpty());
        QVERIFY(queue.reply(1, "one"));
        QCOMPARE(queue.takeReady(), QList<QByteArray>{"one"});
        QVERIFY(queue.takeReady().isEmpty());
    }

    void takesOneReplyForEachRequest()
    {
        ReplyQueue queue;
        (void)queue.arrived(1, m_start);
        QVERIFY(!queue.reply(2, "of nobody"));
        QVERIFY(queue.reply(1, "one"));
        QVERIFY(!queue.reply(1, "again"));
        QCOMPARE(queue.takeReady(), QList<QByteArray>{"one"});
        QVERIFY(!queue.reply(1, "late"));
    }

    void holdsAReplyUntilThoseBeforeItAreGiven()
    {
        ReplyQueue queue;
        (void)queue.arrived(1, m_start);
        (void)queue.arrived(2, m_start + 10ms);
        (void)queue.arrived(3, m_start + 20ms);
        QVERIFY(queue.reply(3, "three"));
        QVERIFY(queue.takeReady().isEmpty());
        QVERIFY(queue.reply(1, "one"));
        QCOMPARE(queue.takeReady(), QList<QByteArray>{"one"});
        QVERIFY(queue.reply(2, "two"));
        QCOMPARE(queue.takeReady(), (QList<QByteArray>{"two", "three"}));
    }

    void NE_11_givesUpWhatIsUnansweredWhenOneComesLater()
    {
        ReplyQueue queue;
        (void)queue.arrived(1, m_start);
        QCOMPARE(numbers(queue.arrived(2, m_start + 1s)), QList<quint64>{1});
        QVERIFY(!queue.reply(1, "late"));
        QVERIFY(queue.reply(2, "two"));
        QCOMPARE(queue.takeReady(), QList<QByteArray>{"two"});
    }

    void pipelinesWhatComesWithinASecond()
    {
        ReplyQueue queue;
        (void)queue.arrived(1, m_start);
        QVERIFY(queue.arrived(2, m_start + 999ms).isEmpty());
    }

    void givesUpHeldRepliesToo()
    {
        ReplyQueue queue;
        (void)queue.arrived(1, m_start);
        (void)queue.arrived(2, m_start + 200ms);
        QVERIFY(queue.reply(2, "two"));
        const QList<ReplyQueue::Open> givenUp = queue.arrived(3, m_start + 5s);
        QCOMPARE(numbers(givenUp), (QList<quint64>{1, 2}));
        QCOMPARE(givenUp.last().reply, std::optional<QByteArray>("two"));
    }

    void handsOutAllOpenOnesWhenTheLinkIsLost()
    {
        ReplyQueue queue;
        (void)queue.arrived(1, m_start);
        (void)queue.arrived(2, m_start);
        QCOMPARE(numbers(queue.takeAll()), (QList<quint64>{1, 2}));
        QVERIFY(queue.takeAll().isEmpty());
        QVERIFY(!queue.reply(1, "late"));
    }
};

QTEST_GUILESS_MAIN(TestReplyQueue)
#include "tst_replyqueue.moc"
