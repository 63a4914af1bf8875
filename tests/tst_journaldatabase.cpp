// SPDX-License-Identifier: Apache-2.0
#include "journalfixture.h"
#include "schema.h"

#include <QRegularExpression>

#include <functional>
#include <sys/stat.h>

using namespace JournalFixture;
using namespace Qt::StringLiterals;

using Damage = std::function<bool(const QString &directory)>;

class tst_JournalDatabase final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }
    void cleanup() { m_directory.reset(); }

    void makesANewOne()
    {
        JournalDatabase store;
        QVERIFY(open(&store));
        QCOMPARE(store.directory().path(), path());
        QCOMPARE(Schema::inspect(store.connection()), Schema::Finding::Ours);
        QVERIFY(store.warning().isEmpty());
        QCOMPARE(store.record(), (QJsonObject{{u"event"_s, u"begin"_s}}));
    }

    void opensItAgain()
    {
        makeJournal();
        JournalDatabase store;
        QVERIFY(open(&store));
        QVERIFY(store.record().isEmpty());
        QVERIFY(store.warning().isEmpty());
        QCOMPARE(rows(&store), 3);
        QVERIFY(open(&store)); // it closes itself first
        QCOMPARE(rows(&store), 3);
    }

    void ST_01_setsADamagedOneAside_data()
    {
        QTest::addColumn<Damage>("damage");
        const auto bytes = [](const char *name, const std::function<void(QByteArray *)> &change) {
            QTest::newRow(name) << Damage([change](const QString &directory) {
                QByteArray content = readFile(directory + "/journal.db"_L1);
                change(&content);
                return writeFile(directory + "/journal.db"_L1, content);
            });
        };
        bytes("header", [](QByteArray *content) { content->replace(0, 16, QByteArray(16, 'x')); });
        bytes("page size", [](QByteArray *content) { (*content)[16] = '\x7f'; });
        bytes("no bytes", [](QByteArray *content) { content->clear(); });
        bytes("a header alone", [](QByteArray *content) { content->truncate(50); });
        bytes("half", [](QByteArray *content) { content->truncate(content->size() / 2); });
        bytes("pages", [](QByteArray *content) {
            for (qsizetype at = 8192; at < content->size(); at += 64)
                (*content)[at] = char(~content->at(at));
        });
        bytes("text", [](QByteArray *content) { *content = "no database at all\n"; });
        const auto sql = [](const char *name, const QString &statement) {
            QTest::newRow(name) << Damage(
                [statement](const QString &directory) { return tamper(directory, {statement}); });
        };
        sql("view", u"CREATE VIEW v AS SELECT * FROM journal"_s);
        sql("trigger",
            u"CREATE TRIGGER t AFTER INSERT ON journal BEGIN DELETE FROM journal; END"_s);
        sql("row edited", u"UPDATE journal SET data = '{}' WHERE seq = 3"_s);
        sql("end cut off", u"DELETE FROM journal WHERE seq = 3"_s);
    }

    void ST_01_setsADamagedOneAside()
    {
        QFETCH(const Damage, damage);
        makeJournal();
        QVERIFY(writeFile(path() + "/outputs/abc.out"_L1, "output"));
        QVERIFY(damage(path()));
        const QByteArray damaged = readFile(path() + "/journal.db"_L1);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"^The journal was damaged"_s));
        JournalDatabase store;
        QVERIFY(open(&store));
        QCOMPARE(Schema::inspect(store.connection()), Schema::Finding::Ours);
        QCOMPARE(rows(&store), 0);
        const QString aside = store.record()["damaged"_L1].toString();
        QVERIFY(aside.startsWith("journal.db.damaged-"_L1));
        QCOMPARE(store.record()["event"_L1].toString(), u"begin"_s);
        QCOMPARE(store.record()["sha256"_L1].toString().toLatin1(), sha256(damaged));
        QVERIFY(!store.record()["damage"_L1].toString().isEmpty());
        QVERIFY(store.warning().contains(aside));
        QCOMPARE(readFile(path() + u'/' + aside), damaged);
        QVERIFY(QDir(path() + "/outputs"_L1).isEmpty());
        QVERIFY(open(&store)); // and the new one is good
        QVERIFY(store.warning().isEmpty());
    }

    void warnsOfRowsThatAreLost()
    {
        makeJournal();
        QVERIFY(QFile::remove(path() + "/head"_L1));
        JournalDatabase store;
        QVERIFY(open(&store));
        QVERIFY(!store.warning().isEmpty());
        QCOMPARE(store.record()["event"_L1].toString(), u"head-missing"_s);
        store.close();
        QVERIFY(store.warning().isEmpty());
        QVERIFY(store.record().isEmpty());
    }

    void leavesALaterVersionAlone()
    {
        makeJournal();
        QVERIFY(tamper(path(), {u"PRAGMA user_version=2"_s}));
        const QByteArray before = readFile(path() + "/journal.db"_L1);
        JournalDatabase store;
        QString error;
        QVERIFY(!store.open(path(), &error));
        QVERIFY(error.contains(u"later version"));
        QCOMPARE(readFile(path() + "/journal.db"_L1), before);
        QVERIFY(QDir(path()).entryList({u"*damaged*"_s}).isEmpty());
        QVERIFY(!store.begin(false));
        DataDirectory directory; // the lock is given back
        QVERIFY(directory.open(path(), &error));
    }

    void ST_04_isOpenOnce()
    {
        JournalDatabase first;
        JournalDatabase second;
        QString error;
        QVERIFY(open(&first));
        QVERIFY(!second.open(path(), &error));
        QVERIFY(!error.isEmpty());
        first.close();
        QVERIFY(open(&second));
    }

    void ST_07_keepsAllFilesForTheOwner()
    {
        umask(0);
        JournalDatabase store;
        QVERIFY(open(&store));
        QVERIFY(store.begin(true) && add(&store) && store.commit());
        const QFileInfoList files =
            QDir(path()).entryInfoList(QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot);
        QVERIFY(files.size() >= 4); // with the write-ahead log and its index
        for (const QFileInfo &file : files)
            QVERIFY2(!(file.permissions() & 0x0077), qPrintable(file.fileName()));
    }

    void keepsWhatIsCommitted()
    {
        JournalDatabase store;
        QVERIFY(open(&store));
        QVERIFY(store.begin(false) && add(&store));
        QVERIFY(store.commit());
        QVERIFY(store.begin(true) && add(&store));
        store.rollback();
        QCOMPARE(rows(&store, "outbox"_L1), 1);
        QVERIFY(store.begin(true) && add(&store));
        store.close();
        QVERIFY(open(&store));
        QCOMPARE(rows(&store, "outbox"_L1), 1);
    }

    void saysWhatWentWrong()
    {
        JournalDatabase store;
        QVERIFY(open(&store));
        QVERIFY(!store.commit()); // nothing has begun
        QVERIFY(store.lastError().isError());
        QVERIFY(store.begin(false));
        QVERIFY(!store.lastError().isError());
        QVERIFY(!store.begin(false));
        const QString text = store.lastError().text;
        QVERIFY(!text.isEmpty());
        store.rollback();
        store.rollback(); // has nothing to do
        QCOMPARE(store.lastError().text, text); // which is no reason
        QVERIFY(store.begin(false));
    }

    void doesNothingWhenItIsClosed()
    {
        JournalDatabase store;
        QVERIFY(!store.begin(true));
        QVERIFY(!store.commit());
        store.rollback();
        store.releasePages();
        store.close();
        QCOMPARE(store.usedBytes(), 0);
    }

    void waitsForTheDiskWhenTold()
    {
        JournalDatabase store;
        QVERIFY(open(&store));
        for (const bool full : {false, true, true, false}) {
            QVERIFY(store.begin(full));
            QCOMPARE(store.connection()->scalar(u"PRAGMA synchronous"_s).toInt(), full ? 2 : 1);
            QVERIFY(store.commit());
        }
    }

    void ST_08_givesPagesBack()
    {
        JournalDatabase store;
        QVERIFY(open(&store));
        const qint64 empty = store.usedBytes();
        QVERIFY(empty > 0);
        QVERIFY(store.begin(false));
        for (int i = 0; i < 100; ++i)
            QVERIFY(add(&store, 100'000));
        QVERIFY(store.commit());
        QVERIFY(store.usedBytes() > 10'000'000);
        QVERIFY(store.connection()->execute(u"DELETE FROM outbox"_s));
        QVERIFY(store.usedBytes() < empty + 100'000); // at once
        const int pages = store.connection()->scalar(u"PRAGMA page_count"_s).toInt();
        store.releasePages();
        const int left = store.connection()->scalar(u"PRAGMA page_count"_s).toInt();
        QVERIFY(left <= pages - 1000 && left > pages - 1100); // and what told where they belong
        for (int i = 0; i < 5; ++i)
            store.releasePages();
        QCOMPARE(store.connection()->scalar(u"PRAGMA freelist_count"_s).toInt(), 0);
    }

private:
    [[nodiscard]] QString path() const { return m_directory->path(); }

    [[nodiscard]] bool open(JournalDatabase *store) const
    {
        QString error;
        const bool ok = store->open(path(), &error);
        if (!ok)
            qWarning("%s", qPrintable(error));
        return ok;
    }

    // Of three rows.
    void makeJournal()
    {
        Journal journal;
        QVERIFY(JournalFixture::open(&journal, path()));
        QVERIFY(journal.note(u"link"_s, {{u"n"_s, 1}}));
        QVERIFY(journal.note(u"link"_s, {{u"n"_s, 2}}));
    }

    [[nodiscard]] static bool add(JournalDatabase *store, int bytes = 1)
    {
        Statement insert(store->connection(),
                         u"INSERT INTO outbox (kind, scope, payload) VALUES (0, '', ?)"_s);
        return insert.run({QByteArray(bytes, 'x')});
    }

    [[nodiscard]] static int rows(JournalDatabase *store, QLatin1StringView table = "journal"_L1)
    {
        return store->connection()->scalar("SELECT count(*) FROM "_L1 + table).toInt();
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

QTEST_GUILESS_MAIN(tst_JournalDatabase)
#include "tst_journaldatabase.moc"
