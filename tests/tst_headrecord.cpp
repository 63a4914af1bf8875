// SPDX-License-Identifier: Apache-2.0
#include "headrecord.h"
#include "journalfixture.h"

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace JournalFixture;
using namespace Qt::StringLiterals;

namespace {

const QByteArray Hash(64, 'a');
const QByteArray Boot = "12345678-1234-1234-1234-123456789abc";

} // namespace

class tst_HeadRecord final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }
    void cleanup() { m_directory.reset(); }

    void readsWhatWasWritten()
    {
        HeadRecord head;
        QVERIFY(!HeadRecord::exists(m_directory->path()));
        QVERIFY(head.open(m_directory->path()));
        QVERIFY(HeadRecord::exists(m_directory->path()));
        QVERIFY(!HeadRecord::read(m_directory->path())); // nothing is in it yet
        QVERIFY(head.write(42, Hash));
        const auto value = HeadRecord::read(m_directory->path());
        QVERIFY(value);
        QCOMPARE(value->seq, 42);
        QCOMPARE(value->hash, Hash);
        QCOMPARE(value->bootId, HeadRecord::currentBootId());
    }

    void isOneLineOfFixedLength()
    {
        HeadRecord head;
        QVERIFY(head.open(m_directory->path()));
        for (const qint64 seq : {qint64(0), std::numeric_limits<qint64>::max(), qint64(7)}) {
            QVERIFY(head.write(seq, Hash));
            QCOMPARE(readFile(path()).size(), 20 + 1 + 64 + 1 + 36 + 1);
            QCOMPARE(HeadRecord::read(m_directory->path())->seq, seq);
        }
        QCOMPARE(readFile(path()),
                 "00000000000000000007 " + Hash + ' ' + HeadRecord::currentBootId() + '\n');
    }

    void keepsWhatIsThereWhenOpened()
    {
        QVERIFY(writeFile(path(), line("00000000000000000009")));
        HeadRecord head;
        QVERIFY(head.open(m_directory->path()));
        QCOMPARE(HeadRecord::read(m_directory->path())->seq, 9);
    }

    void readsNothingFromWhatIsNoRecord_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray good = line("00000000000000000009");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("cut off") << good.chopped(1);
        QTest::newRow("too long") << good + '\n';
        QTest::newRow("no end of line") << good.chopped(1) + 'x';
        QTest::newRow("no number") << line("0000000000000000000x");
        QTest::newRow("negative") << line("-0000000000000000009");
        QTest::newRow("number too large") << line("99999999999999999999");
        QTest::newRow("zeros") << QByteArray(good.size(), '\0');
    }

    void readsNothingFromWhatIsNoRecord()
    {
        QFETCH(const QByteArray, bytes);
        QVERIFY(writeFile(path(), bytes));
        QVERIFY(!HeadRecord::read(m_directory->path()));
        HeadRecord head; // and it is mended by the next row
        QVERIFY(head.open(m_directory->path()));
        QCOMPARE(head.write(1, Hash), true);
    }

    void readsNothingWhereThereIsNoFile()
    {
        QVERIFY(!HeadRecord::read(m_directory->path()));
        QVERIFY(!HeadRecord::read(u"/nonexistent"_s));
        HeadRecord head;
        QVERIFY(!head.open(u"/nonexistent"_s));
        QVERIFY(!head.write(1, Hash));
    }

    void refusesAHashOfAnotherLength()
    {
        HeadRecord head;
        QVERIFY(head.open(m_directory->path()));
        QVERIFY(head.write(1, Hash));
        QVERIFY(!head.write(2, Hash + 'a'));
        QVERIFY(!head.write(2, {}));
        QCOMPARE(HeadRecord::read(m_directory->path())->seq, 1);
    }

    void writesNothingWhenItIsClosed()
    {
        HeadRecord head;
        QVERIFY(!head.write(1, Hash));
        QVERIFY(head.open(m_directory->path()));
        head.close();
        head.close();
        QVERIFY(!head.write(1, Hash));
        QVERIFY(readFile(path()).isEmpty());
    }

    void ST_03_saysThatTheDiskIsFull()
    {
        HeadRecord head;
        QVERIFY(head.open(m_directory->path()));
        QCOMPARE(truncate(qPrintable(path()), 0), 0);
        rlimit before = {};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
        rlimit none = before;
        none.rlim_cur = 0;
        const auto handler = signal(SIGXFSZ, SIG_IGN);
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &none), 0);
        const bool ok = head.write(1, Hash);
        setrlimit(RLIMIT_FSIZE, &before);
        signal(SIGXFSZ, handler);
        QVERIFY(!ok);
    }

    void ST_07_followsNoSymbolicLink()
    {
        const QString target = m_directory->filePath(u"target"_s);
        QVERIFY(writeFile(target, line("00000000000000000009")));
        QVERIFY(QFile::link(target, path()));
        QVERIFY(!HeadRecord::read(m_directory->path()));
        HeadRecord head;
        QVERIFY(!head.open(m_directory->path()));
        QCOMPARE(readFile(target), line("00000000000000000009"));
    }

    void ST_07_isMadeForTheOwnerAlone()
    {
        const mode_t before = umask(0);
        HeadRecord head;
        const bool ok = head.open(m_directory->path());
        umask(before);
        QVERIFY(ok);
        struct stat status = {};
        QCOMPARE(stat(qPrintable(path()), &status), 0);
        QCOMPARE(status.st_mode & 07777, mode_t(0600));
    }

    // Reading one would wait for a writer.
    void isNotHeldUpByAPipe()
    {
        QCOMPARE(mkfifo(qPrintable(path()), 0600), 0);
        QVERIFY(!HeadRecord::read(m_directory->path()));
        HeadRecord head;
        QVERIFY(!head.open(m_directory->path()) || !head.write(1, Hash));
    }

private:
    [[nodiscard]] QString path() const { return m_directory->filePath(u"head"_s); }
    [[nodiscard]] static QByteArray line(const QByteArray &seq)
    {
        return seq + ' ' + Hash + ' ' + Boot + '\n';
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

QTEST_GUILESS_MAIN(tst_HeadRecord)
#include "tst_headrecord.moc"
