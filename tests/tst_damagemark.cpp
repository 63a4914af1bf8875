// SPDX-License-Identifier: Apache-2.0
#include "damagemark.h"
#include "journalfixture.h"

#include <sys/stat.h>

using namespace JournalFixture;
using namespace Qt::StringLiterals;

class tst_DamageMark final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        QVERIFY(writeFile(path("journal.db"), "database"));
    }

    void ST_01_remembersTheWords()
    {
        QCOMPARE(words(), QString());
        DamageMark::put(m_directory->path(), u"SQL logic\n error"_s);
        QCOMPARE(words(), u"SQL logic error"_s);
        DamageMark::put(m_directory->path(), u"later"_s);
        QCOMPARE(words(), u"SQL logic error"_s); // the first is the cause
        DamageMark::remove(m_directory->path());
        QCOMPARE(words(), QString());
    }

    void saysNothingOfAnotherDatabase()
    {
        DamageMark::put(m_directory->path(), u"malformed"_s);
        QVERIFY(writeFile(path("other"), "restored"));
        QVERIFY(QFile::rename(path("journal.db"), path("journal.db.old")));
        QCOMPARE(words(), QString());
        QVERIFY(QFile::rename(path("other"), path("journal.db")));
        QCOMPARE(words(), QString());
    }

    void ST_07_isForTheOwnerAloneAndNoLink()
    {
        QVERIFY(QFile::link(path("elsewhere"), path("damaged")));
        DamageMark::put(m_directory->path(), u"malformed"_s);
        QVERIFY(!QFile::exists(path("elsewhere")));
        QCOMPARE(words(), QString());
        DamageMark::remove(m_directory->path());
        DamageMark::put(m_directory->path(), u"malformed"_s);
        struct stat status = {};
        QCOMPARE(stat(QFile::encodeName(path("damaged")).constData(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0600U);
    }

private:
    [[nodiscard]] QString path(const char *name) const
    {
        return m_directory->filePath(QString::fromLatin1(name));
    }
    [[nodiscard]] QString words() const { return DamageMark::words(m_directory->path()); }

    std::unique_ptr<QTemporaryDir> m_directory;
};

QTEST_GUILESS_MAIN(tst_DamageMark)
#include "tst_damagemark.moc"
