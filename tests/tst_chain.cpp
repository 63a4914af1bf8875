// SPDX-License-Identifier: Apache-2.0
#include "chain.h"
#include "journalfixture.h"
#include "schema.h"

#include <QJsonDocument>

using namespace JournalFixture;
using namespace Qt::StringLiterals;

class tst_Chain final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_connection = std::make_unique<SqlConnection>();
        m_head = std::make_unique<HeadRecord>();
        QVERIFY(m_connection->open(m_directory->filePath(u"journal.db"_s),
                                   SqlConnection::Access::ReadWrite));
        QVERIFY(Schema::create(m_connection.get()));
        QVERIFY(m_head->open(m_directory->path()));
        m_chain = std::make_unique<Chain>(m_connection.get(), m_head.get());
    }

    void cleanup()
    {
        m_chain.reset();
        m_head.reset();
        m_connection.reset();
        m_directory.reset();
    }

    void beginsWithZeros()
    {
        QVERIFY(m_chain->load());
        QCOMPARE(m_chain->end().seq, 0);
        QCOMPARE(m_chain->end().hash, QByteArray(64, '0'));
        QVERIFY(m_chain->entries({}, 0, 10).isEmpty());
    }

    // docs/journal.md
    void hashesARowAsTheManualSays()
    {
        const QDateTime time(QDate(2026, 1, 31), QTime(12, 0, 0, 5), Qt::UTC);
        QCOMPARE(m_chain->append(time, u"link"_s, u"abc"_s, {{u"n"_s, 1}}), std::optional(1));
        QCOMPARE(m_chain->append(time.addMSecs(1), u"event"_s, {}, {}), std::optional(2));
        const QByteArray first =
            sha256(QByteArray(64, '0') + "\n1\n2026-01-31T12:00:00.005Z\nlink\nabc\n{\"n\":1}");
        const QByteArray second = sha256(first + "\n2\n2026-01-31T12:00:00.006Z\nevent\n\n{}");
        QCOMPARE(storedHash(1), first);
        QCOMPARE(storedHash(2), second);
        QCOMPARE(m_chain->end().hash, second);
    }

    void storesTimesInUtc()
    {
        const QDateTime time(QDate(2026, 1, 31), QTime(12, 0), Qt::OffsetFromUTC, 3600);
        QVERIFY(m_chain->append(time, u"link"_s, {}, {}));
        QCOMPARE(m_connection->scalar(u"SELECT time FROM journal"_s).toString(),
                 u"2026-01-31T11:00:00.000Z"_s);
        QCOMPARE(m_chain->entries({}, 0, 1).constFirst().time, time);
    }

    void writesTheHeadOnceItIsCommitted()
    {
        QVERIFY(append(u"link"_s));
        QVERIFY(!HeadRecord::read(m_directory->path()));
        m_chain->committed();
        QCOMPARE(HeadRecord::read(m_directory->path())->seq, 1);
        QCOMPARE(HeadRecord::read(m_directory->path())->hash, storedHash(1));
    }

    void takesTheNumbersOfWhatWasRolledBack()
    {
        QVERIFY(append(u"link"_s));
        QVERIFY(m_connection->execute(u"BEGIN"_s));
        QVERIFY(append(u"event"_s));
        QVERIFY(append(u"event"_s));
        QVERIFY(m_connection->execute(u"ROLLBACK"_s));
        m_chain->rolledBack();
        QCOMPARE(append(u"rule"_s), std::optional(2));
        expectIntact();
    }

    void continuesWhereTheDatabaseEnds()
    {
        QVERIFY(append(u"link"_s));
        Chain other(m_connection.get(), m_head.get());
        QVERIFY(other.load());
        QCOMPARE(other.end().seq, 1);
        QCOMPARE(other.end().hash, m_chain->end().hash);
        Chain another(m_connection.get(), m_head.get()); // load() is implied
        QCOMPARE(another.append(QDateTime::currentDateTimeUtc(), u"event"_s, {}, {}),
                 std::optional(2));
        expectIntact();
    }

    void ST_03_staysAtItsEndWhenItCannotBeWritten()
    {
        QVERIFY(append(u"link"_s));
        const QByteArray hash = m_chain->end().hash;
        QVERIFY(m_connection->execute(u"PRAGMA query_only=1"_s));
        QVERIFY(!append(u"event"_s));
        QCOMPARE(m_chain->lastError().code, 8);
        QCOMPARE(m_chain->end().seq, 1);
        QCOMPARE(m_chain->end().hash, hash);
        QVERIFY(m_connection->execute(u"PRAGMA query_only=0"_s));
        QCOMPARE(append(u"event"_s), std::optional(2));
        QVERIFY(!m_chain->lastError().isError());
        expectIntact();
    }

    void saysThatItCannotBeRead()
    {
        m_connection->close();
        Chain chain(m_connection.get(), m_head.get());
        QVERIFY(!chain.load());
        QVERIFY(chain.lastError().isError());
        QVERIFY(!chain.append(QDateTime::currentDateTimeUtc(), u"link"_s, {}, {}));
        QVERIFY(chain.entries({}, 0, 10).isEmpty());
    }

    void ST_05_seesAChangeOfAnyPart_data()
    {
        QTest::addColumn<int>("part");
        const QStringList names = {u"seq"_s,     u"time"_s, u"kind"_s,
                                   u"request"_s, u"data"_s, u"hash"_s};
        for (int i = 0; i < names.size(); ++i)
            QTest::newRow(qPrintable(names.at(i))) << i;
    }

    void ST_05_seesAChangeOfAnyPart()
    {
        QFETCH(const int, part);
        Chain::StoredRow row = hashed({.seq = 7,
                                       .time = "2026-01-31T12:00:00.000Z",
                                       .kind = "link",
                                       .request = "abc",
                                       .data = "{\"n\":1}",
                                       .hash = {}});
        QVERIFY(Chain::isIntact(Before, row));
        QVERIFY(!Chain::isIntact(Chain::firstHash(), row));
        row.seq += part == 0 ? 1 : 0;
        const QList<QByteArray *> texts = {&row.time, &row.kind, &row.request, &row.data,
                                           &row.hash};
        if (part > 0)
            texts.at(part - 1)->back() ^= 1;
        QVERIFY(!Chain::isIntact(Before, row));
    }

    // Such a row could have the text of another one, and its hash.
    void ST_05_seesANewlineThatWasMoved()
    {
        const Chain::StoredRow row =
            hashed({.seq = 7, .time = "t", .kind = "k", .request = "r", .data = "{}", .hash = {}});
        Chain::StoredRow other = row;
        other.kind = "k\nr";
        other.request = "{}";
        other.data = {};
        QVERIFY(!Chain::isIntact(Before, hashed(other)));
        other = row;
        other.time = "t\nk";
        other.kind = "r";
        other.request = "{}";
        QVERIFY(!Chain::isIntact(Before, hashed(other)));
        other = row;
        other.request = "r\n{}";
        QVERIFY(!Chain::isIntact(Before, hashed(other)));
        other = row;
        other.data = "{\n}"; // of any form
        QVERIFY(Chain::isIntact(Before, hashed(other)));
    }

    void encodesInAscii_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("ASCII") << u"echo \"a\\b\" 'c'"_s;
        QTest::newRow("controls") << u"a\x01\x1b[2J\x7f\r\n\t"_s;
        QTest::newRow("C1 controls") << u"\u0085\u009b31m"_s;
        QTest::newRow("NUL") << QString(u"a\0b"_s);
        QTest::newRow("other scripts") << u"grüße 漢字"_s;
        QTest::newRow("beyond 16 bits") << u"😀"_s;
        QTest::newRow("bidirectional") << u"\u202etxt"_s;
        QTest::newRow("escape in the text") << u"\\u0041 \\\\u202e"_s;
    }

    void encodesInAscii()
    {
        QFETCH(const QString, text);
        const QJsonObject data = {{text, text}, {u"n"_s, 1.5}};
        const QByteArray json = Chain::encode(data);
        for (const char c : json)
            QVERIFY(c >= ' ' && c < '\x7f');
        QCOMPARE(QJsonDocument::fromJson(json).object(), data);
        QVERIFY(append(u"link"_s, data));
        QCOMPARE(m_chain->entries({}, 0, 1).constFirst().data, data);
        expectIntact();
    }

    void knowsAWord_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isWord");
        QTest::newRow("letters") << u"awaiting-Approval9"_s << true;
        QTest::newRow("32") << QString(32, u'a') << true;
        QTest::newRow("33") << QString(33, u'a') << false;
        QTest::newRow("empty") << QString() << false;
        QTest::newRow("blank") << u"a b"_s << false;
        QTest::newRow("newline") << u"a\n"_s << false;
        QTest::newRow("NUL") << QString(u"a\0"_s) << false;
        QTest::newRow("path") << u"../a"_s << false;
        QTest::newRow("underscore") << u"a_b"_s << false;
        QTest::newRow("other letters") << u"ä"_s << false;
        QTest::newRow("other digits") << u"١"_s << false;
        QTest::newRow("quote") << u"a'"_s << false;
    }

    void knowsAWord()
    {
        QFETCH(const QString, text);
        QFETCH(const bool, isWord);
        QCOMPARE(Chain::isWord(text), isWord);
    }

    void givesEntriesFromTheNewest()
    {
        for (int i = 1; i <= 6; ++i)
            QVERIFY(append(i % 2 == 0 ? u"even"_s : u"odd"_s));
        QCOMPARE(numbers({}, 0, 100), (QList<qint64>{6, 5, 4, 3, 2, 1}));
        QCOMPARE(numbers({}, 0, 2), (QList<qint64>{6, 5}));
        QCOMPARE(numbers({}, 5, 2), (QList<qint64>{4, 3}));
        QCOMPARE(numbers({}, 1, 2), QList<qint64>());
        QCOMPARE(numbers({}, -1, 0), QList<qint64>{6}); // at least one
        QCOMPARE(numbers(u"even"_s, 0, 100), (QList<qint64>{6, 4, 2}));
        QCOMPARE(numbers(u"even"_s, 6, 1), QList<qint64>{4});
        QCOMPARE(numbers(u"nothing"_s, 0, 100), QList<qint64>());
    }

    void givesAThousandEntriesAtMost()
    {
        QVERIFY(m_connection->execute(u"BEGIN"_s));
        for (int i = 0; i < 1001; ++i)
            QVERIFY(append(u"link"_s));
        QVERIFY(m_connection->execute(u"COMMIT"_s));
        QCOMPARE(m_chain->entries({}, 0, 5000).size(), 1000);
        QCOMPARE(m_chain->entries(u"link"_s, 0, 5000).size(), 1000);
    }

private:
    static inline const QByteArray Before = QByteArray(64, 'b');

    [[nodiscard]] static Chain::StoredRow hashed(Chain::StoredRow row)
    {
        row.hash = Chain::hashOf(Before, row);
        return row;
    }

    [[nodiscard]] std::optional<qint64> append(const QString &kind, const QJsonObject &data = {})
    {
        return m_chain->append(QDateTime::currentDateTimeUtc(), kind, {}, data);
    }

    [[nodiscard]] QByteArray storedHash(int seq)
    {
        return m_connection->scalar(u"SELECT hash FROM journal WHERE seq = %1"_s.arg(seq))
            .toString()
            .toLatin1();
    }

    [[nodiscard]] QList<qint64> numbers(const QString &kind, qint64 before, int limit)
    {
        QList<qint64> list;
        for (const JournalEntry &entry : m_chain->entries(kind, before, limit))
            list.append(entry.seq);
        return list;
    }

    void expectIntact()
    {
        Statement rows(m_connection.get(),
                       "SELECT "_L1 + Chain::storedColumns() + " FROM journal ORDER BY seq"_L1);
        QVERIFY(rows.run());
        QByteArray before = Chain::firstHash();
        while (rows.next()) {
            const Chain::StoredRow row = Chain::storedRow(rows);
            QVERIFY(Chain::isIntact(before, row));
            before = row.hash;
        }
        QCOMPARE(m_chain->load(), true);
        QCOMPARE(m_chain->end().hash, before);
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<SqlConnection> m_connection;
    std::unique_ptr<HeadRecord> m_head;
    std::unique_ptr<Chain> m_chain;
};

QTEST_GUILESS_MAIN(tst_Chain)
#include "tst_chain.moc"
