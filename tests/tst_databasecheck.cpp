// SPDX-License-Identifier: Apache-2.0
#include "databasecheck.h"
#include "journalfixture.h"

#include <sqlite3.h>

using namespace JournalFixture;
using namespace Qt::StringLiterals;

using Finding = DatabaseCheck::Finding;

class tst_DatabaseCheck final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_connection = std::make_unique<SqlConnection>();
    }

    void cleanup()
    {
        m_connection.reset();
        m_directory.reset();
    }

    void findsAGoodOne()
    {
        make(3);
        const DatabaseCheck check = this->check();
        QCOMPARE(check.finding(), Finding::Good);
        QVERIFY(check.detail().isEmpty());
        QVERIFY(check.warning().isEmpty());
        QVERIFY(check.record().isEmpty());
    }

    void findsANewOne()
    {
        QVERIFY(writeFile(database(), {}));
        QCOMPARE(check().finding(), Finding::Empty);
        writeHead(0);
        QCOMPARE(check().finding(), Finding::Empty);
    }

    void ST_01_findsThatAnEmptyOneWasNotEmpty()
    {
        QVERIFY(writeFile(database(), {}));
        writeHead(3);
        QCOMPARE(check().finding(), Finding::Damaged);
    }

    void ST_01_findsWhatIsDamaged_data()
    {
        QTest::addColumn<QStringList>("statements");
        QTest::addColumn<QString>("detail");
        const auto one = [](const char *sql) { return QStringList{QString::fromLatin1(sql)}; };
        QTest::newRow("view") << one("CREATE VIEW v AS SELECT 1") << u"not ours"_s;
        QTest::newRow("trigger") << one("CREATE TRIGGER t AFTER INSERT ON journal BEGIN "
                                        "DELETE FROM journal; END")
                                 << u"not ours"_s;
        QTest::newRow("row edited")
            << one("UPDATE journal SET data = '{}' WHERE seq = 150") << u"row 150 "_s;
        QTest::newRow("last row edited")
            << one("UPDATE journal SET kind = 'x' WHERE seq = 200") << u"row 200 "_s;
        QTest::newRow("row deleted") << one("DELETE FROM journal WHERE seq = 150") << u"row 151 "_s;
        QTest::newRow("row of another type")
            << one("UPDATE journal SET hash = x'00' WHERE seq = 160") << u"row 161 "_s;
        QTest::newRow("end cut off")
            << one("DELETE FROM journal WHERE seq > 190") << u"191 to 200"_s;
        QTest::newRow("all deleted") << one("DELETE FROM journal") << u"1 to 200"_s;
        QTest::newRow("first row edited") << QStringList{u"DELETE FROM journal WHERE seq > 1"_s,
                                                         u"UPDATE journal SET data = '{}'"_s}
                                          << u"row 1 "_s;
    }

    void ST_01_findsWhatIsDamaged()
    {
        QFETCH(const QStringList, statements);
        QFETCH(const QString, detail);
        make(200);
        QVERIFY(tamper(m_directory->path(), statements));
        const DatabaseCheck check = this->check();
        QCOMPARE(check.finding(), Finding::Damaged);
        QVERIFY2(check.detail().contains(detail), qPrintable(check.detail()));
    }

    // Every start reads the last 100; "log verify" reads all.
    void looksAtTheEndOfTheChain()
    {
        make(200);
        QVERIFY(tamper(m_directory->path(), {u"DELETE FROM journal WHERE seq = 50"_s}));
        QCOMPARE(check().finding(), Finding::Good);
        QVERIFY(!JournalFile::verify(m_directory->path()).intact);
    }

    void ST_01_findsDamagedPages()
    {
        make(200);
        QVERIFY(m_connection->open(database(), SqlConnection::Access::ReadOnly));
        const int page = m_connection
                             ->scalar(u"SELECT rootpage FROM sqlite_master "
                                      "WHERE name = 'requests_state'"_s)
                             .toInt();
        m_connection->close();
        QByteArray bytes = readFile(database());
        QVERIFY(page > 1 && bytes.size() >= page * 4096);
        QVERIFY(writeFile(database(),
                          bytes.replace((page - 1) * 4096, 4096, QByteArray(4096, '\xff'))));
        const DatabaseCheck check = this->check();
        QCOMPARE(check.finding(), Finding::Damaged);
        QVERIFY(!check.detail().isEmpty());
    }

    // What nobody has written to since it was closed need not be read; all else is looked at.
    void readsNoSealedPages()
    {
        make(200);
        QVERIFY(m_connection->open(database(), SqlConnection::Access::ReadWrite));
        const int page =
            m_connection
                ->scalar(u"SELECT rootpage FROM sqlite_master WHERE name = 'requests_state'"_s)
                .toInt();
        m_connection->close();
        QByteArray bytes = readFile(database());
        QVERIFY(writeFile(database(),
                          bytes.replace((page - 1) * 4096, 4096, QByteArray(4096, '\xff'))));
        QVERIFY(m_connection->open(database(), SqlConnection::Access::ReadWrite));
        const auto fits = DatabaseSeal::Finding::Fits;
        const QString path = m_directory->path();
        QCOMPARE(DatabaseCheck(m_connection.get(), path, fits).finding(), Finding::Good);
        QCOMPARE(DatabaseCheck(m_connection.get(), path).finding(), Finding::Damaged);
        QVERIFY(m_connection->execute(u"DELETE FROM journal WHERE seq = 150"_s));
        QCOMPARE(DatabaseCheck(m_connection.get(), path, fits).finding(), Finding::Damaged);
    }

    // How much of a long one is compared with its chain: by the seal of it.
    void ST_05_comparesTheRequests_data()
    {
        using Seal = DatabaseSeal::Finding;
        QTest::addColumn<Seal>("seal");
        QTest::addColumn<qint64>("serial");
        QTest::addColumn<bool>("isFound");
        const qint64 newest = DatabaseCheck::ComparedRows + 8;
        QTest::newRow("somebody wrote to it, the oldest") << Seal::Broken << qint64(2) << true;
        QTest::newRow("somebody wrote to it, the newest") << Seal::Broken << newest << true;
        QTest::newRow("killed, the oldest") << Seal::Missing << qint64(2) << false;
        QTest::newRow("killed, the newest") << Seal::Missing << newest << true;
        QTest::newRow("closed, the newest") << Seal::Fits << newest << false;
    }

    void ST_05_comparesTheRequests()
    {
        QFETCH(const DatabaseSeal::Finding, seal);
        QFETCH(const qint64, serial);
        QFETCH(const bool, isFound);
        makeLong();
        QVERIFY(m_connection->open(database(), SqlConnection::Access::ReadWrite));
        QVERIFY(!DatabaseCheck(m_connection.get(), m_directory->path(), seal).needsRebuild());
        QVERIFY(
            m_connection->execute(u"UPDATE requests SET exit = 7 WHERE serial = %1"_s.arg(serial)));
        const DatabaseCheck check(m_connection.get(), m_directory->path(), seal);
        QCOMPARE(check.finding(), Finding::Good);
        QCOMPARE(check.needsRebuild(), isFound);
    }

    // Which would end again at each start.
    void P12_comparesOneThatIsSaidToBeAlive_data()
    {
        QTest::addColumn<DatabaseSeal::Finding>("seal");
        QTest::newRow("killed") << DatabaseSeal::Finding::Missing;
        QTest::newRow("closed") << DatabaseSeal::Finding::Fits;
    }

    void P12_comparesOneThatIsSaidToBeAlive()
    {
        QFETCH(const DatabaseSeal::Finding, seal);
        makeLong();
        QVERIFY(m_connection->open(database(), SqlConnection::Access::ReadWrite));
        QVERIFY(m_connection->execute(u"UPDATE requests SET ended_seq = NULL WHERE serial = 2"_s));
        QVERIFY(DatabaseCheck(m_connection.get(), m_directory->path(), seal).needsRebuild());
    }

    void ST_01_makesNoTableFromABrokenChain()
    {
        {
            Journal journal;
            QVERIFY(open(&journal, m_directory->path()));
            QVERIFY(run(&journal, request("df")));
        }
        make(200);
        QVERIFY(tamper(m_directory->path(),
                       {u"UPDATE journal SET data = replace(data, '\"df\"', '\"ls\"') "
                        "WHERE seq = 2"_s}));
        const DatabaseCheck check = this->check();
        QCOMPARE(check.finding(), Finding::Damaged);
        QVERIFY2(check.detail().contains(u"row 2 "), qPrintable(check.detail()));
    }

    // SQLite would open it for reading alone, at each start.
    void ST_01_findsThatOnlyALaterVersionMayWriteIt()
    {
        make(3);
        QByteArray bytes = readFile(database());
        bytes[18] = 3;
        QVERIFY(writeFile(database(), bytes));
        const DatabaseCheck check = this->check();
        QCOMPARE(check.finding(), Finding::Damaged);
        QVERIFY(check.detail().contains(u"header"));
    }

    void ST_01_findsAFormatThatNobodyKnows()
    {
        make(3);
        QByteArray bytes = readFile(database());
        bytes[47] = char(0x84);
        QVERIFY(writeFile(database(), bytes));
        QCOMPARE(check().finding(), Finding::Damaged);
    }

    void ST_01_findsWhatIsNoDatabase()
    {
        QVERIFY(writeFile(database(), QByteArray(8192, 'x')));
        const DatabaseCheck check = this->check();
        QCOMPARE(check.finding(), Finding::Damaged);
        QVERIFY(check.detail().contains(u"not a database"));
    }

    void refusesALaterVersion()
    {
        make(3);
        QVERIFY(tamper(m_directory->path(), {u"PRAGMA user_version=99"_s}));
        const DatabaseCheck check = this->check();
        QCOMPARE(check.finding(), Finding::Refused);
        QVERIFY(check.detail().contains(u"later version"));
        QVERIFY(check.detail().contains(m_directory->path()));
    }

    void refusesWhatAnotherHolds()
    {
        make(3);
        SqlConnection other;
        QVERIFY(other.open(database(), SqlConnection::Access::ReadWrite));
        QVERIFY(other.execute(u"PRAGMA locking_mode=EXCLUSIVE"_s));
        QVERIFY(other.execute(u"BEGIN IMMEDIATE"_s));
        const DatabaseCheck check = this->check();
        QCOMPARE(check.finding(), Finding::Refused);
        QVERIFY2(check.detail().contains(u"locked"), qPrintable(check.detail()));
    }

    // Whatever read it is that fails, it is no damage, for which a new journal would begin.
    void refusesWhatCannotBeRead()
    {
        make(200);
        QVERIFY(m_connection->open(database(), SqlConnection::Access::ReadWrite));
        int failures = 0;
        Finding finding = Finding::Refused;
        for (int step = 1; finding != Finding::Good; step += 97) {
            m_stepsToFailure = step;
            sqlite3_progress_handler(m_connection->handle(), 1, &tst_DatabaseCheck::failOnce, this);
            const DatabaseCheck check(m_connection.get(), m_directory->path());
            finding = check.finding();
            sqlite3_progress_handler(m_connection->handle(), 0, nullptr, nullptr);
            if (m_stepsToFailure > 0)
                QCOMPARE(finding, Finding::Good);
            else
                QCOMPARE(finding, Finding::Refused);
            ++failures;
        }
        QVERIFY(failures > 10);
    }

    void ST_05_seesARowThatIsNotTheOneInTheHead()
    {
        make(3);
        writeHead(2);
        const DatabaseCheck check = this->check();
        QCOMPARE(check.finding(), Finding::Damaged);
        QVERIFY(check.detail().contains(u"row 2 "));
    }

    // After a crash between the commit and the head.
    void takesAHeadThatLags()
    {
        make(2);
        const QByteArray head = readFile(headPath());
        addRow();
        QVERIFY(writeFile(headPath(), head));
        QCOMPARE(check().finding(), Finding::Good);
        QVERIFY(check().warning().isEmpty());
    }

    void warnsThatTheHeadIsMissing_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("missing") << QByteArray();
        QTest::newRow("garbage") << QByteArray(123, 'x');
    }

    void warnsThatTheHeadIsMissing()
    {
        QFETCH(const QByteArray, head);
        make(3);
        QVERIFY(head.isEmpty() ? QFile::remove(headPath()) : writeFile(headPath(), head));
        const DatabaseCheck check = this->check();
        QCOMPARE(check.finding(), Finding::Good);
        QVERIFY(!check.warning().isEmpty());
        QCOMPARE(check.record(), (QJsonObject{{u"event"_s, u"head-missing"_s}, {u"last"_s, 3}}));
    }

    void warnsThatAPowerCutTookTheLastRows()
    {
        make(3);
        writeHead(5, QByteArray(36, 'b'));
        const DatabaseCheck check = this->check();
        QCOMPARE(check.finding(), Finding::Good);
        QVERIFY(check.warning().contains(u"4 to 5"));
        QCOMPARE(check.record(),
                 (QJsonObject{{u"event"_s, u"rows-lost"_s},
                              {u"last"_s, 3},
                              {u"head"_s, 5},
                              {u"head_hash"_s, QString(64, u'a')}}));
        writeHead(5); // within one boot nothing gets lost
        QCOMPARE(this->check().finding(), Finding::Damaged);
    }

private:
    static int failOnce(void *test)
    {
        return --static_cast<tst_DatabaseCheck *>(test)->m_stepsToFailure == 0 ? 1 : 0;
    }

    [[nodiscard]] QString database() const { return m_directory->filePath(u"journal.db"_s); }
    [[nodiscard]] QString headPath() const { return m_directory->filePath(u"head"_s); }

    // A journal of that many rows.
    void make(int rows)
    {
        Journal journal;
        QVERIFY(open(&journal, m_directory->path()));
        for (int i = 1; i < rows; ++i)
            QVERIFY(journal.note(u"link"_s, {{u"n"_s, i}}));
    }

    // One request, more rows than are compared without a seal, another one: 2 to 6, and the last.
    void makeLong()
    {
        if (m_longDatabase.isEmpty()) {
            writeLong();
            m_longDatabase = readFile(database());
            m_longHead = readFile(headPath());
        }
        QVERIFY(writeFile(database(), m_longDatabase) && writeFile(headPath(), m_longHead));
    }

    void writeLong()
    {
        Journal journal;
        QVERIFY(open(&journal, m_directory->path()));
        QVERIFY(run(&journal, request("df")));
        journal.close();
        appendRows(DatabaseCheck::ComparedRows + 1);
        QVERIFY(open(&journal, m_directory->path()));
        QVERIFY(run(&journal, request("ls")));
    }

    // In one transaction.
    void appendRows(qint64 rows)
    {
        QString error;
        JournalDatabase store;
        QVERIFY2(store.open(m_directory->path(), &error), qPrintable(error));
        {
            HeadRecord head;
            QVERIFY(head.open(m_directory->path()));
            Chain chain(store.connection(), &head);
            QVERIFY(store.begin(false));
            const QDateTime time = QDateTime::currentDateTimeUtc();
            for (qint64 i = 0; i < rows; ++i)
                QVERIFY(chain.append(time, u"link"_s, {}, {}));
            QVERIFY(store.commit());
            chain.committed();
        }
        store.close();
    }

    void addRow()
    {
        Journal journal;
        QVERIFY(open(&journal, m_directory->path()));
        QVERIFY(journal.note(u"link"_s, {}));
    }

    void writeHead(qint64 seq, const QByteArray &bootId = HeadRecord::currentBootId())
    {
        QVERIFY(writeFile(headPath(),
                          QByteArray::number(seq).rightJustified(20, '0') + ' '
                              + QByteArray(64, 'a') + ' ' + bootId + '\n'));
    }

    [[nodiscard]] DatabaseCheck check()
    {
        if (!m_connection->open(database(), SqlConnection::Access::ReadWrite))
            qWarning("%s", qPrintable(m_connection->lastError().text));
        return DatabaseCheck(m_connection.get(), m_directory->path());
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<SqlConnection> m_connection;
    QByteArray m_longDatabase; // made once
    QByteArray m_longHead;
    int m_stepsToFailure = 0;
};

QTEST_GUILESS_MAIN(tst_DatabaseCheck)
#include "tst_databasecheck.moc"
