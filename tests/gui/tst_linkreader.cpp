// SPDX-License-Identifier: Apache-2.0
#include "journalfixture.h"
#include "linkreader.h"

#include <QSignalSpy>

using namespace JournalFixture;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = LinkHistory::State;

class TestLinkReader final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_now = QDateTime::currentDateTimeUtc();
        m_journal = std::make_unique<Journal>([this] { return m_now; });
        QVERIFY(open(m_journal.get(), m_directory->filePath(u"data"_s)));
    }
    void cleanup() { m_journal.reset(); }

    void readsNothingBeforeItIsToldTo()
    {
        note(u"link"_s, {{u"state"_s, u"attached"_s}});
        const LinkReader reader(m_journal.get(), 24h);
        QVERIFY(!reader.isComplete());
        QVERIFY(!reader.history().oldestTime().isValid());
    }

    void readsWhatWas()
    {
        const QDateTime now = m_now;
        m_now = now.addSecs(-7200);
        note(u"agent"_s, {{u"started"_s, u"1"_s}});
        m_now = now.addSecs(-3600);
        note(u"link"_s, {{u"state"_s, u"attached"_s}});
        QVERIFY(run(m_journal.get(), request("df")));
        LinkReader reader(m_journal.get(), 24h);
        reader.start();
        QTRY_VERIFY(reader.isComplete());
        const auto spans = reader.history().spans(now.addSecs(-86'400), now);
        QCOMPARE(spans.size(), 3);
        QCOMPARE(spans.at(1).begin, now.addSecs(-7200));
        QCOMPARE(spans.at(2).state, State::Attached);
        QCOMPARE(reader.history().requests(now.addSecs(-86'400), now), 1);
    }

    void whereAnAgentWasKilledItIsGoneFromItsLastRowOn()
    {
        const QDateTime now = m_now;
        m_now = now.addSecs(-7200);
        note(u"link"_s, {{u"state"_s, u"attached"_s}});
        m_now = now.addSecs(-5400);
        const Request asked = request("sleep 100");
        QVERIFY(m_journal->received(asked, scope(), asked.command));
        m_journal->close();
        m_now = now.addSecs(-600);
        QVERIFY(open(m_journal.get(), m_directory->filePath(u"data"_s)));
        note(u"agent"_s, {{u"started"_s, u"1"_s}});
        LinkReader reader(m_journal.get(), 24h);
        reader.start();
        QTRY_VERIFY(reader.isComplete());
        const auto spans = reader.history().spans(now.addSecs(-7200), now);
        QCOMPARE(spans.size(), 3);
        QCOMPARE(spans.at(1).state, State::NotRunning);
        QCOMPARE(spans.at(1).begin, now.addSecs(-5400));
        QCOMPARE(spans.at(1).end, now.addSecs(-600));
    }

    void followsWhatIsNew()
    {
        LinkReader reader(m_journal.get(), 24h);
        reader.start();
        QTRY_VERIFY(reader.isComplete());
        QSignalSpy changed(&reader, &LinkReader::changed);
        note(u"link"_s, {{u"state"_s, u"attached"_s}});
        QVERIFY(run(m_journal.get(), request("df")));
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(reader.history().oldestTime(), m_now);
        QCOMPARE(reader.history().requests(m_now.addSecs(-60), m_now), 1);
        note(u"link"_s, {{u"state"_s, u"paused"_s}});
        QTRY_COMPARE(changed.size(), 2);
        QCOMPARE(reader.history().spans(m_now, m_now.addSecs(1)).last().state, State::Paused);
        QCOMPARE(reader.history().requests(m_now.addSecs(-60), m_now), 1); // not counted twice
    }

    // Many rows take several turns of the event loop, and what lies beyond them is not read.
    void readsASliceAtATimeAndNoMoreThanItNeeds()
    {
        const QDateTime now = m_now;
        m_now = now.addDays(-40);
        note(u"agent"_s, {{u"started"_s, u"1"_s}});
        note(u"link"_s, {{u"state"_s, u"attached"_s}});
        m_now = now.addDays(-2);
        note(u"link"_s, {{u"state"_s, u"paused"_s}});
        QVERIFY(fill(int(ChainReader::SliceRows) * 5 / 2));
        LinkReader reader(m_journal.get(), 24h);
        QSignalSpy changed(&reader, &LinkReader::changed);
        reader.start();
        QVERIFY(!reader.isComplete());
        QTRY_VERIFY(reader.isComplete());
        QCOMPARE(changed.size(), 3);
        QCOMPARE(reader.history().spans(now.addDays(-1), now).size(), 1);
        QCOMPARE(reader.history().spans(now.addDays(-1), now).first().state, State::Paused);
    }

private:
    void note(const QString &kind, const QJsonObject &data)
    {
        QVERIFY(m_journal->note(kind, data));
    }
    // Rows of no interest, past the chain of hashes, which nobody checks here.
    bool fill(int count)
    {
        return m_journal->connection()->execute(
            u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %1) "
            "INSERT INTO journal (time, kind, request, data, hash) "
            "SELECT '%2', 'event', '', '{}', '' FROM n"_s.arg(count)
                .arg(m_now.toString(Qt::ISODateWithMs)));
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Journal> m_journal;
    QDateTime m_now;
};

QTEST_GUILESS_MAIN(TestLinkReader)
#include "tst_linkreader.moc"
