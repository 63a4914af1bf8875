// SPDX-License-Identifier: Apache-2.0
#include "journalfixture.h"
#include "schema.h"

using namespace Qt::StringLiterals;

class tst_Schema final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_connection = std::make_unique<SqlConnection>();
        QVERIFY(m_connection->open(path(), SqlConnection::Access::ReadWrite));
    }

    void cleanup()
    {
        m_connection.reset();
        m_directory.reset();
    }

    void findsAnEmptyDatabase()
    {
        QCOMPARE(Schema::inspect(m_connection.get()), Schema::Finding::Empty);
    }

    void findsItsOwnTables()
    {
        QVERIFY(Schema::create(m_connection.get()));
        QCOMPARE(Schema::inspect(m_connection.get()), Schema::Finding::Ours);
        SqlConnection reader;
        QVERIFY(reader.open(path(), SqlConnection::Access::ReadOnly));
        QCOMPARE(Schema::inspect(&reader), Schema::Finding::Ours);
    }

    void givesPagesBackAndWritesAhead()
    {
        QVERIFY(Schema::create(m_connection.get()));
        QCOMPARE(m_connection->scalar(u"PRAGMA journal_mode"_s).toString(), u"wal"_s);
        QCOMPARE(m_connection->scalar(u"PRAGMA auto_vacuum"_s).toInt(), 2);
    }

    void isCreatedOnlyOnce()
    {
        QVERIFY(Schema::create(m_connection.get()));
        QVERIFY(!Schema::create(m_connection.get()));
    }

    void isCreatedWholeOrNotAtAll()
    {
        QVERIFY(m_connection->execute(u"CREATE TABLE outbox (n)"_s)); // the last but two
        QVERIFY(!Schema::create(m_connection.get()));
        m_connection->close();
        QVERIFY(m_connection->open(path(), SqlConnection::Access::ReadWrite));
        QCOMPARE(m_connection->scalar(u"SELECT count(*) FROM sqlite_master"_s).toInt(), 1);
    }

    void ST_01_findsWhatIsNotOurs_data()
    {
        QTest::addColumn<QStringList>("statements");
        QTest::newRow("view") << QStringList{u"CREATE VIEW v AS SELECT 1"_s};
        QTest::newRow("view in the place of a table")
            << QStringList{u"ALTER TABLE journal RENAME TO hidden"_s,
                           u"CREATE VIEW journal AS SELECT * FROM hidden"_s};
        QTest::newRow("trigger") << QStringList{
            u"CREATE TRIGGER t AFTER INSERT ON journal BEGIN DELETE FROM journal; END"_s};
        QTest::newRow("trigger named like the index")
            << QStringList{u"CREATE TRIGGER requests_fts_data AFTER INSERT ON journal BEGIN "
                           "DELETE FROM journal; END"_s};
        QTest::newRow("table") << QStringList{u"CREATE TABLE other (n)"_s};
        QTest::newRow("table named like the index")
            << QStringList{u"CREATE TABLE requests_fts_more (n)"_s};
        QTest::newRow("index") << QStringList{u"CREATE INDEX i ON journal (time)"_s};
        QTest::newRow("index by a constraint") << QStringList{u"CREATE TABLE o (n UNIQUE)"_s};
        QTest::newRow("virtual table") << QStringList{u"CREATE VIRTUAL TABLE f USING fts5(text)"_s};
        QTest::newRow("table is missing") << QStringList{u"DROP TABLE outbox"_s};
        QTest::newRow("index is missing") << QStringList{u"DROP INDEX requests_alive"_s};
        QTest::newRow("another index") << QStringList{
            u"DROP INDEX requests_alive"_s, u"CREATE INDEX requests_alive ON requests (name)"_s};
        QTest::newRow("column more") << QStringList{u"ALTER TABLE journal ADD COLUMN n"_s};
        QTest::newRow("another table of the name")
            << QStringList{u"DROP TABLE journal"_s, u"CREATE TABLE journal (seq, data)"_s};
        for (const auto &[table, column] :
             {std::pair("data", "block"), {"idx", "pgno"}, {"docsize", "id"}, {"config", "v"}})
            QTest::addRow("column of the table %s of the index", table)
                << QStringList{u"ALTER TABLE requests_fts_%1 RENAME COLUMN %2 TO kd"_s.arg(
                       QLatin1StringView(table), QLatin1StringView(column))};
        QTest::newRow("earlier version") << QStringList{u"PRAGMA user_version=0"_s};
        QTest::newRow("statistics") << QStringList{u"ANALYZE"_s};
    }

    void ST_01_findsWhatIsNotOurs()
    {
        QFETCH(const QStringList, statements);
        QVERIFY(Schema::create(m_connection.get()));
        for (const QString &statement : statements)
            QVERIFY2(m_connection->execute(statement), qPrintable(m_connection->lastError().text));
        QCOMPARE(Schema::inspect(m_connection.get()), Schema::Finding::Foreign);
    }

    void ST_01_findsADatabaseOfAnotherProgram()
    {
        QVERIFY(m_connection->execute(u"CREATE TABLE bookmarks (url)"_s));
        QCOMPARE(Schema::inspect(m_connection.get()), Schema::Finding::Foreign);
    }

    // Its tables are not looked at: they may be others.
    void findsALaterVersion()
    {
        QVERIFY(Schema::create(m_connection.get()));
        QVERIFY(m_connection->execute(u"DROP TABLE outbox"_s));
        QVERIFY(m_connection->execute(u"PRAGMA user_version=%1"_s.arg(Schema::Version + 1)));
        QCOMPARE(Schema::inspect(m_connection.get()), Schema::Finding::Later);
    }

    void ST_01_saysWhatCannotBeRead_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("no database") << QByteArray(8192, 'x');
        QTest::newRow("header alone") << QByteArray("SQLite format 3\0", 16);
        QTest::newRow("header and garbage")
            << QByteArray("SQLite format 3\0", 16) + QByteArray(8192, 'x');
    }

    void ST_01_saysWhatCannotBeRead()
    {
        QFETCH(const QByteArray, bytes);
        m_connection->close();
        QVERIFY(JournalFixture::writeFile(path(), bytes));
        QVERIFY(m_connection->open(path(), SqlConnection::Access::ReadWrite));
        QCOMPARE(Schema::inspect(m_connection.get()), Schema::Finding::Unreadable);
        QVERIFY(m_connection->lastError().isError());
    }

    void saysThatAClosedOneCannotBeRead()
    {
        m_connection->close();
        QCOMPARE(Schema::inspect(m_connection.get()), Schema::Finding::Unreadable);
        QVERIFY(!Schema::create(m_connection.get()));
    }

private:
    [[nodiscard]] QString path() const { return m_directory->filePath(u"journal.db"_s); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<SqlConnection> m_connection;
};

QTEST_GUILESS_MAIN(tst_Schema)
#include "tst_schema.moc"
