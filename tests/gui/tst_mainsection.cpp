// SPDX-License-Identifier: Apache-2.0
#include "mainsection.h"

#include "plain.h"

#include <QFontMetrics>
#include <QHeaderView>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QTest>
#include <QTreeView>

class TestMainSection final : public QObject
{
    Q_OBJECT

    QStandardItemModel m_model{3, 3};
    std::unique_ptr<QTreeView> m_list;
    MainSection *m_section = nullptr; // owned by the list

    int least() const
    {
        return 24 * QFontMetrics(Plain::fixedFont()).horizontalAdvance(QLatin1Char('x'));
    }
    int section() const { return m_list->header()->sectionSize(1); }

private Q_SLOTS:
    void init()
    {
        m_list = std::make_unique<QTreeView>();
        m_list->setModel(&m_model);
        m_section = new MainSection(m_list.get(), 1, 24);
        m_list->header()->resizeSection(0, 100);
        m_list->header()->resizeSection(2, 150);
        m_list->resize(900, 200);
        m_list->show();
    }
    void takesWhatTheOthersLeave()
    {
        QTRY_COMPARE(section(), m_list->viewport()->width() - 250);
        m_list->header()->resizeSection(2, 200);
        QCOMPARE(section(), m_list->viewport()->width() - 300);
        QCOMPARE(m_list->horizontalScrollBar()->maximum(), 0);
    }
    void columnsThatAreSpareGoFirst()
    {
        m_section->setSpare({2, 0});
        m_list->resize(100 + least() + 8, 200);
        QTRY_VERIFY(m_list->header()->isSectionHidden(2));
        QVERIFY(!m_list->header()->isSectionHidden(0));
        QTRY_COMPARE(section(), m_list->viewport()->width() - 100);
        m_list->resize(least() + 8, 200);
        QTRY_VERIFY(m_list->header()->isSectionHidden(0));
        QTRY_COMPARE(m_list->horizontalScrollBar()->maximum(), 0);
        m_list->resize(900, 200);
        QTRY_COMPARE(section(), m_list->viewport()->width() - 250);
        QCOMPARE(m_list->header()->sectionSize(2), 150);
    }
    void keepsItsLeastWidthAndTheListScrolls()
    {
        m_list->resize(300, 200);
        QTRY_COMPARE(section(), least());
        QTRY_COMPARE(m_list->horizontalScrollBar()->maximum(),
                     250 + least() - m_list->viewport()->width());
        m_list->resize(900, 200);
        QTRY_COMPARE(section(), m_list->viewport()->width() - 250);
    }
};

QTEST_MAIN(TestMainSection)
#include "tst_mainsection.moc"
