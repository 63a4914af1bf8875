// SPDX-License-Identifier: Apache-2.0
#include "eventmodel.h"
#include "journalfixture.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QPersistentModelIndex>
#include <QSignalSpy>

using namespace JournalFixture;
using namespace Qt::StringLiterals;
using Show = EventModel::Show;

class TestEventModel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_now = QDateTime::currentDateTimeUtc();
        m_journal = std::make_unique<Journal>([this] { return m_now; });
        QVERIFY(open(m_journal.get(), m_directory->filePath(u"data"_s))); // "The history begins"
    }
    void cleanup() { m_journal.reset(); }

    void readsAPageAtATimeNewestFirst()
    {
        sendEvents(450);
        EventModel model(m_journal.get());
        QCOMPARE(model.rowCount(), 0);
        const QAbstractItemModelTester tester(&model);
        model.fetchMore({});
        QCOMPARE(text(model, 0), u"event 449"_s);
        QVERIFY(model.rowCount() >= EventModel::PageSize);
        readAll(&model);
        QCOMPARE(model.rowCount(), 451);
        QCOMPARE(text(model, 449), u"event 0"_s);
        QCOMPARE(text(model, 450), u"The history begins"_s);
        QVERIFY(model.isComplete());
    }

    void leavesTheStepsOfRequestsOut()
    {
        QVERIFY(run(m_journal.get(), request("df")));
        sendEvents(1);
        QVERIFY(run(m_journal.get(), request("df")));
        EventModel model(m_journal.get());
        readAll(&model);
        QCOMPARE(model.rowCount(), 2);
    }

    // A page is not full before some slices have been read, with the event loop in between.
    void passesOverManyRowsWithoutAWait()
    {
        sendEvents(3);
        QVERIFY(fillWithRequests(100'000));
        EventModel model(m_journal.get());
        QSignalSpy completed(&model, &EventModel::completed);
        QElapsedTimer timer;
        timer.start();
        model.fetchMore({});
        QVERIFY2(timer.elapsed() < 100, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(!model.canFetchMore({})); // it is under way
        QTRY_COMPARE(completed.size(), 1);
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(text(model, 0), u"event 2"_s);
    }

    void newRowsComeInOnTop()
    {
        sendEvents(2);
        EventModel model(m_journal.get());
        readAll(&model);
        const QAbstractItemModelTester tester(&model);
        const QPersistentModelIndex first = model.index(0, 0);
        QSignalSpy resets(&model, &EventModel::modelReset);
        sendEvents(1000);
        QTRY_COMPARE(model.rowCount(), 1003);
        QCOMPARE(first.row(), 1000); // whoever has it selected, still has
        QCOMPARE(text(model, 0), u"event 999"_s);
        QCOMPARE(text(model, 999), u"event 0"_s);
        QCOMPARE(text(model, 1000), u"event 1"_s);
        QVERIFY(resets.isEmpty());
    }

    void showsOneKind_data()
    {
        QTest::addColumn<int>("show");
        QTest::addColumn<QStringList>("texts");
        const auto row = [](const char *name, Show show, const QStringList &texts) {
            QTest::newRow(name) << int(show) << texts;
        };
        row("connection", Show::Connection,
            {u"Paused by you"_s, u"Not connected: down"_s, u"Attached to h:1/a as d, encrypted"_s,
             u"Cometa Agent 1 started"_s});
        row("events", Show::Events,
            {u"event 0"_s, u"2 waiting events were dropped, since there was no more room"_s});
        row("settings", Show::Settings,
            {u"Settings changed: port"_s, u"Everything is approved for 15 min"_s});
        row("problems", Show::Problems,
            {u"2 waiting events were dropped, since there was no more room"_s,
             u"Not connected: down"_s});
    }
    void showsOneKind()
    {
        QFETCH(const int, show);
        note(u"agent"_s, {{u"started"_s, u"1"_s}});
        note(u"link"_s,
             {{u"state"_s, u"attached"_s},
              {u"to"_s, u"h:1/a"_s},
              {u"device"_s, u"d"_s},
              {u"encrypted"_s, true}});
        note(u"link"_s, {{u"state"_s, u"waiting"_s}, {u"detail"_s, u"down"_s}});
        note(u"window"_s, {{u"minutes"_s, 15}});
        note(u"settings"_s, {{u"changed"_s, QJsonArray{u"port"_s}}});
        note(u"outbox"_s, {{u"dropped"_s, 2}});
        note(u"link"_s, {{u"state"_s, u"paused"_s}});
        sendEvents(1);
        EventModel model(m_journal.get());
        readAll(&model);
        QCOMPARE(model.rowCount(), 9);
        model.setShow(Show(show));
        readAll(&model);
        QTEST(texts(model), "texts");
        const int before = model.rowCount();
        note(u"novel"_s, {}); // of no kind that is chosen
        note(u"link"_s, {{u"state"_s, u"waiting"_s}, {u"detail"_s, u"again"_s}});
        const bool isListed = Show(show) == Show::Connection || Show(show) == Show::Problems;
        QTRY_COMPARE(model.rowCount(), before + int(isListed));
    }

    void heartbeatsOfNowAreOneLineOnTop()
    {
        sendEvents(1);
        EventModel model(m_journal.get());
        readAll(&model);
        const QAbstractItemModelTester tester(&model);
        model.setHeartbeats(1, m_now);
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(text(model, 0), u"1 heartbeat on this connection · just now"_s);
        QSignalSpy changed(&model, &EventModel::dataChanged);
        model.setHeartbeats(2, m_now.addSecs(-120));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(text(model, 0), u"2 heartbeats on this connection · 2 min ago"_s);
        QCOMPARE(model.index(0, EventModel::Time).data().toString(), u"now"_s);
        note(u"window"_s, {{u"minutes"_s, 0}});
        QTRY_COMPARE(model.rowCount(), 4);
        QCOMPARE(text(model, 0), u"2 heartbeats on this connection · 2 min ago"_s);
        QCOMPARE(text(model, 1), u"“Allow everything” has ended"_s);
        model.setHeartbeats(0, {});
        QCOMPARE(model.rowCount(), 3);
        QVERIFY(!model.entry(model.index(3, 0)));
    }

    void heartbeatsOfAConnectionThatEndedAreALineBelowItsEnd()
    {
        note(u"link"_s,
             {{u"state"_s, u"paused"_s},
              {u"heartbeats"_s, 124},
              {u"last_heartbeat"_s, m_now.addSecs(-120).toString(Qt::ISODateWithMs)}});
        EventModel model(m_journal.get());
        readAll(&model);
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(text(model, 0), u"Paused by you"_s);
        QVERIFY2(text(model, 1).startsWith(u"124 heartbeats, the last at "_s),
                 qPrintable(text(model, 1)));
        QCOMPARE(model.index(1, EventModel::Time).data().toString(), u"2 min ago"_s);
        QVERIFY(model.index(1, EventModel::Kind).data().toString().contains(u"Heartbeats"_s));
        model.setShow(Show::Events);
        model.setHeartbeats(3, m_now); // not listed there
        readAll(&model);
        QCOMPARE(model.rowCount(), 0);
    }

    void goesToATimeThatIsNotReadYet()
    {
        const QDateTime now = m_now;
        for (int hour = 20; hour > 0; --hour) {
            m_now = now.addSecs(-3600 * hour);
            sendEvents(40);
        }
        m_now = now;
        EventModel model(m_journal.get());
        model.fetchMore({});
        QSignalSpy reached(&model, &EventModel::timeReached);
        model.goTo(now.addSecs(-3600 * 15 - 60));
        QTRY_COMPARE(reached.size(), 1);
        const auto index = reached.first().first().toModelIndex();
        QCOMPARE(model.time(index), now.addSecs(-3600 * 16));
        QCOMPARE(model.time(index.siblingAtRow(index.row() - 1)), now.addSecs(-3600 * 15));
        model.goTo(now); // read already
        QCOMPARE(reached.size(), 2);
        QCOMPARE(reached.last().first().toModelIndex().row(), 0);
        model.goTo(now.addDays(-100)); // before all: the last row
        QTRY_COMPARE(reached.size(), 3);
        QCOMPARE(reached.last().first().toModelIndex().row(), model.rowCount() - 1);
    }

    void copiesTheWholeRowWithItsExactTime()
    {
        note(u"event"_s, {{u"event"_s, QString(1000, u'x') + u'\n'}});
        EventModel model(m_journal.get());
        readAll(&model);
        QCOMPARE(text(model, 0).size(), 500);
        const QStringList parts = model.copyText(model.index(0, 0)).split(u'\t');
        QCOMPARE(parts.size(), 3);
        QCOMPARE(QDateTime::fromString(parts.at(0), Qt::ISODateWithMs), m_now);
        QVERIFY(parts.at(1).endsWith(u"Event sent"_s));
        QCOMPARE(parts.at(2), QString(1000, u'x') + u"\\n"_s);
    }

    void SP_05_payloadsAreTextInRowAndToolTip()
    {
        const QString fill(60, u'x');
        note(u"event"_s, {{u"event"_s, u"<b>x</b>\u202E"_s + fill}});
        EventModel model(m_journal.get());
        readAll(&model);
        QCOMPARE(text(model, 0), u"<b>x</b>\\u{202E}"_s + fill);
        const QString tip = model.index(0, EventModel::Text).data(Qt::ToolTipRole).toString();
        QVERIFY2(tip.contains(u"&lt;b&gt;x&lt;/b&gt;\\u{202E}"_s), qPrintable(tip));
        QVERIFY(!model.index(1, EventModel::Text).data(Qt::ToolTipRole).isValid()); // seen anyway
    }

    void whatWasPrunedMeanwhileSaysSo()
    {
        sendEvents(1);
        EventModel model(m_journal.get());
        readAll(&model);
        QVERIFY(m_journal->connection()->execute(u"DELETE FROM journal"_s));
        QCOMPARE(text(model, 0), u"No longer in the history"_s);
        QVERIFY(!model.entry(model.index(0, 0)));
    }

private:
    void note(const QString &kind, const QJsonObject &data)
    {
        QVERIFY(m_journal->note(kind, data));
    }
    void sendEvents(int count)
    {
        for (int i = 0; i < count; ++i)
            note(u"event"_s, {{u"event"_s, u"event %1"_s.arg(i)}});
    }
    // Steps of requests, past the chain of hashes, which nobody checks here.
    bool fillWithRequests(int count)
    {
        return m_journal->connection()->execute(
            u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %1) "
            "INSERT INTO journal (time, kind, request, data, hash) "
            "SELECT '%2', 'received', 'abc', '{}', '' FROM n"_s.arg(count)
                .arg(m_now.toString(Qt::ISODateWithMs)));
    }
    static void readAll(EventModel *model)
    {
        while (!model->isComplete()) {
            model->fetchMore({});
            QCoreApplication::processEvents();
        }
    }
    static QString text(const EventModel &model, int row)
    {
        return model.index(row, EventModel::Text).data().toString();
    }
    static QStringList texts(const EventModel &model)
    {
        QStringList list;
        for (int row = 0; row < model.rowCount(); ++row)
            list.append(text(model, row));
        return list;
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Journal> m_journal;
    QDateTime m_now;
};

QTEST_MAIN(TestEventModel)
#include "tst_eventmodel.moc"
