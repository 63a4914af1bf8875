// SPDX-License-Identifier: Apache-2.0
#include "eventmodel.h"
#include "journal.h"
#include "requestmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

class TestRequestModel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_journal = std::make_unique<Journal>();
        QString error;
        QVERIFY2(m_journal->open(m_directory->filePath(u"data"_s), &error), qPrintable(error));
    }
    void cleanup() { m_journal.reset(); }

    void fetchesAPageAtATimeNewestFirst()
    {
        for (int i = 0; i < 250; ++i)
            receive(i);
        RequestModel model(m_journal.get());
        QCOMPARE(model.rowCount(), RequestModel::PageSize);
        const QAbstractItemModelTester tester(&model); // it fetches, too
        QCOMPARE(command(model, 0), u"echo 249"_s);
        while (model.canFetchMore({}))
            model.fetchMore({});
        QCOMPARE(model.rowCount(), 250);
        QCOMPARE(command(model, 249), u"echo 0"_s);
    }

    void newRequestsComeInOnTop()
    {
        receive(0);
        RequestModel model(m_journal.get());
        receive(1);
        receive(2);
        QTRY_COMPARE(model.rowCount(), 3);
        QCOMPARE(command(model, 0), u"echo 2"_s);
        QCOMPARE(command(model, 2), u"echo 0"_s);
    }

    void aFloodOfNewRequestsLeavesNoGap()
    {
        receive(0);
        RequestModel model(m_journal.get());
        for (int i = 1; i < 250; ++i)
            receive(i);
        QTRY_COMPARE(command(model, 0), u"echo 249"_s);
        while (model.canFetchMore({}))
            model.fetchMore({});
        QCOMPARE(model.rowCount(), 250);
        for (int i = 0; i < 250; ++i)
            QCOMPARE(command(model, i), u"echo %1"_s.arg(249 - i));
    }

    void aChangeShowsInItsRow()
    {
        const Request request = receive(0);
        receive(1);
        RequestModel model(m_journal.get());
        QVERIFY(m_journal->awaiting(request.name));
        QTRY_VERIFY(text(model, 1, RequestModel::State).contains(u"waiting for you"_s));
        Outcome outcome;
        outcome.state = RequestState::Denied;
        outcome.by = u"user"_s;
        QVERIFY(m_journal->ended(request, outcome));
        QTRY_VERIFY(text(model, 1, RequestModel::State).contains(u"denied"_s));
        QCOMPARE(text(model, 1, RequestModel::DecidedBy), u"you"_s);
        QCOMPARE(text(model, 1, RequestModel::Exit), QString());
    }

    void searchFindsCommands()
    {
        for (int i = 0; i < 5; ++i)
            receive(i);
        RequestModel model(m_journal.get());
        model.setFilter(withText(u"echo 3"_s));
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(command(model, 0), u"echo 3"_s);
        model.setFilter({});
        QCOMPARE(model.rowCount(), 5);
    }

    void filtersAreCombined()
    {
        for (int i = 0; i < 6; ++i)
            end(receive(i), i % 2 == 0 ? RequestState::Finished : RequestState::Denied, i);
        RequestModel model(m_journal.get());
        RequestFilter filter = withText(u"echo"_s);
        filter.states = {RequestState::Finished};
        model.setFilter(filter);
        QTRY_VERIFY(!model.isSearching());
        QCOMPARE(model.rowCount(), 3);
        filter.failuresOnly = true;
        model.setFilter(filter);
        QTRY_VERIFY(!model.isSearching());
        QCOMPARE(model.rowCount(), 2); // exit 2 and 4, not 0
        filter.since = QDateTime::currentDateTime().addDays(-1);
        model.setFilter(filter);
        QTRY_COMPARE(model.rowCount(), 2);
        filter.since = QDateTime::currentDateTime().addDays(1);
        model.setFilter(filter);
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(!model.isSearching());
    }

    void aRareStateIsSearchedForBetweenTurnsOfTheLoop()
    {
        const Request rare = receive(0);
        end(rare, RequestState::Finished, 1);
        for (int i = 1; i < 250; ++i)
            end(receive(i), RequestState::Finished, 0);
        QVERIFY(m_journal->connection()->execute( // a long way from the others
            u"UPDATE requests SET serial = serial + 1000000 WHERE name <> 'R0'"_s));
        RequestModel model(m_journal.get());
        const QSignalSpy searching(&model, &RequestModel::searchingChanged);
        RequestFilter filter;
        filter.states = {RequestState::Finished};
        filter.failuresOnly = true;
        model.setFilter(filter);
        QVERIFY(model.isSearching());
        QVERIFY(!model.canFetchMore({}));
        QTRY_VERIFY(!model.isSearching());
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(command(model, 0), u"echo 0"_s);
        QCOMPARE(searching.size(), 2);
        model.setFilter({});
        QVERIFY(!model.isSearching());
    }

    void whatNoLongerPassesGoesAndWhatDoesComes()
    {
        const Request one = receive(0);
        const Request two = receive(1);
        const Request three = receive(2);
        end(three, RequestState::Denied);
        RequestModel model(m_journal.get());
        const QAbstractItemModelTester tester(&model);
        RequestFilter filter;
        filter.states = {RequestState::Received, RequestState::Running};
        model.setFilter(filter);
        QCOMPARE(model.rowCount(), 2);
        end(two, RequestState::Denied);
        QTRY_COMPARE(model.rowCount(), 1);
        QCOMPARE(command(model, 0), u"echo 0"_s);
        filter.states = {RequestState::Denied};
        model.setFilter(filter);
        QCOMPARE(model.rowCount(), 2);
        end(one, RequestState::Denied); // between none: below the others
        QTRY_COMPARE(model.rowCount(), 3);
        QCOMPARE(command(model, 2), u"echo 0"_s);
    }

    void newOnesHaveToPassTheSearch()
    {
        receive(0);
        RequestModel model(m_journal.get());
        model.setFilter(withText(u"echo 3"_s));
        QCOMPARE(model.rowCount(), 0);
        for (int i = 1; i < 8; ++i)
            receive(i);
        QTRY_COMPARE(model.rowCount(), 1);
        QCOMPARE(command(model, 0), u"echo 3"_s);
    }

    void whatWasPrunedGoes()
    {
        const Request old = receive(0);
        end(old, RequestState::Denied);
        receive(1);
        RequestModel model(m_journal.get());
        const QAbstractItemModelTester tester(&model);
        QCOMPARE(model.rowCount(), 2);
        QVERIFY(m_journal->prune({.days = -1, .bytes = 0}));
        QTRY_COMPARE(model.rowCount(), 1);
        QCOMPARE(command(model, 0), u"echo 1"_s);
    }

    void findsRowsBySerial()
    {
        for (int i = 0; i < 150; ++i)
            receive(i);
        RequestModel model(m_journal.get());
        const qint64 serial = model.serial(model.index(42, 3));
        QCOMPARE(model.find(serial).row(), 42);
        QVERIFY(!model.find(model.serial(model.index(99, 0)) - 1).isValid()); // not fetched
        QVERIFY(!model.find(0).isValid());
        QCOMPARE(model.serial({}), 0);
    }

    // Rows that went from the cache are read again.
    void showsEveryRowOfALongList()
    {
        for (int i = 0; i < 1000; ++i)
            receive(i);
        RequestModel model(m_journal.get());
        while (model.canFetchMore({}))
            model.fetchMore({});
        for (int i = 0; i < 1000; ++i)
            QCOMPARE(command(model, i), u"echo %1"_s.arg(999 - i));
        QCOMPARE(command(model, 0), u"echo 999"_s);
    }

    void SP_05_commandsAreTextInRowAndToolTip()
    {
        Request request;
        request.name = u"a"_s;
        request.command = "uptime '<b></b><!--'; touch X #-->\x1b[2J";
        QVERIFY(m_journal->received(request, u"host:1/app"_s, request.command));
        RequestModel model(m_journal.get());
        QCOMPARE(command(model, 0), u"uptime '<b></b><!--'; touch X #-->\\u{001B}[2J"_s);
        const QString tip = model.index(0, RequestModel::Command).data(Qt::ToolTipRole).toString();
        QVERIFY2(tip.contains(u"&lt;b&gt;&lt;/b&gt;&lt;!--"_s), qPrintable(tip));
    }

    void SP_06_aLongCommandIsCutWithACount()
    {
        Request request;
        request.name = u"a"_s;
        request.command = QByteArray(60'000, 'x');
        QVERIFY(m_journal->received(request, u"host:1/app"_s, request.command));
        RequestModel model(m_journal.get());
        QVERIFY(command(model, 0).endsWith(u"more bytes)"_s));
        QVERIFY(command(model, 0).size() < 300);
    }

    void eventsListWhatIsAboutNoRequest()
    {
        receive(0);
        QVERIFY(m_journal->note(u"agent"_s, {{u"started"_s, u"1.0"_s}}));
        receive(1);
        EventModel model(m_journal.get());
        const QAbstractItemModelTester tester(&model);
        while (model.canFetchMore({}))
            model.fetchMore({});
        const int before = model.rowCount();
        QVERIFY(before >= 1);
        QCOMPARE(model.index(0, EventModel::Text).data().toString(), u"Cometa Agent 1.0 started"_s);
        QVERIFY(m_journal->note(u"event"_s, {{u"event"_s, u"<b>\u202E"_s}}));
        receive(2);
        QTRY_COMPARE(model.rowCount(), before + 1);
        QCOMPARE(model.index(0, EventModel::Text).data().toString(), u"<b>\\u{202E}"_s);
    }

private:
    Request receive(int number)
    {
        Request request;
        request.name = u"R%1"_s.arg(number);
        request.command = "echo " + QByteArray::number(number);
        if (!m_journal->received(request, u"host:1/app"_s, request.command))
            qFatal("%s", qPrintable(m_journal->errorString()));
        return request;
    }
    void end(const Request &request, RequestState state, int exitCode = 0)
    {
        Outcome outcome;
        outcome.state = state;
        outcome.hasRun = state == RequestState::Finished;
        if (outcome.hasRun)
            outcome.exitCode = exitCode;
        QVERIFY(m_journal->ended(request, outcome));
    }
    static RequestFilter withText(const QString &text)
    {
        RequestFilter filter;
        filter.text = text;
        return filter;
    }
    static QString text(const QAbstractItemModel &model, int row, int column)
    {
        return model.index(row, column).data().toString();
    }
    static QString command(const RequestModel &model, int row)
    {
        return text(model, row, RequestModel::Command);
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Journal> m_journal;
};

QTEST_MAIN(TestRequestModel)
#include "tst_requestmodel.moc"
