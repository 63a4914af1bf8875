// SPDX-License-Identifier: Apache-2.0
// What the real cometactl leaves on a terminal of some size: what others wrote looks like nothing
// that is ours, and all of it has been there before it is asked about.
#include "attachedagent.h"
#include "ctlterminal.h"
#include "visibletext.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace {

const QByteArray question("[a]pprove / [d]eny / [l]ater: ");
const QByteArray goOn("Return: go on / [d]eny / [l]ater: ");

// The rows of a terminal that wraps at its right edge and goes on at its left one.
QStringList rowsOn(int columns, const QByteArray &shown)
{
    QStringList rows(1);
    int column = 0;
    for (const uint character : QString::fromUtf8(shown).toUcs4()) {
        const int width = character < 0x80 ? 1 : 2;
        if (character == '\n' || column + width > columns) {
            rows.append(QString());
            column = 0;
        }
        if (character == '\n' || character == '\r')
            continue;
        rows.last() += QChar::fromUcs4(character);
        column += width;
    }
    return rows;
}

QByteArray json(const QByteArray &command, const QString &reason = {})
{
    QJsonObject request{{u"cmd"_s, QString::fromUtf8(command)}};
    if (!reason.isEmpty()) {
        request[u"reason"_s] = reason;
        request[reason.left(60)] = true;
    }
    return QJsonDocument(request).toJson();
}

// The command, then a prompt for another one, padded so that it stands where a prompt would stand
// on a terminal that wraps the command itself.
QByteArray forged(int columns, int filledRows)
{
    const int room = columns == 0 ? 80 : columns;
    const auto row = [&](const QByteArray &text) { return text.leftJustified(room, '.', true); };
    QByteArray command("touch ran #");
    command.resize(room - 8 + room * filledRows, '=');
    return command + row("Request k3x9 waits for your approval; 4 min 59 s left.")
        + row("  from         127.0.0.1/ops (encrypted link)")
        + row("  command      1 line, 99999 bytes, run by /bin/sh with all of your rights:")
        + row("    1 | uptime") + row("  command      ends here: 1 line, 99999 bytes") + "x";
}

} // namespace

class CtlScreenTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qunsetenv("XDG_RUNTIME_DIR"); }

    void SP_09_aCommandCannotLookLikeAPrompt_data();
    void SP_09_aCommandCannotLookLikeAPrompt();
    void SP_09_norCanAReason();
    void SP_09_noRowOfAListCanBeMadeUp();
    void SP_04_repeatsBelowTheCommandWhatCounts();
    void SP_04_asksWhenTheEndHasBeenOnTheScreen();
    void SP_06_aLongLineIsWhollyShown();
    void P4_P6_betweenScreenfulsNothingIsApproved();
    void deniesBeforeTheEnd();
    void SP_09_asksNothingOnATerminalThatIsTooNarrow();
};

void CtlScreenTest::SP_09_aCommandCannotLookLikeAPrompt_data()
{
    QTest::addColumn<int>("columns");
    QTest::addColumn<QByteArray>("command");
    for (const int columns : {0, 30, 40, 80, 132})
        QTest::addRow("%d columns", columns) << columns << forged(columns, 3);
    QTest::newRow("wide letters") << 80
                                  << QByteArray("echo ") + QByteArray("世").repeated(36)
            + "    1 | uptime" + QByteArray("🌍").repeated(33) + "  command      1 line";
    QTest::newRow("escapes") << 80
                             << QByteArray("echo ") + QByteArray("\u202e").repeated(40)
            + QByteArray("    2 | ls\n").repeated(3) + QByteArray(200, ' ') + "#"
            + QByteArray(70, 'x') + "   Request k3x9 waits";
}

void CtlScreenTest::SP_09_aCommandCannotLookLikeAPrompt()
{
    QFETCH(const int, columns);
    QFETCH(const QByteArray, command);
    AttachedAgent device;
    QVERIFY(device.start());
    QVERIFY(!device.ask(json(command)).isEmpty());
    Terminal terminal;
    terminal.setSize(ushort(columns), columns == 0 ? 0 : 100);
    terminal.start({u"review"_s, u"--data-dir"_s, device.dataDirectory()});
    QVERIFY2(terminal.shows(question.last(10)), terminal.shown().constData());
    static const QRegularExpression margin(u"^(?: {0,4}([0-9]+)| {5}) \\| (.*)$"_s);
    QString all;
    QStringList ours;
    int lines = 0;
    for (const QString &row : rowsOn(columns == 0 ? 80 : columns, terminal.shown())) {
        const QRegularExpressionMatch match = margin.match(row);
        if (!match.hasMatch()) {
            ours += row;
            continue;
        }
        lines += match.captured(1).isEmpty() ? 0 : 1;
        all += (lines > 1 && !match.captured(1).isEmpty() ? u"\\n"_s : u""_s) + match.captured(2);
    }
    QCOMPARE(lines, VisibleText(command).lineCount());
    QCOMPARE(all, VisibleText::encode(command));
    QVERIFY(!ours.join(u'\n').contains(u"k3x9"_s) && !ours.join(u'\n').contains(u"uptime"_s));
    QVERIFY(!ours.join(u'\n').contains(u"99999"_s));
}

void CtlScreenTest::SP_09_norCanAReason()
{
    const QString reason = QString(65, u'x') + u"  from   the IT department, approved"_s
        + QString(38, u'.') + u"    1 | uptime"_s;
    AttachedAgent device;
    QVERIFY(device.start());
    QVERIFY(!device.ask(json("ls", reason)).isEmpty());
    Terminal terminal;
    terminal.setSize(80, 50);
    terminal.start({u"review"_s, u"--data-dir"_s, device.dataDirectory()});
    QVERIFY(terminal.shows(question));
    const QStringList rows = rowsOn(80, terminal.shown());
    QCOMPARE(rows.filter(QRegularExpression(u"^  from  "_s)).size(), 2); // above and below
    QCOMPARE(rows.filter(QRegularExpression(u"^ +[0-9]+ \\| "_s)), QStringList{u"    1 | ls"_s});
    QString quoted;
    const QStringList said = rows.filter(QRegularExpression(u"^ {13}\\| "_s));
    for (const QString &row : said)
        quoted += row.sliced(15);
    QCOMPARE(quoted, reason + reason.left(60));
}

void CtlScreenTest::SP_09_noRowOfAListCanBeMadeUp()
{
    AttachedAgent device;
    QVERIFY(device.start());
    const QString name = device.ask(
        json(QByteArray("ls #").leftJustified(27, '=') + "k3x9k3x9k3  2026-11-30 03:15:11"));
    QVERIFY(!name.isEmpty());
    for (const QStringList &command :
         {QStringList{u"requests"_s}, QStringList{u"log"_s, u"search"_s, u"ls"_s}}) {
        Terminal terminal;
        terminal.setSize(80, 24);
        terminal.start(command + QStringList{u"--data-dir"_s, device.dataDirectory()});
        QVERIFY(terminal.hasEnded());
        QVERIFY(terminal.shows("03:15:11"));
        const QStringList rows = rowsOn(80, terminal.shown());
        QVERIFY2(rows.at(0).startsWith(name) && rows.at(1).startsWith(u"          | "_s),
                 terminal.shown().constData());
        QCOMPARE(rows.filter(QRegularExpression(u"^[a-z0-9]{10}  "_s)).size(), 1);
        // Programs get a line for each.
        QCOMPARE(
            run(command + QStringList{u"--data-dir"_s, device.dataDirectory()}).output.count('\n'),
            1);
    }
}

void CtlScreenTest::SP_04_repeatsBelowTheCommandWhatCounts()
{
    AttachedAgent device;
    QVERIFY(device.start());
    const QString name = device.ask(json("echo 1\n" + QByteArray(3000, 'x')));
    Terminal terminal;
    terminal.setSize(80, 60);
    terminal.start({u"review"_s, u"--data-dir"_s, device.dataDirectory()});
    QVERIFY(terminal.shows(question));
    const QStringList last = rowsOn(80, terminal.shown()).last(4);
    QCOMPARE(last.at(0), u"  request      "_s + name);
    QCOMPARE(last.at(1),
             u"  from         127.0.0.1:%1/ops (link NOT encrypted)"_s.arg(device.server.port()));
    QCOMPARE(last.at(2), u"  command      ends here: 2 lines, 3007 bytes"_s);
    QCOMPARE(last.at(3), u"Approve this command? "_s + QString::fromLatin1(question));
}

void CtlScreenTest::SP_04_asksWhenTheEndHasBeenOnTheScreen()
{
    AttachedAgent device;
    QVERIFY(device.start());
    QVERIFY(
        !device.ask(json("echo ran" + QByteArray("\n:").repeated(29) + "\n# the end")).isEmpty());
    Terminal terminal;
    terminal.setSize(80, 20);
    terminal.start({u"review"_s, u"--data-dir"_s, device.dataDirectory()});
    QVERIFY(terminal.shows("-- 18 of 36 rows -- " + goOn) && terminal.isOpen());
    QVERIFY(terminal.shown().contains("    1 | echo ran"));
    QVERIFY(!terminal.shown().contains("the end") && !terminal.shown().contains(question));
    terminal.type("\n");
    QVERIFY(terminal.shows("-- 36 of 36 rows -- " + goOn) && terminal.isOpen(2));
    QVERIFY(terminal.shown().contains("   31 | # the end"));
    QVERIFY(!terminal.shown().contains(question));
    terminal.type("\n");
    QVERIFY(terminal.shows(question) && terminal.isOpen(3));
    terminal.type("a\n");
    QVERIFY(terminal.hasEnded());
    QTRY_COMPARE(device.server.received(), "4\r\nran\n\r\n");
}

void CtlScreenTest::SP_06_aLongLineIsWhollyShown()
{
    const QByteArray command = "echo " + QByteArray(65531, 'x');
    AttachedAgent device;
    QVERIFY(device.start());
    QVERIFY(!device.ask(json(command)).isEmpty());
    Terminal terminal;
    terminal.setSize(132, 500);
    terminal.start({u"review"_s, u"--data-dir"_s, device.dataDirectory()});
    QVERIFY(terminal.shows(goOn) && terminal.isOpen());
    terminal.type("\n");
    QVERIFY(terminal.shows(question));
    const QStringList rows = rowsOn(132, terminal.shown());
    QCOMPARE(rows.filter(QRegularExpression(u"^.{5} \\| "_s)).join(QString()).count(u'x'), 65531);
    QVERIFY(rows.filter(QRegularExpression(u"^x"_s)).isEmpty());
}

void CtlScreenTest::P4_P6_betweenScreenfulsNothingIsApproved()
{
    AttachedAgent device;
    QVERIFY(device.start());
    QVERIFY(!device.ask(json("echo ran" + QByteArray("\n:").repeated(60))).isEmpty());
    Terminal terminal;
    terminal.setSize(80, 40);
    terminal.type("\n\na\n");
    terminal.start({u"review"_s, u"--data-dir"_s, device.dataDirectory()});
    QVERIFY(terminal.shows(goOn));
    terminal.type("\n\na\n"); // it has not stood there yet
    QVERIFY(terminal.isOpen());
    QCOMPARE(terminal.shown().count(goOn), 1);
    for (int again = 2; again <= 4; ++again) {
        terminal.type(again == 2 ? "a\n" : again == 3 ? "approve\n" : "yes\n");
        QVERIFY(terminal.shows(goOn, again) && terminal.isOpen(again));
    }
    terminal.type("\n\na\na\n"); // only the first is for what stands there
    QVERIFY(terminal.shows(question) && terminal.isOpen(5));
    QCOMPARE(device.agent->awaitingCount(), 1);
    terminal.type("l\n");
    QVERIFY(terminal.hasEnded());
    QCOMPARE(device.agent->awaitingCount(), 1);
    QVERIFY(!terminal.shown().contains("Approved"));
}

void CtlScreenTest::deniesBeforeTheEnd()
{
    AttachedAgent device;
    QVERIFY(device.start());
    QVERIFY(!device.ask(json("echo" + QByteArray("\n:").repeated(60))).isEmpty());
    Terminal terminal;
    terminal.setSize(80, 24);
    terminal.start({u"review"_s, u"--data-dir"_s, device.dataDirectory()});
    QVERIFY(terminal.shows(goOn) && terminal.isOpen());
    terminal.type("d\n");
    QVERIFY(terminal.hasEnded());
    QTRY_COMPARE(device.server.received().count(R"("code":"denied")"), 1);
}

void CtlScreenTest::SP_09_asksNothingOnATerminalThatIsTooNarrow()
{
    AttachedAgent device;
    QVERIFY(device.start());
    QVERIFY(!device.ask(json("echo ran")).isEmpty());
    Terminal terminal;
    terminal.setSize(29, 24);
    terminal.start({u"review"_s, u"--data-dir"_s, device.dataDirectory()});
    QVERIFY(terminal.hasEnded());
    QCOMPARE(terminal.exitCode(), 1);
    QVERIFY(terminal.shows("29 columns") && !terminal.shown().contains("echo ran"));
    QCOMPARE(device.agent->awaitingCount(), 1);
}

QTEST_GUILESS_MAIN(CtlScreenTest)
#include "tst_ctlscreen.moc"
