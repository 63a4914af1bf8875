// SPDX-License-Identifier: Apache-2.0
#include "visiblescanner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Kind = VisibleText::Kind;
using Piece = VisibleScanner::Piece;

namespace {

QList<Piece> piecesOf(QByteArrayView bytes)
{
    QList<Piece> pieces;
    VisibleScanner scanner(bytes);
    while (!scanner.atEnd())
        pieces += scanner.next();
    return pieces;
}

QString textOf(QByteArrayView bytes)
{
    QString text;
    for (const Piece &piece : piecesOf(bytes))
        text += piece.text;
    return text;
}

} // namespace

class VisibleScannerTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasNothingToSayAboutNothing() { QVERIFY(VisibleScanner({}).atEnd()); }

    void coversEveryByteOnce()
    {
        const QByteArray bytes(
            "ls \\ \t\xC3\xA4\xE2\x80\xAE\xFF\0\r\n          \n\n\n\n\n\n\n\n\nx ", 36);
        qsizetype position = 0;
        for (const Piece &piece : piecesOf(bytes)) {
            QCOMPARE(piece.offset, position);
            QVERIFY(piece.length > 0);
            QVERIFY(!piece.text.isEmpty());
            QCOMPARE(piece.isAscii, uchar(bytes[position]) < 0x80);
            position += piece.length;
        }
        QCOMPARE(position, bytes.size());
    }

    void handsOutOnePiece_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("text");
        QTest::addColumn<VisibleText::Kind>("kind");
        QTest::addColumn<bool>("isHidden");
        const auto row = [](const char *tag, const QByteArray &bytes, const QString &text,
                            Kind kind, bool isHidden) {
            QTest::newRow(tag) << bytes << text << kind << isHidden;
        };
        row("letter", "a", u"a"_s, Kind::Plain, false);
        row("backslash", "\\", uR"(\\)"_s, Kind::Escape, false);
        row("newline", "\n", uR"(\n)"_s, Kind::Escape, false);
        row("tab", "\t", uR"(\t)"_s, Kind::Escape, false);
        row("SP_03 CR", "\r", uR"(\r)"_s, Kind::Escape, true);
        row("SP_03 ESC", "\x1B", uR"(\u{001B})"_s, Kind::Escape, true);
        row("SP_03 DEL", "\x7F", uR"(\u{007F})"_s, Kind::Escape, true);
        row("SP_03 NUL", QByteArray(1, '\0'), uR"(\u{0000})"_s, Kind::Escape, true);
        row("SP_03 C1", "\xC2\x9B", uR"(\u{009B})"_s, Kind::Escape, true);
        row("SP_01 override", "\xE2\x80\xAE", uR"(\u{202E})"_s, Kind::Escape, true);
        row("SP_02 zero width", "\xE2\x80\x8B", uR"(\u{200B})"_s, Kind::Escape, true);
        row("SP_02 tag", "\xF3\xA0\x81\x81", uR"(\u{E0041})"_s, Kind::Escape, true);
        row("SP_02 Braille blank", "\xE2\xA0\x80", uR"(\u{2800})"_s, Kind::Escape, true);
        row("SP_07 umlaut", "\xC3\xA4", u"\u00E4"_s, Kind::NonAscii, false);
        row("SP_07 Cyrillic", "\xD1\x81", u"\u0441"_s, Kind::NonAscii, false);
        row("SP_07 beyond the BMP", "\xF0\x9F\x98\x80", u"\U0001F600"_s, Kind::NonAscii, false);
        row("full-width backslash", "\xEF\xBC\xBC", uR"(\u{FF3C})"_s, Kind::Escape, true);
        row("no UTF-8", "\xFF", uR"(\x{FF})"_s, Kind::Escape, true);
        row("SP_08 blank at both ends", " ", uR"(\s)"_s, Kind::Escape, false);
        row("SP_04 run of blanks", QByteArray(9, ' '), uR"(\s{9})"_s, Kind::Escape, false);
        row("SP_04 run of newlines", QByteArray(5'000, '\n'), uR"(\n{5000})"_s, Kind::Escape,
            false);
    }
    void handsOutOnePiece()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, text);
        QFETCH(VisibleText::Kind, kind);
        QFETCH(bool, isHidden);
        const QList<Piece> pieces = piecesOf(bytes);
        QCOMPARE(pieces.size(), 1);
        QCOMPARE(pieces.first().text, text);
        QCOMPARE(pieces.first().kind, kind);
        QCOMPARE(pieces.first().isHidden, isHidden);
        QCOMPARE(pieces.first().length, bytes.size());
    }

    void escapesEachByteOfWhatIsNoCharacter_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("alone") << QByteArray("\x80");
        QTest::newRow("cut") << QByteArray("\xE2\x82");
        QTest::newRow("overlong") << QByteArray("\xC0\x80");
        QTest::newRow("overlong in three") << QByteArray("\xE0\x80\x8A");
        QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80");
        QTest::newRow("too high") << QByteArray("\xF4\x90\x80\x80");
        QTest::newRow("five bytes") << QByteArray("\xF8\x88\x80\x80\x80");
    }
    void escapesEachByteOfWhatIsNoCharacter()
    {
        QFETCH(QByteArray, bytes);
        const QList<Piece> pieces = piecesOf(bytes);
        QCOMPARE(pieces.size(), bytes.size());
        for (const Piece &piece : pieces) {
            QCOMPARE(piece.text,
                     uR"(\x{%1})"_s.arg(QString::number(uchar(bytes[piece.offset]), 16).toUpper()));
            QVERIFY(piece.isHidden);
        }
    }

    void SP_08_showsBlanksAtTheEdgesOfLines()
    {
        QCOMPARE(textOf("a  b"), u"a  b"_s);
        QCOMPARE(textOf("  a  "), uR"(\s\sa\s\s)"_s);
        QCOMPARE(textOf("a \n b"), uR"(a\s\n\sb)"_s);
        QCOMPARE(textOf("a" + QByteArray(8, ' ') + "b"), u"a        b"_s);
        QCOMPARE(textOf("a" + QByteArray(9, ' ') + "b"), uR"(a\s{9}b)"_s);
    }

    void SP_04_countsRunsButNotShortOnes()
    {
        QCOMPARE(piecesOf(QByteArray(8, '\n')).size(), 8);
        QCOMPARE(piecesOf(QByteArray(8, '\t')).size(), 8);
        const QList<Piece> newlines = piecesOf("a" + QByteArray(9, '\n') + "b");
        QCOMPARE(newlines.size(), 3);
        QCOMPARE(newlines.at(1).newlines, 9);
        QCOMPARE(newlines.at(1).length, 9);
        const QList<Piece> tabs = piecesOf(QByteArray(9, '\t'));
        QCOMPARE(tabs.first().text, uR"(\t{9})"_s);
        QCOMPARE(tabs.first().newlines, 0);
    }

    // Else the command's own braces would be read as the count of the escape before them.
    void countsARunThatSomethingLikeACountFollows()
    {
        QCOMPARE(textOf("\n{9}"), uR"(\n{1}{9})"_s);
        QCOMPARE(textOf("\t{40}"), uR"(\t{1}{40})"_s);
        QCOMPARE(textOf(" {2}"), uR"(\s{1}{2})"_s);
        QCOMPARE(textOf("\n\n{9}"), uR"(\n\n{1}{9})"_s);
        QCOMPARE(textOf("\n{x}"), uR"(\n{x})"_s);
        QCOMPARE(textOf("\n{"), uR"(\n{)"_s);
        QCOMPARE(textOf("a {1}"), u"a {1}"_s);
    }

    void knowsWhatIsDrawnAlone()
    {
        for (const char32_t alone :
             {U'a', U'9', U'~', U'\u00E9', U'\u4E2D', U'\u20AC', U'\U0001F600'})
            QVERIFY2(isDrawnAlone(alone), qPrintable(QString::number(alone, 16)));
        for (const char32_t never :
             {U'\0',         U' ',          U'\n',         U'\u00A0',      U'\u00AD',
              U'\u0301',     U'\u05D0',     U'\u0627',     U'\u061C',      U'\u1160',
              U'\u200D',     U'\u202E',     U'\u2028',     U'\u2066',      U'\u2216',
              U'\u3164',     U'\uFE0F',     U'\uFEFF',     U'\uFFFD',      U'\uE000',
              U'\U000E0041', U'\U0001F1E6', U'\U0001F3FB', char32_t(0x378)}) // not assigned
            QVERIFY2(!isDrawnAlone(never), qPrintable(QString::number(never, 16)));
    }
};

QTEST_GUILESS_MAIN(VisibleScannerTest)
#include "tst_visiblescanner.moc"
