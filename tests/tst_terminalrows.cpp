// SPDX-License-Identifier: Apache-2.0
#include "terminalrows.h"

#include "terminalsize.h"
#include "visibletext.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString firstMargin(u"    1 | "_s);
const QString nextMargin(u"      | "_s);

int columnsOf(const QString &row)
{
    int columns = 0;
    for (const uint character : row.toUcs4())
        columns += character < 0x80 ? 1 : 2;
    return columns;
}

QString blanks(int count)
{
    return QString(count, u' ');
}

// Of what makes trouble: blanks, runs, letters of two columns, escapes, and what looks like one.
QByteArray randomCommand(QRandomGenerator *random)
{
    static const QList<QByteArray> pieces{" ",  "  ",    "        ", "         ", "\t",       "\\",
                                          "x",  "word",  "\\u{12",   "{4}",       "世",       "🌍",
                                          "\r", "\x1b[", "\u202e",   "\xff",      "    2 | ", "ä"};
    QByteArray command;
    for (int i = random->bounded(1, 80); i > 0; --i)
        command += pieces.at(random->bounded(int(pieces.size())));
    return command;
}

} // namespace

class TerminalRowsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesWhatFits();
    void SP_06_SP_09_wrapsBehindItsMargin_data();
    void SP_06_SP_09_wrapsBehindItsMargin();
    void SP_08_noBlankEndsABrokenRow();
    void tearsNoEscape();
    void SP_09_holdsForAnyCommand_data();
    void SP_09_holdsForAnyCommand();
    void SP_09_eachKindOfRowHasAMargin();
};

void TerminalRowsTest::leavesWhatFits()
{
    TerminalRows rows(80);
    rows.addCommand("echo 1\n\n\n\n\n\n\n\n\n\n\nls\n");
    QCOMPARE(rows.list(),
             QStringList(
                 {u"    1 | echo 1"_s, u"    2 | \\n{11}"_s, u"   12 | ls"_s, u"   13 | \\n"_s}));
    QCOMPARE(TerminalRows(80).text(), QString());
    TerminalRows fields(80);
    fields.addField(u"state"_s, u"attached"_s);
    fields.addField(u"device"_s, u"dev1"_s);
    QCOMPARE(fields.text(), u"  state        attached\n  device       dev1\n"_s);
}

void TerminalRowsTest::SP_06_SP_09_wrapsBehindItsMargin_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("parts");
    QTest::newRow("nothing") << QString() << QStringList{QString()};
    QTest::newRow("one row") << QString(31, u'a') << QStringList{QString(31, u'a')};
    QTest::newRow("two rows") << QString(32, u'a') << QStringList{QString(31, u'a'), u"a"_s};
    QTest::newRow("three rows") << QString(63, u'a')
                                << QStringList{QString(31, u'a'), QString(31, u'a'), u"a"_s};
    QTest::newRow("wide") << QString(16, u'世') << QStringList{QString(15, u'世'), u"世"_s};
    QTest::newRow("two units") << u"🌍"_s.repeated(16) << QStringList{u"🌍"_s.repeated(15), u"🌍"_s};
}

void TerminalRowsTest::SP_06_SP_09_wrapsBehindItsMargin()
{
    QFETCH(const QString, text);
    QFETCH(const QStringList, parts);
    TerminalRows rows(40); // of which 8 are the margin's, and one stays free
    rows.add(firstMargin, nextMargin, text);
    QStringList expected;
    for (const QString &part : parts)
        expected += (expected.isEmpty() ? firstMargin : nextMargin) + part;
    QCOMPARE(rows.list(), expected);
}

void TerminalRowsTest::SP_08_noBlankEndsABrokenRow()
{
    TerminalRows rows(40);
    rows.add(firstMargin, nextMargin, QString(28, u'a') + u"     b"_s);
    QCOMPARE(rows.list(), QStringList({firstMargin + QString(28, u'a'), nextMargin + u"     b"_s}));
}

void TerminalRowsTest::tearsNoEscape()
{
    for (const QString &escape : {u"\\u{202E}"_s, u"\\x{FF}"_s, u"\\s{65536}"_s, u"\\\\"_s,
                                  u"\\t"_s, u"\\r"_s, u"\\u{10FFFF}"_s}) {
        TerminalRows rows(40);
        rows.add(firstMargin, nextMargin, QString(30, u'a') + escape + u"b"_s);
        QCOMPARE(rows.list(),
                 QStringList({firstMargin + QString(30, u'a'), nextMargin + escape + u"b"_s}));
    }
    TerminalRows literal(40); // a backslash, and braces that it has nothing to do with
    literal.add(firstMargin, nextMargin, QString(28, u'a') + u"\\\\{12}"_s);
    QCOMPARE(literal.list().at(1), nextMargin + u"12}"_s);
}

void TerminalRowsTest::SP_09_holdsForAnyCommand_data()
{
    QTest::addColumn<int>("columns");
    for (const int columns : {TerminalSize::Least, 40, 80, 133})
        QTest::addRow("%d columns", columns) << columns;
}

void TerminalRowsTest::SP_09_holdsForAnyCommand()
{
    QFETCH(const int, columns);
    QRandomGenerator random(20261130);
    for (int i = 0; i < 500; ++i) {
        const QByteArray command = randomCommand(&random);
        TerminalRows rows(columns);
        rows.addCommand(command);
        QString all;
        for (const QString &row : rows.list()) {
            if (row.startsWith(u"  Beware: "_s))
                break; // words of ours
            QVERIFY2(row.startsWith(all.isEmpty() ? firstMargin : nextMargin), qPrintable(row));
            QVERIFY2(columnsOf(row) < columns, qPrintable(row));
            QVERIFY2(!row.endsWith(u' '), qPrintable(row));
            all += row.sliced(nextMargin.size());
        }
        QCOMPARE(all, VisibleText::encode(command));
    }
}

void TerminalRowsTest::SP_09_eachKindOfRowHasAMargin()
{
    const QString text = u"Request k3x9 waits "_s.repeated(20);
    TerminalRows listed(40);
    listed.addListed(u"3x9        2026-11-30 03:15:11  awaiting-approval   "_s, text);
    TerminalRows field(40);
    field.addField(u"problem"_s, text);
    TerminalRows quoted(40);
    quoted.addQuoted(text);
    TerminalRows ours(40);
    ours.add(text);
    const QList<std::pair<QStringList, QString>> all{{listed.list(), blanks(10) + u"| "_s},
                                                     {field.list(), blanks(15)},
                                                     {quoted.list(), blanks(13) + u"| "_s},
                                                     {ours.list(), blanks(2)}};
    for (const auto &[rows, margin] : all) {
        QCOMPARE_GT(rows.size(), 10);
        for (qsizetype i = 1; i < rows.size(); ++i) {
            QVERIFY2(rows.at(i).startsWith(margin), qPrintable(rows.at(i)));
            QVERIFY2(rows.at(i).size() < 40, qPrintable(rows.at(i)));
        }
    }
    QVERIFY(quoted.list().constFirst().startsWith(blanks(13) + u"| "_s));
}

QTEST_GUILESS_MAIN(TerminalRowsTest)
#include "tst_terminalrows.moc"
