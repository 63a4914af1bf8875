// SPDX-License-Identifier: Apache-2.0
#include "statement.h"

#include <QTemporaryDir>
#include <QTest>

#include <limits>

using namespace Qt::StringLiterals;

class tst_Statement final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_connection = std::make_unique<SqlConnection>();
        QVERIFY(m_connection->open(path(), SqlConnection::Access::ReadWrite));
        QVERIFY(m_connection->execute(u"PRAGMA journal_mode=WAL"_s));
        QVERIFY(m_connection->execute(u"CREATE TABLE t (n INTEGER PRIMARY KEY)"_s));
    }

    void cleanup()
    {
        m_connection.reset();
        m_directory.reset();
    }

    void givesValuesBack_data()
    {
        QTest::addColumn<QVariant>("value");
        QTest::addColumn<QVariant>("found");
        QTest::addColumn<QString>("type");
        const auto same = [](const char *name, const QVariant &value, const QString &type) {
            QTest::newRow(name) << value << value << type;
        };
        same("NULL", {}, u"null"_s);
        same("integer", qint64(42), u"integer"_s);
        same("largest", std::numeric_limits<qint64>::max(), u"integer"_s);
        same("smallest", std::numeric_limits<qint64>::min(), u"integer"_s);
        same("text", u"grüße 漢字 😀"_s, u"text"_s);
        same("empty text", u""_s, u"text"_s);
        same("NUL in text", QString(u"a\0b"_s), u"text"_s);
        same("bytes", QByteArray("\xff\xfe\x80"), u"blob"_s);
        same("empty bytes", QByteArray(""), u"blob"_s);
        same("NUL in bytes", QByteArray("a\0b\0", 4), u"blob"_s);
        same("a MiB", QByteArray(1 << 20, 'x'), u"blob"_s);
        QTest::newRow("int") << QVariant(7) << QVariant(qint64(7)) << u"integer"_s;
        QTest::newRow("bool") << QVariant(true) << QVariant(qint64(1)) << u"integer"_s;
        QTest::newRow("null string") << QVariant(QString()) << QVariant(u""_s) << u"text"_s;
        QTest::newRow("null bytes")
            << QVariant(QByteArray()) << QVariant(QByteArray("")) << u"blob"_s;
    }

    void givesValuesBack()
    {
        QFETCH(const QVariant, value);
        QFETCH(const QVariant, found);
        QFETCH(const QString, type);
        Statement statement(m_connection.get(), u"SELECT ?1, typeof(?1)"_s);
        QVERIFY(statement.run({value}));
        QVERIFY(statement.next());
        QCOMPARE(statement.value(0).typeId(), found.typeId());
        QCOMPARE(statement.value(0), found);
        QCOMPARE(statement.value(1).toString(), type);
    }

    void readsFloatingPoint()
    {
        Statement statement(m_connection.get(), u"SELECT 1.5"_s);
        QVERIFY(statement.run());
        QVERIFY(statement.next());
        QCOMPARE(statement.value(0), QVariant(1.5));
    }

    void givesNothingBeyondTheColumns()
    {
        Statement statement(m_connection.get(), u"SELECT 1"_s);
        QVERIFY(!statement.value(0).isValid()); // not run yet
        QVERIFY(statement.run());
        QVERIFY(statement.next());
        QVERIFY(!statement.value(1).isValid());
        QVERIFY(!statement.value(-1).isValid());
    }

    void endsAfterTheLastRow()
    {
        Statement statement(m_connection.get(), u"SELECT column1 FROM (VALUES (1), (2))"_s);
        QVERIFY(statement.run());
        QVERIFY(statement.next());
        QVERIFY(statement.next());
        QCOMPARE(statement.value(0).toInt(), 2);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(!statement.next()); // and does not begin again
            QVERIFY(!statement.value(0).isValid());
        }
        QVERIFY(!statement.lastError().isError());
    }

    void hasNoRowBeforeItRuns()
    {
        Statement statement(m_connection.get(), u"SELECT 1"_s);
        QVERIFY(!statement.next());
        statement.finish();
        QVERIFY(!statement.next());
    }

    void readsFromTheBeginningWhenRunAgain()
    {
        insert({1, 2, 3});
        Statement statement(m_connection.get(), u"SELECT n FROM t WHERE n > ? ORDER BY n"_s);
        QVERIFY(statement.run({0}));
        QVERIFY(statement.next());
        QVERIFY(statement.run({1}));
        QVERIFY(statement.next());
        QCOMPARE(statement.value(0).toInt(), 2);
        statement.finish();
        QVERIFY(!statement.next());
    }

    void tellsHowManyRowsChanged()
    {
        insert({1, 2, 3});
        Statement statement(m_connection.get(), u"DELETE FROM t WHERE n >= ?"_s);
        QVERIFY(statement.run({2}));
        QCOMPARE(statement.changedRows(), 2);
        QVERIFY(statement.run({2}));
        QCOMPARE(statement.changedRows(), 0);
    }

    void saysWhatWentWrong_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QVariantList>("values");
        QTest::addColumn<int>("code");
        QTest::newRow("no SQL") << u"SELEKT 1"_s << QVariantList() << 1;
        QTest::newRow("no table") << u"SELECT * FROM nothing"_s << QVariantList() << 1;
        QTest::newRow("nothing at all") << u""_s << QVariantList() << 21;
        QTest::newRow("too many values") << u"SELECT ?"_s << QVariantList{1, 2} << 25;
        QTest::newRow("constraint") << u"INSERT INTO t VALUES (?)"_s << QVariantList{7} << 19;
        QTest::newRow("type") << u"INSERT INTO t VALUES (?)"_s << QVariantList{u"x"_s} << 20;
    }

    void saysWhatWentWrong()
    {
        QFETCH(const QString, sql);
        QFETCH(const QVariantList, values);
        QFETCH(const int, code);
        insert({7});
        Statement statement(m_connection.get(), sql);
        QVERIFY(!statement.run(values));
        QCOMPARE(statement.lastError().code, code);
        QVERIFY(!statement.lastError().text.isEmpty());
        QVERIFY(!statement.next());
    }

    void saysThatTheDatabaseIsNotOpen()
    {
        SqlConnection closed;
        Statement statement(&closed, u"SELECT 1"_s);
        QVERIFY(!statement.run());
        QVERIFY(statement.lastError().isError());
        QVERIFY(!statement.lastError().text.isEmpty());
    }

    void saysThatALaterRowCouldNotBeRead()
    {
        Statement statement(
            m_connection.get(),
            u"SELECT abs(column1) FROM (VALUES (1), (-9223372036854775807 - 1), (2))"_s);
        QVERIFY(statement.run());
        QVERIFY(statement.next());
        QVERIFY(!statement.lastError().isError());
        QVERIFY(!statement.next());
        QVERIFY(statement.lastError().isError());
        QVERIFY(!statement.next());
        QVERIFY(statement.lastError().isError());
    }

    void runsAgainAfterAnError()
    {
        Statement statement(m_connection.get(), u"INSERT INTO t VALUES (?)"_s);
        QVERIFY(statement.run({1}));
        QVERIFY(!statement.run({1}));
        QVERIFY(statement.run({2}));
        QVERIFY(!statement.lastError().isError());
        QCOMPARE(m_connection->scalar(u"SELECT count(*) FROM t"_s).toInt(), 2);

        Statement early(m_connection.get(), u"SELECT n FROM later"_s);
        QVERIFY(!early.run());
        QVERIFY(m_connection->execute(u"CREATE TABLE later (n)"_s));
        QVERIFY(early.run());
    }

    void holdsItsSnapshotUntilItIsFinished()
    {
        insert({1, 2});
        SqlConnection reader;
        QVERIFY(reader.open(path(), SqlConnection::Access::ReadOnly));
        Statement rows(&reader, u"SELECT n FROM t"_s);
        QVERIFY(rows.run());
        QVERIFY(rows.next());
        insert({3});
        QCOMPARE(reader.scalar(u"SELECT count(*) FROM t"_s).toInt(), 2);
        rows.finish();
        QCOMPARE(reader.scalar(u"SELECT count(*) FROM t"_s).toInt(), 3);
        QVERIFY(!rows.next());
    }

private:
    [[nodiscard]] QString path() const { return m_directory->filePath(u"db"_s); }

    void insert(const QList<int> &numbers)
    {
        Statement statement(m_connection.get(), u"INSERT INTO t VALUES (?)"_s);
        for (const int number : numbers)
            QVERIFY(statement.run({number}));
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<SqlConnection> m_connection;
};

QTEST_GUILESS_MAIN(tst_Statement)
#include "tst_statement.moc"
