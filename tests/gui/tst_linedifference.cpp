// SPDX-License-Identifier: Apache-2.0
#include "linedifference.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace LineDifference;

class TestLineDifference final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheFewestChanges_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const char *before, const char *after,
                            const QString &expected) {
            QTest::newRow(name) << QByteArray(before) << QByteArray(after) << expected;
        };
        row("nothing", "", "", u""_s);
        row("same", "a\nb\n", "a\nb\n", u" a b"_s);
        row("from nothing", "", "a\nb\n", u"+a+b"_s);
        row("to nothing", "a\nb\n", "", u"-a-b"_s);
        row("added at the end", "a\n", "a\nb\n", u" a+b"_s);
        row("added at the beginning", "b\n", "a\nb\n", u"+a b"_s);
        row("removed in the middle", "a\nb\nc\n", "a\nc\n", u" a-b c"_s);
        row("replaced", "a\nb\nc\n", "a\nx\nc\n", u" a-b+x c"_s);
        row("all replaced, removed first", "a\nb\n", "x\ny\n", u"-a-b+x+y"_s);
        row("moved", "a\nb\nc\n", "b\nc\na\n", u"-a b c+a"_s);
        row("repeated", "a\na\na\n", "a\na\n", u"-a a a"_s);
        row("without the last line end", "a\nb", "a\nb\n", u" a b"_s);
        row("empty lines", "\n\n", "\n", u"- "_s);
    }
    void findsTheFewestChanges()
    {
        QFETCH(const QByteArray, before);
        QFETCH(const QByteArray, after);
        QFETCH(const QString, expected);
        const auto lines = between(before, after);
        QVERIFY(lines);
        // Among equal lines any may be the one that goes.
        QCOMPARE(sorted(written(*lines)), sorted(expected));
        QCOMPARE(side(*lines, Kind::Added), textOf(before));
        QCOMPARE(side(*lines, Kind::Removed), textOf(after));
    }

    void removedLinesComeFirst()
    {
        QCOMPARE(written(*between("a\nb\nc\n", "a\nx\ny\nc\n")), u" a-b+x+y c"_s);
        QCOMPARE(written(*between("a\nb\n", "x\ny\n")), u"-a-b+x+y"_s);
    }

    void anyTwoTextsAreRebuilt()
    {
        uint seed = 1;
        const auto random = [&seed](uint below) {
            seed = seed * 1664525 + 1013904223;
            return (seed >> 16) % below;
        };
        for (int round = 0; round < 300; ++round) {
            QByteArray before;
            QByteArray after;
            for (QByteArray *text : {&before, &after}) {
                for (uint i = random(30); i > 0; --i)
                    *text += char('a' + random(4)) + QByteArray("\n");
            }
            const auto lines = between(before, after);
            QVERIFY(lines);
            QCOMPARE(side(*lines, Kind::Added), before);
            QCOMPARE(side(*lines, Kind::Removed), after);
        }
    }

    void gaveUpIsSaid()
    {
        QByteArray one;
        QByteArray other;
        for (int i = 0; i < MaximumChanges; ++i) {
            one += QByteArray::number(i) + '\n';
            other += QByteArray::number(-i - 1) + '\n';
        }
        QVERIFY(!between(one, other));
        QVERIFY(between(one, one));
        QVERIFY(!between({}, QByteArray(MaximumBytes + 1, 'x')));
        QVERIFY(between({}, QByteArray(MaximumBytes, 'x')));
    }

    void theWorstIsQuick()
    {
        QByteArray one;
        QByteArray other;
        for (int i = 0; i < 100'000; ++i) {
            one += "aa\n";
            other += i % 200 == 7 ? "bb\n" : "aa\n";
        }
        QElapsedTimer timer;
        timer.start();
        QVERIFY(between(one, other));
        QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
    }

private:
    static QString written(const QList<Line> &lines)
    {
        QString text;
        for (const Line &line : lines)
            text += QLatin1Char(" -+"[int(line.kind)]) + QString::fromLatin1(line.text);
        return text;
    }
    static QString sorted(QString text)
    {
        std::sort(text.begin(), text.end());
        return text;
    }
    // The text of one side, without the lines that are on the other alone.
    static QByteArray side(const QList<Line> &lines, Kind without)
    {
        QByteArray text;
        for (const Line &line : lines)
            text += line.kind == without ? QByteArray() : line.text + '\n';
        return text;
    }
    static QByteArray textOf(const QByteArray &text)
    {
        return text.isEmpty() || text.endsWith('\n') ? text : text + '\n';
    }
};

QTEST_GUILESS_MAIN(TestLineDifference)
#include "tst_linedifference.moc"
