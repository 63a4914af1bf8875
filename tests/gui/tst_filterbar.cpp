// SPDX-License-Identifier: Apache-2.0
#include "filterbar.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

using States = FilterBar::States;
using Since = FilterBar::Since;

class TestFilterBar final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_bar = std::make_unique<FilterBar>();
        m_bar->show();
        QVERIFY(QTest::qWaitForWindowActive(m_bar.get()));
    }
    void cleanup() { m_bar.reset(); }

    void hidesNothingAtFirst()
    {
        const RequestFilter filter = m_bar->filter();
        QVERIFY(filter.text.isEmpty() && filter.states.isEmpty() && !filter.since.isValid());
        QVERIFY(!filter.failuresOnly && !m_bar->isActive());
    }

    void tellsOnceWhenTheTypingRests()
    {
        const QSignalSpy spy(m_bar.get(), &FilterBar::changed);
        QTest::keyClicks(text(), u" df -h "_s);
        QVERIFY(spy.isEmpty());
        QTRY_COMPARE(spy.size(), 1);
        QCOMPARE(m_bar->filter().text, u"df -h"_s);
        QVERIFY(m_bar->isActive());
    }

    void tellsAtOnceWhatIsChosen()
    {
        const QSignalSpy spy(m_bar.get(), &FilterBar::changed);
        box("requestStates")->setCurrentIndex(3);
        QCOMPARE(spy.size(), 1);
        QVERIFY(m_bar->filter().failuresOnly);
        box("requestDays")->setCurrentIndex(1);
        QCOMPARE(spy.size(), 2);
        QCOMPARE(m_bar->filter().since, QDate::currentDate().startOfDay());
    }

    void controlFGoesToTheText()
    {
        text()->setText(u"old"_s);
        box("requestStates")->setFocus();
        QTest::keyClick(m_bar.get(), Qt::Key_F, Qt::ControlModifier);
        QTRY_VERIFY(text()->hasFocus());
        QCOMPARE(text()->selectedText(), u"old"_s);
    }

    void escapeClearsTheText()
    {
        text()->setFocus();
        QTest::keyClicks(text(), u"df"_s);
        QTest::keyClick(text(), Qt::Key_Escape);
        QVERIFY(text()->text().isEmpty());
        QTRY_VERIFY(!m_bar->isActive());
    }

    void clearShowsAll()
    {
        text()->setText(u"df"_s);
        box("requestStates")->setCurrentIndex(1);
        box("requestDays")->setCurrentIndex(2);
        const QSignalSpy spy(m_bar.get(), &FilterBar::changed);
        m_bar->clear();
        QCOMPARE(spy.size(), 1);
        QVERIFY(!m_bar->isActive());
    }

    void statesOfEachChoice_data()
    {
        QTest::addColumn<int>("choice");
        QTest::addColumn<QList<RequestState>>("some");
        QTest::newRow("open") << int(States::Open)
                              << QList{RequestState::AwaitingApproval, RequestState::Running};
        QTest::newRow("finished") << int(States::Finished) << QList{RequestState::Finished};
        QTest::newRow("failed") << int(States::Failed)
                                << QList{RequestState::Finished, RequestState::TimedOut,
                                         RequestState::Failed};
        QTest::newRow("not run") << int(States::NotRun)
                                 << QList{RequestState::Denied, RequestState::Expired,
                                          RequestState::Withdrawn};
    }
    void statesOfEachChoice()
    {
        QFETCH(const int, choice);
        QFETCH(const QList<RequestState>, some);
        const RequestFilter filter =
            FilterBar::filterOf({}, States(choice), Since::Any, QDateTime());
        for (const RequestState state : some)
            QVERIFY(filter.states.contains(state));
        QCOMPARE(filter.failuresOnly, choice == int(States::Failed));
    }

    // Each state can be found by one of the choices.
    void noStateIsForgotten()
    {
        QList<RequestState> all;
        for (const States states : {States::Open, States::Finished, States::Failed, States::NotRun})
            all += FilterBar::filterOf({}, states, Since::Any, QDateTime()).states;
        for (int state = 0; state <= int(RequestState::Interrupted); ++state)
            QVERIFY2(all.contains(RequestState(state)), qPrintable(stateName(RequestState(state))));
    }

    void daysBeginAtMidnight()
    {
        const QDateTime now(QDate(2026, 3, 10), QTime(15, 30));
        const auto since = [&now](Since days) {
            return FilterBar::filterOf({}, States::Any, days, now).since;
        };
        QVERIFY(!since(Since::Any).isValid());
        QCOMPARE(since(Since::Today), QDate(2026, 3, 10).startOfDay());
        QCOMPARE(since(Since::Week), QDate(2026, 3, 4).startOfDay());
        QCOMPARE(since(Since::Month), QDate(2026, 2, 9).startOfDay());
    }

    void everyControlHasAName()
    {
        auto controls = m_bar->findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly);
        controls.removeIf([](const QWidget *control) { return control->isHidden(); });
        QCOMPARE(controls.size(), 4);
        for (const QWidget *control : controls)
            QVERIFY(!control->accessibleName().isEmpty() && !control->objectName().isEmpty());
    }

    void exportCanBeOff()
    {
        auto *button = m_bar->findChild<QPushButton *>(u"requestExport"_s);
        const QSignalSpy spy(m_bar.get(), &FilterBar::exportClicked);
        m_bar->setExportEnabled(false);
        button->click();
        QVERIFY(spy.isEmpty());
        m_bar->setExportEnabled(true);
        button->click();
        QCOMPARE(spy.size(), 1);
    }

private:
    [[nodiscard]] QLineEdit *text() const { return m_bar->findChild<QLineEdit *>(); }
    [[nodiscard]] QComboBox *box(const char *name) const
    {
        return m_bar->findChild<QComboBox *>(QString::fromLatin1(name));
    }

    std::unique_ptr<FilterBar> m_bar;
};

QTEST_MAIN(TestFilterBar)
#include "tst_filterbar.moc"
