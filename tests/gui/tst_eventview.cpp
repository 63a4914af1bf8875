// SPDX-License-Identifier: Apache-2.0
#include "attachedagent.h"
#include "bytesview.h"
#include "eventdetails.h"
#include "eventview.h"
#include "fittedtext.h"
#include "linkstrip.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTextBlock>
#include <QTextLayout>
#include <QTreeView>

using namespace Qt::StringLiterals;

class TestEventView final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_device = std::make_unique<AttachedAgent>(Agent::Owner::Window);
        QVERIFY(m_device->start());
        m_view = std::make_unique<EventView>(m_device->agent.get());
        m_view->resize(800, 500);
    }
    void cleanup()
    {
        m_view.reset();
        m_device.reset();
    }

    void readsNothingBeforeItIsShown()
    {
        QCOMPARE(list()->model()->rowCount(), 0);
        QVERIFY(strip()->spans().isEmpty());
        show();
        QVERIFY(list()->model()->rowCount() >= 3);
        QTRY_COMPARE(strip()->spans().last().state, LinkHistory::State::Attached);
        QVERIFY(label(u"linkSummary"_s)->text().startsWith(u"Last 24 hours: attached for "_s));
    }

    void theStripFollowsTheLink()
    {
        show();
        m_device->agent->pause();
        QTRY_COMPARE(strip()->spans().last().state, LinkHistory::State::Paused);
        QTRY_COMPARE(text(0), u"Paused by you"_s);
    }

    void tellsHowManyEventsWait()
    {
        show();
        QCOMPARE(label(u"outbox"_s)->text(), u"No events wait to be sent"_s);
        m_device->agent->pause();
        QString error;
        QVERIFY(m_device->agent->sendEvent("a", &error));
        QCOMPARE(label(u"outbox"_s)->text(), u"1 event waits to be sent"_s);
        QVERIFY(m_device->agent->sendEvent("b", &error));
        QCOMPARE(label(u"outbox"_s)->text(), u"2 events wait to be sent"_s);
        m_device->agent->resume();
        QTRY_COMPARE(label(u"outbox"_s)->text(), u"No events wait to be sent"_s);
        QTRY_COMPARE(text(0), u"b"_s);
    }

    void showsTheWholeOfAnEvent()
    {
        show();
        const QByteArray payload = "{\"text\":\"" + QByteArray(5000, 'x') + "\xff\"}";
        sendEvent(payload);
        list()->setCurrentIndex(list()->model()->index(0, 0));
        const auto *bytes = m_view->findChild<BytesView *>(u"eventPayload"_s);
        QVERIFY(bytes->isVisible());
        QCOMPARE(bytes->bytes(), payload);
        QVERIFY(label(u"eventFacts"_s)->text().startsWith(u"Event sent · "_s));
        QVERIFY(label(u"eventFacts"_s)->text().endsWith(u" · 5.0 kB"_s));
        QVERIFY(!m_view->findChild<QWidget *>(u"eventRemedy"_s)->isVisible());
    }

    void opensNothingThatWasNotChosen()
    {
        show();
        list()->setFocus();
        QVERIFY(!m_view->findChild<EventDetails *>()->isVisible());
        QTest::mouseClick(list()->viewport(), Qt::LeftButton, {},
                          list()->visualRect(list()->model()->index(0, 0)).center());
        QVERIFY(m_view->findChild<EventDetails *>()->isVisible());
        list()->clearSelection();
        QVERIFY(!m_view->findChild<EventDetails *>()->isVisible());
    }

    void showsWhatToDoAboutAProblem()
    {
        show();
        m_device->server.setAnswer("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        m_device->agent->pause();
        m_device->agent->resume();
        QTRY_VERIFY2(text(0).startsWith(u"Refused: "_s), qPrintable(text(0)));
        list()->setCurrentIndex(list()->model()->index(0, 0));
        const auto *words = m_view->findChild<FittedText *>(u"eventText"_s);
        QVERIFY(words->isVisible());
        QCOMPARE(words->toPlainText(), text(0));
        QVERIFY(m_view->findChild<FittedText *>(u"eventRemedy"_s)->isVisible());
        QTRY_COMPARE(strip()->spans().last().state, LinkHistory::State::Refused);
        QVERIFY(strip()->description(strip()->currentSpan()).contains(u"403 Forbidden"_s));
    }

    void newRowsLeaveSelectionAndPlace()
    {
        show();
        for (int i = 0; i < 60; ++i)
            note(i);
        QTRY_VERIFY(list()->model()->rowCount() >= 63);
        const QModelIndex chosen = list()->model()->index(40, 0);
        list()->setCurrentIndex(chosen);
        list()->scrollTo(chosen, QAbstractItemView::PositionAtTop);
        const int place = list()->visualRect(chosen).top();
        const QPersistentModelIndex kept = chosen;
        const int before = list()->model()->rowCount();
        note(60);
        note(61);
        QTRY_COMPARE(list()->model()->rowCount(), before + 2);
        QCOMPARE(kept.row(), 42);
        QCOMPARE(list()->currentIndex(), QModelIndex(kept));
        QCOMPARE(list()->visualRect(kept).top(), place);
    }

    void atItsTopTheListShowsWhatIsNew()
    {
        show();
        for (int i = 0; i < 60; ++i)
            note(i);
        QTRY_VERIFY(list()->model()->rowCount() >= 63);
        QTRY_COMPARE(list()->verticalScrollBar()->value(), 0);
        const int before = list()->model()->rowCount();
        note(61);
        QTRY_COMPARE(list()->model()->rowCount(), before + 1);
        QCOMPARE(list()->verticalScrollBar()->value(), 0);
    }

    void aClickIntoTheStripScrollsTheList()
    {
        show();
        for (int i = 0; i < 60; ++i)
            note(i);
        QTRY_VERIFY(list()->model()->rowCount() >= 63);
        Q_EMIT strip()->timeClicked(QDateTime::currentDateTimeUtc().addDays(-1));
        QTRY_COMPARE(list()->currentIndex().row(), list()->model()->rowCount() - 1);
        QVERIFY(list()->viewport()->rect().intersects(list()->visualRect(list()->currentIndex())));
    }

    void choosesAKindAndSaysWhatWillAppear()
    {
        show();
        auto *choice = m_view->findChild<QComboBox *>(u"eventFilter"_s);
        QVERIFY(list()->isVisible());
        choice->setCurrentIndex(int(EventModel::Show::Events));
        QTRY_VERIFY(!list()->isVisible());
        sendEvent("first");
        QTRY_VERIFY(list()->isVisible());
        QCOMPARE(list()->model()->rowCount(), 1);
        choice->setCurrentIndex(int(EventModel::Show::Problems));
        QTRY_VERIFY(!list()->isVisible());
        choice->setCurrentIndex(int(EventModel::Show::All));
        QTRY_VERIFY(list()->isVisible());
        QVERIFY(list()->model()->rowCount() >= 4);
    }

    // The list may be scrolled far down by then, and has its heartbeats on top.
    void anotherKindBeginsAtItsNewest()
    {
        m_device->server.setAnswer(ScriptedServer::accepted(R"({"msg":"200","heartbeat":1})"));
        m_device->agent->pause();
        m_device->agent->resume();
        for (int i = 0; i < 450; ++i)
            note(i);
        show();
        QTRY_VERIFY_WITH_TIMEOUT(text(0).contains(u"on this connection"_s), 10'000);
        Q_EMIT strip()->timeClicked(QDateTime::currentDateTimeUtc().addDays(-1));
        QTRY_COMPARE(list()->currentIndex().row(), list()->model()->rowCount() - 1);
        QVERIFY(list()->verticalScrollBar()->value() > 0);
        auto *choice = m_view->findChild<QComboBox *>(u"eventFilter"_s);
        choice->setCurrentIndex(int(EventModel::Show::Events));
        QTRY_COMPARE(text(0), u"note 449"_s);
        QTRY_COMPARE(list()->verticalScrollBar()->value(), 0);
        const auto atEnd = [this] {
            QTest::keyClick(list(), Qt::Key_End); // of what is read; then more is
            return list()->model()->rowCount() == 450;
        };
        QTRY_VERIFY(atEnd());
        QCOMPARE(text(449), u"note 0"_s);
    }

    void copiesTheSelectedRowsFromTheTop()
    {
        show();
        note(1);
        note(2);
        QTRY_COMPARE(text(0), u"note 2"_s);
        list()->setFocus();
        list()->setCurrentIndex(list()->model()->index(1, 0));
        QTest::keyClick(list(), Qt::Key_Up, Qt::ShiftModifier);
        QGuiApplication::clipboard()->clear();
        QTest::keyClick(list(), Qt::Key_C, Qt::ControlModifier);
        const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n');
        QCOMPARE(lines.size(), 2);
        QVERIFY2(lines.at(0).endsWith(u"\tnote 2"_s), qPrintable(lines.at(0)));
        QVERIFY2(lines.at(1).endsWith(u"\tnote 1"_s), qPrintable(lines.at(1)));
    }

    void everyControlHasAName()
    {
        show();
        for (const QWidget *part :
             {static_cast<const QWidget *>(strip()), static_cast<const QWidget *>(list()),
              m_view->findChild<const QWidget *>(u"eventFilter"_s),
              m_view->findChild<const QWidget *>(u"eventPayload"_s),
              m_view->findChild<const QWidget *>(u"eventText"_s)})
            QVERIFY2(!part->accessibleName().isEmpty(), qPrintable(part->objectName()));
    }

    void aSmallScreenIsWideEnoughForALargeFont()
    {
        QFont font = m_view->font();
        font.setPointSizeF(font.pointSizeF() * 2);
        m_view->setFont(font);
        show();
        QVERIFY2(m_view->minimumSizeHint().width() <= 768,
                 qPrintable(QString::number(m_view->minimumSizeHint().width())));
    }

    void heartbeatsAreOneLine()
    {
        m_device->server.setAnswer(ScriptedServer::accepted(R"({"msg":"200","heartbeat":1})"));
        m_device->agent->pause();
        m_device->agent->resume();
        show();
        QTRY_VERIFY_WITH_TIMEOUT(text(0).startsWith(u"2 heartbeats on this connection"_s), 10'000);
        QCOMPARE(m_device->agent->journal()->entries(u"link"_s, 0, 100).size(), 3);
        m_device->agent->pause();
        QTRY_COMPARE(text(0), u"Paused by you"_s);
        QVERIFY2(text(1).contains(u" heartbeats, the last at "_s), qPrintable(text(1)));
    }

    void longTextIsAsHighAsItIsAndScrolls()
    {
        FittedText text(3);
        text.resize(300, 100);
        text.show();
        QVERIFY(QTest::qWaitForWindowExposed(&text));
        text.setText(u"short"_s);
        const int one = text.height();
        text.setText(QString(80, u'x'));
        QVERIFY(text.height() > one);
        text.setText(QString(5000, u'x'));
        QVERIFY(text.height() <= 3 * one);
        QVERIFY(text.verticalScrollBar()->maximum() > 0);
        const QTextLayout *layout = text.document()->firstBlock().layout();
        QVERIFY(layout->lineCount() > 3);
        for (int i = 0; i < layout->lineCount(); ++i)
            QVERIFY(layout->lineAt(i).naturalTextWidth() <= text.viewport()->width());
        text.setText(u"short"_s);
        QCOMPARE(text.height(), one);
    }

private:
    void show()
    {
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    }
    void note(int number)
    {
        const QJsonObject data{{u"event"_s, u"note %1"_s.arg(number)}};
        QVERIFY(m_device->agent->journal()->note(u"event"_s, data));
    }
    void sendEvent(const QByteArray &payload)
    {
        QString error;
        const int before = list()->model()->rowCount();
        QVERIFY(m_device->agent->sendEvent(payload, &error));
        QTRY_VERIFY(list()->model()->rowCount() > before);
    }
    [[nodiscard]] QString text(int row) const
    {
        return list()->model()->index(row, EventModel::Text).data().toString();
    }
    [[nodiscard]] QTreeView *list() const { return m_view->findChild<QTreeView *>(u"events"_s); }
    [[nodiscard]] LinkStrip *strip() const { return m_view->findChild<LinkStrip *>(); }
    [[nodiscard]] QLabel *label(const QString &name) const
    {
        return m_view->findChild<QLabel *>(name);
    }

    std::unique_ptr<AttachedAgent> m_device;
    std::unique_ptr<EventView> m_view;
};

QTEST_MAIN(TestEventView)
#include "tst_eventview.moc"
