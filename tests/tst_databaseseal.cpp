// SPDX-License-Identifier: Apache-2.0
#include "databaseseal.h"
#include "journalfixture.h"

#include <sys/stat.h>

using namespace JournalFixture;
using namespace Qt::StringLiterals;

using DatabaseSeal::Finding;

class tst_DatabaseSeal final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        QVERIFY(writeFile(path(u"journal.db"_s), "database"));
    }

    void fitsWhatWasClosed()
    {
        DatabaseSeal::put(m_directory->path());
        QCOMPARE(DatabaseSeal::take(m_directory->path()), Finding::Fits);
    }

    void holdsOnce()
    {
        DatabaseSeal::put(m_directory->path());
        QCOMPARE(DatabaseSeal::take(m_directory->path()), Finding::Fits);
        QCOMPARE(DatabaseSeal::take(m_directory->path()), Finding::Missing);
    }

    // Or a start that is killed while it mends what was done would leave the rest.
    void ST_01_aBrokenOneStaysUntilItIsRemoved()
    {
        DatabaseSeal::put(m_directory->path());
        QVERIFY(writeFile(path(u"journal.db"_s), "changed"));
        QCOMPARE(DatabaseSeal::take(m_directory->path()), Finding::Broken);
        QCOMPARE(DatabaseSeal::take(m_directory->path()), Finding::Broken);
        DatabaseSeal::remove(m_directory->path());
        QCOMPARE(DatabaseSeal::take(m_directory->path()), Finding::Missing);
    }

    void isForTheOwnerAlone()
    {
        DatabaseSeal::put(m_directory->path());
        struct stat status = {};
        QCOMPARE(stat(QFile::encodeName(path(u"seal"_s)).constData(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0600U);
    }

    void thereIsNoneWithoutAClose()
    {
        QCOMPARE(DatabaseSeal::take(m_directory->path()), Finding::Missing);
    }

    // However soon after the close, and with the same length.
    void ST_01_doesNotFitWhatWasWrittenSince()
    {
        for (int i = 0; i < 50; ++i) {
            DatabaseSeal::put(m_directory->path());
            QFile file(path(u"journal.db"_s));
            QVERIFY(file.open(QIODevice::ReadWrite));
            QCOMPARE(file.write("X"), 1);
            file.close();
            QCOMPARE(DatabaseSeal::take(m_directory->path()), Finding::Broken);
        }
    }

    void ST_01_doesNotFitAnotherFile()
    {
        DatabaseSeal::put(m_directory->path());
        QVERIFY(QFile::rename(path(u"journal.db"_s), path(u"other"_s)));
        QVERIFY(QFile::copy(path(u"other"_s), path(u"journal.db"_s)));
        QCOMPARE(DatabaseSeal::take(m_directory->path()), Finding::Broken);
    }

    void ST_01_doesNotFitWhileTheLogHoldsMore()
    {
        DatabaseSeal::put(m_directory->path());
        QVERIFY(writeFile(path(u"journal.db-wal"_s), "x"));
        QCOMPARE(DatabaseSeal::take(m_directory->path()), Finding::Broken);
        DatabaseSeal::put(m_directory->path());
        QVERIFY(writeFile(path(u"journal.db-wal"_s), {}));
        QCOMPARE(DatabaseSeal::take(m_directory->path()), Finding::Fits);
    }

    void takesNothingForASeal_data()
    {
        QTest::addColumn<QByteArray>("seal");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("garbage") << QByteArray(200, 'x');
    }
    void takesNothingForASeal()
    {
        QFETCH(const QByteArray, seal);
        QVERIFY(writeFile(path(u"seal"_s), seal));
        QCOMPARE(DatabaseSeal::take(m_directory->path()), Finding::Broken);
        DatabaseSeal::put(m_directory->path());
        QCOMPARE(DatabaseSeal::take(m_directory->path()), Finding::Fits);
    }

    void ST_07_aLinkIsNoSeal()
    {
        DatabaseSeal::put(m_directory->path());
        QVERIFY(QFile::rename(path(u"seal"_s), path(u"elsewhere"_s)));
        QVERIFY(QFile::link(path(u"elsewhere"_s), path(u"seal"_s)));
        QCOMPARE(DatabaseSeal::take(m_directory->path()), Finding::Broken);
        QVERIFY(QFile::exists(path(u"elsewhere"_s)));
    }

    void thereIsNoneForWhatIsMissing()
    {
        QVERIFY(QFile::remove(path(u"journal.db"_s)));
        DatabaseSeal::put(m_directory->path());
        QVERIFY(!QFile::exists(path(u"seal"_s)));
    }

    void theJournalIsSealedFromCloseToOpen()
    {
        QVERIFY(QFile::remove(path(u"journal.db"_s)));
        Journal journal;
        QVERIFY(open(&journal, m_directory->path()));
        QVERIFY(!QFile::exists(path(u"seal"_s)));
        QVERIFY(run(&journal, request("df")));
        journal.close();
        QVERIFY(QFile::exists(path(u"seal"_s)));
        QVERIFY(open(&journal, m_directory->path()));
        QVERIFY(!QFile::exists(path(u"seal"_s)));
        QVERIFY(journal.warning().isEmpty());
    }

    void ST_01_theJournalFindsADamagedPageAfterAClose()
    {
        QVERIFY(QFile::remove(path(u"journal.db"_s)));
        Journal journal;
        QVERIFY(open(&journal, m_directory->path()));
        for (int i = 0; i < 50; ++i)
            QVERIFY(run(&journal, request("df")));
        const int page = journal.connection()
                             ->scalar(u"SELECT rootpage FROM sqlite_master "
                                      "WHERE name = 'requests_state'"_s)
                             .toInt();
        journal.close();
        QFile file(path(u"journal.db"_s));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(page > 1 && file.seek((page - 1) * 4096LL));
        QCOMPARE(file.write(QByteArray(4096, '\xff')), 4096);
        file.close();
        QVERIFY(open(&journal, m_directory->path()));
        QVERIFY2(journal.warning().contains(u"damaged"_s), qPrintable(journal.warning()));
    }

    // The next start is to look at all of it.
    void aJournalThatMetDamageIsNotSealed()
    {
        QVERIFY(QFile::remove(path(u"journal.db"_s)));
        Journal journal;
        QVERIFY(open(&journal, m_directory->path()));
        QVERIFY(run(&journal, request("df")));
        journal.connection()->reportDamage();
        journal.close();
        QVERIFY(!QFile::exists(path(u"seal"_s)));
    }

private:
    [[nodiscard]] QString path(const QString &name) const { return m_directory->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_directory;
};

QTEST_GUILESS_MAIN(tst_DatabaseSeal)
#include "tst_databaseseal.moc"
