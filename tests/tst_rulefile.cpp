// SPDX-License-Identifier: Apache-2.0
#include "journalfixture.h"
#include "rulefile.h"

#include <QFileInfo>

#include <sys/stat.h>
#include <unistd.h>

using namespace JournalFixture;
using namespace Qt::StringLiterals;

namespace {

Rule rule()
{
    Rule made;
    made.id = u"r1"_s;
    made.verdict = Rule::Verdict::Allow;
    made.command = "printf 'a\\n\xC3\xA9' \n";
    made.scope = u"cometa.example:443/app"_s;
    made.created = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC);
    return made;
}

} // namespace

class TestRuleFile final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory; // 0700
    QString m_path;
    QString m_error;

    void expectRefusal(const QString &hint)
    {
        m_error.clear();
        QVERIFY(!RuleFile(m_path).read(&m_error));
        QVERIFY2(m_error.contains(m_path) && m_error.contains(hint), qPrintable(m_error));
    }

private Q_SLOTS:
    void init()
    {
        m_path = m_directory.filePath(u"rules.json"_s);
        QFile::remove(m_path);
        QVERIFY(::chmod(qPrintable(m_directory.path()), 0700) == 0);
        m_error.clear();
    }

    void readsWhatItWrote()
    {
        Rule timed = rule();
        timed.id = u"r2"_s;
        timed.verdict = Rule::Verdict::Deny;
        timed.until = timed.created.addDays(30);
        timed.untilBoot = BootClock::time_point(std::chrono::hours(1000));
        timed.usesLeft = 3;
        timed.keepsOutput = false;
        const RuleFile file(m_path);
        QVERIFY(!file.exists());
        const QByteArray json = RuleFile::json({rule(), timed});
        QVERIFY(file.write(json, &m_error));
        const QByteArray hash = sha256(readFile(m_path));
        QCOMPARE(hash, sha256(json));
        QVERIFY(file.exists());
        const auto content = file.read(&m_error);
        QVERIFY2(content, qPrintable(m_error));
        QCOMPARE(content->sha256, hash);
        QCOMPARE(content->rules, (QList<Rule>{rule(), timed}));
    }

    void forgetsTheBootClockOfAnotherStart()
    {
        Rule timed = rule();
        timed.untilBoot = BootClock::time_point(std::chrono::hours(1000));
        const RuleFile file(m_path);
        QVERIFY(file.write(RuleFile::json({timed}), &m_error));
        QByteArray json = readFile(m_path);
        const qsizetype boot = json.indexOf("\"boot\": \"") + 9;
        json[boot] = json.at(boot) == '0' ? '1' : '0';
        QVERIFY(writeFile(m_path, json));
        const auto content = file.read(&m_error);
        QVERIFY2(content, qPrintable(m_error));
        QVERIFY(!content->rules.first().untilBoot);
    }

    void leavesOutWhatIsForTheSession()
    {
        Rule session = rule();
        session.forSession = true;
        QVERIFY(RuleFile(m_path).write(RuleFile::json({session}), &m_error));
        const auto content = RuleFile(m_path).read(&m_error);
        QVERIFY(content && content->rules.isEmpty());
    }

    void PO_06_isPrivate()
    {
        ::umask(0);
        QVERIFY(RuleFile(m_path).write(RuleFile::json({rule()}), &m_error));
        ::umask(077);
        struct stat status = {};
        QCOMPARE(::stat(qPrintable(m_path), &status), 0);
        QCOMPARE(status.st_mode & 0777, 0600U);
    }

    void PO_06_refusesWhatOthersCouldHaveWritten_data()
    {
        QTest::addColumn<uint>("file");
        QTest::addColumn<uint>("directory");
        QTest::newRow("readable by all") << 0644U << 0700U;
        QTest::newRow("writable by the group") << 0620U << 0700U;
        QTest::newRow("directory open to the group") << 0600U << 0770U;
        QTest::newRow("directory open to all") << 0600U << 0755U;
    }
    void PO_06_refusesWhatOthersCouldHaveWritten()
    {
        QFETCH(const uint, file);
        QFETCH(const uint, directory);
        QVERIFY(RuleFile(m_path).write(RuleFile::json({rule()}), &m_error));
        QVERIFY(::chmod(qPrintable(m_path), file) == 0);
        QVERIFY(::chmod(qPrintable(m_directory.path()), directory) == 0);
        expectRefusal(u"chmod"_s);
    }

    void PO_06_refusesAnotherOwner()
    {
        if (::geteuid() != 0)
            QSKIP("only root can give a file away");
        QVERIFY(RuleFile(m_path).write(RuleFile::json({rule()}), &m_error));
        QVERIFY(::chown(qPrintable(m_path), 65534, 65534) == 0);
        expectRefusal(u"chmod"_s);
    }

    void PO_06_refusesASymbolicLink()
    {
        const QString target = m_directory.filePath(u"target.json"_s);
        QVERIFY(RuleFile(target).write(RuleFile::json({rule()}), &m_error));
        QVERIFY(QFile::link(target, m_path));
        QVERIFY(RuleFile(m_path).exists());
        expectRefusal(u"chmod"_s);
    }

    void refusesWhatIsNoRuleFile_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::newRow("another version")
            << QByteArray("\"version\": 1") << QByteArray("\"version\": 2");
        QTest::newRow("another verdict") << QByteArray("\"allow\"") << QByteArray("\"perhaps\"");
        QTest::newRow("no command") << QByteArray("\"command\"") << QByteArray("\"comand\"");
        QTest::newRow("command is no base64") << QByteArray("cHJ") << QByteArray("!!!");
        QTest::newRow("no server") << QByteArray("\"scope\"") << QByteArray("\"scop\"");
        QTest::newRow("an end that is no time")
            << QByteArray("\"created\"") << QByteArray("\"until\": \"x\", \"created\"");
        QTest::newRow("a count that is none")
            << QByteArray("\"created\"") << QByteArray("\"uses_left\": \"x\", \"created\"");
        QTest::newRow("output neither kept nor not")
            << QByteArray("\"command\"") << QByteArray("\"keep_output\": 0, \"command\"");
        QTest::newRow("cut off") << QByteArray("}\n    ]") << QByteArray("}");
    }
    void refusesWhatIsNoRuleFile()
    {
        QFETCH(const QByteArray, from);
        QFETCH(const QByteArray, to);
        QVERIFY(RuleFile(m_path).write(RuleFile::json({rule()}), &m_error));
        QByteArray json = readFile(m_path);
        QVERIFY(json.contains(from));
        QVERIFY(writeFile(m_path, json.replace(from, to)));
        expectRefusal(u"remove"_s);
    }

    void saysWhyItCannotBeWritten()
    {
        const RuleFile file(m_directory.filePath(u"none/rules.json"_s));
        QVERIFY(!file.write(RuleFile::json({rule()}), &m_error));
        QVERIFY(m_error.contains(file.path()));
    }
};

QTEST_GUILESS_MAIN(TestRuleFile)
#include "tst_rulefile.moc"
