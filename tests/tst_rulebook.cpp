// SPDX-License-Identifier: Apache-2.0
#include "fulldisk.h"
#include "journalfixture.h"
#include "rulebook.h"

#include <QSignalSpy>

using namespace JournalFixture;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Rule allow(const QByteArray &command)
{
    Rule rule;
    rule.verdict = Rule::Verdict::Allow;
    rule.command = command;
    rule.scope = scope();
    return rule;
}

// A data directory with its journal and the book of one run of the agent.
struct Run
{
    Journal journal;
    Rules::Now now = Rules::systemNow();
    RuleBook book{&journal, [this] { return now; }};
    QString error;

    explicit Run(const QString &directory)
    {
        if (!journal.open(directory, &error))
            qFatal("%s", qPrintable(error));
        book.open(directory);
    }
    [[nodiscard]] QString lastChange()
    {
        const QList<JournalEntry> entries = journal.entries(u"rule"_s, 0, 1);
        return entries.isEmpty() ? QString() : entries.first().data["change"_L1].toString();
    }
};

} // namespace

class TestRuleBook final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_temporary;
    QString m_directory;
    QString m_error;

    [[nodiscard]] QString file() const { return m_directory + u"/rules.json"_s; }

private Q_SLOTS:
    void init()
    {
        m_temporary = std::make_unique<QTemporaryDir>();
        m_directory = m_temporary->filePath(u"data"_s);
    }

    void beginsWithoutRules()
    {
        Run run(m_directory);
        QVERIFY(run.book.all().isEmpty());
        QCOMPARE(run.book.problem(), QString());
        QVERIFY(!QFile::exists(file()));
    }

    void keepsRulesOverRestarts()
    {
        QString id;
        {
            Run run(m_directory);
            QSignalSpy changed(&run.book, &RuleBook::changed);
            QVERIFY(run.book.add(allow("id"), &run.error));
            QCOMPARE(changed.size(), 1);
            id = run.book.all().first().id;
            QVERIFY(!id.isEmpty());
            QVERIFY(run.book.all().first().created.isValid());
            QCOMPARE(run.lastChange(), u"added"_s);
        }
        Run again(m_directory);
        QCOMPARE(again.book.problem(), QString());
        QVERIFY(again.book.match("id", scope()));
        QCOMPARE(again.book.match("id", scope())->id, id);
        QVERIFY(again.book.remove(id, &again.error));
        QVERIFY(!again.book.match("id", scope()));
        QVERIFY(!again.book.remove(id, &again.error));
        QCOMPARE(again.lastChange(), u"removed"_s);
    }

    void PO_05_forgetsThoseOfTheSession()
    {
        {
            Run run(m_directory);
            Rule session = allow("id");
            session.forSession = true;
            QVERIFY(run.book.add(session, &run.error));
            QVERIFY(run.book.match("id", scope()));
            QVERIFY(!QFile::exists(file()));
        }
        Run again(m_directory);
        QVERIFY(!again.book.match("id", scope()));
    }

    void PO_05_oneOfTheSessionThatReplacesAKeptOneEndsThatToo()
    {
        {
            Run run(m_directory);
            QVERIFY(run.book.add(allow("id"), &run.error));
            Rule session = allow("id");
            session.forSession = true;
            QVERIFY(run.book.add(session, &run.error));
            QCOMPARE(run.book.all().size(), 1);
            QVERIFY(run.book.match("id", scope()));
        }
        Run again(m_directory);
        QCOMPARE(again.book.problem(), QString());
        QVERIFY(!again.book.match("id", scope()));
    }

    void PO_05_endsOnBothClocks()
    {
        Run run(m_directory);
        Rule hour = allow("id");
        hour.until = run.now.wall.addSecs(3600);
        QVERIFY(run.book.add(hour, &run.error));
        run.now.wall = run.now.wall.addDays(-1);
        run.now.boot += 59min;
        QVERIFY(run.book.match("id", scope()));
        run.now.boot += 1min;
        QVERIFY(!run.book.match("id", scope()));
        run.book.tidy();
        QVERIFY(run.book.all().isEmpty());
        QCOMPARE(run.lastChange(), u"over"_s);
    }

    void PO_05_theClockCannotBeSetBackAfterARestartOfTheMachineEither()
    {
        {
            Run run(m_directory);
            Rule hour = allow("id");
            hour.until = run.now.wall.addSecs(3600);
            QVERIFY(run.book.add(hour, &run.error));
        }
        QByteArray json = readFile(file());
        const qsizetype boot = json.indexOf("\"boot\": \"") + 9;
        json[boot] = json.at(boot) == '0' ? '1' : '0';
        QVERIFY(writeFile(file(), json));
        Run run(m_directory);
        QVERIFY(run.book.trust(&run.error));
        run.now.wall = run.now.wall.addDays(-1);
        QVERIFY(run.book.match("id", scope()));
        run.now.boot += 60min;
        QVERIFY(!run.book.match("id", scope()));
    }

    void PO_06_isNotTrustedWhenThatCannotBeRecorded()
    {
        {
            Run run(m_directory);
            QVERIFY(run.book.add(allow("id"), &run.error));
        }
        QString error;
        QVERIFY(RuleFile(file()).write(RuleFile::json({}), &error));
        Run run(m_directory);
        run.journal.close();
        QVERIFY(!run.book.trust(&run.error));
        QVERIFY(!run.book.problem().isEmpty());
    }

    void PO_05_countsUsesOnDiskBeforeTheyRun()
    {
        {
            Run run(m_directory);
            Rule once = allow("id");
            once.usesLeft = 1;
            QVERIFY(run.book.add(once, &run.error));
            QVERIFY(run.book.use(run.book.all().first().id));
        }
        Run again(m_directory);
        QCOMPARE(again.book.problem(), QString());
        QVERIFY(!again.book.match("id", scope()));
    }

    void PO_06_isOffWhenSomebodyElseChangedTheFile_data()
    {
        QTest::addColumn<bool>("trusts");
        QTest::newRow("and the owner trusts it") << true;
        QTest::newRow("and the owner does not") << false;
    }
    void PO_06_isOffWhenSomebodyElseChangedTheFile()
    {
        QFETCH(const bool, trusts);
        {
            Run run(m_directory);
            QVERIFY(run.book.add(allow("id"), &run.error));
        }
        QString error;
        Rule foreign = allow("rm -rf x");
        foreign.id = u"x"_s;
        foreign.created = QDateTime::currentDateTimeUtc();
        QVERIFY(RuleFile(file()).write(RuleFile::json({foreign}), &error));
        {
            Run run(m_directory);
            QVERIFY(!run.book.problem().isEmpty());
            QVERIFY(run.book.all().isEmpty());
            QVERIFY(!run.book.match("id", scope()));
            QVERIFY(!run.book.match("rm -rf x", scope()));
            QCOMPARE(run.book.doubtful().size(), 1);
            QVERIFY(!run.book.add(allow("df"), &run.error)); // it would hide what was done
            QCOMPARE(run.error, run.book.problem());
            run.book.tidy();
        }
        {
            Run run(m_directory); // nothing has made it trusted meanwhile
            QVERIFY(!run.book.problem().isEmpty());
            QVERIFY(trusts ? run.book.trust(&run.error) : run.book.discard(&run.error));
            QCOMPARE(run.book.problem(), QString());
            QCOMPARE(run.book.match("rm -rf x", scope()) != nullptr, trusts);
        }
        Run run(m_directory);
        QCOMPARE(run.book.problem(), QString());
        QCOMPARE(run.book.match("rm -rf x", scope()) != nullptr, trusts);
    }

    void trustsOnlyWhatTheOwnerHasSeen()
    {
        {
            Run run(m_directory);
            QVERIFY(run.book.add(allow("id"), &run.error));
        }
        QString error;
        QVERIFY(RuleFile(file()).write(RuleFile::json({}), &error));
        Run run(m_directory);
        QVERIFY(run.book.doubtful().isEmpty() && !run.book.problem().isEmpty());
        Rule sneaked = allow("rm -rf x");
        sneaked.id = u"x"_s;
        sneaked.created = QDateTime::currentDateTimeUtc();
        QVERIFY(RuleFile(file()).write(RuleFile::json({sneaked}), &error));
        QVERIFY(!run.book.trust(&run.error));
        QVERIFY(!run.book.match("rm -rf x", scope()));
        QCOMPARE(run.book.doubtful().size(), 1);
    }

    void PO_06_isOffWhenTheFileIsOpenToOthers()
    {
        {
            Run run(m_directory);
            QVERIFY(run.book.add(allow("id"), &run.error));
        }
        QVERIFY(
            QFile::setPermissions(file(), QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
        Run run(m_directory);
        QVERIFY(run.book.problem().contains(file()));
        QVERIFY(!run.book.match("id", scope()));
    }

    void ST_01_isOffWhenTheJournalIsANewOne()
    {
        {
            Run run(m_directory);
            QVERIFY(run.book.add(allow("id"), &run.error));
        }
        QVERIFY(writeFile(m_directory + u"/journal.db"_s, "garbage"));
        Run run(m_directory);
        QVERIFY(!run.book.problem().isEmpty());
        QVERIFY(!run.book.match("id", scope()));
    }

    void AC_08_refusesToAllowWhatCannotBeSeen()
    {
        Run run(m_directory);
        QVERIFY(!run.book.add(allow("ls \xE2\x80\xAE"), &run.error));
        QVERIFY(!run.error.isEmpty());
        QVERIFY(run.book.all().isEmpty());
    }

    void changesNothingThatCannotBeSaved()
    {
        Run run(m_directory);
        QVERIFY(run.book.add(allow("id"), &run.error));
        {
            const FullDisk full;
            QVERIFY(!run.book.add(allow("df"), &run.error));
            QVERIFY2(run.error.contains(u"journal"_s), qPrintable(run.error));
            QVERIFY(!run.book.match("df", scope()));
            QVERIFY(!run.book.remove(run.book.all().first().id, &run.error));
            QVERIFY(run.book.match("id", scope()));
        }
        QVERIFY(run.book.add(allow("df"), &run.error));
    }

    void PO_06_isOffFromTheMomentSomebodyElseWritesItsFile_data()
    {
        QTest::addColumn<int>("step");
        QTest::newRow("seen by a use") << 0;
        QTest::newRow("seen by a new rule") << 1;
        QTest::newRow("seen by a removal") << 2;
        QTest::newRow("seen by tidying up") << 3;
    }
    void PO_06_isOffFromTheMomentSomebodyElseWritesItsFile()
    {
        QFETCH(const int, step);
        QByteArray written;
        {
            Run run(m_directory);
            QVERIFY(run.book.add(allow("id"), &run.error));
            Rule session = allow("df");
            session.forSession = true;
            QVERIFY(run.book.add(session, &run.error));
            const QString id = run.book.all().first().id;
            QString error;
            Rule foreign = allow("rm -rf x");
            foreign.id = u"x"_s;
            foreign.created = QDateTime::currentDateTimeUtc();
            QVERIFY(RuleFile(file()).write(RuleFile::json({foreign}), &error));
            written = readFile(file());
            QSignalSpy changed(&run.book, &RuleBook::changed);
            switch (step) {
            case 0:
                QVERIFY(!run.book.use(id));
                break;
            case 1:
                QVERIFY(!run.book.add(allow("ls"), &run.error));
                QCOMPARE(run.error, run.book.problem());
                break;
            case 2:
                QVERIFY(!run.book.remove(id, &run.error));
                QCOMPARE(run.error, run.book.problem());
                break;
            default:
                run.book.tidy();
            }
            QCOMPARE(changed.size(), 1);
            QVERIFY(run.book.problem().contains(file()));
            QVERIFY(!run.book.match("id", scope()));
            QVERIFY(!run.book.match("rm -rf x", scope()));
            QVERIFY(run.book.match("df", scope())); // nobody could write that one
            QCOMPARE(run.book.doubtful().size(), 1);
            QCOMPARE(run.lastChange(), u"off"_s);
            run.now.wall = run.now.wall.addDays(2);
            run.book.tidy();
            QCOMPARE(run.lastChange(), u"off"_s);
        }
        QCOMPARE(readFile(file()), written); // the owner can still see what was done
        Run again(m_directory);
        QVERIFY(!again.book.problem().isEmpty());
        QVERIFY(again.book.trust(&again.error));
        QVERIFY(again.book.match("rm -rf x", scope()));
    }

    void PO_06_isOffFromTheMomentItsFileIsOpenToOthers()
    {
        Run run(m_directory);
        QVERIFY(run.book.add(allow("id"), &run.error));
        QVERIFY(
            QFile::setPermissions(file(), QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
        QVERIFY(!run.book.use(run.book.all().first().id));
        QVERIFY(!run.book.match("id", scope()));
        QVERIFY(run.book.problem().contains(file()));
    }

    void PO_06_isOffWhenOthersCouldWriteIntoItsDirectory()
    {
        {
            Run run(m_directory);
            QVERIFY(run.book.add(allow("id"), &run.error));
        }
        {
            Run run(m_directory);
            run.book.open(m_directory, RuleBook::Others::CouldWrite);
            QVERIFY(run.book.problem().contains(file()));
            QVERIFY(!run.book.match("id", scope()));
            QCOMPARE(run.book.doubtful().size(), 1);
        }
        Run run(m_directory); // nothing has made it trusted meanwhile
        QVERIFY(!run.book.match("id", scope()));
        QVERIFY(run.book.trust(&run.error));
        QVERIFY(run.book.match("id", scope()));
    }

    void PO_05_whatWasOverDoesNotComeBackWithTheClock()
    {
        {
            Run run(m_directory);
            Rule hour = allow("id");
            hour.until = run.now.wall.addSecs(3600);
            QVERIFY(run.book.add(hour, &run.error));
        }
        {
            Run run(m_directory);
            run.now.wall = run.now.wall.addSecs(3 * 3600);
            run.book.open(m_directory);
            QVERIFY(!run.book.match("id", scope()));
        }
        QVERIFY(!readFile(file()).contains("\"until\""));
        Run run(m_directory);
        QCOMPARE(run.book.problem(), QString());
        QVERIFY(!run.book.match("id", scope()));
    }

    void PO_06_tellsWhenItsFileIsGone_data()
    {
        QTest::addColumn<bool>("whileItRuns");
        QTest::newRow("while the agent runs") << true;
        QTest::newRow("before its start") << false;
    }
    void PO_06_tellsWhenItsFileIsGone()
    {
        QFETCH(const bool, whileItRuns);
        {
            Run run(m_directory);
            QVERIFY(run.book.add(allow("id"), &run.error));
            QVERIFY(QFile::remove(file()));
            if (whileItRuns) {
                QVERIFY(!run.book.use(run.book.all().first().id));
                QVERIFY(run.book.all().isEmpty());
                QVERIFY(run.book.problem().contains(file()));
                QCOMPARE(run.lastChange(), u"gone"_s);
                QVERIFY(!run.book.add(allow("df"), &run.error)); // until the owner has seen it
                QVERIFY(run.book.discard(&run.error));
                QCOMPARE(run.book.problem(), QString());
                QVERIFY(run.book.add(allow("df"), &run.error));
                return;
            }
        }
        for (int i = 0; i < 2; ++i) { // each start finds it so
            Run again(m_directory);
            QCOMPARE(again.lastChange(), u"gone"_s);
            QVERIFY(again.book.problem().contains(file()));
            QVERIFY(!again.book.add(allow("df"), &again.error));
        }
        Run again(m_directory);
        QVERIFY(again.book.trust(&again.error)); // the owner knows
        QCOMPARE(again.book.problem(), QString());
        QVERIFY(again.book.add(allow("df"), &again.error)); // and it goes on
    }

    void P13_knowsItsFileWhereverItWasKilled_data()
    {
        QTest::addColumn<bool>("written");
        QTest::newRow("before it was written") << false;
        QTest::newRow("before that was recorded") << true;
    }
    void P13_knowsItsFileWhereverItWasKilled()
    {
        QFETCH(const bool, written);
        Rule twice = allow("id");
        twice.usesLeft = 2;
        {
            Run run(m_directory);
            QVERIFY(run.book.add(twice, &run.error));
            Rule used = run.book.all().constFirst();
            used.usesLeft = 1;
            const QByteArray json = RuleFile::json({used});
            QVERIFY(run.journal.note(u"rule"_s,
                                     {{u"change"_s, u"saving"_s},
                                      {u"file"_s, QString::fromLatin1(sha256(readFile(file())))},
                                      {u"next"_s, QString::fromLatin1(sha256(json))}}));
            QVERIFY(!written || RuleFile(file()).write(json, &run.error));
        }
        {
            Run run(m_directory);
            QCOMPARE(run.book.problem(), QString());
            QCOMPARE(run.book.all().constFirst().usesLeft, std::optional(written ? 1 : 2));
        }
        // From now on the other one is somebody else's.
        Rule other = RuleFile(file()).read(&m_error)->rules.constFirst();
        other.usesLeft = written ? 2 : 1;
        QVERIFY(RuleFile(file()).write(RuleFile::json({other}), &m_error));
        Run run(m_directory);
        QVERIFY(!run.book.problem().isEmpty());
    }

    void PO_05_whatWasOverOnceStaysSo()
    {
        Run run(m_directory);
        Rule hour = allow("id");
        hour.until = run.now.wall.addSecs(3600);
        QVERIFY(run.book.add(hour, &run.error));
        QVERIFY(run.book.match("id", scope()));
        run.now.wall = run.now.wall.addDays(1);
        QVERIFY(!run.book.match("df", scope()));
        QCOMPARE(run.lastChange(), u"over"_s);
        run.now.wall = run.now.wall.addDays(-1);
        QVERIFY(!run.book.match("id", scope()));
        QVERIFY(!readFile(file()).contains("until"));
    }

    void PO_05_countsOnlyWhatItLetsRun()
    {
        Run run(m_directory);
        Rule twice = allow("id");
        twice.usesLeft = 2;
        QVERIFY(run.book.add(twice, &run.error));
        const QString id = run.book.all().constFirst().id;
        {
            const FullDisk full;
            QVERIFY(!run.book.use(id));
            QCOMPARE(run.book.all().constFirst().usesLeft, std::optional(2));
        }
        QVERIFY(run.book.use(id));
        QCOMPARE(run.book.all().constFirst().usesLeft, std::optional(1));
    }

    void PO_05_isGoneOnceItIsUsedUp_data()
    {
        QTest::addColumn<bool>("session");
        QTest::newRow("kept") << false;
        QTest::newRow("of the session") << true;
    }
    void PO_05_isGoneOnceItIsUsedUp()
    {
        QFETCH(const bool, session);
        Run run(m_directory);
        Rule twice = allow("id");
        twice.usesLeft = 2;
        twice.forSession = session;
        QVERIFY(run.book.add(twice, &run.error));
        QSignalSpy changed(&run.book, &RuleBook::changed);
        for (int uses = 1; uses <= 2; ++uses) {
            QVERIFY(run.book.use(run.book.all().constFirst().id));
            QCOMPARE(changed.size(), uses);
        }
        QVERIFY(run.book.all().isEmpty());
        QCOMPARE(run.lastChange(), u"over"_s);
    }

    void PO_06_missesItsFileHoweverMuchHasBeenWrittenSince()
    {
        {
            Run run(m_directory);
            QVERIFY(run.book.add(allow("id"), &run.error));
            run.book.tidy();
            QCOMPARE(run.lastChange(), u"added"_s);
            for (int row = 0; row < 11'000; ++row) {
                QVERIFY(run.journal.note(u"event"_s, {}));
                if (row % 4'000 == 0)
                    run.book.tidy();
            }
            QCOMPARE(run.lastChange(), u"kept"_s);
        }
        QVERIFY(QFile::remove(file()));
        Run run(m_directory);
        QVERIFY(run.book.problem().contains(file()));
    }
};

QTEST_GUILESS_MAIN(TestRuleBook)
#include "tst_rulebook.moc"
