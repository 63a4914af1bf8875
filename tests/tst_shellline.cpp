// SPDX-License-Identifier: Apache-2.0
#include "shellline.h"

#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;

class ShellLineTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsOneWordAsItIs();
    void leavesPlainWordsReadable();
    void runsExactlyTheseWords_data();
    void runsExactlyTheseWords();
    void takesKeywordsForPrograms_data();
    void takesKeywordsForPrograms();
};

void ShellLineTest::sendsOneWordAsItIs()
{
    const QString line = u"df -h | grep 'a b' && echo \"$HOME\"\n"_s;
    QCOMPARE(ShellLine::joined({line}), line);
}

void ShellLineTest::leavesPlainWordsReadable()
{
    QCOMPARE(ShellLine::joined({u"df"_s, u"-h"_s, u"--output=size"_s, u"/var/log"_s}),
             u"df -h '--output=size' /var/log"_s);
    QCOMPARE(ShellLine::joined({u"ls"_s, u"a b"_s}), u"ls 'a b'"_s);
}

void ShellLineTest::runsExactlyTheseWords_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::newRow("blanks") << QStringList{u"a b"_s, u" "_s, u"\t"_s};
    QTest::newRow("empty") << QStringList{u""_s, u""_s};
    QTest::newRow("quotes") << QStringList{u"it's"_s, u"'"_s, u"\"x\""_s, u"''"_s, u"\\'"_s};
    QTest::newRow("expansion") << QStringList{u"$HOME"_s, u"`id`"_s,  u"$(id)"_s, u"*"_s, u"~"_s,
                                              u"~root"_s, u"{a,b}"_s, u"[x]"_s,   u"?"_s, u"!"_s};
    QTest::newRow("operators") << QStringList{u";"_s,    u"|"_s, u"&"_s, u"&&"_s, u">"_s,  u"<x"_s,
                                              u"2>&1"_s, u"("_s, u")"_s, u"#c"_s, u"a=b"_s};
    QTest::newRow("lines") << QStringList{u"a\nb"_s, u"\n"_s, u"\\"_s, u"a\\nb"_s, u"\r"_s};
    QTest::newRow("other scripts") << QStringList{u"grüße"_s, u"世界"_s, u"🌍"_s, u"\u00a0"_s};
    QTest::newRow("options") << QStringList{u"-n"_s, u"--"_s, u"%s"_s};
}

// The shell is the judge: printf shows each word with its end.
void ShellLineTest::runsExactlyTheseWords()
{
    QFETCH(const QStringList, words);
    const QString line = ShellLine::joined(QStringList{u"printf"_s, u"%s\\001"_s} + words);
    QProcess shell;
    shell.start(u"/bin/sh"_s, {u"-c"_s, u"--"_s, line});
    QTRY_COMPARE_WITH_TIMEOUT(shell.state(), QProcess::NotRunning, 20'000);
    QCOMPARE(QString::fromUtf8(shell.readAllStandardOutput()), words.join(QChar(1)) + QChar(1));
    QCOMPARE(shell.exitCode(), 0);
}

void ShellLineTest::takesKeywordsForPrograms_data()
{
    QTest::addColumn<QString>("word");
    for (const QString &word : {u"if"_s, u"case"_s, u"for"_s, u"while"_s, u"until"_s, u"{"_s,
                                u"!"_s, u"time"_s, u"a=b"_s, u"done"_s, u"in"_s})
        QTest::newRow(qPrintable(word)) << word;
}

void ShellLineTest::takesKeywordsForPrograms()
{
    QFETCH(const QString, word);
    QProcess shell;
    shell.start(u"/bin/sh"_s, {u"-c"_s, u"--"_s, ShellLine::joined({word, u"x"_s})});
    QTRY_COMPARE_WITH_TIMEOUT(shell.state(), QProcess::NotRunning, 20'000);
    if (word != "time"_L1) // which may be installed
        QCOMPARE(shell.exitCode(), 127);
    QVERIFY(!shell.readAllStandardError().contains("yntax"));
}

QTEST_GUILESS_MAIN(ShellLineTest)
#include "tst_shellline.moc"
