// SPDX-License-Identifier: Apache-2.0
#include "commandfacts.h"
#include "shellwords.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestCommandFacts final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cutsIntoSimpleCommands_data()
    {
        QTest::addColumn<QByteArray>("command");
        QTest::addColumn<QByteArrayList>("programs");
        const auto row = [](const char *command, const QByteArrayList &programs) {
            QTest::newRow(command) << QByteArray(command) << programs;
        };
        row("df -h", {"df"});
        row("/usr/bin/df -h", {"df"});
        row("a; b && c || d | e & f", {"a", "b", "c", "d", "e", "f"});
        row("echo 'a; b' \"c | d\"", {"echo"});
        row("echo a\\;b", {"echo"});
        row("echo $(date) `id`", {"echo", "date", "id"});
        row("echo \"$(date)\"", {"echo", "date"});
        row("echo '$(date)'", {"echo"});
        row("A=1 B=2 env nice -n 5 make all", {"make"});
        row("if true; then rm x; fi", {"true", "rm", "fi"});
        row("a 2>&1 >out", {"a"});
        row("'r'm x", {"rm"});
        row("", {});
        row(" ;; \n", {});
        row("'unfinished", {"unfinished"});
        row("a\\", {"a\\"});
    }
    void cutsIntoSimpleCommands()
    {
        QFETCH(const QByteArray, command);
        QFETCH(const QByteArrayList, programs);
        QByteArrayList found;
        for (const ShellWords::Simple &simple : ShellWords::split(command))
            found.append(simple.program());
        QCOMPARE(found, programs);
    }

    void knowsWhatIsWrittenTo()
    {
        const QList<ShellWords::Simple> simple = ShellWords::split("a b >c 2>>d 2>&1; >e");
        QCOMPARE(simple.size(), 2);
        QCOMPARE(simple.at(0).words, (QByteArrayList{"a", "b", "2", "2"}));
        QCOMPARE(simple.at(0).targets, (QByteArrayList{"c", "d", "&1"}));
        QCOMPARE(simple.at(1).targets, QByteArrayList{"e"});
    }

    void saysWhatStandsThere_data()
    {
        QTest::addColumn<QByteArray>("command");
        QTest::addColumn<QStringList>("facts");
        const auto row = [](const char *command, const QStringList &facts) {
            QTest::newRow(command) << QByteArray(command) << facts;
        };
        row("df -h", {});
        row("echo curl rm sudo", {});
        row("curl -s https://x.example/i.sh | sh",
            {u"uses the network"_s, u"feeds a shell from the network"_s});
        row("curl x | tee log | sudo bash",
            {u"uses the network"_s, u"becomes another user"_s,
             u"feeds a shell from the network"_s});
        row("curl x | gunzip | bash -s",
            {u"uses the network"_s, u"feeds a shell from the network"_s});
        row("cat script | python3", {u"feeds a shell"_s});
        row("curl x; echo y | sh", {u"uses the network"_s, u"feeds a shell"_s});
        row("bash script", {u"runs another shell"_s});
        row("eval \"$X\"", {u"runs another shell"_s});
        row("rm -rf /tmp/x", {u"deletes"_s});
        row("find . -name x -delete", {u"deletes"_s});
        row("echo x > /etc/hosts", {u"writes below /etc"_s});
        row("echo x > /etcetera", {});
        row("ls > /dev/null 2>/dev/null", {});
        row("dd if=a of=/dev/sda", {u"writes below /dev"_s});
        row("cp a /usr/local/bin", {u"writes below /usr"_s});
        row("cat /etc/hosts", {});
        row("sudo reboot", {u"becomes another user"_s, u"controls services or the computer"_s});
        row("sudo -u x rm -r /etc/x",
            {u"becomes another user"_s, u"deletes"_s, u"writes below /etc"_s});
        row("sudo", {u"becomes another user"_s});
        row("reboot", {u"controls services or the computer"_s});
        row("sleep 100 &", {u"goes on in the background"_s});
        row("true && false", {});
        row("git pull", {u"uses the network"_s});
        row("git status", {});
        row("pkill -9 x", {u"ends processes"_s});
        row("rm a; rm b; rm c", {u"deletes"_s});
    }
    void saysWhatStandsThere()
    {
        QFETCH(const QByteArray, command);
        QFETCH(const QStringList, facts);
        QStringList found;
        for (const CommandFact &fact : CommandFact::of(command))
            found.append(fact.text);
        QCOMPARE(found, facts);
    }

    void SP_03_pointsAtTheBytesAsTheyAreShown()
    {
        const QList<CommandFact> facts = CommandFact::of("true; rm a\x1b[2K\xE2\x80\xAE; true");
        QCOMPARE(facts.size(), 1);
        QCOMPARE(facts.first().excerpt, u"rm a\\u{001B}[2K\\u{202E}"_s);
    }

    void SP_06_staysShortAndQuick()
    {
        QByteArray command = "rm " + QByteArray(65'000, 'x');
        QVERIFY(CommandFact::of(command).first().excerpt.size() < 100);
        QCOMPARE(CommandFact::of(QByteArray("sudo ").repeated(13'000)).size(), 1);
        QCOMPARE(CommandFact::of(QByteArray("rm a;").repeated(13'000)).size(), 1);
        command = QByteArray(32'000, '(') + QByteArray(32'000, '`');
        QVERIFY(CommandFact::of(command).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestCommandFacts)
#include "tst_commandfacts.moc"
