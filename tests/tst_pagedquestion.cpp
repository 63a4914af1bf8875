// SPDX-License-Identifier: Apache-2.0
#include "pagedquestion.h"

#include "terminalsize.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

const QStringList question{u"in short"_s, u"Approve? "_s};

QStringList numbered(int count)
{
    QStringList rows;
    for (int i = 1; i <= count; ++i)
        rows += QString::number(i);
    return rows;
}

} // namespace

class PagedQuestionTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksAtOnceWhatFits();
    void SP_04_SP_06_asksWhenAllHasBeenOnTheScreen_data();
    void SP_04_SP_06_asksWhenAllHasBeenOnTheScreen();
    void asksAgain();
};

void PagedQuestionTest::asksAtOnceWhatFits()
{
    PagedQuestion paged(numbered(3), question, u"more: "_s);
    QVERIFY(!paged.asks());
    QCOMPARE(paged.next({80, 5}), u"1\n2\n3\nin short\nApprove? "_s);
    QVERIFY(paged.asks());
}

void PagedQuestionTest::SP_04_SP_06_asksWhenAllHasBeenOnTheScreen_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("stops");
    QTest::newRow("a row too many") << 4 << 5 << 1;
    QTest::newRow("some") << 60 << 24 << 2; // 22, 22, 16 and the question
    QTest::newRow("exactly two screenfuls") << 44 << 24 << 1;
    QTest::newRow("a row more") << 45 << 24 << 2;
    QTest::newRow("all but the question fits") << 23 << 24 << 1;
    QTest::newRow("many") << 6000 << 50 << 124;
    QTest::newRow("lower than the question") << 3 << 1 << 3;
}

void PagedQuestionTest::SP_04_SP_06_asksWhenAllHasBeenOnTheScreen()
{
    QFETCH(const int, rows);
    QFETCH(const int, height);
    QFETCH(const int, stops);
    PagedQuestion paged(numbered(rows), question, u"more: "_s);
    QStringList shown;
    int stopped = 0;
    while (true) {
        const QStringList page = paged.next({80, height}).split(u'\n');
        if (paged.asks()) {
            QCOMPARE(page.last(question.size()), question);
            shown += page.first(page.size() - question.size());
            break;
        }
        ++stopped;
        QCOMPARE_LE(page.size(), std::max(height, 2));
        shown += page.first(page.size() - 1);
        QCOMPARE(page.constLast(), u"-- %1 of %2 rows -- more: "_s.arg(shown.size()).arg(rows));
    }
    QCOMPARE(stopped, stops);
    QCOMPARE(shown, numbered(rows));
}

void PagedQuestionTest::asksAgain()
{
    PagedQuestion paged(numbered(30), question, u"more: "_s);
    (void)paged.next({80, 24});
    QCOMPARE(paged.again(), u"-- 22 of 30 rows -- more: "_s);
    (void)paged.next({80, 24});
    QCOMPARE(paged.again(), u"in short\nApprove? "_s);
}

QTEST_GUILESS_MAIN(PagedQuestionTest)
#include "tst_pagedquestion.moc"
