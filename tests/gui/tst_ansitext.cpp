// SPDX-License-Identifier: Apache-2.0
#include "ansitext.h"

#include <QTest>

using namespace Qt::StringLiterals;

using Pieces = QList<AnsiText::Piece>;

class TestAnsiText final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsLinesTabsAndBlanks()
    {
        const QByteArray output = "a\tb  \n\n  c\\d\n";
        const Pieces pieces = decode(output);
        QCOMPARE(pieces.size(), 1);
        QCOMPARE(pieces.constFirst().text, QString::fromLatin1(output));
        QVERIFY(!pieces.constFirst().isEscape);
    }

    void followsColours()
    {
        const Pieces pieces = decode("a\x1b[31mb\x1b[0mc\x1b[md");
        QCOMPARE(pieces.size(), 3);
        QCOMPARE(text(pieces), u"abcd"_s);
        QVERIFY(!pieces.at(0).style.foreground);
        QCOMPARE(pieces.at(1).style.foreground, std::optional<QRgb>(0xffcc0000));
        QCOMPARE(pieces.at(1).text, u"b"_s);
        QCOMPARE(pieces.at(2).text, u"cd"_s); // one style, one piece
    }

    void EX_06_everythingElseIsEscaped_data()
    {
        QTest::addColumn<QByteArray>("output");
        QTest::addColumn<QString>("shown");
        QTest::newRow("clear screen") << QByteArray("\x1b[2J") << u"\\u{001B}[2J"_s;
        QTest::newRow("cursor") << QByteArray("\x1b[10;1H") << u"\\u{001B}[10;1H"_s;
        QTest::newRow("link") << QByteArray("\x1b]8;;http://x\x07y")
                              << u"\\u{001B}]8;;http://x\\u{0007}y"_s;
        QTest::newRow("private m") << QByteArray("\x1b[>4m") << u"\\u{001B}[>4m"_s;
        QTest::newRow("intermediate") << QByteArray("\x1b[1 m") << u"\\u{001B}[1 m"_s;
        QTest::newRow("escape alone") << QByteArray("\x1b") << u"\\u{001B}"_s;
        QTest::newRow("unended") << QByteArray("\x1b[31") << u"\\u{001B}[31"_s;
        QTest::newRow("twice") << QByteArray("\x1b\x1b[2J") << u"\\u{001B}\\u{001B}[2J"_s;
        QTest::newRow("return") << QByteArray("a\rb") << u"a\\rb"_s;
        QTest::newRow("NUL") << QByteArray("a\0b", 3) << u"a\\u{0000}b"_s;
        QTest::newRow("backspace") << QByteArray("a\bb\x7f") << u"a\\u{0008}b\\u{007F}"_s;
        QTest::newRow("bidi") << QByteArray("\xe2\x80\xae") << u"\\u{202E}"_s;
        QTest::newRow("zero width") << QByteArray("a\xe2\x80\x8b") << u"a\\u{200B}"_s;
        QTest::newRow("C1") << QByteArray("\xc2\x9b"
                                          "31m")
                            << u"\\u{009B}31m"_s;
        QTest::newRow("line separator") << QByteArray("\xe2\x80\xa8") << u"\\u{2028}"_s;
        QTest::newRow("no UTF-8") << QByteArray("\xff\xc3(") << u"\\x{FF}\\x{C3}("_s;
        QTest::newRow("cut") << QByteArray("x\xe2\x82") << u"x\\x{E2}\\x{82}"_s;
        QTest::newRow("overlong") << QByteArray("\xc0\x80") << u"\\x{C0}\\x{80}"_s;
    }
    void EX_06_everythingElseIsEscaped()
    {
        QFETCH(const QByteArray, output);
        QFETCH(const QString, shown);
        const Pieces pieces = decode(output);
        QCOMPARE(text(pieces), shown);
        for (const AnsiText::Piece &piece : pieces)
            QCOMPARE(piece.isEscape, piece.text.startsWith(u'\\'));
    }

    void otherLettersAreText()
    {
        const QByteArray output = "gr\xc3\xbc\xc3\x9f"
                                  "e \xe2\x94\x80 \xf0\x9f\x98\x80";
        QCOMPARE(text(decode(output)).toUtf8(), output);
    }

    // A run longer than any sequence is not waited for.
    void aLongSequenceIsText()
    {
        AnsiText decoder;
        const QByteArray output = "\x1b[" + QByteArray(100, '1') + 'm';
        QCOMPARE(text(decoder.feed(output)), u"\\u{001B}["_s + QString(100, u'1') + u'm');
    }

    // However it is cut into reads, the same is shown.
    void P2_doesNotDependOnTheReads()
    {
        const QByteArray output = "a\x1b[1;31mb\xe2\x82\xac\x1b[0m\x1b[2J\xff\xf0\x9f\x98\x80\r\n"
                                  "\xe2\x80\xae\x1b[38;5;196mx\x1b";
        const Pieces whole = decode(output);
        for (qsizetype cut = 0; cut <= output.size(); ++cut) {
            AnsiText decoder;
            Pieces pieces = decoder.feed(output.first(cut));
            pieces += decoder.feed(output.sliced(cut));
            pieces += decoder.finish();
            QCOMPARE(flat(pieces), flat(whole));
        }
        AnsiText decoder;
        Pieces pieces;
        for (const char byte : output)
            pieces += decoder.feed(QByteArray(1, byte));
        pieces += decoder.finish();
        QCOMPARE(flat(pieces), flat(whole));
    }

    void beginsAnewAfterTheEnd()
    {
        AnsiText decoder;
        QCOMPARE(decoder.feed("\x1b[31ma").size(), 1);
        QVERIFY(decoder.finish().isEmpty());
        QVERIFY(decoder.feed("b").constFirst().style == Sgr());
    }

private:
    static Pieces decode(const QByteArray &output)
    {
        AnsiText decoder;
        Pieces pieces = decoder.feed(output);
        for (const AnsiText::Piece &piece : decoder.finish())
            pieces.append(piece);
        return pieces;
    }
    static QString text(const Pieces &pieces)
    {
        QString text;
        for (const AnsiText::Piece &piece : pieces)
            text += piece.text;
        return text;
    }
    // Each character with its style.
    static QStringList flat(const Pieces &pieces)
    {
        QStringList list;
        for (const AnsiText::Piece &piece : pieces) {
            for (const QChar c : piece.text)
                list.append(u"%1 %2 %3 %4"_s.arg(c)
                                .arg(piece.style.foreground.value_or(0))
                                .arg(piece.style.bold)
                                .arg(piece.isEscape));
        }
        return list;
    }
};

QTEST_GUILESS_MAIN(TestAnsiText)
#include "tst_ansitext.moc"
