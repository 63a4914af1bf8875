// SPDX-License-Identifier: Apache-2.0
#include "datadirectory.h"
#include "journalfixture.h"

#include <sys/stat.h>
#include <unistd.h>

using namespace JournalFixture;
using namespace Qt::StringLiterals;

class tst_DataDirectory final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        umask(0); // each test begins with the worst
        m_parent = std::make_unique<QTemporaryDir>();
        m_error.clear();
    }

    void cleanup() { m_parent.reset(); }

    void ST_07_makesWhatIsMissingForTheOwnerAlone()
    {
        const QString path = m_parent->filePath(u"a/b/agent"_s);
        DataDirectory directory;
        QVERIFY2(directory.open(path, &m_error), qPrintable(m_error));
        QVERIFY2(directory.secureFiles(&m_error), qPrintable(m_error));
        QCOMPARE(directory.path(), path);
        QCOMPARE(directory.databasePath(), path + "/journal.db"_L1);
        QCOMPARE(directory.outputPath(), path + "/outputs"_L1);
        for (const QString &made : {m_parent->filePath(u"a"_s), m_parent->filePath(u"a/b"_s), path,
                                    directory.outputPath()})
            QCOMPARE(mode(made), mode_t(0700));
        QCOMPARE(mode(path + "/lock"_L1), mode_t(0600));
        QCOMPARE(mode(directory.databasePath()), mode_t(0600));
        QVERIFY(writeFile(path + "/later"_L1, "x")); // by whoever writes here
        QCOMPARE(mode(path + "/later"_L1), mode_t(0600));
    }

    void ST_07_closesWhatIsOpenToOthers()
    {
        QVERIFY(QDir().mkpath(path() + "/outputs"_L1));
        for (const QString &name : directories())
            QCOMPARE(chmod(qPrintable(name), 07777), 0);
        for (const QString &name : files()) {
            QVERIFY(writeFile(name, "kept"));
            QCOMPARE(chmod(qPrintable(name), 0666), 0);
        }
        DataDirectory directory;
        QVERIFY2(directory.open(path(), &m_error), qPrintable(m_error));
        QVERIFY2(directory.secureFiles(&m_error), qPrintable(m_error));
        for (const QString &name : directories())
            QCOMPARE(mode(name), mode_t(0700));
        for (const QString &name : files()) {
            QCOMPARE(mode(name), mode_t(0600));
            QCOMPARE(readFile(name) == "kept", !name.endsWith("/lock"_L1));
        }
    }

    void ST_07_refusesASymbolicLink_data() { addEntries(); }

    void ST_07_refusesASymbolicLink()
    {
        QFETCH(const QString, name);
        QFETCH(const bool, isDirectory);
        const QString target = m_parent->filePath(u"target"_s);
        const QString link = path() + name;
        QVERIFY(isDirectory ? QDir().mkpath(target) : writeFile(target, "kept"));
        QCOMPARE(chmod(qPrintable(target), 0755), 0);
        QVERIFY(name.isEmpty() || QDir().mkpath(path()));
        QVERIFY(QFile::link(target, link));
        expectRefused(link);
        QCOMPARE(mode(target), mode_t(0755));
        if (!isDirectory)
            QCOMPARE(readFile(target), "kept");
        QVERIFY(m_error.contains(u"symbolic link"));
    }

    void ST_07_refusesADanglingLink()
    {
        QVERIFY(QDir().mkpath(path()));
        QVERIFY(QFile::link(m_parent->filePath(u"target"_s), path() + "/journal.db"_L1));
        expectRefused(path() + "/journal.db"_L1);
        QVERIFY(!QFile::exists(m_parent->filePath(u"target"_s)));
    }

    void ST_07_refusesWhatBelongsToAnother_data() { addEntries(); }

    void ST_07_refusesWhatBelongsToAnother()
    {
        QFETCH(const QString, name);
        QFETCH(const bool, isDirectory);
        if (geteuid() != 0)
            QSKIP("only root can give files away");
        QVERIFY(QDir().mkpath(isDirectory ? path() + name : path()));
        QVERIFY(isDirectory || writeFile(path() + name, "kept"));
        QCOMPARE(chown(qPrintable(path() + name), 65534, 65534), 0);
        expectRefused(path() + name);
        QVERIFY(m_error.contains(u"another user"));
    }

    void refusesWhatIsOfAnotherKind_data() { addEntries(); }

    void refusesWhatIsOfAnotherKind()
    {
        QFETCH(const QString, name);
        QFETCH(const bool, isDirectory);
        if (isDirectory) {
            QVERIFY(name.isEmpty() || QDir().mkpath(path()));
            QVERIFY(writeFile(path() + name, "a file"));
        } else {
            QVERIFY(QDir().mkpath(path()));
            QCOMPARE(mkfifo(qPrintable(path() + name), 0600), 0); // and does not wait for it
        }
        expectRefused(path() + name);
    }

    void saysThatItCannotBeMade()
    {
        QVERIFY(writeFile(m_parent->filePath(u"file"_s), "x"));
        DataDirectory directory;
        QVERIFY(!directory.open(m_parent->filePath(u"file/agent"_s), &m_error));
        QVERIFY(m_error.contains(u"file/agent"));
        m_error.clear();
        QVERIFY(!directory.open(u"/proc/agent"_s, &m_error));
        QVERIFY(m_error.contains(u"/proc/agent"));
    }

    void takesADirectoryBehindASymbolicLink()
    {
        QVERIFY(QDir().mkpath(m_parent->filePath(u"home"_s)));
        QVERIFY(QFile::link(m_parent->filePath(u"home"_s), m_parent->filePath(u"link"_s)));
        DataDirectory directory;
        QVERIFY2(directory.open(m_parent->filePath(u"link/agent/"_s), &m_error),
                 qPrintable(m_error));
        QVERIFY(QFileInfo(m_parent->filePath(u"home/agent"_s)).isDir());
    }

    void ST_04_isLockedForOthers()
    {
        DataDirectory first;
        DataDirectory second;
        QVERIFY2(first.open(path(), &m_error), qPrintable(m_error));
        QVERIFY(!second.open(path(), &m_error));
        QVERIFY2(m_error.contains(u"pid %1"_s.arg(getpid())), qPrintable(m_error));
        QVERIFY(m_error.contains(path()));
        QVERIFY(!second.open(path() + "/../agent"_L1, &m_error)); // by another name
        second.close();
        QVERIFY(!second.open(path(), &m_error)); // which gave no lock back
        first.close();
        QVERIFY2(second.open(path(), &m_error), qPrintable(m_error));
    }

    void ST_04_givesTheLockBackAtItsEnd()
    {
        {
            DataDirectory directory;
            QVERIFY(directory.open(path(), &m_error));
        }
        DataDirectory directory;
        QVERIFY(directory.open(path(), &m_error));
        QVERIFY(directory.open(path(), &m_error)); // its own is no obstacle
    }

    void ST_04_takesALockFileThatWasLeft()
    {
        QVERIFY(QDir().mkpath(path()));
        QVERIFY(writeFile(path() + "/lock"_L1, "123456789 and more"));
        DataDirectory directory;
        QVERIFY2(directory.open(path(), &m_error), qPrintable(m_error));
        QCOMPARE(readFile(path() + "/lock"_L1), QByteArray::number(getpid()) + '\n');
    }

    void ST_01_setsADamagedDatabaseAside()
    {
        DataDirectory directory;
        QVERIFY(directory.open(path(), &m_error));
        for (const QString &name : files())
            QVERIFY(name.endsWith("/lock"_L1) || writeFile(name, name.toUtf8()));
        QVERIFY(writeFile(directory.outputPath() + "/abc.out"_L1, "output"));
        const QString aside = directory.setAside(&m_error);
        QVERIFY2(!aside.isEmpty(), qPrintable(m_error));
        QVERIFY(aside.startsWith(directory.databasePath() + ".damaged-"_L1));
        const QString mark = aside.mid(directory.databasePath().size());
        QCOMPARE(readFile(aside), directory.databasePath().toUtf8());
        QCOMPARE(readFile(aside + "-wal"_L1), path().toUtf8() + "/journal.db-wal");
        QVERIFY(QFile::exists(aside + "-shm"_L1));
        QVERIFY(QFile::exists(aside + "-journal"_L1));
        QCOMPARE(readFile(path() + "/head"_L1 + mark), path().toUtf8() + "/head");
        QCOMPARE(readFile(directory.outputPath() + mark + "/abc.out"_L1), "output");
        QCOMPARE(
            QDir(path()).entryList({u"journal.db"_s, u"journal.db-*"_s, u"head"_s, u"outputs"_s}),
            QStringList());
        QVERIFY(directory.makeOutputs(&m_error));
        QVERIFY(directory.secureFiles(&m_error));
        QCOMPARE(mode(directory.outputPath()), mode_t(0700));
        directory.sync();
    }

    // Of a move that ended half-way; one that was completed stays.
    void ST_01_takesBackALogThatWasMovedAlone()
    {
        DataDirectory directory;
        QVERIFY(directory.open(path(), &m_error));
        const QString moved = directory.databasePath() + ".damaged-20260101T000000Z"_L1;
        const QString whole = directory.databasePath() + ".damaged-20250101T000000Z"_L1;
        for (const QString &name :
             {directory.databasePath(), moved + "-wal"_L1, whole, whole + "-wal"_L1})
            QVERIFY(writeFile(name, name.toUtf8()));
        QVERIFY(directory.secureFiles(&m_error));
        QCOMPARE(readFile(directory.databasePath() + "-wal"_L1), moved.toUtf8() + "-wal");
        QVERIFY(!QFile::exists(moved + "-wal"_L1));
        QCOMPARE(readFile(whole + "-wal"_L1), whole.toUtf8() + "-wal");
        QVERIFY(writeFile(moved + "-wal"_L1, "another"));
        QVERIFY(directory.secureFiles(&m_error)); // there is one in its place
        QCOMPARE(readFile(moved + "-wal"_L1), "another");
    }

    void ST_01_overwritesNothingThatWasSetAside()
    {
        DataDirectory directory;
        QVERIFY(directory.open(path(), &m_error));
        QStringList asides;
        for (int i = 0; i < 4; ++i) { // in one second
            QVERIFY(writeFile(directory.databasePath(), QByteArray::number(i)));
            QVERIFY(directory.makeOutputs(&m_error));
            asides.append(directory.setAside(&m_error));
        }
        for (int i = 0; i < 4; ++i)
            QCOMPARE(readFile(asides.at(i)), QByteArray::number(i));
    }

    void readsARegularFileAlone()
    {
        const QString file = m_parent->filePath(u"file"_s);
        const QString link = m_parent->filePath(u"link"_s);
        const QString pipe = m_parent->filePath(u"pipe"_s);
        QVERIFY(writeFile(file, "0123456789"));
        QVERIFY(QFile::link(file, link));
        QCOMPARE(mkfifo(qPrintable(pipe), 0600), 0);
        QCOMPARE(DataDirectory::fileSize(file), 10);
        QCOMPARE(DataDirectory::read(file, 2, 3), "234");
        QCOMPARE(DataDirectory::read(file, 8, 100), "89");
        QVERIFY(DataDirectory::read(file, 10, 1).isEmpty());
        QVERIFY(DataDirectory::read(file, 99, 1).isEmpty());
        QCOMPARE(DataDirectory::sha256(file), sha256("0123456789"));
        const QString missing = m_parent->filePath(u"missing"_s);
        for (const QString &other : {link, pipe, missing, m_parent->path()}) {
            QCOMPARE(DataDirectory::fileSize(other), 0);
            QVERIFY(DataDirectory::read(other, 0, 1).isEmpty());
            QVERIFY(DataDirectory::sha256(other).isEmpty());
        }
    }

    void hashesFilesOfAnySize_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {0, 1, 65536, 65537, 200'000})
            QTest::addRow("%d", size) << size;
    }

    void hashesFilesOfAnySize()
    {
        QFETCH(const int, size);
        const QByteArray bytes(size, 'x');
        QVERIFY(writeFile(m_parent->filePath(u"file"_s), bytes));
        QCOMPARE(DataDirectory::sha256(m_parent->filePath(u"file"_s)), sha256(bytes));
    }

private:
    [[nodiscard]] QString path() const { return m_parent->filePath(u"agent"_s); }
    [[nodiscard]] QStringList directories() const { return {path(), path() + "/outputs"_L1}; }
    [[nodiscard]] QStringList files() const
    {
        QStringList list;
        for (const char *name : {"journal.db", "journal.db-wal", "journal.db-shm",
                                 "journal.db-journal", "head", "lock"})
            list.append(path() + u'/' + QLatin1StringView(name));
        return list;
    }

    void addEntries() const
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isDirectory");
        QTest::newRow("directory") << QString() << true;
        QTest::newRow("outputs") << u"/outputs"_s << true;
        for (const char *name : {"journal.db", "journal.db-wal", "journal.db-shm",
                                 "journal.db-journal", "head", "lock"})
            QTest::newRow(name) << u'/' + QString::fromLatin1(name) << false;
    }

    [[nodiscard]] static mode_t mode(const QString &name)
    {
        struct stat status = {};
        return lstat(qPrintable(name), &status) == 0 ? status.st_mode & 07777 : 0;
    }

    void expectRefused(const QString &name)
    {
        DataDirectory directory;
        QVERIFY(!directory.open(path(), &m_error) || !directory.secureFiles(&m_error));
        QVERIFY2(m_error.contains(name), qPrintable(m_error));
        QVERIFY(!m_error.contains(u'\n'));
    }

    std::unique_ptr<QTemporaryDir> m_parent;
    QString m_error;
};

QTEST_GUILESS_MAIN(tst_DataDirectory)
#include "tst_datadirectory.moc"
