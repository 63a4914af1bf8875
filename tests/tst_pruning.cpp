// SPDX-License-Identifier: Apache-2.0
#include "journalfixture.h"
#include "pruning.h"
#include "requesttable.h"

#include <limits>

using namespace JournalFixture;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 NoLimit = std::numeric_limits<qint64>::max() / 2;

} // namespace

class tst_Pruning final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_time = day(0);
        m_journal = std::make_unique<Journal>([this] { return m_time; });
        QVERIFY(open(m_journal.get(), m_directory->path()));
    }

    void cleanup()
    {
        m_table.reset();
        m_store.reset();
        m_journal.reset();
        m_directory.reset();
    }

    void ST_08_leavesWhatIsYoungAndSmall()
    {
        fill();
        Pruning pruning(m_store.get(), m_table.get(), 0);
        QVERIFY(!pruning.isNeeded(day(0), NoLimit));
    }

    void ST_08_removesWhatIsOlder_data()
    {
        QTest::addColumn<int>("before");
        QTest::addColumn<qint64>("through");
        QTest::addColumn<int>("requests");
        QTest::newRow("before the request") << 5 << qint64(4) << 0;
        QTest::newRow("while it ran") << 11 << qint64(8) << 1; // its command is gone
        QTest::newRow("after it") << 15 << qint64(9) << 1;
        QTest::newRow("all") << 99 << qint64(10) << 1;
    }

    void ST_08_removesWhatIsOlder()
    {
        QFETCH(const int, before);
        QFETCH(const qint64, through);
        QFETCH(const int, requests);
        fill();
        Pruning pruning(m_store.get(), m_table.get(), 0);
        QVERIFY(pruning.isNeeded(day(before), NoLimit));
        QCOMPARE(
            pruning.record(),
            (QJsonObject{{u"from"_s, 1}, {u"through"_s, through}, {u"hash"_s, hash(through)}}));
        QVERIFY(m_store->begin(false) && pruning.remove() && m_store->commit());
        QCOMPARE(scalar("SELECT ifnull(min(seq), 11) FROM journal"), through + 1);
        QCOMPARE(pruning.removedRequests().size(), requests);
        QCOMPARE(m_table->contains(m_name), requests == 0);
    }

    void ST_08_removesTheOldestOfTooMuch()
    {
        fill();
        const qint64 used = m_store->usedBytes();
        Pruning fits(m_store.get(), m_table.get(), 0);
        QVERIFY(!fits.isNeeded(day(0), used));
        Pruning little(m_store.get(), m_table.get(), 0);
        QVERIFY(little.isNeeded(day(0), used - 1));
        QCOMPARE(little.record()["through"_L1].toInteger(), 1);
        Pruning withOutputs(m_store.get(), m_table.get(), 1'000'000);
        QVERIFY(withOutputs.isNeeded(day(0), used + 999'999));
        QCOMPARE(withOutputs.record()["through"_L1].toInteger(), 1);
        Pruning all(m_store.get(), m_table.get(), 1'000'000);
        QVERIFY(all.isNeeded(day(0), 0));
        QCOMPARE(all.record()["through"_L1].toInteger(), 10);
    }

    // What goes with a row counts too.
    void ST_08_stopsOnceTheOutputsAreGone()
    {
        fill();
        Pruning pruning(m_store.get(), m_table.get(), 1'000'000);
        QVERIFY(pruning.isNeeded(day(0), m_store->usedBytes() + 10'000));
        QCOMPARE(pruning.record()["through"_L1].toInteger(), 9); // the end, with a file of 1 MB
    }

    void ST_08_leavesARequestThatIsAlive()
    {
        QVERIFY(m_journal->note(u"link"_s, {}));
        const Request alive = request("sleep 1d");
        QVERIFY(m_journal->received(alive, scope(), {})); // row 3
        m_name = alive.name;
        reopenAsDatabase();
        Pruning pruning(m_store.get(), m_table.get(), 0);
        QVERIFY(pruning.isNeeded(day(99), 0));
        QCOMPARE(pruning.record()["through"_L1].toInteger(), 2);
        QVERIFY(m_store->begin(false) && pruning.remove() && m_store->commit());
        QVERIFY(m_table->contains(m_name));
        Pruning again(m_store.get(), m_table.get(), 0);
        QVERIFY(!again.isNeeded(day(99), 0));
    }

    void takesABoundedNumberOfRows()
    {
        for (int i = 0; i < Pruning::RowLimit + 100; ++i)
            QVERIFY(m_journal->note(u"link"_s, {}));
        reopenAsDatabase();
        Pruning pruning(m_store.get(), m_table.get(), 0);
        QVERIFY(pruning.isNeeded(day(99), NoLimit));
        QCOMPARE(pruning.record()["through"_L1].toInteger(), Pruning::RowLimit);
    }

    void ST_08_verifiesAfterEachStep()
    {
        for (int i = 0; i < 250; ++i)
            QVERIFY(run(m_journal.get(), request("df"), "output"));
        const Request alive = request("sleep 1d");
        QVERIFY(m_journal->received(alive, scope(), {}));
        QVERIFY(run(m_journal.get(), request("later"), "output"));
        m_time = day(100);
        bool more = true;
        int steps = 0;
        for (; more; ++steps) {
            QVERIFY(m_journal->prune({.days = 90, .bytes = NoLimit}, &more));
            const JournalFile::Verdict verdict = JournalFile::verify(m_directory->path());
            QVERIFY2(verdict.intact, qPrintable(verdict.detail));
        }
        QCOMPARE(steps, 1 + 3); // of 1,251 rows
        QCOMPARE(m_journal->requests({}).size(), 2);
        QVERIFY(m_journal->request(alive.name));
        QCOMPARE(QDir(m_journal->outputDirectory()).count(), 2 + 1); // "." and ".."
        // The rest goes when that one has ended; of the checkpoints one is left.
        QVERIFY(m_journal->ended(alive, finished()));
        m_time = day(200);
        more = true;
        while (more)
            QVERIFY(m_journal->prune({.days = 90, .bytes = NoLimit}, &more));
        QVERIFY(m_journal->requests({}).isEmpty());
        QCOMPARE(QDir(m_journal->outputDirectory()).count(), 2);
        const JournalFile::Verdict verdict = JournalFile::verify(m_directory->path());
        QVERIFY2(verdict.intact, qPrintable(verdict.detail));
        QCOMPARE(verdict.rows, 1);
        QVERIFY(m_journal->prune({.days = 0, .bytes = 0}, &more)); // for which no other is written
        QVERIFY(!more);
        m_journal->close();
        QVERIFY(open(m_journal.get(), m_directory->path()));
        QVERIFY(m_journal->warning().isEmpty());
    }

    void ST_08_removesNothingWhenItCannotBeWritten()
    {
        QVERIFY(run(m_journal.get(), request("df"), "output"));
        m_time = day(100);
        QVERIFY(m_journal->connection()->execute(u"PRAGMA query_only=1"_s));
        bool more = true;
        QVERIFY(!m_journal->prune({.days = 90, .bytes = NoLimit}, &more));
        QVERIFY(!more);
        QVERIFY(!m_journal->isWritable());
        QVERIFY(m_journal->connection()->execute(u"PRAGMA query_only=0"_s));
        QCOMPARE(m_journal->requests({}).size(), 1);
        QVERIFY(JournalFile::verify(m_directory->path()).intact);
    }

private:
    [[nodiscard]] static QDateTime day(int number)
    {
        return QDateTime(QDate(2026, 1, 1), QTime(12, 0), Qt::UTC).addDays(number);
    }

    // Rows 1 to 4 on day 0; 5 to 9 of a request, from day 10 to 12; 10 on day 20.
    void fill()
    {
        for (int i = 0; i < 3; ++i)
            QVERIFY(m_journal->note(u"link"_s, {}));
        m_time = day(10);
        const Request asked = request("df");
        m_name = asked.name;
        const QByteArray output(1'000'000, 'x');
        Outcome outcome = finished();
        outcome.standardOutput.total = output.size();
        QVERIFY(m_journal->received(asked, scope(), {}) && m_journal->awaiting(asked.name)
                && m_journal->approved(asked, u"user"_s) && m_journal->running(asked.name));
        QVERIFY(writeFile(m_journal->outputDirectory() + u'/' + asked.name + ".out"_L1, output));
        m_time = day(12);
        QVERIFY(m_journal->ended(asked, outcome, sha256(output)));
        m_time = day(20);
        QVERIFY(m_journal->note(u"link"_s, {}));
        reopenAsDatabase();
    }

    void reopenAsDatabase()
    {
        QString error;
        m_journal.reset();
        m_store = std::make_unique<JournalDatabase>();
        QVERIFY2(m_store->open(m_directory->path(), &error), qPrintable(error));
        m_table = std::make_unique<RequestTable>(m_store->connection());
    }

    [[nodiscard]] qint64 scalar(const char *sql)
    {
        return m_store->connection()->scalar(QLatin1StringView(sql)).toLongLong();
    }

    [[nodiscard]] QString hash(qint64 seq)
    {
        return m_store->connection()
            ->scalar(u"SELECT hash FROM journal WHERE seq = %1"_s.arg(seq))
            .toString();
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Journal> m_journal;
    std::unique_ptr<JournalDatabase> m_store;
    std::unique_ptr<RequestTable> m_table;
    QDateTime m_time;
    QString m_name;
};

QTEST_GUILESS_MAIN(tst_Pruning)
#include "tst_pruning.moc"
