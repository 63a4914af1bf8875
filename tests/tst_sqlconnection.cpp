// SPDX-License-Identifier: Apache-2.0
#include "sqlconnection.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

using Access = SqlConnection::Access;

class tst_SqlConnection final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesAndReads()
    {
        SqlConnection connection;
        QVERIFY(make(&connection));
        QVERIFY(connection.isOpen());
        QCOMPARE(connection.path(), path());
        QVERIFY(connection.handle());
        QCOMPARE(connection.scalar(u"SELECT n FROM t"_s), QVariant(qint64(1)));
        QVERIFY(!connection.lastError().isError());
    }

    void saysWhyItCannotBeOpened_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<Access>("access");
        QTest::newRow("no such file") << u"nothing"_s << Access::ReadOnly;
        QTest::newRow("no such directory") << u"nowhere/db"_s << Access::ReadWrite;
        QTest::newRow("a directory") << u"."_s << Access::ReadWrite;
    }

    void saysWhyItCannotBeOpened()
    {
        QFETCH(const QString, path);
        QFETCH(const Access, access);
        SqlConnection connection;
        QVERIFY(make(&connection));
        QVERIFY(!connection.open(m_directory.filePath(path), access)); // the other is closed too
        QVERIFY(!connection.isOpen());
        QCOMPARE(connection.lastError().code, 14);
        QVERIFY(!connection.lastError().text.isEmpty());
        QVERIFY(!connection.execute(u"SELECT 1"_s));
        QVERIFY(!connection.scalar(u"SELECT 1"_s).isValid());
        QVERIFY(!QFile::exists(m_directory.filePath(u"nothing"_s)));
    }

    void saysThatItIsNoDatabase()
    {
        QFile file(m_directory.filePath(u"text"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(4096, 'x'));
        file.close();
        SqlConnection connection;
        QVERIFY(connection.open(file.fileName(), Access::ReadOnly)); // it is not read yet
        QVERIFY(!connection.scalar(u"SELECT count(*) FROM sqlite_master"_s).isValid());
        QCOMPARE(connection.lastError().code, 26);
    }

    void changesNothingReadOnly()
    {
        SqlConnection writer;
        QVERIFY(make(&writer));
        SqlConnection reader;
        QVERIFY(reader.open(path(), Access::ReadOnly));
        QVERIFY(!reader.execute(u"DELETE FROM t"_s));
        QCOMPARE(reader.lastError().code, 8);
        QCOMPARE(reader.scalar(u"SELECT count(*) FROM t"_s).toInt(), 1);
    }

    void forgetsAnErrorWithTheNextStatement()
    {
        SqlConnection connection;
        QVERIFY(make(&connection));
        QVERIFY(!connection.execute(u"SELEKT"_s));
        QVERIFY(connection.lastError().isError());
        QVERIFY(connection.execute(u"SELECT 1"_s));
        QVERIFY(!connection.lastError().isError());
    }

    void givesNoValueWhereThereIsNone_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<bool>("isError");
        QTest::newRow("no row") << u"SELECT n FROM t WHERE n = 9"_s << false;
        QTest::newRow("NULL") << u"SELECT max(n) FROM t WHERE n = 9"_s << false;
        QTest::newRow("no query") << u"DELETE FROM t"_s << false;
        QTest::newRow("error") << u"SELECT nothing FROM t"_s << true;
    }

    void givesNoValueWhereThereIsNone()
    {
        QFETCH(const QString, sql);
        QFETCH(const bool, isError);
        SqlConnection connection;
        QVERIFY(make(&connection));
        QVERIFY(!connection.scalar(sql).isValid());
        QCOMPARE(connection.lastError().isError(), isError);
    }

    void opensAgainAfterItWasClosed()
    {
        SqlConnection connection;
        QVERIFY(make(&connection));
        QVERIFY(connection.execute(u"BEGIN"_s));
        QVERIFY(connection.execute(u"DELETE FROM t"_s));
        connection.close(); // and what was not committed is undone
        QVERIFY(!connection.isOpen());
        QVERIFY(!connection.execute(u"SELECT 1"_s));
        connection.close();
        QVERIFY(connection.open(path(), Access::ReadWrite));
        QCOMPARE(connection.scalar(u"SELECT count(*) FROM t"_s).toInt(), 1);
    }

    void saysThatAnotherWrites()
    {
        SqlConnection first;
        SqlConnection second;
        QVERIFY(make(&first));
        QVERIFY(second.open(path(), Access::ReadWrite));
        QVERIFY(first.execute(u"BEGIN IMMEDIATE"_s));
        QVERIFY(!second.execute(u"BEGIN IMMEDIATE"_s));
        QCOMPARE(second.lastError().code, 5);
    }

    // The schema could come from somebody else: a view must not run what may do harm.
    void ST_01_runsNoUnsafeFunctionOfASchema()
    {
        SqlConnection connection;
        QVERIFY(make(&connection));
        QVERIFY(connection.execute(u"CREATE VIEW v AS SELECT fts5(NULL) AS n"_s));
        QVERIFY(!connection.scalar(u"SELECT n FROM v"_s).isValid());
        QVERIFY2(connection.lastError().text.contains(u"unsafe"),
                 qPrintable(connection.lastError().text));
    }

private:
    [[nodiscard]] QString path() const { return m_directory.filePath(u"db"_s); }

    [[nodiscard]] bool make(SqlConnection *connection) const
    {
        QFile::remove(path());
        return connection->open(path(), Access::ReadWrite)
            && connection->execute(u"CREATE TABLE t (n)"_s)
            && connection->execute(u"INSERT INTO t VALUES (1)"_s);
    }

    QTemporaryDir m_directory;
};

QTEST_GUILESS_MAIN(tst_SqlConnection)
#include "tst_sqlconnection.moc"
