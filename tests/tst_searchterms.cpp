// SPDX-License-Identifier: Apache-2.0
#include "journalfixture.h"
#include "requesttable.h"
#include "schema.h"
#include "searchterms.h"

using namespace JournalFixture;
using namespace Qt::StringLiterals;

class tst_SearchTerms final : public QObject
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
    }

    void namesTheWordsThatAreThere_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("match");
        QTest::newRow("whole word") << u"tar"_s << u"(\"tar\" OR \"target\")"_s;
        QTest::newRow("longer") << u"targ"_s << u"(\"target\")"_s;
        QTest::newRow("case") << u"TARG"_s << u"(\"target\")"_s;
        QTest::newRow("not there") << u"zip"_s << u"\"zip\"*"_s;
        QTest::newRow("two") << u"tar ls"_s << u"(\"tar\" OR \"target\") AND (\"ls\")"_s;
        QTest::newRow("twice") << u"ls ls"_s << u"(\"ls\")"_s;
        QTest::newRow("not simple") << u"/var/lo"_s << u"\"/var/lo\"*"_s;
        QTest::newRow("other letters") << u"grü"_s << u"\"grü\"*"_s;
        QTest::newRow("quotes") << u"a\"b"_s << u"\"a\"\"b\"*"_s;
        QTest::newRow("operators")
            << u"ls OR tar NOT"_s
            << u"(\"ls\") AND \"OR\"* AND (\"tar\" OR \"target\") AND \"NOT\"*"_s;
        QTest::newRow("no word") << u"* ( \" -"_s << QString();
    }
    void namesTheWordsThatAreThere()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, match);
        for (const char *command : {"tar", "target x", "ls", "grüße /var/log"})
            QVERIFY(insert(command));
        QCOMPARE(SearchTerms(m_connection.get()).match(text), match);
    }

    void leavesVeryManyToTheIndex()
    {
        for (int i = 0; i < 60; ++i)
            QVERIFY(insert("n" + QByteArray::number(i)));
        QVERIFY(insert("n n7 last"));
        QCOMPARE(SearchTerms(m_connection.get()).match(u"n"_s), u"\"n\"*"_s);
        QCOMPARE(SearchTerms(m_connection.get()).match(u"n la"_s), u"\"n\" AND (\"last\")"_s);
        QCOMPARE(found(u"n"_s), 61);
        QCOMPARE(found(u"n la"_s), 1);
        QCOMPARE(found(u"n7 la"_s), 1);
    }

    void findsWhatComesLater()
    {
        QVERIFY(insert("tar"));
        QCOMPARE(found(u"ta"_s), 1);
        QVERIFY(insert("table"));
        QCOMPARE(found(u"ta"_s), 2);
    }

    void worksOnAReaderToo()
    {
        QVERIFY(insert("tar"));
        SqlConnection reader;
        QVERIFY(reader.open(m_connection->path(), SqlConnection::Access::ReadOnly));
        QCOMPARE(SearchTerms(&reader).match(u"ta"_s), u"(\"tar\")"_s);
    }

    // Nothing of it is in the file.
    void leavesTheSchemaAlone()
    {
        QVERIFY(insert("tar"));
        QCOMPARE(found(u"ta"_s), 1);
        QCOMPARE(Schema::inspect(m_connection.get()), Schema::Finding::Ours);
    }

private:
    [[nodiscard]] bool insert(const QByteArray &command)
    {
        ++m_seq;
        return m_table->insert(request(command), scope(), m_seq, QDateTime::currentDateTimeUtc(),
                               RequestState::Received, {});
    }
    [[nodiscard]] qsizetype found(const QString &text)
    {
        RequestFilter filter;
        filter.text = text;
        const auto rows = m_table->page(filter);
        return rows ? rows->size() : -1;
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<SqlConnection> m_connection;
    std::unique_ptr<RequestTable> m_table;
    qint64 m_seq = 0;
};

QTEST_GUILESS_MAIN(tst_SearchTerms)
#include "tst_searchterms.moc"
