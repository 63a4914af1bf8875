// SPDX-License-Identifier: Apache-2.0
#include "journalfixture.h"
#include "outputfiles.h"

using namespace JournalFixture;
using namespace Qt::StringLiterals;

using Stream = OutputFiles::Stream;

namespace {

QSet<QString> none(const QSet<QString> & /*names*/)
{
    return {};
}

} // namespace

class tst_OutputFiles final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_files = OutputFiles(m_directory->path());
    }

    void cleanup() { m_directory.reset(); }

    void namesAFileOfEachStream()
    {
        QCOMPARE(m_files.directory(), m_directory->path());
        QCOMPARE(m_files.path(u"abc"_s, Stream::Output), m_directory->filePath(u"abc.out"_s));
        QCOMPARE(m_files.path(u"abc"_s, Stream::Error), m_directory->filePath(u"abc.err"_s));
    }

    void tellsTheSizeOfEach()
    {
        QCOMPARE(m_files.size(u"abc"_s, Stream::Output), 0);
        QVERIFY(write("abc.out", "12345"));
        QCOMPARE(m_files.size(u"abc"_s, Stream::Output), 5);
        QCOMPARE(m_files.size(u"abc"_s, Stream::Error), 0);
    }

    void readsBothEnds_data()
    {
        constexpr qint64 keep = OutputFiles::Keep;
        QTest::addColumn<qint64>("size");
        QTest::addColumn<qint64>("head");
        QTest::addColumn<qint64>("tail");
        QTest::newRow("short") << qint64(5) << qint64(5) << qint64(0);
        QTest::newRow("a head") << keep << keep << qint64(0);
        QTest::newRow("a byte more") << keep + 1 << keep << qint64(1);
        QTest::newRow("head and tail") << 2 * keep << keep << keep;
        QTest::newRow("a byte left out") << 2 * keep + 1 << keep << keep;
        QTest::newRow("long") << 5 * keep << keep << keep;
    }

    void readsBothEnds()
    {
        QFETCH(const qint64, size);
        QFETCH(const qint64, head);
        QFETCH(const qint64, tail);
        QByteArray bytes(size, '.');
        for (qsizetype i = 0; i < size; i += 1000)
            bytes[i] = char('a' + i / 1000 % 26);
        QVERIFY(write("abc.out", bytes));
        const KeptOutput kept = m_files.read(u"abc"_s, Stream::Output, size);
        QCOMPARE(kept.total, size);
        QCOMPARE(kept.head, bytes.first(head));
        QCOMPARE(kept.tail, bytes.last(tail));
        QCOMPARE(kept.leftOut(), size - head - tail);
    }

    // The end of the file is not the end of the output.
    void givesNoTailWhereTheFileEndsEarly()
    {
        QVERIFY(write("abc.err", QByteArray(3 * OutputFiles::Keep, 'x')));
        const KeptOutput kept = m_files.read(u"abc"_s, Stream::Error, 4 * OutputFiles::Keep);
        QCOMPARE(kept.total, 4 * OutputFiles::Keep);
        QCOMPARE(kept.head.size(), OutputFiles::Keep);
        QVERIFY(kept.tail.isEmpty());
    }

    void countsAtLeastWhatTheFileHolds()
    {
        QVERIFY(write("abc.out", "12345"));
        QCOMPARE(m_files.read(u"abc"_s, Stream::Output, 0).total, 5);
    }

    void readsNothingWhereThereIsNoFile()
    {
        const KeptOutput kept = m_files.read(u"abc"_s, Stream::Output, 7);
        QCOMPARE(kept.total, 7);
        QVERIFY(kept.head.isEmpty());
        QVERIFY(kept.tail.isEmpty());
    }

    void leadsOutOfTheDirectoryByNoName()
    {
        const QTemporaryDir other;
        QVERIFY(writeFile(other.filePath(u"secret.out"_s), "secret"));
        const QString name = u"../%1/secret"_s.arg(QFileInfo(other.path()).fileName());
        QVERIFY(QFile::exists(m_files.path(name, Stream::Output)));
        QCOMPARE(m_files.size(name, Stream::Output), 0);
        QVERIFY(m_files.read(name, Stream::Output, 6).head.isEmpty());
        m_files.remove(name);
        QVERIFY(QFile::exists(other.filePath(u"secret.out"_s)));
    }

    void ST_07_followsNoSymbolicLink()
    {
        const QTemporaryDir other;
        const QString target = other.filePath(u"secret"_s);
        QVERIFY(writeFile(target, "secret"));
        QVERIFY(QFile::link(target, m_files.path(u"abc"_s, Stream::Output)));
        QCOMPARE(m_files.size(u"abc"_s, Stream::Output), 0);
        QVERIFY(m_files.read(u"abc"_s, Stream::Output, 6).head.isEmpty());
        m_files.sweep([](const QString &) { return true; }, none);
        QCOMPARE(m_files.total(), 0);
        m_files.sweep([](const QString &) { return false; }, none);
        QVERIFY(!QFileInfo(m_files.path(u"abc"_s, Stream::Output)).isSymLink());
        QCOMPARE(readFile(target), "secret");
    }

    void sweepsWhatBelongsToNoRequest()
    {
        QVERIFY(write("kept.out", "123") && write("kept.err", "45"));
        QVERIFY(write("stray.out", "678") && write(".hidden", "9") && write("other", "0"));
        QVERIFY(QDir(m_directory->path()).mkdir(u"directory"_s));
        m_files.sweep([](const QString &name) { return name == u"kept"; }, none);
        QCOMPARE(QDir(m_directory->path()).entryList(QDir::Files | QDir::Hidden, QDir::Name),
                 (QStringList{u"kept.err"_s, u"kept.out"_s}));
        QCOMPARE(m_files.total(), 5);
        m_files.sweep([](const QString &) { return true; }, none); // counts anew
        QCOMPARE(m_files.total(), 5);
    }

    void ST_05_keepsWhatARequestHasAfterAll()
    {
        QVERIFY(write("kept.out", "123") && write("late.out", "45") && write("stray.out", "678"));
        QSet<QString> asked;
        m_files.sweep([](const QString &name) { return name == u"kept"; },
                      [&asked](const QSet<QString> &names) {
                          asked = names;
                          return QSet<QString>{u"late"_s};
                      });
        QCOMPARE(asked, (QSet<QString>{u"late"_s, u"stray"_s}));
        QCOMPARE(QDir(m_directory->path()).entryList(QDir::Files, QDir::Name),
                 (QStringList{u"kept.out"_s, u"late.out"_s}));
        QCOMPARE(m_files.total(), 5);
    }

    void countsWhatIsAddedAndRemoved()
    {
        QVERIFY(write("abc.out", "123") && write("abc.err", "45") && write("def.out", "6"));
        m_files.count(u"abc"_s);
        m_files.count(u"def"_s);
        m_files.count(u"nothing"_s);
        QCOMPARE(m_files.total(), 6);
        m_files.remove(u"abc"_s);
        QCOMPARE(m_files.total(), 1);
        QVERIFY(!QFile::exists(m_files.path(u"abc"_s, Stream::Error)));
        m_files.remove(u"abc"_s); // twice does no harm
        QCOMPARE(m_files.total(), 1);
        QVERIFY(QFile::exists(m_files.path(u"def"_s, Stream::Output)));
    }

    void sweepsNothingWhereThereIsNoDirectory()
    {
        m_files = OutputFiles(u"/nonexistent"_s);
        m_files.sweep([](const QString &) { return false; }, none);
        QCOMPARE(m_files.total(), 0);
    }

private:
    [[nodiscard]] bool write(const char *name, const QByteArray &bytes) const
    {
        return writeFile(m_directory->filePath(QLatin1StringView(name)), bytes);
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    OutputFiles m_files;
};

QTEST_GUILESS_MAIN(tst_OutputFiles)
#include "tst_outputfiles.moc"
