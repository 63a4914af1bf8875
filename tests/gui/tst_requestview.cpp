// SPDX-License-Identifier: Apache-2.0
#include "attachedagent.h"
#include "plain.h"
#include "requestdetails.h"
#include "requesttext.h"
#include "requestview.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScopeGuard>
#include <QScrollBar>
#include <QStyle>
#include <QTreeView>

using namespace Qt::StringLiterals;

class TestRequestView final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_attached = std::make_unique<AttachedAgent>();
        QVERIFY(m_attached->start());
        m_view = std::make_unique<RequestView>(m_attached->agent.get());
        m_view->resize(960, 500);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    }
    void cleanup()
    {
        m_view.reset();
        m_attached.reset();
    }

    void saysWhatToDoWhenThereIsNothing()
    {
        m_view->setExample(u"curl example"_s);
        QVERIFY(!list()->isVisible());
        QVERIFY(!search()->isVisible());
        receive("df");
        QTRY_VERIFY(list()->isVisible());
        QVERIFY(search()->isVisible());
    }

    void showsWhatIsSelected()
    {
        const QString first = receive("first");
        const QString second = receive("second");
        QTRY_COMPARE(list()->model()->rowCount(), 2);
        list()->setCurrentIndex(list()->model()->index(1, 0));
        QCOMPARE(details()->requestName(), first);
        list()->setCurrentIndex(list()->model()->index(0, 0));
        QCOMPARE(details()->requestName(), second);
        QVERIFY(details()->isVisible());
    }

    void whatIsSelectedStaysWhenItIsFilteredOut()
    {
        const QString first = receive("first");
        receive("second");
        QTRY_COMPARE(list()->model()->rowCount(), 2);
        list()->setCurrentIndex(list()->model()->index(1, 0));
        QTest::keyClicks(search(), u"second"_s);
        QTRY_COMPARE(list()->model()->rowCount(), 1);
        QCOMPARE(details()->requestName(), first);
        QVERIFY(details()->isVisible());
        QTest::keyClick(search(), Qt::Key_Escape);
        QTRY_COMPARE(list()->model()->rowCount(), 2);
    }

    void aChangeThatEndsTheMatchLeavesTheDetails()
    {
        const QString first = receive("first");
        receive("second");
        m_view->findChild<QComboBox *>(u"requestStates"_s)->setCurrentIndex(1);
        QTRY_COMPARE(list()->model()->rowCount(), 2);
        list()->setCurrentIndex(list()->model()->index(1, 0));
        end(first);
        QTRY_COMPARE(list()->model()->rowCount(), 1);
        QCOMPARE(details()->requestName(), first);
        QVERIFY(!list()->currentIndex().isValid());
    }

    void saysThatNothingWasFoundAndShowsAll()
    {
        receive("first");
        QTRY_COMPARE(list()->model()->rowCount(), 1);
        search()->setText(u"nothing"_s);
        auto *nothing = m_view->findChild<QLabel *>(u"nothingFound"_s);
        QTRY_VERIFY(nothing->isVisible());
        QVERIFY(search()->isVisible());
        m_view->findChild<QPushButton *>(u"showAllRequests"_s)->click();
        QTRY_VERIFY(list()->isVisible());
        QVERIFY(search()->text().isEmpty());
    }

    void selectShowsAlsoWhatIsNotListed()
    {
        const QString first = receive("first");
        receive("second");
        search()->setText(u"second"_s);
        QTRY_COMPARE(list()->model()->rowCount(), 1);
        m_view->select(first);
        QCOMPARE(details()->requestName(), first);
        m_view->select(u"unknown"_s);
        QCOMPARE(details()->requestName(), first);
    }

    // In a window of 800 x 600 with its header and tabs.
    void fitsASmallScreen_data()
    {
        QTest::addColumn<int>("percent");
        QTest::newRow("usual font") << 100;
        QTest::newRow("large font") << 200;
    }
    void fitsASmallScreen()
    {
        QFETCH(const int, percent);
        const QFont usual = QApplication::font();
        QFont font = usual;
        font.setPointSizeF(usual.pointSizeF() * percent / 100);
        QApplication::setFont(font);
        const auto back = qScopeGuard([&usual] { QApplication::setFont(usual); });
        RequestView view(m_attached->agent.get());
        receive("first");
        view.show();
        auto *rows = view.findChild<QTreeView *>(u"requests"_s);
        QTRY_COMPARE(rows->model()->rowCount(), 1);
        rows->setCurrentIndex(rows->model()->index(0, 0));
        const QSize least = view.minimumSizeHint();
        QVERIFY2(least.width() <= 752, qPrintable(QString::number(least.width())));
        if (percent == 100)
            QVERIFY2(least.height() <= 440, qPrintable(QString::number(least.height())));
    }

    void theRowThatTheFocusComesToIsSelected()
    {
        receive("first");
        const QString second = receive("second");
        m_view = std::make_unique<RequestView>(m_attached->agent.get());
        m_view->show();
        QVERIFY(!details()->isVisible());
        m_view->focusFirst();
        QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
        QTRY_VERIFY(list()->hasFocus());
        QCOMPARE(list()->selectionModel()->selectedRows().value(0).row(), 0);
        QVERIFY(details()->isVisible());
        QCOMPARE(details()->requestName(), second);
    }

    void everyStateIsReadInWhole()
    {
        receive("first");
        const int margin = list()->style()->pixelMetric(QStyle::PM_FocusFrameHMargin) + 1;
        for (int state = 0; state <= int(RequestState::Interrupted); ++state) {
            const QString text = RequestText::symbolAndState(RequestState(state));
            QVERIFY2(list()->fontMetrics().horizontalAdvance(text) + 2 * margin
                         <= list()->columnWidth(RequestModel::State),
                     qPrintable(text));
        }
    }

    void noColumnIsBeyondTheRightEdge()
    {
        receive("first");
        QTRY_VERIFY(list()->isVisible());
        QVERIFY(!list()->isColumnHidden(RequestModel::Duration));
        const int least = 16 * QFontMetrics(Plain::fixedFont()).horizontalAdvance(u'x');
        const int spare = list()->columnWidth(RequestModel::Command) - least;
        m_view->resize(m_view->width() - spare - 8, m_view->height());
        QTRY_VERIFY(list()->isColumnHidden(RequestModel::Duration));
        QVERIFY(!list()->isColumnHidden(RequestModel::Output));
        QCOMPARE(list()->horizontalScrollBar()->maximum(), 0);
        QVERIFY(list()->columnWidth(RequestModel::Command) >= least);
    }

    void theSelectedOneStaysSelectedWhenNewOnesCome()
    {
        const QString first = receive("first");
        QTRY_COMPARE(list()->model()->rowCount(), 1);
        list()->setCurrentIndex(list()->model()->index(0, 0));
        receive("second");
        QTRY_COMPARE(list()->model()->rowCount(), 2);
        QCOMPARE(list()->currentIndex().row(), 1);
        QCOMPARE(details()->requestName(), first);
    }

private:
    QString receive(const QByteArray &command)
    {
        Request request;
        request.name = Request::newName();
        request.command = command;
        if (!m_attached->agent->journal()->received(request, u"host:1/app"_s, command))
            qFatal("it cannot be written");
        return request.name;
    }
    void end(const QString &name)
    {
        Request request;
        request.name = name;
        Outcome outcome;
        outcome.state = RequestState::Denied;
        QVERIFY(m_attached->agent->journal()->ended(request, outcome));
    }
    [[nodiscard]] QTreeView *list() const { return m_view->findChild<QTreeView *>(u"requests"_s); }
    [[nodiscard]] QLineEdit *search() const
    {
        return m_view->findChild<QLineEdit *>(u"requestSearch"_s);
    }
    [[nodiscard]] RequestDetails *details() const { return m_view->findChild<RequestDetails *>(); }

    std::unique_ptr<AttachedAgent> m_attached;
    std::unique_ptr<RequestView> m_view;
};

QTEST_MAIN(TestRequestView)
#include "tst_requestview.moc"
