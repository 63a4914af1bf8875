// SPDX-License-Identifier: Apache-2.0
#include "journalfixture.h"
#include "verification.h"

#include <QDir>

using namespace JournalFixture;
using namespace Qt::StringLiterals;

// What tst_journalfile does not do: chains that were pruned, power cuts, rows of others.
class tst_Verification final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_time = QDateTime(QDate(2026, 1, 1), QTime(12, 0), Qt::UTC);
        m_journal = std::make_unique<Journal>([this] { return m_time; });
        QVERIFY(open(m_journal.get(), path()));
    }

    void cleanup()
    {
        m_journal.reset();
        m_directory.reset();
    }

    void ST_08_followsAChainThatWasPruned()
    {
        prune();
        const JournalFile::Verdict verdict = verify();
        QVERIFY2(verdict.intact, qPrintable(verdict.detail));
        QCOMPARE(verdict.firstBad, 0);
        QCOMPARE(verdict.rows, 3); // 5, 6 and the checkpoint
        QVERIFY(verdict.detail.contains(u"7"));
    }

    // Of a request that was received long ago the rest of the steps is still there.
    void ST_08_followsAChainThatWasPrunedWithinARequest()
    {
        const Request asked = request("sleep 100d");
        QVERIFY(m_journal->received(asked, scope(), {}) && m_journal->approved(asked, u"user"_s)
                && m_journal->running(asked.name));
        QVERIFY(writeFile(m_journal->outputDirectory() + u'/' + asked.name + ".out"_L1, "x"));
        m_time = m_time.addDays(100);
        const Request other = request("df");
        QVERIFY(run(m_journal.get(), other, "output"));
        QVERIFY(m_journal->ended(asked, finished(), sha256("x")));
        QVERIFY(m_journal->prune({}));
        QCOMPARE(m_journal->entries({}, 0, 100).constLast().request, other.name);
        QVERIFY(!m_journal->request(asked.name));
        QCOMPARE(QDir(m_journal->outputDirectory()).entryList(QDir::Files),
                 QStringList{other.name + ".out"_L1});
        QVERIFY2(verify().intact, qPrintable(verify().detail));
        m_journal->close();
        QVERIFY(tamper(path(), {u"PRAGMA application_id=0"_s})); // the seal is broken
        QVERIFY(open(m_journal.get(), path()));
        QVERIFY2(m_journal->warning().isEmpty(), qPrintable(m_journal->warning()));
        QVERIFY(verify().intact);
    }

    void ST_05_comparesWhatIsShown_data()
    {
        QTest::addColumn<QString>("statement");
        QTest::addColumn<qint64>("firstBad");
        QTest::addColumn<QString>("detail");
        QTest::newRow("changed") << u"UPDATE requests SET exit = 1 WHERE serial = 7"_s << qint64(7)
                                 << u"shown otherwise"_s;
        QTest::newRow("removed") << u"DELETE FROM requests WHERE serial = 7"_s << qint64(7)
                                 << u"not shown"_s;
        QTest::newRow("added")
            << u"INSERT INTO requests SELECT serial + 100, 'other', state, scope, received, ended, "
               "ended_seq, decided_by, pending, generation, number, command, shown, reply, "
               "timeout, reason, requester_id, ignored, exit, signal, has_run, duration_ms, "
               "time_limit, left_behind, detail, stdout_bytes, stderr_bytes FROM requests "
               "WHERE serial = 7"_s
            << qint64(107) << u"not in the chain"_s;
    }

    void ST_05_comparesWhatIsShown()
    {
        QFETCH(const QString, statement);
        QFETCH(const qint64, firstBad);
        QFETCH(const QString, detail);
        QVERIFY(run(m_journal.get(), request("df")) && run(m_journal.get(), request("ls")));
        QVERIFY(m_journal->received(request("alive"), scope(), {}));
        QVERIFY2(verify().intact, qPrintable(verify().detail));
        QVERIFY(tamper(path(), {statement}));
        const JournalFile::Verdict verdict = verify();
        QVERIFY(!verdict.intact);
        QCOMPARE(verdict.firstBad, firstBad);
        QVERIFY2(verdict.detail.contains(detail), qPrintable(verdict.detail));
    }

    // By which the views would not find the request.
    void ST_05_seesADamagedIndex()
    {
        QVERIFY(run(m_journal.get(), request("df")));
        m_journal->close();
        QByteArray bytes = readFile(path() + "/journal.db"_L1);
        const qsizetype state = bytes.indexOf("finished\x02"); // with the serial, in the index
        QVERIFY(state > 0);
        bytes[state] = 'F';
        QVERIFY(writeFile(path() + "/journal.db"_L1, bytes));
        const JournalFile::Verdict verdict = verify();
        QVERIFY(!verdict.intact);
        QVERIFY2(verdict.detail.contains(u"index"), qPrintable(verdict.detail));
        QVERIFY(open(m_journal.get(), path()));
        QVERIFY(!m_journal->warning().isEmpty());
        QVERIFY(verify().intact);
    }

    void ST_05_seesWhatWasDoneToAPrunedChain_data()
    {
        QTest::addColumn<QString>("statement");
        QTest::addColumn<qint64>("firstBad");
        QTest::newRow("first row deleted") << u"DELETE FROM journal WHERE seq = 5"_s << qint64(1);
        QTest::newRow("first row edited")
            << u"UPDATE journal SET data = '{}' WHERE seq = 5"_s << qint64(5);
        QTest::newRow("second row deleted") << u"DELETE FROM journal WHERE seq = 6"_s << qint64(6);
        QTest::newRow("checkpoint deleted") << u"DELETE FROM journal WHERE seq = 7"_s << qint64(1);
        QTest::newRow("checkpoint of another hash")
            << u"UPDATE journal SET data = replace(data, '\"hash\":\"', '\"hash\":\"0') "
               "WHERE seq = 7"_s
            << qint64(5);
        QTest::newRow("checkpoint of another row")
            << u"UPDATE journal SET data = replace(data, '\"through\":4', '\"through\":5') "
               "WHERE seq = 7"_s
            << qint64(1);
        QTest::newRow("checkpoint moved with the first row")
            << u"UPDATE journal SET data = replace(data, '\"from\":1', '\"from\":2') "
               "WHERE seq = 7"_s
            << qint64(7);
    }

    void ST_05_seesWhatWasDoneToAPrunedChain()
    {
        QFETCH(const QString, statement);
        QFETCH(const qint64, firstBad);
        prune();
        m_journal->close();
        QVERIFY(tamper(path(), {statement}));
        const JournalFile::Verdict verdict = verify();
        QVERIFY(!verdict.intact);
        QCOMPARE(verdict.firstBad, firstBad);
        QVERIFY(!verdict.detail.isEmpty());
    }

    void countsThePowerCuts()
    {
        QVERIFY(m_journal->note(u"link"_s, {}));
        for (int cut = 0; cut < 2; ++cut) {
            m_journal->close();
            QByteArray head = readFile(path() + "/head"_L1);
            head.replace(0, 20, "00000000000000000009");
            head.replace(20 + 1 + 64 + 1, 36, QByteArray(36, 'b')); // the boot before
            QVERIFY(writeFile(path() + "/head"_L1, head));
            QVERIFY(!verify().intact);
            QVERIFY(open(m_journal.get(), path()));
            QVERIFY(!m_journal->warning().isEmpty());
        }
        const JournalFile::Verdict verdict = verify();
        QVERIFY2(verdict.intact, qPrintable(verdict.detail));
        QVERIFY2(verdict.detail.contains(u"down 2 times"), qPrintable(verdict.detail));
    }

    // After a crash between the commit and the head.
    void takesAHeadThatLags()
    {
        const QByteArray head = readFile(path() + "/head"_L1);
        QVERIFY(m_journal->note(u"link"_s, {}));
        QVERIFY(writeFile(path() + "/head"_L1, head));
        QVERIFY(verify().intact);
    }

    void ST_07_readsNoFileByASymbolicLink()
    {
        const Request asked = request("df");
        QVERIFY(run(m_journal.get(), asked, "output"));
        QVERIFY(verify().intact);
        const QString file = path() + "/outputs/"_L1 + asked.name + ".out"_L1;
        QVERIFY(QFile::rename(file, path() + "/moved"_L1));
        QVERIFY(QFile::link(path() + "/moved"_L1, file));
        QCOMPARE(verify().firstBad, 6);
    }

    void seesAnOutputOfAnotherSize()
    {
        const Request asked = request("df");
        QVERIFY(run(m_journal.get(), asked, "output"));
        QVERIFY(writeFile(path() + "/outputs/"_L1 + asked.name + ".out"_L1, "output and more"));
        const JournalFile::Verdict verdict = verify();
        QCOMPARE(verdict.firstBad, 6);
        QVERIFY(verdict.detail.contains(asked.name));
    }

    void seesTablesThatAreNotOurs()
    {
        m_journal->close();
        QVERIFY(tamper(path(), {u"CREATE TABLE other (n)"_s}));
        QCOMPARE(verify().firstBad, 1);
    }

    void saysThatItCannotBeRead()
    {
        SqlConnection closed;
        const JournalFile::Verdict verdict = Verification(&closed, path()).run();
        QVERIFY(!verdict.intact);
        QCOMPARE(verdict.firstBad, 1);
        QVERIFY(!verdict.detail.isEmpty());
    }

private:
    [[nodiscard]] QString path() const { return m_directory->path(); }

    // Of 6 rows 4 go; 7 is the checkpoint.
    void prune()
    {
        for (int i = 0; i < 5; ++i) {
            m_time = m_time.addDays(i == 3 ? 100 : 0);
            QVERIFY(m_journal->note(u"link"_s, {{u"n"_s, i}}));
        }
        QVERIFY(m_journal->prune({}));
    }

    [[nodiscard]] JournalFile::Verdict verify() const
    {
        SqlConnection connection;
        if (!connection.open(path() + "/journal.db"_L1, SqlConnection::Access::ReadOnly))
            qWarning("%s", qPrintable(connection.lastError().text));
        return Verification(&connection, path()).run();
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Journal> m_journal;
    QDateTime m_time;
};

QTEST_GUILESS_MAIN(tst_Verification)
#include "tst_verification.moc"
