// SPDX-License-Identifier: Apache-2.0
#include "damagemark.h"
#include "journalfixture.h"
#include "requesttable.h"
#include "rowdata.h"
#include "stepwriter.h"

#include <QRegularExpression>
#include <QSignalSpy>

using namespace JournalFixture;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_StepWriter final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QString error;
        m_directory = std::make_unique<QTemporaryDir>();
        m_store = std::make_unique<JournalDatabase>();
        QVERIFY2(m_store->open(m_directory->path(), &error), qPrintable(error));
        m_table = std::make_unique<RequestTable>(m_store->connection());
        m_writer = std::make_unique<StepWriter>(m_store.get(), m_table.get());
        QVERIFY(m_writer->openHead());
    }

    void cleanup()
    {
        m_writer.reset();
        m_table.reset();
        m_store.reset();
        m_directory.reset();
    }

    void writesAStepAndWhatFollowsFromIt()
    {
        QSignalSpy entries(m_writer.get(), &StepWriter::entryAdded);
        QSignalSpy requests(m_writer.get(), &StepWriter::requestChanged);
        QVERIFY(m_writer->write({received(u"abc"_s)}));
        QVERIFY(m_writer->write({note(u"link"_s)}));
        QCOMPARE(kinds(), (QStringList{u"received"_s, u"link"_s}));
        QCOMPARE(m_table->find(u"abc"_s)->serial, 1);
        QCOMPARE(HeadRecord::read(m_directory->path())->seq, 2);
        QCOMPARE(entries.size(), 2);
        QCOMPARE(entries.at(1).at(0).toString(), u"link"_s);
        QCOMPARE(requests.size(), 1);
        QCOMPARE(requests.at(0).at(0).toString(), u"abc"_s);
    }

    void writesSeveralStepsTogether()
    {
        QSignalSpy entries(m_writer.get(), &StepWriter::entryAdded);
        qsizetype signalled = -1;
        StepWriter::Step second = note(u"link"_s);
        second.change = [&entries, &signalled](qint64 seq) {
            signalled = entries.size();
            return seq == 2;
        };
        QVERIFY(m_writer->write({received(u"abc"_s), second, note(u"event"_s)}));
        QCOMPARE(signalled, 0); // nobody hears of what is not committed
        QCOMPARE(entries.size(), 3);
        QCOMPARE(kinds(), (QStringList{u"received"_s, u"link"_s, u"event"_s}));
    }

    void writesNothingOfStepsOfWhichOneIsRefused_data()
    {
        QTest::addColumn<int>("position");
        for (const int position : {0, 1, 2})
            QTest::addRow("step %d", position) << position;
    }

    void writesNothingOfStepsOfWhichOneIsRefused()
    {
        QFETCH(const int, position);
        QVERIFY(m_writer->write({note(u"link"_s)}));
        const QByteArray head = readFile(m_directory->filePath(u"head"_s));
        QSignalSpy entries(m_writer.get(), &StepWriter::entryAdded);
        QList<StepWriter::Step> steps = {received(u"abc"_s), received(u"def"_s)};
        steps.insert(position, end(u"nothing"_s)); // is not in the table
        QVERIFY(!m_writer->write(steps));
        QVERIFY(m_writer->isWritable());
        QVERIFY(m_writer->errorString().isEmpty());
        QVERIFY(entries.isEmpty());
        QCOMPARE(kinds(), QStringList{u"link"_s});
        QVERIFY(!m_table->contains(u"abc"_s));
        QCOMPARE(readFile(m_directory->filePath(u"head"_s)), head);
        QVERIFY(m_writer->write({note(u"event"_s)})); // takes the number
        QCOMPARE(m_writer->chain()->end().seq, 2);
        expectIntact();
    }

    void refusesANameThatIsThereAlready()
    {
        QVERIFY(m_writer->write({received(u"abc"_s)}));
        QVERIFY(!m_writer->write({received(u"def"_s), received(u"abc"_s)}));
        QVERIFY(m_writer->isWritable());
        QVERIFY(!m_table->contains(u"def"_s));
    }

    void refusesWhatIsNoWord_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("request");
        QTest::newRow("no kind") << QString() << QString();
        QTest::newRow("newline") << u"link\n1"_s << QString();
        QTest::newRow("other letters") << u"änderung"_s << QString();
        QTest::newRow("path") << u"link"_s << u"../abc"_s;
        QTest::newRow("newline in the name") << u"link"_s << u"abc\n"_s;
    }

    void refusesWhatIsNoWord()
    {
        QFETCH(const QString, kind);
        QFETCH(const QString, request);
        StepWriter::Step step = note(kind);
        step.request = request;
        QVERIFY(!m_writer->write({note(u"link"_s), step}));
        QVERIFY(m_writer->isWritable());
        QVERIFY(kinds().isEmpty());
    }

    void hasADurableStepOnDisk()
    {
        StepWriter::Step durable = note(u"approved"_s);
        durable.durable = true;
        int level = -1;
        durable.change = [this, &level](qint64) {
            level = m_store->connection()->scalar(u"PRAGMA synchronous"_s).toInt();
            return true;
        };
        QVERIFY(m_writer->write({note(u"received"_s), durable}));
        QCOMPARE(level, 2); // FULL
        durable.durable = false;
        QVERIFY(m_writer->write({durable}));
        QCOMPARE(level, 1);
    }

    void ST_03_saysThatTheDiskIsFull()
    {
        QSignalSpy writable(m_writer.get(), &StepWriter::writableChanged);
        setFull(true);
        QVERIFY(!m_writer->write({large()}));
        QVERIFY(!m_writer->isWritable());
        QVERIFY2(m_writer->errorString().contains(u"disk full"),
                 qPrintable(m_writer->errorString()));
        QVERIFY(!m_writer->write({large()}));
        QCOMPARE(writable.size(), 1);
        QCOMPARE(writable.at(0).at(0).toBool(), false);
        setFull(false);
        QVERIFY(m_writer->write({large()}));
        QVERIFY(m_writer->isWritable());
        QVERIFY(m_writer->errorString().isEmpty());
        QCOMPARE(writable.size(), 2);
        QCOMPARE(kinds(), QStringList{u"event"_s});
        expectIntact();
    }

    void P12_writesNothingIntoAFileThatIsGone()
    {
        const QString path = m_store->directory().databasePath();
        QVERIFY(QFile::rename(path, path + u".away"_s));
        QVERIFY(!m_writer->write({large()}));
        QVERIFY(!m_writer->isWritable());
        QVERIFY2(m_writer->errorString().contains(u"moved or removed"),
                 qPrintable(m_writer->errorString()));
        QVERIFY(QFile::rename(path + u".away"_s, path));
        QVERIFY(m_writer->write({large()}));
        QVERIFY(m_writer->isWritable());
        QCOMPARE(kinds(), QStringList{u"event"_s});
        expectIntact();
    }

    void P12_writesNothingOnceItsLogIsGone_data()
    {
        QTest::addColumn<bool>("removed");
        QTest::newRow("removed") << true;
        QTest::newRow("emptied") << false;
    }
    void P12_writesNothingOnceItsLogIsGone()
    {
        QFETCH(const bool, removed);
        QVERIFY(m_writer->write({received(u"abc"_s)}));
        QFile log(m_store->directory().databasePath() + u"-wal"_s);
        QVERIFY(log.exists());
        QVERIFY(removed ? log.remove() : log.resize(0));
        for (int i = 0; i < 2; ++i) {
            QVERIFY(!m_writer->write({note(u"link"_s)}));
            QVERIFY(!m_writer->isWritable());
            QVERIFY2(m_writer->errorString().contains(u"moved or removed"),
                     qPrintable(m_writer->errorString()));
        }
        if (!removed)
            return; // what was in it is lost; the next start finds the head ahead of it
        m_writer.reset();
        m_table.reset();
        m_store->close();
        QString error;
        QVERIFY2(m_store->open(m_directory->path(), &error), qPrintable(error));
        QVERIFY(m_store->record().isEmpty());
        m_table = std::make_unique<RequestTable>(m_store->connection());
        m_writer = std::make_unique<StepWriter>(m_store.get(), m_table.get());
        QVERIFY(m_writer->openHead());
        QVERIFY(m_writer->write({note(u"link"_s)}));
        QCOMPARE(kinds(), (QStringList{u"received"_s, u"link"_s}));
        expectIntact();
    }

    void ST_03_saysThatItIsReadOnly()
    {
        setReadOnly(true);
        QVERIFY(!m_writer->write({note(u"link"_s)}));
        QVERIFY(!m_writer->isWritable());
        QVERIFY(m_writer->errorString().contains(u"read-only"));
        QVERIFY(m_writer->errorString().contains(m_directory->path()));
    }

    void ST_01_remembersDamageForTheNextStart()
    {
        QVERIFY(
            m_store->connection()->execute(u"ALTER TABLE requests RENAME COLUMN reply TO away"_s));
        QVERIFY(!m_writer->write({received(u"abc"_s)}));
        QVERIFY2(m_writer->errorString().contains(u"damaged"), qPrintable(m_writer->errorString()));
        QVERIFY(
            m_store->connection()->execute(u"ALTER TABLE requests RENAME COLUMN away TO reply"_s));
        m_writer.reset();
        m_table.reset();
        m_store->close();
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"^The journal was damaged"_s));
        QString error;
        QVERIFY2(m_store->open(m_directory->path(), &error), qPrintable(error));
        QVERIFY(m_store->record().contains("damaged"_L1));
        QVERIFY2(m_store->open(m_directory->path(), &error), qPrintable(error)); // and only once
        QVERIFY(m_store->record().isEmpty());
    }

    void ST_01_takesANumberThatIsGivenAlreadyForDamage()
    {
        QVERIFY(m_writer->write({received(u"abc"_s)}));
        QVERIFY(m_store->connection()->execute(u"UPDATE requests SET serial = 2"_s));
        QVERIFY(!m_writer->write({received(u"def"_s)}));
        QVERIFY2(m_writer->errorString().contains(u"damaged"), qPrintable(m_writer->errorString()));
        QVERIFY(!DamageMark::words(m_directory->path()).isEmpty());
    }

    void ST_03_paysWhatItOwesFirst()
    {
        QVERIFY(m_writer->write({received(u"abc"_s), received(u"def"_s)}));
        setReadOnly(true);
        QVERIFY(!m_writer->write({end(u"abc"_s)}));
        m_writer->owe(end(u"abc"_s));
        m_writer->owe(end(u"def"_s));
        QVERIFY(!m_writer->write({note(u"link"_s)}));
        QCOMPARE(m_writer->owedCount(), 2);
        setReadOnly(false);
        QVERIFY(m_writer->write({note(u"link"_s)}));
        QCOMPARE(m_writer->owedCount(), 0);
        QCOMPARE(
            kinds(),
            (QStringList{u"received"_s, u"received"_s, u"finished"_s, u"finished"_s, u"link"_s}));
        QCOMPARE(m_table->find(u"abc"_s)->state, RequestState::Finished);
        expectIntact();
    }

    void ST_03_paysWhatItOwesByItself()
    {
        QVERIFY(m_writer->write({received(u"abc"_s)}));
        setReadOnly(true);
        QVERIFY(!m_writer->write({end(u"abc"_s)}));
        m_writer->owe(end(u"abc"_s));
        setReadOnly(false);
        QSignalSpy writable(m_writer.get(), &StepWriter::writableChanged);
        QVERIFY(writable.wait(20'000)); // it tries every 5 s
        QVERIFY(m_writer->isWritable());
        QCOMPARE(m_writer->owedCount(), 0);
        QCOMPARE(m_table->find(u"abc"_s)->state, RequestState::Finished);
    }

    void ST_03_seesByItselfThatItIsWritableAgain()
    {
        setReadOnly(true);
        QVERIFY(!m_writer->write({note(u"link"_s)}));
        setReadOnly(false);
        QSignalSpy writable(m_writer.get(), &StepWriter::writableChanged);
        QVERIFY(writable.wait(20'000));
        QCOMPARE(kinds(), QStringList{u"journal"_s});
    }

    // A command that could not be received ends all the same.
    void ST_03_isNotHeldUpByADebtThatIsRefused()
    {
        QVERIFY(m_writer->write({received(u"def"_s)}));
        setReadOnly(true);
        QVERIFY(!m_writer->write({received(u"abc"_s)}));
        m_writer->owe(end(u"abc"_s));
        m_writer->owe(end(u"def"_s));
        setReadOnly(false);
        QVERIFY(m_writer->payOwed());
        QVERIFY(m_writer->isWritable());
        QCOMPARE(kinds(), (QStringList{u"received"_s, u"finished"_s}));
        QCOMPARE(m_table->find(u"def"_s)->state, RequestState::Finished);
    }

    void ST_03_takesCommandsAgainAfterOneThatCouldNotBeReceived()
    {
        m_writer.reset();
        m_table.reset();
        m_store->close();
        Journal journal;
        QVERIFY(open(&journal, m_directory->path()));
        QVERIFY(journal.connection()->execute(u"PRAGMA query_only=1"_s));
        const Request asked = request("df");
        QVERIFY(!journal.received(asked, scope(), {}));
        QVERIFY(!journal.ended(asked, finished()));
        QVERIFY(journal.connection()->execute(u"PRAGMA query_only=0"_s));
        QVERIFY(run(&journal, request("ls")));
        QVERIFY(journal.isWritable());
        QVERIFY(!journal.request(asked.name));
    }

    void knowsTheEndsThatItOwes()
    {
        QSignalSpy requests(m_writer.get(), &StepWriter::requestChanged);
        m_writer->owe(end(u"abc"_s));
        m_writer->owe(note(u"chain"_s));
        QCOMPARE(requests.size(), 1); // views show the end already
        QVERIFY(m_writer->owedEnd(u"abc"_s));
        QCOMPARE(m_writer->owedEnd(u"abc"_s)->end->state, RequestState::Finished);
        QVERIFY(!m_writer->owedEnd(u"def"_s));
        QVERIFY(!m_writer->owedEnd({}));
    }

    void owesNoMoreThanItCanKeep()
    {
        QTest::ignoreMessage(QtWarningMsg,
                             "too many ends could not be written; the oldest is lost");
        for (int i = 0; i <= StepWriter::MaximumOwed; ++i)
            m_writer->owe(end(u"r%1"_s.arg(i)));
        QCOMPARE(m_writer->owedCount(), StepWriter::MaximumOwed);
        QVERIFY(!m_writer->owedEnd(u"r0"_s));
        QVERIFY(m_writer->owedEnd(u"r1"_s));
    }

    void takesAStepFromASlotOfItsSignal()
    {
        connect(m_writer.get(), &StepWriter::entryAdded, this, [this](const QString &kind) {
            if (kind == u"received")
                QVERIFY(m_writer->write({note(u"event"_s)}));
        });
        m_writer->owe(received(u"abc"_s));
        QVERIFY(m_writer->write({note(u"link"_s)}));
        QCOMPARE(kinds(), (QStringList{u"received"_s, u"event"_s, u"link"_s}));
        expectIntact();
    }

    void ST_07_refusesASymbolicLinkForTheHead()
    {
        StepWriter other(m_store.get(), m_table.get());
        QVERIFY(QFile::remove(m_directory->filePath(u"head"_s)));
        QVERIFY(QFile::link(u"/dev/null"_s, m_directory->filePath(u"head"_s)));
        QVERIFY(!other.openHead());
    }

private:
    [[nodiscard]] static StepWriter::Step note(const QString &kind)
    {
        return {.kind = kind,
                .request = {},
                .data = {},
                .change = {},
                .time = QDateTime::currentDateTimeUtc(),
                .durable = false,
                .end = {}};
    }

    [[nodiscard]] static StepWriter::Step large()
    {
        StepWriter::Step step = note(u"event"_s);
        step.data = {{u"text"_s, QString(100'000, u'x')}};
        return step;
    }

    [[nodiscard]] StepWriter::Step received(const QString &name)
    {
        StepWriter::Step step = note(u"received"_s);
        step.request = name;
        step.data = RowData::received(request("df", name), scope(), "df");
        step.change = [this, name, time = step.time](qint64 seq) {
            return m_table->insert(request("df", name), scope(), seq, time, RequestState::Received,
                                   {});
        };
        return step;
    }

    [[nodiscard]] StepWriter::Step end(const QString &name)
    {
        StepWriter::Step step = note(u"finished"_s);
        step.request = name;
        step.data = RowData::ended(finished());
        step.end = finished();
        step.change = [this, name, time = step.time](qint64 seq) {
            return m_table->end(name, finished(), seq, time);
        };
        return step;
    }

    void setReadOnly(bool readOnly)
    {
        QVERIFY(m_store->connection()->execute(u"PRAGMA query_only=%1"_s.arg(int(readOnly))));
    }

    void setFull(bool full)
    {
        SqlConnection *connection = m_store->connection();
        const int pages = full ? connection->scalar(u"PRAGMA page_count"_s).toInt() : 1'000'000;
        QVERIFY(connection->scalar(u"PRAGMA max_page_count=%1"_s.arg(pages)).isValid());
    }

    [[nodiscard]] QStringList kinds() const
    {
        QStringList list;
        for (const JournalEntry &entry : m_writer->chain()->entries({}, 0, 1000))
            list.prepend(entry.kind);
        return list;
    }

    void expectIntact() const
    {
        const JournalFile::Verdict verdict = JournalFile::verify(m_directory->path());
        QVERIFY2(verdict.intact, qPrintable(verdict.detail));
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<JournalDatabase> m_store;
    std::unique_ptr<RequestTable> m_table;
    std::unique_ptr<StepWriter> m_writer;
};

QTEST_GUILESS_MAIN(tst_StepWriter)
#include "tst_stepwriter.moc"
