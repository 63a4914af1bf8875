// SPDX-License-Identifier: Apache-2.0
#include "promptqueue.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestPromptQueue final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_queue = {}; }

    void showsTheFirst()
    {
        m_queue.add(u"a"_s);
        QCOMPARE(m_queue.shown(), u"a"_s);
        QCOMPARE(m_queue.count(), 1);
    }

    void AC_04_aNewRequestDoesNotTakeAnothersPlace()
    {
        m_queue.add(u"a"_s);
        m_queue.add(u"b"_s);
        QCOMPARE(m_queue.shown(), u"a"_s);
        QCOMPARE(m_queue.count(), 2);
    }

    void addingTwiceCountsOnce()
    {
        m_queue.add(u"a"_s);
        m_queue.add(u"a"_s);
        QCOMPARE(m_queue.count(), 1);
    }

    void advancesInTheOrderOfArrival()
    {
        addThree();
        m_queue.advance();
        QCOMPARE(m_queue.shown(), u"b"_s);
        m_queue.advance();
        QCOMPARE(m_queue.shown(), u"c"_s);
        m_queue.advance();
        QVERIFY(m_queue.shown().isEmpty());
        QCOMPARE(m_queue.count(), 0);
    }

    void AC_05_whatHasEndedStaysShownUntilTheOwnerActs()
    {
        addThree();
        m_queue.end(u"a"_s);
        QCOMPARE(m_queue.shown(), u"a"_s);
        QVERIFY(m_queue.shownHasEnded());
        m_queue.advance();
        QCOMPARE(m_queue.shown(), u"b"_s);
        QVERIFY(!m_queue.shownHasEnded());
    }

    void whatEndsUnseenIsNotShown()
    {
        addThree();
        m_queue.end(u"b"_s);
        QCOMPARE(m_queue.count(), 2);
        m_queue.advance();
        QCOMPARE(m_queue.shown(), u"c"_s);
    }

    void AC_02_whatIsPostponedWaitsUntilItIsAskedFor()
    {
        addThree();
        m_queue.postpone();
        QCOMPARE(m_queue.shown(), u"b"_s);
        QCOMPARE(m_queue.count(), 2);
        m_queue.advance();
        m_queue.advance();
        QVERIFY(m_queue.shown().isEmpty());
        m_queue.review(u"a"_s);
        QCOMPARE(m_queue.shown(), u"a"_s);
    }

    void reviewPutsBackWhatWasShown()
    {
        addThree();
        m_queue.review(u"c"_s);
        QCOMPARE(m_queue.shown(), u"c"_s);
        QCOMPARE(m_queue.count(), 3);
        m_queue.advance();
        QCOMPARE(m_queue.shown(), u"a"_s);
    }

    void whatIsPutNextComesNextAndIsPostponedNoMore()
    {
        addThree();
        m_queue.review(u"c"_s);
        m_queue.postpone();
        QCOMPARE(m_queue.shown(), u"a"_s);
        QCOMPARE(m_queue.count(), 2);
        for (const QString &name : {u"c"_s, u"a"_s, u"nobody"_s})
            m_queue.putNext(name);
        QCOMPARE(m_queue.shown(), u"a"_s);
        QCOMPARE(m_queue.count(), 3);
        m_queue.advance();
        QCOMPARE(m_queue.shown(), u"c"_s);
        m_queue.advance();
        QCOMPARE(m_queue.shown(), u"b"_s);
    }

    void AC_06_reviewOfWhatHasEndedChangesNothing()
    {
        addThree();
        m_queue.end(u"c"_s);
        m_queue.review(u"c"_s);
        QCOMPARE(m_queue.shown(), u"a"_s);
        m_queue.review(u"nobody"_s);
        QCOMPARE(m_queue.shown(), u"a"_s);
    }

    void anEmptyQueueTakesTheNextAtOnce()
    {
        m_queue.add(u"a"_s);
        m_queue.postpone();
        QVERIFY(m_queue.shown().isEmpty());
        m_queue.add(u"b"_s);
        QCOMPARE(m_queue.shown(), u"b"_s);
        QCOMPARE(m_queue.count(), 1);
    }

private:
    void addThree()
    {
        m_queue.add(u"a"_s);
        m_queue.add(u"b"_s);
        m_queue.add(u"c"_s);
    }

    PromptQueue m_queue;
};

QTEST_GUILESS_MAIN(TestPromptQueue)
#include "tst_promptqueue.moc"
