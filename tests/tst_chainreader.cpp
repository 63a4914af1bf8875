// SPDX-License-Identifier: Apache-2.0
#include "chainreader.h"
#include "journalfixture.h"

using namespace JournalFixture;
using namespace Qt::StringLiterals;

class tst_ChainReader final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_now = QDateTime(QDate(2026, 1, 31), QTime(12, 0), Qt::UTC);
        m_journal = std::make_unique<Journal>([this] { return m_now; });
        QVERIFY(open(m_journal.get(), m_directory->filePath(u"data"_s))); // row 1: chain
    }
    void cleanup() { m_journal.reset(); }

    void knowsWhereTheRowsBeginAndEnd()
    {
        QVERIFY(m_journal->note(u"link"_s, {}));
        const ChainReader reader(m_journal->connection());
        QCOMPARE(reader.oldest(), 1);
        QCOMPARE(reader.newest(), 2);
    }

    void givesRowsAboutNoRequestNewestFirst()
    {
        QVERIFY(run(m_journal.get(), request("df")));
        QVERIFY(m_journal->note(u"event"_s, {{u"event"_s, u"a"_s}}));
        QVERIFY(m_journal->note(u"link"_s, {{u"state"_s, u"attached"_s}}));
        const ChainReader reader(m_journal->connection());
        const QList<JournalEntry> all = reader.entries({}, 1, 100, 100);
        QCOMPARE(all.size(), 3);
        QCOMPARE(all.at(0).kind, u"link"_s);
        QCOMPARE(all.at(0).seq, 8);
        QCOMPARE(all.at(0).time, m_now);
        QCOMPARE(all.at(0).data, (QJsonObject{{u"state"_s, u"attached"_s}}));
        QCOMPARE(all.at(1).kind, u"event"_s);
        QCOMPARE(all.at(2).kind, u"chain"_s);
    }

    void givesOnlyThoseKinds()
    {
        for (const auto *kind : {"link", "links", "event", "agent"})
            QVERIFY(m_journal->note(QLatin1String(kind), {}));
        const ChainReader reader(m_journal->connection());
        const QList<JournalEntry> some = reader.entries({u"agent"_s, u"link"_s}, 1, 100, 100);
        QCOMPARE(some.size(), 2);
        QCOMPARE(some.at(0).kind, u"agent"_s);
        QCOMPARE(some.at(1).kind, u"link"_s);
        QVERIFY(reader.entries({u"lin"_s}, 1, 100, 100).isEmpty());
    }

    void keepsToItsRangeAndLimit()
    {
        for (int i = 0; i < 8; ++i) // rows 2 to 9
            QVERIFY(m_journal->note(u"event"_s, {}));
        const ChainReader reader(m_journal->connection());
        const QList<JournalEntry> range = reader.entries({}, 3, 6, 100);
        QCOMPARE(range.size(), 3);
        QCOMPARE(range.first().seq, 5);
        QCOMPARE(range.last().seq, 3);
        const QList<JournalEntry> two = reader.entries({}, 1, 100, 2);
        QCOMPARE(two.size(), 2);
        QCOMPARE(two.last().seq, 8);
    }

    void passesOverWhatTheNextStartWrote()
    {
        QVERIFY(m_journal->note(u"link"_s, {}));
        const QDateTime died = m_now.addSecs(10);
        m_now = died;
        const Request asked = request("sleep 100");
        QVERIFY(m_journal->received(asked, scope(), asked.command));
        m_journal->close();
        m_now = m_now.addSecs(1000);
        QVERIFY(open(m_journal.get(), m_directory->filePath(u"data"_s))); // row: interrupted
        QVERIFY(m_journal->note(u"agent"_s, {{u"started"_s, u"1"_s}}));
        const ChainReader reader(m_journal->connection());
        const QList<JournalEntry> start = reader.entries({u"agent"_s}, 1, 100, 1);
        QCOMPARE(start.first().time, m_now);
        QCOMPARE(reader.lastTimeBefore(start.first().seq), died);
        QVERIFY(!reader.lastTimeBefore(2).isValid());
    }

    void countsRequestsByTheMinute()
    {
        const qint64 minute = m_now.toSecsSinceEpoch() / 60;
        QVERIFY(run(m_journal.get(), request("a")));
        m_now = m_now.addSecs(59);
        QVERIFY(run(m_journal.get(), request("b")));
        m_now = m_now.addSecs(1);
        QVERIFY(run(m_journal.get(), request("c")));
        const ChainReader reader(m_journal->connection());
        QCOMPARE(reader.requestsByMinute(1, 100),
                 (QMap<qint64, int>{{minute, 2}, {minute + 1, 1}}));
        QCOMPARE(reader.requestsByMinute(3, 100),
                 (QMap<qint64, int>{{minute, 1}, {minute + 1, 1}}));
        QVERIFY(reader.requestsByMinute(1, 2).isEmpty());
    }

    void aJournalThatIsClosedHasNothing()
    {
        Journal closed;
        const ChainReader reader(closed.connection());
        QCOMPARE(reader.newest(), 0);
        QVERIFY(reader.entries({}, 1, 100, 100).isEmpty());
    }

private:
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Journal> m_journal;
    QDateTime m_now;
};

QTEST_GUILESS_MAIN(tst_ChainReader)
#include "tst_chainreader.moc"
