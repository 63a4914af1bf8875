// SPDX-License-Identifier: Apache-2.0
#include "databaseseal.h"
#include "journalfixture.h"
#include "rowdata.h"

#include <QDir>
#include <QRegularExpression>
#include <QSignalSpy>

#include <array>
#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace JournalFixture;
using namespace Qt::StringLiterals;

class tst_Journal final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void recordsEachStepOfARequest();
    void showsARequestAsItWasRecorded();
    void keepsTheExactBytesOfACommand_data();
    void keepsTheExactBytesOfACommand();
    void keepsWhatIsKnownOfAnUnreadableMessage();
    void keepsQueriesInTheChainAlone();
    void tellsWhoListens();
    void refusesStepsOfARequestThatHasEnded();
    void refusesANameThatIsThereAlready();
    void refusesKindsThatAreItsOwn();
    void endsWhatTheAgentLeftAlive();
    void leavesThatToTheAgentWhenItIsToldTo();
    void tellsWhoWasToldPending();
    void keepsTheOutputOfAnInterruptedCommand();
    void readsOutputsBackAtBothEnds();
    void givesNoTailWhereTheFileEndsEarly();
    void makesTheOutputDirectoryAgain();
    void ST_07_followsNoOutputDirectoryElsewhere();
    void removesOutputsThatBelongToNothing();
    void pagesRequestsFromTheNewest();
    void filtersByState();
    void findsWordsOfCommandAndReason_data();
    void findsWordsOfCommandAndReason();
    void readsEntriesByKind();
    void isClosedWithoutADirectory();
    void ST_02_isWholeAfterAKillAtAnyMoment();
    void ST_01_showsWhatTheChainSaysAfterAFlippedByte();
    void ST_05_showsWhatTheChainSays_data();
    void ST_05_showsWhatTheChainSays();
    void P12_endsNothingTwice_data();
    void P12_endsNothingTwice();
    void P12_endsWhatOnlyTheTableHasEnded();
    void P12_keepsAnOutputThatTheChainNames();

private:
    [[nodiscard]] QStringList kinds() const;
    [[nodiscard]] pid_t startWriter(const QString &directory);
    [[nodiscard]] QStringList readNames(int count);
    void reopen();

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Journal> m_journal;
    QFile m_fromWriter;
};

void tst_Journal::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_journal = std::make_unique<Journal>();
    QVERIFY(open(m_journal.get(), m_directory->path()));
    QVERIFY(m_journal->warning().isEmpty());
}

void tst_Journal::cleanup()
{
    m_journal.reset();
    m_directory.reset();
}

QStringList tst_Journal::kinds() const
{
    QStringList list;
    for (const JournalEntry &entry : m_journal->entries({}, 0, 1000))
        list.prepend(entry.kind);
    return list;
}

void tst_Journal::reopen()
{
    m_journal->close();
    QVERIFY(open(m_journal.get(), m_directory->path()));
}

void tst_Journal::recordsEachStepOfARequest()
{
    const Request asked = request("uptime");
    QVERIFY(m_journal->received(asked, scope(), {}));
    QVERIFY(m_journal->awaiting(asked.name));
    QVERIFY(m_journal->pendingSent(asked.name));
    QVERIFY(m_journal->approved(asked, u"user"_s));
    QVERIFY(m_journal->running(asked.name));
    QVERIFY(m_journal->ended(asked, finished(3)));
    QCOMPARE(kinds(),
             (QStringList{u"chain"_s, u"received"_s, u"awaiting-approval"_s, u"pending"_s,
                          u"approved"_s, u"running"_s, u"finished"_s}));
    const QList<JournalEntry> entries = m_journal->entries({}, 0, 10);
    QCOMPARE(entries.constFirst().seq, 7);
    QCOMPARE(entries.constFirst().request, asked.name);
    QCOMPARE(entries.constFirst().data[u"exit"].toInt(), 3);
    QCOMPARE(entries.constFirst().data[u"duration_ms"].toInt(), 12);
    QCOMPARE(entries.at(2).data[u"sha256"].toString().toLatin1(), asked.commandSha256());
    QCOMPARE(entries.at(5).data[u"cmd"].toString(), u"uptime"_s);
    const JournalFile::Verdict verdict = JournalFile::verify(m_directory->path());
    QVERIFY2(verdict.intact, qPrintable(verdict.detail));
    QCOMPARE(verdict.rows, 7);
}

void tst_Journal::showsARequestAsItWasRecorded()
{
    Request asked = request("df -h");
    asked.replyForm = Request::ReplyForm::Json;
    asked.timeout = std::chrono::seconds(30);
    asked.reason = u"disk alert 4711"_s;
    asked.requesterId = u""_s;
    asked.ignored = {u"cwd"_s, u"env"_s};
    QVERIFY(run(m_journal.get(), asked));
    reopen();
    const std::optional<RequestRow> row = m_journal->request(asked.name);
    QVERIFY(row);
    QCOMPARE(row->request.command, "df -h");
    QCOMPARE(row->request.id, asked.id);
    QCOMPARE(row->request.replyForm, Request::ReplyForm::Json);
    QCOMPARE(row->request.timeout, std::chrono::seconds(30));
    QCOMPARE(row->request.reason, asked.reason);
    QVERIFY(!row->request.requesterId.isNull());
    QCOMPARE(row->request.ignored, asked.ignored);
    QCOMPARE(row->scope, scope());
    QCOMPARE(row->state, RequestState::Finished);
    QCOMPARE(row->by, u"user"_s);
    QCOMPARE(row->outcome.exitCode, std::optional(0));
    QCOMPARE(row->outcome.duration, std::chrono::milliseconds(12));
    QVERIFY(row->outcome.hasRun);
    QVERIFY(row->ended >= row->received);
    QVERIFY(!m_journal->request(u"nothing"_s));
}

void tst_Journal::keepsTheExactBytesOfACommand_data()
{
    QTest::addColumn<QByteArray>("command");
    QTest::newRow("ASCII") << QByteArray("printf '%s\\n' \"a\\tb\"");
    QTest::newRow("controls") << QByteArray("a\x01\x1b[2J\x7f\r\n");
    QTest::newRow("other scripts") << QByteArray("echo grüße 漢字 😀");
    QTest::newRow("bidirectional") << QByteArray("echo \xe2\x80\xae txt");
    QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbfls");
    QTest::newRow("64 KiB") << QByteArray(65536, 'x');
}

void tst_Journal::keepsTheExactBytesOfACommand()
{
    QFETCH(const QByteArray, command);
    const Request asked = request(command);
    QVERIFY(m_journal->received(asked, scope(), "{}"));
    const JournalEntry entry = m_journal->entries(u"received"_s, 0, 1).constFirst();
    QCOMPARE(RowData::commandOf(entry.data), std::optional(command));
    QCOMPARE(entry.data[u"sha256"].toString().toLatin1(), sha256(command));
    QCOMPARE(m_journal->request(asked.name)->request.command, command);
    const QString stored = m_journal->connection()
                               ->scalar(u"SELECT data FROM journal WHERE kind = 'received'"_s)
                               .toString();
    QVERIFY(!stored.isEmpty());
    for (const QChar c : stored)
        QVERIFY(c.unicode() >= 0x20 && c.unicode() < 0x7f);
}

void tst_Journal::keepsWhatIsKnownOfAnUnreadableMessage()
{
    const QByteArray message = QByteArray("{\"cmd\":\xff") + QByteArray(5000, '[');
    const Request unreadable = request({});
    Outcome outcome;
    outcome.state = RequestState::Invalid;
    outcome.detail = u"not UTF-8"_s;
    QVERIFY(m_journal->received(unreadable, scope(), message));
    QVERIFY(m_journal->ended(unreadable, outcome));
    const QJsonObject data = m_journal->entries(u"received"_s, 0, 1).constFirst().data;
    const QJsonObject kept = data[u"message"].toObject();
    QCOMPARE(kept[u"bytes"].toInteger(), message.size());
    QCOMPARE(kept[u"sha256"].toString().toLatin1(), sha256(message));
    QVERIFY(kept[u"begin"].toString().startsWith(u"{\"cmd\":\\x{FF}[["));
    QVERIFY(kept[u"begin"].toString().size() < 1100);
    QCOMPARE(m_journal->request(unreadable.name)->state, RequestState::Invalid);
    QCOMPARE(m_journal->request(unreadable.name)->outcome.detail, u"not UTF-8"_s);
}

void tst_Journal::keepsQueriesInTheChainAlone()
{
    Request query = request({});
    query.kind = Request::Kind::Result;
    query.target = u"abcdefghjk"_s;
    Outcome outcome;
    outcome.state = RequestState::Finished;
    QVERIFY(m_journal->received(query, scope(), "{}"));
    QVERIFY(m_journal->ended(query, outcome));
    QVERIFY(m_journal->requests({}).isEmpty());
    const QJsonObject data = m_journal->entries(u"received"_s, 0, 1).constFirst().data;
    QCOMPARE(data[u"op"].toString(), u"result"_s);
    QCOMPARE(data[u"target"].toString(), query.target);
}

void tst_Journal::tellsWhoListens()
{
    QSignalSpy changes(m_journal.get(), &Journal::requestChanged);
    QSignalSpy entries(m_journal.get(), &Journal::entryAdded);
    const Request asked = request("true");
    QVERIFY(m_journal->received(asked, scope(), {}));
    QVERIFY(m_journal->note(u"link"_s, {{u"state"_s, u"attached"_s}}));
    QCOMPARE(changes.size(), 1);
    QCOMPARE(changes.at(0).at(0).toString(), asked.name);
    QCOMPARE(entries.size(), 2);
    QCOMPARE(entries.at(1).at(0).toString(), u"link"_s);
}

void tst_Journal::refusesStepsOfARequestThatHasEnded()
{
    const Request asked = request("true");
    QVERIFY(run(m_journal.get(), asked));
    const qsizetype rows = kinds().size();
    QVERIFY(!m_journal->approved(asked, u"user"_s));
    QVERIFY(!m_journal->running(asked.name));
    QVERIFY(!m_journal->pendingSent(asked.name));
    QVERIFY(!m_journal->ended(asked, finished()));
    QVERIFY(!m_journal->approved(request("never received"), u"user"_s));
    QCOMPARE(kinds().size(), rows);
    QVERIFY(m_journal->isWritable());
    QVERIFY(m_journal->note(u"agent"_s, {}));
    QVERIFY(JournalFile::verify(m_directory->path()).intact);
}

void tst_Journal::refusesANameThatIsThereAlready()
{
    const Request asked = request("true");
    QVERIFY(m_journal->received(asked, scope(), {}));
    QVERIFY(!m_journal->received(request("false", asked.name), scope(), {}));
    QVERIFY(m_journal->isWritable());
    QCOMPARE(m_journal->request(asked.name)->request.command, "true");
    QVERIFY(!m_journal->received(request("x", u"../../passwd"_s), scope(), {}));
}

void tst_Journal::refusesKindsThatAreItsOwn()
{
    for (const QString &kind : {u"chain"_s, u"checkpoint"_s, u""_s, u"two words"_s, u"a\nb"_s})
        QVERIFY2(!m_journal->note(kind, {}), qPrintable(kind));
    QCOMPARE(kinds(), QStringList{u"chain"_s});
}

void tst_Journal::leavesThatToTheAgentWhenItIsToldTo()
{
    const Request running = request("one");
    QVERIFY(m_journal->received(running, scope(), {}));
    QVERIFY(m_journal->approved(running, u"user"_s));
    QVERIFY(m_journal->running(running.name));
    QString error;
    QVERIFY2(m_journal->open(m_directory->path(), &error, Journal::Alive::Leave),
             qPrintable(error));
    QVERIFY(m_journal->interrupted().isEmpty());
    QCOMPARE(m_journal->request(running.name)->state, RequestState::Running);
    QVERIFY(m_journal->note(u"rule"_s, {}));
    reopen();
    QCOMPARE(m_journal->interrupted().size(), 1);
    QCOMPARE(m_journal->request(running.name)->state, RequestState::Interrupted);
}

void tst_Journal::endsWhatTheAgentLeftAlive()
{
    const Request waiting = request("one");
    const Request running = request("two");
    QVERIFY(m_journal->received(waiting, scope(), {}));
    QVERIFY(m_journal->awaiting(waiting.name));
    QVERIFY(m_journal->received(running, scope(), {}));
    QVERIFY(m_journal->approved(running, u"rule"_s));
    QVERIFY(m_journal->running(running.name));
    QVERIFY(run(m_journal.get(), request("three")));
    reopen();
    const QList<RequestRow> interrupted = m_journal->interrupted();
    QCOMPARE(interrupted.size(), 2);
    QCOMPARE(interrupted.at(0).request.name, waiting.name);
    QVERIFY(!interrupted.at(0).outcome.hasRun);
    QVERIFY(interrupted.at(1).outcome.hasRun);
    QCOMPARE(interrupted.at(1).state, RequestState::Interrupted);
    QCOMPARE(m_journal->request(running.name)->state, RequestState::Interrupted);
    QCOMPARE(m_journal->request(running.name)->by, u"rule"_s);
    QCOMPARE(kinds().count(u"interrupted"_s), 2);
    QVERIFY(JournalFile::verify(m_directory->path()).intact);
    reopen();
    QVERIFY(m_journal->interrupted().isEmpty());
}

void tst_Journal::tellsWhoWasToldPending()
{
    const Request told = request("one");
    const Request untold = request("two");
    QVERIFY(m_journal->received(told, scope(), {}));
    QVERIFY(m_journal->pendingSent(told.name));
    QVERIFY(m_journal->received(untold, scope(), {}));
    reopen();
    QVERIFY(m_journal->interrupted().at(0).pendingSent);
    QVERIFY(!m_journal->interrupted().at(1).pendingSent);
}

void tst_Journal::keepsTheOutputOfAnInterruptedCommand()
{
    const Request asked = request("yes");
    QVERIFY(m_journal->received(asked, scope(), {}));
    QVERIFY(m_journal->approved(asked, u"user"_s));
    QVERIFY(m_journal->running(asked.name));
    QVERIFY(writeFile(m_journal->outputDirectory() + u'/' + asked.name + ".out"_L1, "y\ny\n"));
    reopen();
    const RequestRow row = m_journal->interrupted().constFirst();
    QCOMPARE(row.outputBytes, 4);
    QCOMPARE(m_journal->outcome(row).standardOutput.head, "y\ny\n");
    const QJsonObject data = m_journal->entries(u"interrupted"_s, 0, 1).constFirst().data;
    QCOMPARE(data[u"stdout"][u"sha256"].toString().toLatin1(), sha256("y\ny\n"));
}

void tst_Journal::readsOutputsBackAtBothEnds()
{
    const Request brief = request("short");
    QVERIFY(run(m_journal.get(), brief, "all of it"));
    KeptOutput kept = m_journal->outcome(*m_journal->request(brief.name)).standardOutput;
    QCOMPARE(kept.head + kept.tail, "all of it");
    QCOMPARE(kept.leftOut(), 0);

    const Request broad = request("long");
    const QByteArray output = QByteArray(600'000, 'a') + QByteArray(600'000, 'b');
    QVERIFY(run(m_journal.get(), broad, output));
    kept = m_journal->outcome(*m_journal->request(broad.name)).standardOutput;
    QCOMPARE(kept.total, output.size());
    QCOMPARE(kept.head, output.first(512 * 1024));
    QCOMPARE(kept.tail, output.last(512 * 1024));
    QVERIFY(m_journal->outcome(*m_journal->request(broad.name)).standardError.head.isEmpty());
}

void tst_Journal::givesNoTailWhereTheFileEndsEarly()
{
    const Request asked = request("endless");
    Outcome outcome = finished();
    outcome.standardOutput.total = 1'000'000'000; // of which the file holds the beginning
    QVERIFY(m_journal->received(asked, scope(), {}));
    const QByteArray output(2'000'000, 'a');
    QVERIFY(writeFile(m_journal->outputDirectory() + u'/' + asked.name + ".out"_L1, output));
    QVERIFY(m_journal->ended(asked, outcome, sha256(output)));
    const KeptOutput kept = m_journal->outcome(*m_journal->request(asked.name)).standardOutput;
    QCOMPARE(kept.total, 1'000'000'000);
    QCOMPARE(kept.head.size(), 512 * 1024);
    QVERIFY(kept.tail.isEmpty());
}

void tst_Journal::makesTheOutputDirectoryAgain()
{
    const QString directory = m_journal->outputDirectory();
    QVERIFY(QDir(directory).removeRecursively());
    QCOMPARE(m_journal->openOutputDirectory(), directory);
    QVERIFY(run(m_journal.get(), request("echo"), "kept"));
}

void tst_Journal::ST_07_followsNoOutputDirectoryElsewhere()
{
    const QTemporaryDir elsewhere;
    const QString directory = m_journal->outputDirectory();
    QVERIFY(QDir(directory).removeRecursively());
    QVERIFY(QFile::link(elsewhere.path(), directory));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"is a symbolic link"_s));
    QCOMPARE(m_journal->openOutputDirectory(), QString());
}

void tst_Journal::removesOutputsThatBelongToNothing()
{
    const Request asked = request("echo");
    QVERIFY(run(m_journal.get(), asked, "kept"));
    const QString stray = m_journal->outputDirectory() + "/stray.out"_L1;
    QVERIFY(writeFile(stray, "x"));
    reopen();
    QVERIFY(!QFile::exists(stray));
    QCOMPARE(m_journal->outcome(*m_journal->request(asked.name)).standardOutput.head, "kept");
}

void tst_Journal::pagesRequestsFromTheNewest()
{
    for (int i = 0; i < 25; ++i)
        QVERIFY(m_journal->received(request("n" + QByteArray::number(i)), scope(), {}));
    RequestFilter filter;
    filter.limit = 10;
    QByteArrayList commands;
    for (QList<RequestRow> page = m_journal->requests(filter); !page.isEmpty();
         page = m_journal->requests(filter)) {
        for (const RequestRow &row : page)
            commands.append(row.request.command);
        filter.beforeSerial = page.constLast().serial;
    }
    QCOMPARE(commands.size(), 25);
    QCOMPARE(commands.constFirst(), "n24");
    QCOMPARE(commands.constLast(), "n0");
}

void tst_Journal::filtersByState()
{
    const Request alive = request("alive");
    const Request denied = request("denied");
    Outcome refusal;
    refusal.state = RequestState::Denied;
    QVERIFY(run(m_journal.get(), request("done")));
    QVERIFY(m_journal->received(denied, scope(), {}));
    QVERIFY(m_journal->ended(denied, refusal));
    QVERIFY(m_journal->received(alive, scope(), {}));
    RequestFilter filter;
    filter.states = {RequestState::Denied};
    QCOMPARE(m_journal->requests(filter).size(), 1);
    QCOMPARE(m_journal->requests(filter).constFirst().request.name, denied.name);
    filter.states = {RequestState::Finished, RequestState::Received};
    QCOMPARE(m_journal->requests(filter).size(), 2);
    QCOMPARE(m_journal->requests(filter).constFirst().request.name, alive.name);
    filter.beforeSerial = m_journal->requests(filter).constFirst().serial;
    QCOMPARE(m_journal->requests(filter).constFirst().request.command, "done");
    filter.beforeSerial = 0;
    filter.text = u"done"_s;
    filter.states = {RequestState::Denied};
    QVERIFY(m_journal->requests(filter).isEmpty());
    filter.states = {RequestState::Finished};
    QCOMPARE(m_journal->requests(filter).size(), 1);
}

void tst_Journal::findsWordsOfCommandAndReason_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("found");
    QTest::newRow("word") << u"backup"_s << 1;
    QTest::newRow("case") << u"BACKUP"_s << 1;
    QTest::newRow("beginning of a word") << u"back"_s << 1;
    QTest::newRow("path") << u"/var/log/sys"_s << 1;
    QTest::newRow("two words, any order") << u"log tar"_s << 1;
    QTest::newRow("word of the reason") << u"4711"_s << 1;
    QTest::newRow("option") << u"-h"_s << 1;
    QTest::newRow("signs beside a word") << u"tar | czf"_s << 1;
    QTest::newRow("no such word") << u"nothing"_s << 0;
    QTest::newRow("one of two") << u"tar nothing"_s << 0;
    QTest::newRow("operator is a word") << u"tar OR nothing"_s << 0;
    QTest::newRow("column is a word") << u"reason:alert"_s << 0;
    QTest::newRow("unbalanced quote") << u"\"tar"_s << 1;
    QTest::newRow("parenthesis") << u"(tar"_s << 1;
    QTest::newRow("star") << u"*"_s << 0;
    QTest::newRow("NEAR") << u"NEAR(tar, czf)"_s << 0;
    QTest::newRow("blank") << u"  "_s << 2;
}

void tst_Journal::findsWordsOfCommandAndReason()
{
    QFETCH(const QString, text);
    QFETCH(const int, found);
    QVERIFY(run(m_journal.get(), request("tar czf backup.tgz /var/log/syslog")));
    Request second = request("df -h");
    second.reason = u"disk alert 4711"_s;
    QVERIFY(run(m_journal.get(), second));
    RequestFilter filter;
    filter.text = text;
    QCOMPARE(m_journal->requests(filter).size(), found);
}

void tst_Journal::readsEntriesByKind()
{
    for (int i = 0; i < 5; ++i) {
        QVERIFY(m_journal->note(u"link"_s, {{u"n"_s, i}}));
        QVERIFY(m_journal->note(u"event"_s, {{u"n"_s, i}}));
    }
    QList<JournalEntry> entries = m_journal->entries(u"link"_s, 0, 3);
    QCOMPARE(entries.size(), 3);
    QCOMPARE(entries.constFirst().data[u"n"].toInt(), 4);
    entries = m_journal->entries(u"link"_s, entries.constLast().seq, 3);
    QCOMPARE(entries.size(), 2);
    QCOMPARE(entries.constLast().data[u"n"].toInt(), 0);
    QVERIFY(entries.constLast().time.isValid());
    QCOMPARE(entries.constLast().time.timeSpec(), Qt::UTC);
}

void tst_Journal::isClosedWithoutADirectory()
{
    Journal journal;
    QVERIFY(!journal.isWritable());
    QVERIFY(!journal.note(u"agent"_s, {}));
    QVERIFY(!journal.received(request("x"), scope(), {}));
    QVERIFY(!journal.approved(request("x"), u"user"_s));
    QVERIFY(!journal.ended(request("x"), finished()));
    QVERIFY(!journal.prune({}));
    QVERIFY(!journal.request(u"x"_s));
    QVERIFY(journal.requests({}).isEmpty());
    QVERIFY(journal.entries({}, 0, 10).isEmpty());
}

pid_t tst_Journal::startWriter(const QString &directory)
{
    std::array<int, 2> ends = {-1, -1};
    if (pipe(ends.data()) != 0)
        return -1;
    const pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        Journal journal;
        for (bool ok = open(&journal, directory); ok;) {
            const Request asked = request("true");
            ok = journal.received(asked, scope(), {}) && journal.approved(asked, u"user"_s)
                && write(ends[1], qPrintable(asked.name + u'\n'), 11) == 11
                && journal.running(asked.name) && journal.ended(asked, finished());
        }
        _exit(1);
    }
    close(ends[1]);
    m_fromWriter.close();
    return m_fromWriter.open(ends[0], QIODevice::ReadOnly, QFile::AutoCloseHandle) ? child : -1;
}

QStringList tst_Journal::readNames(int count)
{
    QStringList names;
    while (names.size() < count) {
        const QByteArray line = m_fromWriter.readLine();
        if (line.isEmpty())
            break;
        names.append(QString::fromLatin1(line.trimmed()));
    }
    return names;
}

// A child writes requests and says each approval on its pipe once it is on disk; it is killed after
// a number of bytes that differs each time.
void tst_Journal::ST_02_isWholeAfterAKillAtAnyMoment()
{
    for (int round = 0; round < 25; ++round) {
        m_journal->close();
        const pid_t child = startWriter(m_directory->path());
        QVERIFY(child > 0);
        const QStringList approved = readNames(1 + round % 7);
        QCOMPARE(approved.size(), 1 + round % 7);
        QCOMPARE(kill(child, SIGKILL), 0);
        QCOMPARE(waitpid(child, nullptr, 0), child);
        QVERIFY(open(m_journal.get(), m_directory->path()));
        QVERIFY2(m_journal->warning().isEmpty(), qPrintable(m_journal->warning()));
        QVERIFY(m_journal->interrupted().size() <= 1);
        for (const QString &name : approved) {
            const std::optional<RequestRow> row = m_journal->request(name);
            QVERIFY(row);
            QCOMPARE(row->by, u"user"_s);
            QVERIFY(hasEnded(row->state));
        }
        const JournalFile::Verdict verdict = JournalFile::verify(m_directory->path());
        QVERIFY2(verdict.intact, qPrintable(verdict.detail));
    }
}

// In the text that is shown and in the one that is searched.
void tst_Journal::ST_01_showsWhatTheChainSaysAfterAFlippedByte()
{
    QVERIFY(run(m_journal.get(), request("echo Zrow")));
    m_journal->close();
    const QString database = m_directory->filePath(u"journal.db"_s);
    const QByteArray whole = readFile(database);
    const QByteArray head = readFile(m_directory->filePath(u"head"_s));
    const qsizetype shown =
        whole.indexOf("echo Zrowecho Zrow"); // command and its text, side by side
    QVERIFY(shown > 0);
    for (const qsizetype offset : {5, 14}) {
        QByteArray flipped = whole;
        flipped[shown + offset] = '[';
        QVERIFY(writeFile(database, flipped));
        QVERIFY(writeFile(m_directory->filePath(u"head"_s), head));
        const JournalFile::Verdict verdict = JournalFile::verify(m_directory->path());
        QCOMPARE(verdict.firstBad, 2);
        QVERIFY(open(m_journal.get(), m_directory->path()));
        QVERIFY(!m_journal->warning().isEmpty());
        QCOMPARE(m_journal->requests({}).constFirst().request.command, "echo Zrow");
        RequestFilter filter;
        filter.text = u"zrow"_s;
        QCOMPARE(m_journal->requests(filter).size(), 1);
        m_journal->close();
        QVERIFY(JournalFile::verify(m_directory->path()).intact);
    }
}

void tst_Journal::ST_05_showsWhatTheChainSays_data()
{
    QTest::addColumn<QString>("statement");
    QTest::newRow("edited") << u"UPDATE requests SET command = CAST('echo harmless' AS BLOB), "
                               "shown = 'echo harmless', state = 'denied' WHERE serial = 2"_s;
    QTest::newRow("deleted") << u"DELETE FROM requests WHERE serial = 2"_s;
    QTest::newRow("all deleted") << u"DELETE FROM requests"_s;
    QTest::newRow("of another name") << u"UPDATE requests SET name = 'other' WHERE serial = 2"_s;
    QTest::newRow("alive again") << u"UPDATE requests SET ended_seq = NULL WHERE serial = 2"_s;
    QTest::newRow("not to be searched")
        << u"INSERT INTO requests_fts (requests_fts) VALUES ('delete-all')"_s;
}

void tst_Journal::ST_05_showsWhatTheChainSays()
{
    QFETCH(const QString, statement);
    QVERIFY(run(m_journal.get(), request("echo row"), "output"));
    QVERIFY(run(m_journal.get(), request("echo other"), "output"));
    const QList<RequestRow> before = m_journal->requests({});
    m_journal->close();
    QVERIFY(tamper(m_directory->path(), {statement}));
    QVERIFY(open(m_journal.get(), m_directory->path()));
    QVERIFY(!m_journal->warning().isEmpty());
    QCOMPARE(m_journal->entries(u"chain"_s, 0, 1).constFirst().data,
             (QJsonObject{{u"event"_s, u"requests-rebuilt"_s}}));
    QVERIFY(m_journal->interrupted().isEmpty());
    QVERIFY(m_journal->requests({}) == before);
    RequestFilter filter;
    filter.text = u"echo"_s;
    QVERIFY(m_journal->requests(filter) == before);
    QCOMPARE(QDir(m_journal->outputDirectory()).entryList(QDir::Files).size(), 2);
    const JournalFile::Verdict verdict = JournalFile::verify(m_directory->path());
    QVERIFY2(verdict.intact, qPrintable(verdict.detail));
    reopen();
    QVERIFY(m_journal->warning().isEmpty());
}

void tst_Journal::P12_endsNothingTwice_data()
{
    QTest::addColumn<bool>("sealed");
    QTest::newRow("seal broken") << false;
    QTest::newRow("sealed again") << true;
}

void tst_Journal::P12_endsNothingTwice()
{
    QFETCH(const bool, sealed);
    QVERIFY(run(m_journal.get(), request("echo row")));
    const QList<RequestRow> before = m_journal->requests({});
    m_journal->close();
    QVERIFY(tamper(m_directory->path(),
                   {u"UPDATE requests SET state = 'running', ended_seq = NULL"_s}));
    if (sealed)
        DatabaseSeal::put(m_directory->path());
    QVERIFY(open(m_journal.get(), m_directory->path()));
    QVERIFY(m_journal->interrupted().isEmpty());
    QVERIFY(m_journal->requests({}) == before);
    QCOMPARE(kinds().count(u"interrupted"_s), 0);
}

void tst_Journal::P12_endsWhatOnlyTheTableHasEnded()
{
    const Request asked = request("sleep 1d");
    QVERIFY(m_journal->received(asked, scope(), {}));
    m_journal->close();
    QVERIFY(tamper(m_directory->path(),
                   {u"UPDATE requests SET state = 'denied', ended = received, ended_seq = 2"_s}));
    QVERIFY(open(m_journal.get(), m_directory->path()));
    QCOMPARE(m_journal->interrupted().size(), 1);
    QCOMPARE(m_journal->request(asked.name)->state, RequestState::Interrupted);
    QVERIFY(JournalFile::verify(m_directory->path()).intact);
}

// Even when the seal says that there is nothing to be mended.
void tst_Journal::P12_keepsAnOutputThatTheChainNames()
{
    const Request asked = request("echo row");
    QVERIFY(run(m_journal.get(), asked, "output"));
    const QString output = m_journal->outputDirectory() + u'/' + asked.name + ".out"_L1;
    const QString stray = m_journal->outputDirectory() + "/stray.out"_L1;
    m_journal->close();
    QVERIFY(writeFile(stray, "x"));
    QVERIFY(tamper(m_directory->path(), {u"DELETE FROM requests"_s}));
    DatabaseSeal::put(m_directory->path());
    QVERIFY(open(m_journal.get(), m_directory->path()));
    QVERIFY(!m_journal->request(asked.name)); // which "log verify" tells
    QCOMPARE(JournalFile::verify(m_directory->path()).firstBad, 2);
    QVERIFY(QFile::exists(output));
    QVERIFY(!QFile::exists(stray));
}

QTEST_GUILESS_MAIN(tst_Journal)
#include "tst_journal.moc"
