// SPDX-License-Identifier: Apache-2.0
#include "attachedagent.h"
#include "waitinglist.h"

#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QVBoxLayout>

#include <memory>

using namespace Qt::StringLiterals;

// With real requests that wait.
class TestWaitingList final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_attached = std::make_unique<AttachedAgent>(Agent::Owner::Window);
        QVERIFY(m_attached->start());
        m_page = std::make_unique<QWidget>();
        m_list = new WaitingList(agent());
        m_above = new QWidget;
        m_above->setFixedHeight(40);
        auto *column = new QVBoxLayout(m_page.get());
        column->addWidget(m_above);
        column->addWidget(m_list);
        column->addStretch(1);
        m_page->resize(800, 500);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    }
    void cleanup()
    {
        m_page.reset();
        m_attached.reset();
    }

    void isThereOnlyWhileSomethingWaits()
    {
        QVERIFY(m_list->isHidden());
        const QString name = ask("id");
        QVERIFY(m_list->isVisible());
        QSignalSpy review(m_list, &WaitingList::reviewRequested);
        pressOnceArmed(u"Review: id"_s, [&] { return !review.isEmpty(); });
        QCOMPARE(review.constFirst().constFirst().toString(), name);
        pressOnceArmed(u"Deny: id"_s, [&] { return agent()->requests().isEmpty(); });
        QVERIFY(m_list->isHidden());
    }

    void AC_03_aDoubleClickDeniesOne_data()
    {
        QTest::addColumn<int>("pause");
        QTest::newRow("quick") << 20;
        QTest::newRow("slow") << 500;
    }
    void AC_03_aDoubleClickDeniesOne()
    {
        QFETCH(const int, pause);
        askThree();
        waitUntilArmed(u"Deny: w3"_s);
        const QPoint place = m_page->mapFromGlobal(centre(u"Deny: w1"_s));
        pressOnceArmed(u"Deny: w1"_s, [&] { return agent()->requests().size() == 2; });
        QTest::qWait(pause);
        QTRY_COMPARE(m_page->mapFromGlobal(centre(u"Deny: w2"_s)), place); // it has moved there
        clickAt(place);
        QCOMPARE(commands(), (QByteArrayList{"w2", "w3"}));
    }

    void AC_03_whatMovesUnderThePointerTakesNoPress_data()
    {
        QTest::addColumn<QString>("how");
        QTest::newRow("the one before it has ended") << u"ended"_s;
        QTest::newRow("something above it") << u"above"_s;
        QTest::newRow("scrolled") << u"scrolled"_s;
    }
    void AC_03_whatMovesUnderThePointerTakesNoPress()
    {
        QFETCH(const QString, how);
        askThree();
        for (const char *more : {"w4", "w5", "w6"})
            ask(more);
        waitUntilArmed(u"Deny: w3"_s);
        auto *deny = button(u"Deny: w3"_s);
        QString error;
        if (how == "ended"_L1)
            QVERIFY(agent()->deny(m_first, {}, &error));
        else if (how == "above"_L1)
            m_above->setFixedHeight(80);
        else
            m_list->findChild<QScrollArea *>()->verticalScrollBar()->setValue(8);
        QTRY_VERIFY(!looksArmed(deny));
        clickAt(m_page->mapFromGlobal(centre(u"Deny: w3"_s)));
        deny->click(); // by assistive technology
        QVERIFY(commands().contains("w3"));
        pressOnceArmed(u"Deny: w3"_s, [&] { return !commands().contains("w3"); });
    }

    void whatComesLaterDisturbsNoOther()
    {
        askThree();
        waitUntilArmed(u"Deny: w1"_s);
        ask("w4");
        QVERIFY(looksArmed(button(u"Deny: w1"_s)));
        QVERIFY(!looksArmed(button(u"Deny: w4"_s)));
        QTest::mouseClick(button(u"Deny: w1"_s), Qt::LeftButton);
        QCOMPARE(commands(), (QByteArrayList{"w2", "w3", "w4"}));
    }

private:
    QString ask(const QByteArray &command) // until it is listed
    {
        const QString name = m_attached->ask("{\"cmd\":\"" + command + "\"}");
        const bool shown =
            QTest::qWaitFor([&] { return button(u"Deny: "_s + QString::fromUtf8(command)); });
        return shown ? name : QString();
    }
    void askThree()
    {
        m_first = ask("w1");
        ask("w2");
        ask("w3");
    }
    QByteArrayList commands() const
    {
        QByteArrayList found;
        const QList<ActiveRequest *> requests = m_attached->agent->requests();
        for (const ActiveRequest *request : requests)
            found.append(request->request().command);
        return found;
    }
    QPushButton *button(const QString &name) const
    {
        const QList<QPushButton *> all = m_list->findChildren<QPushButton *>();
        for (QPushButton *one : all) {
            if (one->accessibleName() == name && one->isVisible())
                return one;
        }
        return nullptr;
    }
    QPoint centre(const QString &name) const
    {
        const QPushButton *shown = button(name);
        return shown->mapToGlobal(shown->rect().center());
    }
    void clickAt(QPoint place)
    {
        QWidget *there = m_page->childAt(place);
        QVERIFY(there);
        QTest::mouseClick(there, Qt::LeftButton, {}, there->mapFrom(m_page.get(), place));
    }
    bool looksArmed(const QPushButton *shown) const
    {
        return shown->palette().color(QPalette::ButtonText)
            == m_page->palette().color(QPalette::ButtonText);
    }
    void waitUntilArmed(const QString &name) { QTRY_VERIFY(looksArmed(button(name))); }
    template<typename Done>
    void pressOnceArmed(const QString &name, Done done)
    {
        waitUntilArmed(name);
        QTest::mouseClick(button(name), Qt::LeftButton);
        QTRY_VERIFY(done());
    }
    Agent *agent() { return m_attached->agent.get(); }

    std::unique_ptr<AttachedAgent> m_attached;
    std::unique_ptr<QWidget> m_page;
    WaitingList *m_list = nullptr;
    QWidget *m_above = nullptr;
    QString m_first;
};

QTEST_MAIN(TestWaitingList)
#include "tst_waitinglist.moc"
