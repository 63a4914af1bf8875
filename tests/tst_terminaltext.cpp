// SPDX-License-Identifier: Apache-2.0
#include "terminaltext.h"

#include <QTest>

class TerminalTextTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesTextAndItsLayoutAlone_data();
    void leavesTextAndItsLayoutAlone();
    void EX_06_makesVisibleWhatATerminalObeys_data();
    void EX_06_makesVisibleWhatATerminalObeys();
    void letsNoControlByteThrough();
};

void TerminalTextTest::leavesTextAndItsLayoutAlone_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("table") << QByteArray(
        "Filesystem            Size  Used\n/dev/sda1   \t\t 10G   2G  \n");
    QTest::newRow("many lines") << QByteArray(20, '\n');
    QTest::newRow("backslash") << QByteArray("a\\nb \\\\ C:\\x\n");
    QTest::newRow("scripts") << QByteArray("grüße, мир, 世界 🌍 — “x”\n");
    QTest::newRow("no newline") << QByteArray("x ");
}

void TerminalTextTest::leavesTextAndItsLayoutAlone()
{
    QFETCH(const QByteArray, text);
    QCOMPARE(TerminalText::visible(text), text);
}

void TerminalTextTest::EX_06_makesVisibleWhatATerminalObeys_data()
{
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<QByteArray>("shown");
    QTest::newRow("colour") << QByteArray("\x1b[31mred\x1b[0m\n")
                            << QByteArray("\\u{001B}[31mred\\u{001B}[0m\n");
    QTest::newRow("carriage return") << QByteArray("100%\rdone\n") << QByteArray("100%\\rdone\n");
    QTest::newRow("bell") << QByteArray("a\ab") << QByteArray("a\\u{0007}b");
    QTest::newRow("C1") << QByteArray("\xc2\x9b"
                                      "2J")
                        << QByteArray("\\u{009B}2J");
    QTest::newRow("not UTF-8") << QByteArray("\xff\n") << QByteArray("\\x{FF}\n");
    QTest::newRow("direction") << QByteArray("\xe2\x80\xae"
                                             "x")
                               << QByteArray("\\u{202E}x");
    QTest::newRow("zero") << QByteArray("a\0b", 3) << QByteArray("a\\u{0000}b");
}

void TerminalTextTest::EX_06_makesVisibleWhatATerminalObeys()
{
    QFETCH(const QByteArray, output);
    QFETCH(const QByteArray, shown);
    QCOMPARE(TerminalText::visible(output), shown);
}

void TerminalTextTest::letsNoControlByteThrough()
{
    QByteArray all;
    for (int byte = 0; byte < 256; ++byte)
        all += char(byte);
    for (const char byte : TerminalText::visible(all))
        QVERIFY(byte == '\n' || byte == '\t' || (uchar(byte) >= 0x20 && uchar(byte) != 0x7F));
}

QTEST_GUILESS_MAIN(TerminalTextTest)
#include "tst_terminaltext.moc"
