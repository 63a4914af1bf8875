// SPDX-License-Identifier: Apache-2.0
#include "chain.h"
#include "journalfixture.h"
#include "statement.h"

#include <QDir>
#include <QRandomGenerator>

using namespace JournalFixture;
using namespace Qt::StringLiterals;

// A small journal of which one byte after the other is flipped. Whatever that does: it is noticed
// and the damaged one is kept, or all rows are as they were; and commands can be recorded.
class tst_JournalDamage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void ST_01_P12_survivesEachFlippedByte_data();
    void ST_01_P12_survivesEachFlippedByte();
    void ST_01_survivesEachBitOfAnIndex_data();
    void ST_01_survivesEachBitOfAnIndex();
    void ST_01_survivesEachCut_data();
    void ST_01_survivesEachCut();

private:
    using Files = QMap<QString, QByteArray>;

    static bool isLong() { return qEnvironmentVariable("COMETA_LONG") == "1"_L1; }
    [[nodiscard]] static std::unique_ptr<QTemporaryDir> makeDirectory();
    [[nodiscard]] static Files filesOf(const QString &directory);
    [[nodiscard]] static QStringList rowsOf(const QString &directory);
    [[nodiscard]] static QList<QList<RequestRow>> requestsOf(const QString &directory);
    void putBack(const Files &files);
    void check(const Files &files);
    void checkAside(const QString &name, const Files &files);
    [[nodiscard]] bool canRecord(QString *errorString);

    std::unique_ptr<QTemporaryDir> m_directory;
    Files m_closed; // as a journal leaves them that was closed
    Files m_killed; // that was killed: what was written last is in the write-ahead log
    QStringList m_rows;
    QList<QList<RequestRow>> m_requests;
};

void tst_JournalDamage::initTestCase()
{
    m_directory = makeDirectory();
    Journal journal;
    QVERIFY(open(&journal, m_directory->path()));
    for (const char *command : {"uptime", "df -h", "ls"})
        QVERIFY(run(&journal, request(command)));
    journal.close();
    QVERIFY(open(&journal, m_directory->path()));
    QVERIFY(run(&journal, request("id")));
    m_killed = filesOf(m_directory->path());
    journal.close();
    m_closed = filesOf(m_directory->path());
    m_rows = rowsOf(m_directory->path());
    QCOMPARE(m_rows.size(), 21);
    m_requests = requestsOf(m_directory->path());
    QCOMPARE(m_requests.constFirst().size(), 4);
    QVERIFY(m_killed.value(u"journal.db-wal"_s).size() > 4096);
    QVERIFY(!m_closed.contains(u"journal.db-wal"_s));
    m_directory = makeDirectory();
}

// In memory where that is possible: a disk takes longer than all the rest.
std::unique_ptr<QTemporaryDir> tst_JournalDamage::makeDirectory()
{
    const QString memory = u"/dev/shm"_s;
    const QString place = QFileInfo(memory).isWritable() ? memory : QDir::tempPath();
    return std::make_unique<QTemporaryDir>(place + "/tst_journaldamage-XXXXXX"_L1);
}

tst_JournalDamage::Files tst_JournalDamage::filesOf(const QString &directory)
{
    Files files;
    const QStringList names = QDir(directory).entryList(QDir::Files);
    for (const QString &name : names)
        files.insert(name, readFile(directory + u'/' + name));
    return files;
}

QStringList tst_JournalDamage::rowsOf(const QString &directory)
{
    SqlConnection connection;
    if (!connection.open(directory + "/journal.db"_L1, SqlConnection::Access::ReadWrite))
        return {};
    Statement rows(&connection,
                   u"SELECT seq || ' ' || hash || ' ' || data FROM journal ORDER BY seq"_s);
    QStringList list;
    const bool ok = rows.run();
    while (ok && rows.next())
        list.append(rows.value(0).toString());
    return list;
}

// The first four by their number, their state and their words.
QList<QList<RequestRow>> tst_JournalDamage::requestsOf(const QString &directory)
{
    RequestFilter filter;
    filter.beforeSerial = 22;
    QList<RequestFilter> filters = {filter, filter};
    filters[1].states = {RequestState::Finished};
    for (const char *word : {"uptime", "df", "ls", "id"}) {
        filter.text = QString::fromLatin1(word);
        filters.append(filter);
    }
    QList<QList<RequestRow>> found;
    for (const RequestFilter &one : std::as_const(filters)) {
        QString error;
        found.append(JournalFile::search(directory, one, &error).value_or(QList<RequestRow>()));
    }
    return found;
}

void tst_JournalDamage::putBack(const Files &files)
{
    QDir directory(m_directory->path());
    const auto kinds = QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden | QDir::System;
    const QFileInfoList all = directory.entryInfoList(kinds);
    for (const QFileInfo &entry : all) {
        if (entry.isDir())
            QDir(entry.filePath()).removeRecursively();
        else
            QFile::remove(entry.filePath());
    }
    for (auto it = files.cbegin(); it != files.cend(); ++it)
        QVERIFY(writeFile(m_directory->filePath(it.key()), it.value()));
}

bool tst_JournalDamage::canRecord(QString *errorString)
{
    Journal journal;
    if (!journal.open(m_directory->path(), errorString))
        return false;
    const bool ok = run(&journal, request("new"));
    *errorString = journal.errorString();
    return ok;
}

// At the first start or, where it is only noticed in writing, at the second.
void tst_JournalDamage::check(const Files &files)
{
    putBack(files);
    QString first;
    QString second;
    if (!canRecord(&first)) {
        QVERIFY(!first.isEmpty());
        QVERIFY(!first.contains(u'\n'));
        if (!canRecord(&second)) { // then it is left alone, to the last byte
            QVERIFY2(second.contains("later version"_L1),
                     qPrintable(first + "; again: "_L1 + second));
            QCOMPARE(readFile(m_directory->filePath(u"journal.db"_s)), files[u"journal.db"_s]);
            return;
        }
    }
    const QStringList asides =
        QDir(m_directory->path())
            .entryList({u"journal.db.damaged-*Z"_s, u"journal.db.damaged-*Z-?"_s});
    QVERIFY(asides.size() <= 1);
    if (asides.isEmpty()) {
        QCOMPARE(rowsOf(m_directory->path()).first(m_rows.size()), m_rows);
        QVERIFY(requestsOf(m_directory->path()) == m_requests);
    } else {
        checkAside(asides.constFirst(), first.isEmpty() ? files : Files());
    }
    const JournalFile::Verdict verdict = JournalFile::verify(m_directory->path());
    QVERIFY2(verdict.intact, qPrintable(verdict.detail));
}

// files: as they were found; empty: they have been written to since.
void tst_JournalDamage::checkAside(const QString &name, const Files &files)
{
    const QByteArray kept = readFile(m_directory->filePath(name));
    if (!files.isEmpty()) {
        QCOMPARE(kept, files.value(u"journal.db"_s));
        QCOMPARE(readFile(m_directory->filePath(name + "-wal"_L1)),
                 files.value(u"journal.db-wal"_s));
    }
    Journal journal;
    QVERIFY(open(&journal, m_directory->path()));
    const QJsonObject first = journal.entries(u"chain"_s, 2, 1).constFirst().data;
    QCOMPARE(first["damaged"_L1].toString(), name);
    QCOMPARE(first["sha256"_L1].toString().toLatin1(), sha256(kept));
}

void tst_JournalDamage::ST_01_P12_survivesEachFlippedByte_data()
{
    QTest::addColumn<Files>("files");
    QTest::addColumn<QString>("name");
    QTest::newRow("database") << m_closed << u"journal.db"_s;
    QTest::newRow("database of a killed agent") << m_killed << u"journal.db"_s;
    QTest::newRow("write-ahead log") << m_killed << u"journal.db-wal"_s;
    QTest::newRow("index of the log") << m_killed << u"journal.db-shm"_s;
    QTest::newRow("head") << m_closed << u"head"_s;
    QTest::newRow("seal") << m_closed << u"seal"_s;
}

void tst_JournalDamage::ST_01_P12_survivesEachFlippedByte()
{
    QFETCH(const Files, files);
    QFETCH(const QString, name);
    const QByteArray whole = files.value(name);
    QVERIFY(!whole.isEmpty());
    // Of the large ones some bytes, others each time.
    const int step = isLong() ? 1 : 1 + int(whole.size() / 250);
    for (qsizetype at = QRandomGenerator::global()->bounded(step); at < whole.size(); at += step) {
        QByteArray damaged = whole;
        damaged[at] = char(damaged.at(at) ^ char(1 << QRandomGenerator::global()->bounded(8)));
        Files with = files;
        with[name] = damaged;
        check(with);
        if (QTest::currentTestFailed()) {
            qWarning("byte %lld of %s: %02x in place of %02x", qlonglong(at), qPrintable(name),
                     uint(uchar(damaged.at(at))), uint(uchar(whole.at(at))));
            return;
        }
    }
}

void tst_JournalDamage::ST_01_survivesEachBitOfAnIndex_data()
{
    QTest::addColumn<Files>("files");
    QTest::addColumn<QString>("name");
    QTest::newRow("of names") << m_closed << u"sqlite_autoindex_requests_1"_s;
    QTest::newRow("of states") << m_closed << u"requests_state"_s;
    QTest::newRow("of words") << m_closed << u"requests_fts_idx"_s;
    QTest::newRow("of words, its version") << m_killed << u"requests_fts_config"_s;
}

// By its entries, which are at the end of its page.
void tst_JournalDamage::ST_01_survivesEachBitOfAnIndex()
{
    QFETCH(const Files, files);
    QFETCH(const QString, name);
    putBack(files);
    SqlConnection connection;
    QVERIFY(
        connection.open(m_directory->filePath(u"journal.db"_s), SqlConnection::Access::ReadOnly));
    const qint64 end = 4096
        * connection.scalar(u"SELECT rootpage FROM sqlite_master WHERE name = '%1'"_s.arg(name))
              .toLongLong();
    connection.close();
    QVERIFY(end > 0);
    for (qint64 at = end - (isLong() ? 128 : 24); at < end; ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            Files with = files;
            QByteArray &bytes = with[u"journal.db"_s];
            bytes[at] = char(bytes.at(at) ^ char(1 << bit));
            check(with);
            if (QTest::currentTestFailed()) {
                qWarning("bit %d of byte %lld", bit, qlonglong(at));
                return;
            }
        }
    }
}

void tst_JournalDamage::ST_01_survivesEachCut_data()
{
    QTest::addColumn<Files>("files");
    QTest::addColumn<QString>("name");
    QTest::newRow("database") << m_closed << u"journal.db"_s;
    QTest::newRow("write-ahead log") << m_killed << u"journal.db-wal"_s;
    QTest::newRow("head") << m_closed << u"head"_s;
}

void tst_JournalDamage::ST_01_survivesEachCut()
{
    QFETCH(const Files, files);
    QFETCH(const QString, name);
    const QByteArray whole = files.value(name);
    const int step = isLong() ? 61 : 1 + int(whole.size() / 20);
    for (qsizetype size = 0; size < whole.size(); size += step) {
        Files with = files;
        with[name] = whole.first(size);
        check(with);
        if (QTest::currentTestFailed()) {
            qWarning("%s cut to %lld bytes", qPrintable(name), qlonglong(size));
            return;
        }
    }
}

QTEST_GUILESS_MAIN(tst_JournalDamage)
#include "tst_journaldamage.moc"
