// SPDX-License-Identifier: Apache-2.0
#include "journalfixture.h"
#include "requesttable.h"
#include "schema.h"

#include <sqlite3.h>

#include <limits>

using namespace JournalFixture;
using namespace Qt::StringLiterals;

class tst_RequestTable final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_connection = std::make_unique<SqlConnection>();
        QVERIFY(m_connection->open(m_directory->filePath(u"journal.db"_s),
                                   SqlConnection::Access::ReadWrite));
        QVERIFY(Schema::create(m_connection.get()));
        m_table = std::make_unique<RequestTable>(m_connection.get());
        m_seq = 0;
    }

    void cleanup()
    {
        m_table.reset();
        m_connection.reset();
        m_directory.reset();
    }

    void givesARequestBack()
    {
        Request asked = request(QByteArray("df\0\xff", 4), u"abc"_s);
        asked.id = {std::numeric_limits<quint64>::max(), 17};
        asked.replyForm = Request::ReplyForm::Json;
        asked.timeout = std::chrono::seconds(30);
        asked.reason = u"disk \"alert\""_s;
        asked.requesterId = u""_s;
        asked.ignored = {u"cwd"_s, u"ü,\""_s};
        const QDateTime now = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC);
        QVERIFY(m_table->insert(asked, scope(), 5, now, RequestState::Received, {}));
        const std::optional<RequestRow> row = m_table->find(u"abc"_s);
        QVERIFY(row);
        QCOMPARE(row->serial, 5);
        QCOMPARE(row->request.name, asked.name);
        QCOMPARE(row->request.id, asked.id);
        QCOMPARE(row->request.command, asked.command);
        QCOMPARE(row->request.replyForm, asked.replyForm);
        QCOMPARE(row->request.timeout, asked.timeout);
        QCOMPARE(row->request.reason, asked.reason);
        QVERIFY(!row->request.requesterId.isNull());
        QCOMPARE(row->request.ignored, asked.ignored);
        QCOMPARE(row->scope, scope());
        QCOMPARE(row->received, now);
        QVERIFY(!row->ended.isValid());
        QCOMPARE(row->state, RequestState::Received);
        QVERIFY(row->by.isEmpty());
        QVERIFY(!row->pendingSent);
        QVERIFY(!row->outcome.exitCode);
    }

    void keepsThatNoIdWasSent()
    {
        QVERIFY(insert("df"));
        QVERIFY(m_table->find(u"r1"_s)->request.requesterId.isNull());
    }

    void followsARequestToItsEnd()
    {
        QVERIFY(insert("df"));
        QVERIFY(m_table->setState(u"r1"_s, RequestState::AwaitingApproval));
        QVERIFY(m_table->setPending(u"r1"_s));
        QVERIFY(m_table->setState(u"r1"_s, RequestState::Approved, u"rule"_s));
        QVERIFY(m_table->setState(u"r1"_s, RequestState::Running));
        QCOMPARE(m_table->find(u"r1"_s)->state, RequestState::Running);
        QCOMPARE(m_table->find(u"r1"_s)->by, u"rule"_s); // a null one leaves it
        Outcome outcome = finished(3);
        outcome.by.clear();
        outcome.leftBehind = 2;
        outcome.detail = u"detail"_s;
        outcome.standardOutput.total = 10'000'000'000;
        outcome.standardError.total = 7;
        const QDateTime now = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC);
        QVERIFY(m_table->end(u"r1"_s, outcome, 9, now));
        const RequestRow row = *m_table->find(u"r1"_s);
        QCOMPARE(row.state, RequestState::Finished);
        QCOMPARE(row.outcome.state, RequestState::Finished);
        QCOMPARE(row.ended, now);
        QCOMPARE(row.by, u"rule"_s);
        QVERIFY(row.pendingSent);
        QCOMPARE(row.outcome.exitCode, std::optional(3));
        QCOMPARE(row.outcome.duration, outcome.duration);
        QCOMPARE(row.outcome.limit, outcome.limit);
        QCOMPARE(row.outcome.leftBehind, 2);
        QCOMPARE(row.outcome.detail, outcome.detail);
        QVERIFY(row.outcome.hasRun);
        QCOMPARE(row.outputBytes, 10'000'000'000);
        QCOMPARE(row.errorBytes, 7);
    }

    void refusesStepsOfWhatIsNotAlive_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("ended") << u"r1"_s;
        QTest::newRow("never received") << u"nothing"_s;
    }

    void refusesStepsOfWhatIsNotAlive()
    {
        QFETCH(const QString, name);
        QVERIFY(insert("df"));
        QVERIFY(end(u"r1"_s, RequestState::Denied));
        const QDateTime now = QDateTime::currentDateTimeUtc();
        QVERIFY(!m_table->setState(name, RequestState::Approved, u"user"_s));
        QVERIFY(!m_table->setState(name, RequestState::Running));
        QVERIFY(!m_table->setPending(name));
        QVERIFY(!m_table->end(name, finished(), 99, now));
        QVERIFY(!m_table->lastError().isError());
        QCOMPARE(m_table->find(u"r1"_s)->state, RequestState::Denied);
        expectIndexInStep();
    }

    void refusesANameThatIsThereAlready()
    {
        QVERIFY(insert("df"));
        QVERIFY(!m_table->insert(request("rm", u"r1"_s), scope(), 9,
                                 QDateTime::currentDateTimeUtc(), RequestState::Received, {}));
        QCOMPARE(m_table->lastError().code, 19);
        QCOMPARE(m_table->find(u"r1"_s)->request.command, "df");
    }

    void saysThatItCannotBeWritten()
    {
        QVERIFY(insert("df"));
        QVERIFY(m_connection->execute(u"PRAGMA query_only=1"_s));
        QVERIFY(!insert("ls"));
        QCOMPARE(m_table->lastError().code, 8);
        QVERIFY(!m_table->setPending(u"r1"_s));
        QVERIFY(m_table->lastError().isError());
        QVERIFY(m_connection->execute(u"PRAGMA query_only=0"_s));
        QVERIFY(m_table->setPending(u"r1"_s));
        QVERIFY(!m_table->lastError().isError());
    }

    void findsOnlyWhatIsThere()
    {
        QVERIFY(insert("df"));
        QVERIFY(m_table->contains(u"r1"_s));
        for (const QString &name : {u"r2"_s, u"R1"_s, u""_s, u"' OR 1"_s}) {
            QVERIFY(!m_table->contains(name));
            QVERIFY(!m_table->find(name));
        }
    }

    void knowsWhatIsAlive()
    {
        QCOMPARE(m_table->oldestAlive(), std::numeric_limits<qint64>::max());
        for (int i = 0; i < 4; ++i)
            QVERIFY(insert("df"));
        QVERIFY(end(u"r1"_s, RequestState::Denied));
        QVERIFY(end(u"r3"_s, RequestState::Finished));
        QCOMPARE(m_table->oldestAlive(), 2);
        QCOMPARE(m_table->alive().size(), 2);
        QCOMPARE(m_table->alive().constFirst().request.name, u"r2"_s);
        QCOMPARE(m_table->alive().constLast().request.name, u"r4"_s);
    }

    // A state that we did not write.
    void takesAnUnknownStateAsInvalid()
    {
        QVERIFY(insert("df"));
        QVERIFY(m_connection->execute(u"UPDATE requests SET state = 'other'"_s));
        QCOMPARE(m_table->find(u"r1"_s)->state, RequestState::Invalid);
    }

    void pagesBySerial()
    {
        QVERIFY(m_connection->execute(u"BEGIN"_s));
        for (int i = 0; i < 1010; ++i)
            QVERIFY(insert("df"));
        QVERIFY(m_connection->execute(u"COMMIT"_s));
        QCOMPARE(serials({}, {}, 0, 3), (QList<qint64>{1010, 1009, 1008}));
        QCOMPARE(serials({}, {}, 1008, 2), (QList<qint64>{1007, 1006}));
        QCOMPARE(serials({}, {}, 2, 9), QList<qint64>{1});
        QCOMPARE(serials({}, {}, 1), QList<qint64>());
        QCOMPARE(serials({}, {}, 0, 0).size(), 1);
        QCOMPARE(serials({}, {}, 0, 5000).size(), 1000);
        QCOMPARE(serials(u"df"_s, {}, 0, 5000).size(), 1000);
        QCOMPARE(serials(u"df"_s, {}, 3), (QList<qint64>{2, 1}));
    }

    void filtersByState_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("all") << QString();
        QTest::newRow("with text") << u"df"_s;
    }

    void filtersByState()
    {
        QFETCH(const QString, text);
        using State = RequestState;
        for (int i = 0; i < 8; ++i)
            QVERIFY(insert("df"));
        QVERIFY(end(u"r1"_s, State::Denied));
        QVERIFY(end(u"r2"_s, State::Finished));
        QVERIFY(m_table->setState(u"r3"_s, State::AwaitingApproval));
        QVERIFY(m_table->setState(u"r4"_s, State::Running));
        QVERIFY(end(u"r5"_s, State::Denied));
        const auto found = [this, text](const QList<State> &states, qint64 before = 0,
                                        int limit = 100) {
            return serials(text, states, before, limit);
        };
        QCOMPARE(found({State::Denied}), (QList<qint64>{5, 1}));
        QCOMPARE(found({State::Received}), (QList<qint64>{8, 7, 6}));
        QCOMPARE(found({State::Running, State::AwaitingApproval}), (QList<qint64>{4, 3}));
        QCOMPARE(found({State::Denied, State::Running, State::Received}),
                 (QList<qint64>{8, 7, 6, 5, 4, 1}));
        QCOMPARE(found({State::Denied, State::Running, State::Received}, 6, 2),
                 (QList<qint64>{5, 4}));
        QCOMPARE(found({State::Denied, State::Denied}), (QList<qint64>{5, 1}));
        QCOMPARE(found({State::Stopped}), QList<qint64>());
    }

    void filtersFailures()
    {
        for (int i = 0; i < 6; ++i)
            QVERIFY(insert("df"));
        QVERIFY(endWith(u"r1"_s, 0, 0));
        QVERIFY(endWith(u"r2"_s, 3, 0));
        QVERIFY(endWith(u"r3"_s, std::nullopt, 11));
        QVERIFY(end(u"r4"_s, RequestState::TimedOut));
        QVERIFY(end(u"r5"_s, RequestState::Denied));
        for (const QString &text : {QString(), u"df"_s}) {
            RequestFilter failures = filter(text, {RequestState::Finished, RequestState::TimedOut});
            QCOMPARE(serials(failures), (QList<qint64>{4, 3, 2, 1}));
            failures.failuresOnly = true;
            QCOMPARE(serials(failures), (QList<qint64>{4, 3, 2}));
            failures.states = {RequestState::Finished};
            QCOMPARE(serials(failures), (QList<qint64>{3, 2}));
        }
    }

    void pagesDownToASerial()
    {
        for (int i = 0; i < 9; ++i)
            QVERIFY(insert("df"));
        for (const QString &text : {QString(), u"df"_s}) {
            for (const auto &states :
                 {QList<RequestState>(), QList<RequestState>{RequestState::Received}}) {
                RequestFilter part = filter(text, states, 8);
                part.fromSerial = 5;
                QCOMPARE(serials(part), (QList<qint64>{7, 6, 5}));
            }
        }
    }

    void filtersByDate()
    {
        for (int i = 0; i < 100; ++i)
            QVERIFY(insertAt(1000 + 10 * i));
        QCOMPARE(since(0), 1);
        QCOMPARE(since(1000), 1);
        QCOMPARE(since(1001), 2);
        QCOMPARE(since(1500), 51);
        QCOMPARE(since(1990), 100);
        QCOMPARE(since(1991), 101); // none
        QCOMPARE(m_table->firstSince({}), 1);
        RequestFilter late = filter({});
        late.since = timeAt(1970);
        QCOMPARE(serials(late), (QList<qint64>{100, 99, 98}));
        late.text = u"df"_s;
        QCOMPARE(serials(late), (QList<qint64>{100, 99, 98}));
    }

    void filtersByDateWithGaps()
    {
        QCOMPARE(since(5), 1); // there is nothing
        m_seq = 10;
        QVERIFY(insertAt(1000)); // 11
        m_seq = 90;
        QVERIFY(insertAt(2000)); // 91
        QCOMPARE(m_table->firstSince({}), 11);
        RequestFilter late = filter({});
        late.since = timeAt(1500);
        QCOMPARE(serials(late), QList<qint64>{91});
        late.since = timeAt(500);
        QCOMPARE(serials(late), (QList<qint64>{91, 11}));
    }

    // A clock that was set back for a while does not hide what came before.
    void filtersByDateWhenTheClockWasSetBack()
    {
        for (int i = 0; i < 300; ++i)
            QVERIFY(insertAt(i >= 200 && i < 220 ? 5 : 1000 + i));
        QCOMPARE(since(1100), 101);
    }

    void findsThePreviousRun()
    {
        QVERIFY(insert("df"));
        QVERIFY(insert("df"));
        QVERIFY(insert("df "));
        QVERIFY(insert("df"));
        QVERIFY(endWith(u"r1"_s, 0, 0));
        QVERIFY(endWith(u"r3"_s, 0, 0));
        QVERIFY(end(u"r2"_s, RequestState::Denied)); // did not run
        QCOMPARE(m_table->previousRun("df", 4, 0), std::optional<qint64>(1));
        QCOMPARE(m_table->previousRun("df ", 4, 0), std::optional<qint64>(3));
        QVERIFY(!m_table->previousRun("df", 4, 2));
        QVERIFY(!m_table->previousRun("df", 1, 0));
        QVERIFY(!m_table->previousRun("ls", 4, 0));
    }

    void givesTheRequestOfASerial()
    {
        QVERIFY(insert("df"));
        QVERIFY(insert("ls"));
        QCOMPARE(m_table->at(2)->request.command, "ls");
        QVERIFY(!m_table->at(3));
    }

    void searchesAnyText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QList<qint64>>("found");
        // 1: tar czf b.tgz /var/log, 2: echo grüße, 3: df with the reason, 4: printf of a NUL
        const QList<qint64> none;
        QTest::newRow("word") << u"tar"_s << QList<qint64>{1};
        QTest::newRow("beginning of a word") << u"ech"_s << QList<qint64>{2};
        QTest::newRow("middle of a word") << u"cho"_s << none;
        QTest::newRow("case and marks") << u"GRÜSSE GRUßE"_s << none;
        QTest::newRow("marks") << u"gruße"_s << QList<qint64>{2};
        QTest::newRow("reason") << u"alert"_s << QList<qint64>{3};
        QTest::newRow("command and reason") << u"df alert"_s << QList<qint64>{3};
        QTest::newRow("quotes") << u"\"tar\" \"\"\" \""_s << QList<qint64>{1};
        QTest::newRow("apostrophe") << u"' tar' OR 1=1 --"_s << none;
        QTest::newRow("operators") << u"tar AND czf"_s << none;
        QTest::newRow("negation") << u"tar -echo"_s << none;
        QTest::newRow("column") << u"shown:tar"_s << none;
        QTest::newRow("column set") << u"{shown reason}: tar"_s << none;
        QTest::newRow("first word") << u"^tar"_s << QList<qint64>{1};
        QTest::newRow("brackets") << u"(tar) [czf]"_s << QList<qint64>{1};
        QTest::newRow("signs only") << u"* | && ^ \" ( ) \\"_s << none;
        QTest::newRow("blank") << u" \t\n"_s << QList<qint64>{4, 3, 2, 1};
        QTest::newRow("NUL in a word") << QString(u"ta\0r"_s) << QList<qint64>{1};
        QTest::newRow("NUL alone") << QString(u"\0"_s) << none;
        QTest::newRow("emoji") << u"😀"_s << none;
        QTest::newRow("emoji beside a word") << u"😀 tar"_s << QList<qint64>{1};
        QTest::newRow("half a surrogate pair") << QString(QChar(0xd83d)) << none;
        QTest::newRow("not a character") << QString(QChar(0xffff)) << none;
        QTest::newRow("combining mark alone") << u"\u0301"_s << none;
        QTest::newRow("a long word") << QString(100'000, u'x') << none;
        QTest::newRow("many words") << QString(u"tar "_s).repeated(2000) << QList<qint64>{1};
        QTest::newRow("percent and underscore") << u"%_%"_s << none;
        QTest::newRow("bytes as they are shown") << u"x{FF}"_s << QList<qint64>{4};
    }

    void searchesAnyText()
    {
        QFETCH(const QString, text);
        QFETCH(const QList<qint64>, found);
        QVERIFY(insert("tar czf b.tgz /var/log"));
        QVERIFY(insert("echo grüße"));
        QVERIFY(insert("df", RequestState::Received, u"disk alert 4711"_s));
        QVERIFY(insert(QByteArray("printf a\0b\xff", 11), RequestState::Received,
                       QString(u"o\0p \" '"_s)));
        const auto rows = m_table->page(filter(text));
        QVERIFY2(rows, qPrintable(m_table->lastError().text));
        QCOMPARE(serials(text), found);
        expectIndexInStep();
    }

    // The text index would make the owner wait between approval and start.
    void indexesWhatWasApprovedAtOnceWhenItRuns()
    {
        QVERIFY(insert("tar", RequestState::Approved));
        QVERIFY(serials(u"tar"_s).isEmpty());
        QCOMPARE(m_table->find(u"r1"_s)->by, u"rule"_s);
        QVERIFY(m_table->setState(u"r1"_s, RequestState::Running));
        QCOMPARE(serials(u"tar"_s), QList<qint64>{1});
        expectIndexInStep();
        QVERIFY(end(u"r1"_s, RequestState::Finished)); // not a second time
        QCOMPARE(serials(u"tar"_s), QList<qint64>{1});
        expectIndexInStep();
    }

    void indexesWhatWasApprovedAtOnceWhenItEnds()
    {
        QVERIFY(insert("tar", RequestState::Approved));
        QVERIFY(end(u"r1"_s, RequestState::Failed));
        QCOMPARE(serials(u"tar"_s), QList<qint64>{1});
        expectIndexInStep();
    }

    void removesWhatHasEnded()
    {
        for (int i = 0; i < 4; ++i)
            QVERIFY(insert("tar " + QByteArray::number(i)));
        QVERIFY(insert("tar at once", RequestState::Approved));
        QVERIFY(end(u"r1"_s, RequestState::Denied)); // row 6
        QVERIFY(end(u"r2"_s, RequestState::Denied)); // row 7
        QVERIFY(end(u"r5"_s, RequestState::Finished)); // row 8
        QCOMPARE(m_table->removeEnded(0), std::optional(QStringList()));
        QCOMPARE(m_table->removeEnded(1), std::optional(QStringList{u"r1"_s}));
        QCOMPARE(m_table->removeEnded(5), std::optional(QStringList{u"r2"_s, u"r5"_s}));
        QCOMPARE(m_table->removeEnded(99), std::optional(QStringList())); // the others live
        QCOMPARE(serials(), (QList<qint64>{4, 3}));
        QCOMPARE(serials(u"tar"_s), (QList<qint64>{4, 3}));
        expectIndexInStep();
    }

    // With odd text the index must forget just what it was told.
    void keepsTheIndexInStepWithAnyText()
    {
        const QByteArrayList commands = {QByteArray("a\0b\xff", 4), "\xed\xa0\x80", "grüße 😀", "",
                                         QByteArray(70'000, 'x'),   "a\nb\tc"};
        const QString reason = QString(u"re\0ason '\""_s) + QChar(0xd83d);
        for (const QByteArray &command : commands)
            QVERIFY(insert(command, RequestState::Received, reason));
        QVERIFY(insert("stays"));
        for (int i = 1; i <= commands.size(); ++i)
            QVERIFY(end(u"r%1"_s.arg(i), RequestState::Finished));
        expectIndexInStep();
        QCOMPARE(m_table->removeEnded(99)->size(), commands.size());
        expectIndexInStep();
        QCOMPARE(serials(u"stays"_s).size(), 1);
        QVERIFY(serials(u"reason"_s).isEmpty());
    }

    void removesRowsOfTheChain()
    {
        QVERIFY(m_connection->execute(u"INSERT INTO journal VALUES (1, '', '', '', '', ''), "
                                      "(2, '', '', '', '', ''), (3, '', '', '', '', '')"_s));
        QVERIFY(m_table->removeRows(2));
        QCOMPARE(m_connection->scalar(u"SELECT group_concat(seq) FROM journal"_s).toString(),
                 u"3"_s);
        QVERIFY(m_connection->execute(u"PRAGMA query_only=1"_s));
        QVERIFY(!m_table->removeRows(3));
        QVERIFY(m_table->lastError().isError());
    }

    void saysThatItCannotBeRead()
    {
        QVERIFY(m_connection->execute(u"DROP TABLE requests_fts"_s));
        QVERIFY(!m_table->page(filter(u"df"_s)));
        QVERIFY(m_table->lastError().isError());
        QVERIFY(m_table->page({}));
        QVERIFY(m_connection->execute(u"DROP TABLE requests"_s));
        QVERIFY(!m_table->page({}));
        QVERIFY(!m_table->removeEnded(9));
        QVERIFY(!m_table->find(u"r1"_s));
        QVERIFY(m_table->alive().isEmpty());
        QCOMPARE(m_table->oldestAlive(), 0); // nothing may be pruned
    }

    // Some of the rows are not all of them.
    void saysThatAPageBrokeOff()
    {
        QVERIFY(m_connection->execute(u"BEGIN"_s));
        for (int i = 0; i < 1000; ++i)
            QVERIFY(insert("df"));
        QVERIFY(m_connection->execute(u"COMMIT"_s));
        sqlite3_progress_handler(
            m_connection->handle(), 10'000, [](void *) { return 1; }, nullptr);
        const bool isRead = m_table->page(filter({}, {}, 0, 1000)).has_value();
        const SqlError error = m_table->lastError();
        sqlite3_progress_handler(m_connection->handle(), 0, nullptr, nullptr);
        QVERIFY(!isRead);
        QCOMPARE(error.code, SQLITE_INTERRUPT);
        QCOMPARE(m_table->page(filter({}, {}, 0, 1000))->size(), 1000);
    }

private:
    // r1, r2, … with their number as serial.
    [[nodiscard]] bool insert(const QByteArray &command,
                              RequestState state = RequestState::Received,
                              const QString &reason = {})
    {
        ++m_seq;
        Request asked = request(command, u"r%1"_s.arg(m_seq));
        asked.reason = reason;
        return m_table->insert(asked, scope(), m_seq, QDateTime::currentDateTimeUtc(), state,
                               state == RequestState::Approved ? u"rule"_s : QString());
    }

    [[nodiscard]] bool end(const QString &name, RequestState state)
    {
        Outcome outcome;
        outcome.state = state;
        return m_table->end(name, outcome, ++m_seq, QDateTime::currentDateTimeUtc());
    }

    [[nodiscard]] bool endWith(const QString &name, std::optional<int> exitCode, int signal)
    {
        Outcome outcome = finished();
        outcome.exitCode = exitCode;
        outcome.signal = signal;
        return m_table->end(name, outcome, 1000, QDateTime::currentDateTimeUtc());
    }

    [[nodiscard]] static QDateTime timeAt(qint64 seconds)
    {
        return QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC);
    }

    [[nodiscard]] bool insertAt(qint64 seconds)
    {
        ++m_seq;
        return m_table->insert(request("df", u"r%1"_s.arg(m_seq)), scope(), m_seq, timeAt(seconds),
                               RequestState::Received, {});
    }

    [[nodiscard]] qint64 since(qint64 seconds) { return m_table->firstSince(timeAt(seconds)); }

    [[nodiscard]] static RequestFilter filter(const QString &text,
                                              const QList<RequestState> &states = {},
                                              qint64 before = 0, int limit = 100)
    {
        return {.text = text, .states = states, .beforeSerial = before, .limit = limit};
    }

    [[nodiscard]] QList<qint64> serials(const QString &text = {},
                                        const QList<RequestState> &states = {}, qint64 before = 0,
                                        int limit = 100)
    {
        return serials(filter(text, states, before, limit));
    }

    [[nodiscard]] QList<qint64> serials(const RequestFilter &filter)
    {
        QList<qint64> list;
        const auto rows = m_table->page(filter);
        for (const RequestRow &row : rows.value_or(QList<RequestRow>()))
            list.append(row.serial);
        return list;
    }

    // 1: compares the index with the text in the table too.
    void expectIndexInStep()
    {
        QVERIFY2(m_connection->execute(u"INSERT INTO requests_fts (requests_fts, rank) "
                                       "VALUES ('integrity-check', 1)"_s),
                 qPrintable(m_connection->lastError().text));
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<SqlConnection> m_connection;
    std::unique_ptr<RequestTable> m_table;
    qint64 m_seq = 0;
};

QTEST_GUILESS_MAIN(tst_RequestTable)
#include "tst_requesttable.moc"
