// SPDX-License-Identifier: Apache-2.0
#include "journalfixture.h"
#include "requestcomparison.h"
#include "requestrebuild.h"

#include <QDir>

using namespace JournalFixture;
using namespace Qt::StringLiterals;

using Kind = RequestComparison::Kind;

// Of requests of every kind: the table as it was written with the chain, after each change of it,
// and made anew.
class tst_RequestComparison final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_connection = std::make_unique<SqlConnection>();
        fill();
        QVERIFY(m_connection->open(m_directory->filePath(u"journal.db"_s),
                                   SqlConnection::Access::ReadWrite));
        m_dump = dump();
        QCOMPARE(m_dump.count(u'\n'), 7); // eight requests; a question is none
    }

    void cleanup()
    {
        m_connection.reset();
        m_journal.reset();
        m_directory.reset();
    }

    void findsWhatFollowsFromTheChain()
    {
        QVERIFY(!difference());
        QVERIFY(!difference(m_running));
    }

    void ST_05_findsEachValueThatWasChanged_data()
    {
        QTest::addColumn<QString>("change");
        for (const char *change : {"name = 'other'",
                                   "state = 'denied'",
                                   "scope = 'other'",
                                   "received = received + 1",
                                   "ended = ended + 1",
                                   "ended = NULL",
                                   "ended_seq = ended_seq - 1",
                                   "ended_seq = NULL",
                                   "decided_by = 'user'",
                                   "pending = 0",
                                   "generation = 2",
                                   "number = 2",
                                   "command = CAST('echo harmless' AS BLOB)",
                                   "command = CAST('ls --dirE' AS BLOB)",
                                   "shown = 'echo harmless'",
                                   "reply = 'raw'",
                                   "timeout = 0",
                                   "reason = ''",
                                   "requester_id = NULL",
                                   "requester_id = 'other'",
                                   "ignored = '[]'",
                                   "exit = 0",
                                   "exit = NULL",
                                   "signal = 9",
                                   "has_run = 0",
                                   "duration_ms = 1",
                                   "time_limit = 0",
                                   "left_behind = 0",
                                   "detail = ''",
                                   "stdout_bytes = 0",
                                   "stderr_bytes = 0"})
            QTest::newRow(change) << QString::fromLatin1(change);
    }

    void ST_05_findsEachValueThatWasChanged()
    {
        QFETCH(const QString, change);
        QVERIFY(execute(u"UPDATE requests SET %1 WHERE serial = %2"_s.arg(change).arg(m_full)));
        expectDifference(Kind::Changed, m_full);
        expectRebuilt();
    }

    void ST_05_findsWhatWasChangedOfOneThatIsAlive()
    {
        QVERIFY(
            execute(u"UPDATE requests SET state = 'received' WHERE serial = %1"_s.arg(m_running)));
        expectDifference(Kind::Changed, m_running);
        expectRebuilt();
    }

    void ST_05_findsTheOneThatWasRemoved_data()
    {
        QTest::addColumn<bool>("alive");
        QTest::newRow("ended") << false;
        QTest::newRow("alive") << true;
    }
    void ST_05_findsTheOneThatWasRemoved()
    {
        QFETCH(const bool, alive);
        const qint64 serial = alive ? m_running : m_full;
        QVERIFY(execute(u"DELETE FROM requests WHERE serial = %1"_s.arg(serial)));
        expectDifference(Kind::Missing, serial);
        expectRebuilt();
    }

    void ST_05_findsTheOneThatWasAdded_data()
    {
        QTest::addColumn<qint64>("serial");
        QTest::newRow("before all") << qint64(-1);
        QTest::newRow("at the number of another step") << qint64(3);
        QTest::newRow("behind all") << qint64(1000);
    }
    void ST_05_findsTheOneThatWasAdded()
    {
        QFETCH(const qint64, serial);
        QVERIFY(execute(
            u"INSERT INTO requests (serial, name, state, scope, received, generation, "
            "number, command, shown, reply, timeout, reason, ignored) VALUES "
            "(%1, 'other', 'denied', '', 0, 1, 1, x'', '', 'raw', 0, '', '[]')"_s.arg(serial)));
        expectDifference(Kind::Added, serial);
        QCOMPARE(difference()->request, u"other"_s);
        expectRebuilt();
    }

    void beginsWhereItIsTold()
    {
        QVERIFY(execute(u"UPDATE requests SET state = 'denied' WHERE serial = %1"_s.arg(m_full)));
        QVERIFY(difference(m_full));
        QVERIFY(!difference(m_full + 1)); // of which the later steps are passed over
    }

    void saysThatItCannotBeRead_data()
    {
        QTest::addColumn<QString>("table");
        QTest::newRow("the table") << u"requests"_s;
        QTest::newRow("the chain") << u"journal"_s;
    }
    void saysThatItCannotBeRead()
    {
        QFETCH(const QString, table);
        m_journal.reset();
        QVERIFY(execute(u"DROP TABLE %1"_s.arg(table)));
        const auto difference = this->difference();
        QVERIFY(difference);
        QVERIFY(difference->kind == Kind::Unreadable);
        QVERIFY(difference->error.isError());
        SqlError error;
        QVERIFY(!RequestRebuild::run(m_connection.get(), &error));
        QVERIFY(error.isError());
    }

    void ST_05_findsADamagedIndexOfWords()
    {
        QVERIFY(!RequestRebuild::isIndexDamaged(m_connection.get()));
        QVERIFY(execute(u"INSERT INTO requests_fts (requests_fts, rowid, shown, reason) "
                        "VALUES ('delete', %1, 'ls', '')"_s.arg(m_full)));
        QVERIFY(RequestRebuild::isIndexDamaged(m_connection.get()));
        expectRebuilt();
    }

private:
    void fill()
    {
        m_journal = std::make_unique<Journal>();
        QVERIFY(open(m_journal.get(), m_directory->path()));
        QVERIFY(run(m_journal.get(), request("uptime"), "output"));
        fillFull();
        fillOthers();
        fillAlive();
    }

    // With a value in each column.
    void fillFull()
    {
        Request full = request("ls --dirA");
        full.replyForm = Request::ReplyForm::Json;
        full.timeout = std::chrono::seconds(30);
        full.reason = u"disk \"alert\" ü😀"_s;
        full.requesterId = u""_s;
        full.ignored = {u"cwd"_s, u"ü,\""_s};
        QVERIFY(m_journal->receivedApproved(full, scope(), "…", u"rule"_s));
        m_full = m_journal->request(full.name)->serial;
        QVERIFY(m_journal->pendingSent(full.name) && m_journal->running(full.name));
        Outcome outcome = finished(3);
        outcome.signal = 11;
        outcome.by = u"rule"_s;
        outcome.detail = u"why ü"_s;
        outcome.leftBehind = 2;
        outcome.standardOutput.total = 5'000'000'000;
        outcome.standardError.total = 7;
        QVERIFY(m_journal->ended(full, outcome));
    }

    void fillOthers()
    {
        const Request binary = request(QByteArray("a\0b\xff", 4));
        QVERIFY(m_journal->received(binary, scope(), {}));
        Outcome denied;
        denied.state = RequestState::Denied;
        denied.by = u"user"_s;
        denied.limit = std::chrono::seconds(300); // which no row keeps of what has not run
        QVERIFY(m_journal->ended(binary, denied));
        const Request unreadable = request({});
        QVERIFY(m_journal->received(unreadable, scope(), "{\"cmd\":"));
        Outcome invalid;
        invalid.state = RequestState::Invalid;
        invalid.detail = u"not JSON"_s;
        QVERIFY(m_journal->ended(unreadable, invalid));
        Request question = request({});
        question.kind = Request::Kind::Cancel;
        question.target = binary.name;
        QVERIFY(m_journal->received(question, scope(), {}));
        QVERIFY(m_journal->ended(question, denied));
        QVERIFY(m_journal->note(u"link"_s, {}));
    }

    void fillAlive()
    {
        const Request received = request("one");
        const Request waiting = request("two");
        const Request approved = request("three");
        const Request running = request("four");
        QVERIFY(m_journal->received(received, scope(), {}));
        QVERIFY(m_journal->received(waiting, scope(), {}) && m_journal->awaiting(waiting.name)
                && m_journal->pendingSent(waiting.name));
        QVERIFY(m_journal->receivedApproved(approved, scope(), {}, u"all"_s));
        QVERIFY(m_journal->received(running, scope(), {}) && m_journal->approved(running, u"user"_s)
                && m_journal->running(running.name));
        m_running = m_journal->request(running.name)->serial;
    }

    [[nodiscard]] bool execute(const QString &sql)
    {
        const bool ok = m_connection->execute(sql);
        if (!ok)
            qWarning("%s", qPrintable(m_connection->lastError().text));
        return ok;
    }

    [[nodiscard]] std::optional<RequestComparison::Difference> difference(qint64 from = -1000)
    {
        return RequestComparison::compare(m_connection.get(), from);
    }

    void expectDifference(Kind kind, qint64 serial)
    {
        const auto difference = this->difference();
        QVERIFY(difference);
        QVERIFY(difference->kind == kind);
        QCOMPARE(difference->serial, serial);
        QVERIFY(!difference->request.isEmpty());
    }

    // As it was, to the last value and word.
    void expectRebuilt()
    {
        SqlError error;
        QVERIFY(execute(u"BEGIN"_s));
        QVERIFY2(RequestRebuild::run(m_connection.get(), &error), qPrintable(error.text));
        QVERIFY(execute(u"COMMIT"_s));
        QVERIFY(!difference());
        QVERIFY(!RequestRebuild::isIndexDamaged(m_connection.get()));
        QCOMPARE(dump(), m_dump);
    }

    [[nodiscard]] QString dump()
    {
        QStringList columns;
        Statement names(m_connection.get(), u"SELECT name FROM pragma_table_info('requests')"_s);
        for (bool isRow = names.run() && names.next(); isRow; isRow = names.next())
            columns.append("quote("_L1 + names.value(0).toString() + u')');
        return m_connection
            ->scalar("SELECT group_concat("_L1 + columns.join(" || ',' || "_L1)
                     + ", char(10)) FROM requests ORDER BY serial"_L1)
            .toString();
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Journal> m_journal;
    std::unique_ptr<SqlConnection> m_connection;
    QString m_dump; // the table as it was written
    qint64 m_full = 0; // the serial of one with all values
    qint64 m_running = 0; // of one that runs
};

QTEST_GUILESS_MAIN(tst_RequestComparison)
#include "tst_requestcomparison.moc"
