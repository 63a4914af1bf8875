// SPDX-License-Identifier: Apache-2.0
#include "scrolledpage.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTest>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

class TestScrolledPage final : public QObject
{
    Q_OBJECT

    std::unique_ptr<ScrolledPage> m_page;
    QLabel *m_words = nullptr; // as high as its width wants it
    QPlainTextEdit *m_list = nullptr; // 60 at least, and more when there is room

private Q_SLOTS:
    void init()
    {
        auto *content = new QWidget;
        m_words = new QLabel(u"words "_s.repeated(60));
        m_words->setWordWrap(true);
        m_list = new QPlainTextEdit;
        m_list->setMinimumSize(200, 60);
        auto *column = new QVBoxLayout(content);
        column->addWidget(m_words);
        column->addWidget(m_list, 1);
        m_page = std::make_unique<ScrolledPage>(content);
        m_page->resize(400, 600);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    }
    void fillsItsRoom()
    {
        QTRY_VERIFY(m_list->height() > 400);
        QCOMPARE(m_page->verticalScrollBar()->maximum(), 0);
        // Less than the list would like to have, but enough.
        m_page->resize(400, m_words->height() + 120);
        QTRY_VERIFY(m_list->height() < m_list->sizeHint().height());
        QCOMPARE(m_page->verticalScrollBar()->maximum(), 0);
    }
    void scrollsWhereThereIsTooLittleAndCutsNothing()
    {
        m_page->resize(300, 80);
        QTRY_VERIFY(m_page->verticalScrollBar()->maximum() > 0);
        QTRY_VERIFY(m_words->height() >= m_words->heightForWidth(m_words->width()));
        QVERIFY(m_list->height() >= 60);
        QVERIFY(m_words->mapTo(m_page->viewport(), QPoint(m_words->width(), 0)).x()
                <= m_page->viewport()->width());

        m_words->setText(u"less"_s);
        m_page->resize(300, 400);
        QTRY_COMPARE(m_page->verticalScrollBar()->maximum(), 0);
    }
    void isAsWideAsItsContentAndLow()
    {
        QVERIFY(m_page->minimumSizeHint().width() >= 200);
        QVERIFY(m_page->minimumSizeHint().height() < 100);
    }
};

QTEST_MAIN(TestScrolledPage)
#include "tst_scrolledpage.moc"
