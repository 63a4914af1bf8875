// SPDX-License-Identifier: Apache-2.0
#include "chain.h"
#include "journalfixture.h"

#include <QBuffer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QSignalSpy>

using namespace JournalFixture;
using namespace Qt::StringLiterals;

class tst_JournalFile final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void verifiesAWholeJournal();
    void verifiesWhileTheAgentWrites();
    void ST_05_namesTheFirstBrokenRow_data();
    void ST_05_namesTheFirstBrokenRow();
    void ST_05_namesAnOutputThatWasChanged();
    void ST_05_namesAnOutputThatIsMissing();
    void ST_05_seesThatTheEndWasCutOff_data();
    void ST_05_seesThatTheEndWasCutOff();
    void ST_05_seesThatTheHeadIsMissing();
    void ST_05_seesAChainThatWasComputedAnew();
    void saysWhenThereIsNoJournal();
    void saysWhenItIsNoDatabase();
    void leavesTheDirectoryAsItIs();
    void exportsCsvThatReadsBack();
    void exportsJsonThatVerifies();
    void saysWhenTheTargetTakesNoMore();
    void searchesWithoutAnAgent();
    void findsTheNewestRowOfAKind();
    void isVerifiedByHandAsTheManualSays();

private:
    [[nodiscard]] QString path() const { return m_directory->path(); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Journal> m_journal;
    Request m_first; // rows 2 to 6
    Request m_second; // rows 7 to 11
};

void tst_JournalFile::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_journal = std::make_unique<Journal>();
    m_first = request("printf '\"a\", b\\n'");
    m_second = request("echo grüße \xe2\x80\xae");
    QVERIFY(open(m_journal.get(), path()));
    QVERIFY(run(m_journal.get(), m_first, "one"));
    QVERIFY(run(m_journal.get(), m_second, "two"));
    QVERIFY(m_journal->note(u"link"_s, {{u"state"_s, u"attached"_s}})); // row 12
}

void tst_JournalFile::cleanup()
{
    m_journal.reset();
    m_directory.reset();
}

void tst_JournalFile::verifiesAWholeJournal()
{
    m_journal->close();
    const JournalFile::Verdict verdict = JournalFile::verify(path());
    QVERIFY2(verdict.intact, qPrintable(verdict.detail));
    QCOMPARE(verdict.rows, 12);
    QCOMPARE(verdict.firstBad, 0);
    QVERIFY(verdict.detail.contains(u"12"));
}

void tst_JournalFile::verifiesWhileTheAgentWrites()
{
    for (int i = 0; i < 20; ++i) {
        QVERIFY(m_journal->note(u"event"_s, {{u"n"_s, i}}));
        const JournalFile::Verdict verdict = JournalFile::verify(path());
        QVERIFY2(verdict.intact, qPrintable(verdict.detail));
        QCOMPARE(verdict.rows, 13 + i);
    }
}

void tst_JournalFile::ST_05_namesTheFirstBrokenRow_data()
{
    QTest::addColumn<QStringList>("statements");
    QTest::addColumn<qint64>("firstBad");
    const auto set = [](const char *what, int seq) {
        return QStringList{
            u"UPDATE journal SET %1 WHERE seq = %2"_s.arg(QLatin1StringView(what)).arg(seq)};
    };
    QTest::newRow("edit data") << set("data = replace(data, 'echo', 'rm  ')", 7) << qint64(7);
    QTest::newRow("edit kind") << set("kind = 'denied'", 9) << qint64(9);
    QTest::newRow("edit time") << set("time = '2020-01-01T00:00:00.000Z'", 2) << qint64(2);
    QTest::newRow("edit request") << set("request = 'other'", 4) << qint64(4);
    QTest::newRow("edit hash") << set("hash = '0'", 5) << qint64(5);
    QTest::newRow("edit the first row") << set("data = '{}'", 1) << qint64(1);
    QTest::newRow("edit the last row") << set("data = '{}'", 12) << qint64(12);
    QTest::newRow("move a newline")
        << set("kind = kind || char(10) || request, request = ''", 3) << qint64(3);
    QTest::newRow("delete") << QStringList{u"DELETE FROM journal WHERE seq = 8"_s} << qint64(8);
    QTest::newRow("delete the first")
        << QStringList{u"DELETE FROM journal WHERE seq <= 3"_s} << qint64(1);
    QTest::newRow("delete all") << QStringList{u"DELETE FROM journal"_s} << qint64(1);
    QTest::newRow("reorder") << QStringList{u"UPDATE journal SET seq = 99 WHERE seq = 5"_s,
                                            u"UPDATE journal SET seq = 5 WHERE seq = 6"_s,
                                            u"UPDATE journal SET seq = 6 WHERE seq = 99"_s}
                             << qint64(5);
    QTest::newRow("insert") << QStringList{u"INSERT INTO journal SELECT 13, time, kind, request, "
                                           "data, hash FROM journal WHERE seq = 12"_s}
                            << qint64(13);
    QTest::newRow("two edits") << set("data = '{}'", 10) + set("data = '{}'", 6) << qint64(6);
    QTest::newRow("view in the place of the table")
        << QStringList{u"ALTER TABLE journal RENAME TO hidden"_s,
                       u"CREATE VIEW journal AS SELECT * FROM hidden"_s}
        << qint64(1);
}

void tst_JournalFile::ST_05_namesTheFirstBrokenRow()
{
    QFETCH(const QStringList, statements);
    QFETCH(const qint64, firstBad);
    m_journal->close();
    QVERIFY(tamper(path(), statements));
    const JournalFile::Verdict verdict = JournalFile::verify(path());
    QVERIFY(!verdict.intact);
    QCOMPARE(verdict.firstBad, firstBad);
    QVERIFY(!verdict.detail.isEmpty());
}

void tst_JournalFile::ST_05_namesAnOutputThatWasChanged()
{
    QVERIFY(writeFile(path() + "/outputs/"_L1 + m_second.name + ".out"_L1, "tw0"));
    const JournalFile::Verdict verdict = JournalFile::verify(path());
    QVERIFY(!verdict.intact);
    QCOMPARE(verdict.firstBad, 11);
    QVERIFY(verdict.detail.contains(m_second.name));
}

void tst_JournalFile::ST_05_namesAnOutputThatIsMissing()
{
    QVERIFY(QFile::remove(path() + "/outputs/"_L1 + m_first.name + ".out"_L1));
    QVERIFY(QFile::remove(path() + "/outputs/"_L1 + m_second.name + ".out"_L1));
    QCOMPARE(JournalFile::verify(path()).firstBad, 6);
}

void tst_JournalFile::ST_05_seesThatTheEndWasCutOff_data()
{
    QTest::addColumn<int>("rows");
    for (const int rows : {1, 2, 5, 11})
        QTest::addRow("%d rows", rows) << rows;
}

void tst_JournalFile::ST_05_seesThatTheEndWasCutOff()
{
    QFETCH(const int, rows);
    m_journal->close();
    QVERIFY(tamper(path(), {u"DELETE FROM journal WHERE seq > %1"_s.arg(12 - rows)}));
    const JournalFile::Verdict verdict = JournalFile::verify(path());
    QVERIFY(!verdict.intact);
    QCOMPARE(verdict.firstBad, 13 - rows);
    QCOMPARE(verdict.rows, 12 - rows);
}

void tst_JournalFile::ST_05_seesThatTheHeadIsMissing()
{
    const QByteArray head = readFile(path() + "/head"_L1);
    QVERIFY(QFile::remove(path() + "/head"_L1));
    QCOMPARE(JournalFile::verify(path()).firstBad, 13);
    QVERIFY(writeFile(path() + "/head"_L1, head.chopped(1)));
    QVERIFY(!JournalFile::verify(path()).intact);
    QVERIFY(writeFile(path() + "/head"_L1, head));
    QVERIFY(JournalFile::verify(path()).intact);
}

// Every hash fits, but the end is not the one that was written.
void tst_JournalFile::ST_05_seesAChainThatWasComputedAnew()
{
    m_journal->close();
    QStringList statements;
    {
        SqlConnection connection;
        QVERIFY(connection.open(path() + "/journal.db"_L1, SqlConnection::Access::ReadOnly));
        Statement rows(&connection, "SELECT "_L1 + Chain::storedColumns() + " FROM journal"_L1);
        QVERIFY(rows.run());
        QByteArray before = Chain::firstHash();
        while (rows.next()) {
            Chain::StoredRow row = Chain::storedRow(rows);
            if (row.seq == 4)
                row.data = "{}";
            before = Chain::hashOf(before, row);
            statements.append(u"UPDATE journal SET data = '%1', hash = '%2' WHERE seq = %3"_s
                                  .arg(QString::fromUtf8(row.data).replace(u'\'', "''"_L1),
                                       QString::fromLatin1(before))
                                  .arg(row.seq));
        }
    }
    QVERIFY(tamper(path(), statements));
    const JournalFile::Verdict verdict = JournalFile::verify(path());
    QVERIFY(!verdict.intact);
    QCOMPARE(verdict.firstBad, 12);
}

void tst_JournalFile::saysWhenThereIsNoJournal()
{
    const QTemporaryDir empty;
    const JournalFile::Verdict verdict = JournalFile::verify(empty.path());
    QVERIFY(!verdict.intact);
    QVERIFY(verdict.detail.contains(empty.path()));
    QString error;
    QBuffer target;
    QVERIFY(target.open(QIODevice::WriteOnly));
    QVERIFY(!JournalFile::exportTo(empty.path(), JournalFile::Format::Csv, &target, &error));
    QVERIFY(error.contains(empty.path()));
    QVERIFY(!JournalFile::search(empty.path(), {}, &error));
    QVERIFY(QDir(empty.path()).isEmpty());
}

void tst_JournalFile::saysWhenItIsNoDatabase()
{
    const QTemporaryDir other;
    QVERIFY(writeFile(other.path() + "/journal.db"_L1, QByteArray(8192, 'x')));
    const JournalFile::Verdict verdict = JournalFile::verify(other.path());
    QVERIFY(!verdict.intact);
    QVERIFY(!verdict.detail.isEmpty());
    QString error;
    QVERIFY(!JournalFile::search(other.path(), {}, &error));
    QVERIFY(!error.isEmpty());
}

void tst_JournalFile::leavesTheDirectoryAsItIs()
{
    m_journal->close();
    const QByteArray before = readFile(path() + "/journal.db"_L1);
    QVERIFY(JournalFile::verify(path()).intact);
    QCOMPARE(readFile(path() + "/journal.db"_L1), before);
    for (const QString &file : QDir(path()).entryList(QDir::Files))
        QVERIFY2(!(QFile::permissions(path() + u'/' + file)
                   & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther)),
                 qPrintable(file));
}

void tst_JournalFile::exportsCsvThatReadsBack()
{
    QBuffer target;
    QString error;
    QVERIFY(target.open(QIODevice::ReadWrite));
    QVERIFY(JournalFile::exportTo(path(), JournalFile::Format::Csv, &target, &error));
    const QByteArrayList lines = target.data().split('\n');
    QCOMPARE(lines.size(), 14); // names, 12 rows, nothing after the last line end
    QCOMPARE(lines.constFirst(), "seq,time,kind,request,data,hash\r");
    for (const QByteArray &line : lines.first(13))
        QVERIFY(line.endsWith('\r'));
    QVERIFY(lines.at(2).startsWith("2,\""));
    QVERIFY(lines.at(2).contains("\"received\""));
    // The command's quotes are escaped for JSON, and doubled for CSV.
    const QByteArray quoted = "\"\"cmd\"\":\"\"printf '\\\"\"a\\\"\", b\\\\n'\"\"";
    QVERIFY2(lines.at(2).contains(quoted), lines.at(2).constData());
}

void tst_JournalFile::exportsJsonThatVerifies()
{
    QBuffer target;
    QString error;
    QVERIFY(target.open(QIODevice::ReadWrite));
    QVERIFY(JournalFile::exportTo(path(), JournalFile::Format::Json, &target, &error));
    const QJsonArray rows = QJsonDocument::fromJson(target.data()).array();
    QCOMPARE(rows.size(), 12);
    QCOMPARE(rows.at(6)[u"data"][u"cmd"].toString().toUtf8(), m_second.command);
    for (const char c : target.data())
        QVERIFY(c == '\n' || (c >= ' ' && c < '\x7f'));
    QByteArray before = Chain::firstHash();
    for (const QJsonValue &value : rows) {
        const Chain::StoredRow row = {.seq = value[u"seq"].toInteger(),
                                      .time = value[u"time"].toString().toUtf8(),
                                      .kind = value[u"kind"].toString().toUtf8(),
                                      .request = value[u"request"].toString().toUtf8(),
                                      .data = Chain::encode(value[u"data"].toObject()),
                                      .hash = value[u"hash"].toString().toUtf8()};
        QVERIFY(Chain::isIntact(before, row));
        before = row.hash;
    }
}

void tst_JournalFile::saysWhenTheTargetTakesNoMore()
{
    QFile full(u"/dev/full"_s);
    QString error;
    QVERIFY(full.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    QVERIFY(!JournalFile::exportTo(path(), JournalFile::Format::Csv, &full, &error));
    QVERIFY2(error.contains(u"No space left"), qPrintable(error));
}

void tst_JournalFile::findsTheNewestRowOfAKind()
{
    QVERIFY(m_journal->note(u"rule"_s, {{u"file"_s, u"a"_s}}));
    QVERIFY(m_journal->note(u"rule"_s, {{u"file"_s, u"b"_s}}));
    QVERIFY(m_journal->note(u"link"_s, {{u"file"_s, u"c"_s}}));
    QString error;
    const auto newest = JournalFile::newest(path(), u"rule"_s, &error);
    QVERIFY2(newest, qPrintable(error));
    QCOMPARE(newest->value("file"_L1).toString(), u"b"_s);
    QCOMPARE(JournalFile::newest(path(), u"none"_s, &error), QJsonObject());
    const QTemporaryDir empty;
    QVERIFY(!JournalFile::newest(empty.path(), u"rule"_s, &error));
    QVERIFY(error.contains(empty.path()));
}

void tst_JournalFile::searchesWithoutAnAgent()
{
    m_journal->close();
    QString error;
    RequestFilter filter;
    filter.text = u"printf"_s;
    const auto rows = JournalFile::search(path(), filter, &error);
    QVERIFY2(rows, qPrintable(error));
    QCOMPARE(rows->size(), 1);
    QCOMPARE(rows->constFirst().request.name, m_first.name);
}

// docs/journal.md: without any program of ours.
void tst_JournalFile::isVerifiedByHandAsTheManualSays()
{
    m_journal->close();
    QFile manual(QStringLiteral(COMETA_SOURCE_DIR "/docs/journal.md"));
    QVERIFY(manual.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(manual.readAll());
    const qsizetype from = text.indexOf("```python\n"_L1) + 10;
    const QString script = text.mid(from, text.indexOf("```"_L1, from) - from);
    QVERIFY(script.contains("sqlite3"_L1));
    QProcess python;
    QSignalSpy ended(&python, &QProcess::finished);
    python.setWorkingDirectory(path());
    python.start(u"python3"_s, {u"-c"_s, script});
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(python.exitCode(), 0);
    QCOMPARE(python.readAllStandardOutput().trimmed(),
             "12 " + readFile(path() + "/head"_L1).mid(21, 64));
    QVERIFY(tamper(path(), {u"UPDATE journal SET data = '{}' WHERE seq = 7"_s}));
    python.start(u"python3"_s, {u"-c"_s, script});
    QTRY_COMPARE(ended.size(), 2);
    QVERIFY(python.exitCode() != 0);
    QVERIFY(python.readAllStandardError().contains("row 7"));
}

QTEST_GUILESS_MAIN(tst_JournalFile)
#include "tst_journalfile.moc"
