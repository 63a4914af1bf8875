// SPDX-License-Identifier: Apache-2.0
#include "fieldline.h"

#include <QTest>

class TestFieldLine final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void splitsNameAndValue_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        const auto row = [](const char *tag, const char *line, const char *name,
                            const char *value) {
            QTest::newRow(tag) << QByteArray(line) << QByteArray(name) << QByteArray(value);
        };
        row("usual", "Content-Length: 12", "content-length", "12");
        row("no blank, as the Python SDK sends it", "Content-Length:8", "content-length", "8");
        row("lower case", "transfer-encoding: chunked", "transfer-encoding", "chunked");
        row("case of the value", "X: AbC", "x", "AbC");
        row("blanks at both ends", "X: \t a b \t ", "x", "a b");
        row("no value", "X:", "x", "");
        row("only blanks", "X: \t ", "x", "");
        row("colons in the value", "Host: [::1]:80", "host", "[::1]:80");
        row("all of a token", "!#$%&'*+-.^_`|~09AZ: v", "!#$%&'*+-.^_`|~09az", "v");
        row("obs-text and tab", "X: \xE4\tb", "x", "\xE4\tb");
    }
    void splitsNameAndValue()
    {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        const std::optional<FieldLine> field = FieldLine::parse(line);
        QVERIFY(field);
        QCOMPARE(field->name, name);
        QCOMPARE(field->value, value);
    }

    void P1_takesNothingLooser_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no colon") << QByteArray("Host");
        QTest::newRow("no name") << QByteArray(": v");
        QTest::newRow("blank before the colon") << QByteArray("Host : v");
        QTest::newRow("tab before the colon") << QByteArray("Host\t: v");
        QTest::newRow("folded by a blank") << QByteArray(" Host: v");
        QTest::newRow("folded by a tab") << QByteArray("\tHost: v");
        QTest::newRow("folded, only a value") << QByteArray(" v");
        QTest::newRow("NUL in the value") << QByteArray("X: a\0b", 6);
        QTest::newRow("NUL in the name") << QByteArray("X\0: b", 5);
        QTest::newRow("CR in the value") << QByteArray("X: a\rb");
        QTest::newRow("LF in the value") << QByteArray("X: a\nY: b");
        QTest::newRow("ESC in the value") << QByteArray("X: \x1B[2J");
        QTest::newRow("DEL in the value") << QByteArray("X: \x7F");
        QTest::newRow("control at the end") << QByteArray("X: a\x01");
        QTest::newRow("obs-text in the name") << QByteArray("H\xC3\xB6st: v");
        QTest::newRow("quotes in the name") << QByteArray("\"X\": v");
        QTest::newRow("separator in the name") << QByteArray("X(1): v");
    }
    void P1_takesNothingLooser()
    {
        QFETCH(QByteArray, line);
        QVERIFY(!FieldLine::parse(line));
    }
};

QTEST_GUILESS_MAIN(TestFieldLine)
#include "tst_fieldline.moc"
