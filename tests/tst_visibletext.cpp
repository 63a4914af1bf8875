// SPDX-License-Identifier: Apache-2.0
#include "visibletext.h"

#include <QHash>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using Kind = VisibleText::Kind;

namespace {

QByteArray utf8(char32_t codePoint)
{
    return QStringView(QChar::fromUcs4(codePoint)).toUtf8();
}

// Written out here once more, on purpose: what may ever be drawn.
bool isInAlphabet(char32_t codePoint)
{
    if (codePoint < 0x80)
        return codePoint >= 0x20 && codePoint < 0x7F;
    static const QSet<QChar::Category> never{
        QChar::Mark_NonSpacing,  QChar::Mark_SpacingCombining, QChar::Mark_Enclosing,
        QChar::Separator_Space,  QChar::Separator_Line,        QChar::Separator_Paragraph,
        QChar::Other_Control,    QChar::Other_Format,          QChar::Other_Surrogate,
        QChar::Other_PrivateUse, QChar::Other_NotAssigned};
    static const QSet<QChar::Direction> always{QChar::DirL,  QChar::DirEN, QChar::DirES,
                                               QChar::DirET, QChar::DirCS, QChar::DirON};
    static const QSet<char32_t> blank{0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800, 0xFFFC, 0x1D159};
    return !never.contains(QChar::category(codePoint))
        && always.contains(QChar::direction(codePoint)) && !blank.contains(codePoint);
}

bool isClosed(const QString &text)
{
    const QList<uint> codePoints = text.toUcs4();
    return std::all_of(codePoints.begin(), codePoints.end(),
                       [](uint codePoint) { return isInAlphabet(codePoint); });
}

bool isLong()
{
    return qEnvironmentVariable("COMETA_LONG") == "1"_L1;
}

// In planes 4 to 16 nothing but the tags is assigned: the short form takes one of 251 there.
char32_t nextCodePoint(char32_t codePoint)
{
    constexpr char32_t Tags = 0xE0000;
    const bool isDense = codePoint < 0x32400 || (codePoint >= Tags && codePoint < Tags + 0x200);
    if (isDense || isLong())
        return codePoint + 1;
    return codePoint < Tags ? std::min<char32_t>(codePoint + 251, Tags) : codePoint + 251;
}

QString joined(const QList<VisibleText::Segment> &line)
{
    QString text;
    for (const VisibleText::Segment &segment : line)
        text += segment.text;
    return text;
}

QStringList joined(const QList<QList<VisibleText::Segment>> &lines)
{
    QStringList texts;
    for (const QList<VisibleText::Segment> &line : lines)
        texts += joined(line);
    return texts;
}

// Bytes that often meet: escapes, counters, blanks, marks, halves of characters.
QByteArray randomBytes(QRandomGenerator *random)
{
    static const QList<QByteArray> parts{"\\",
                                         "n",
                                         "{",
                                         "}",
                                         "9",
                                         "10",
                                         "1",
                                         "s",
                                         "t",
                                         "u",
                                         "x",
                                         "FF",
                                         "\n",
                                         "\t",
                                         " ",
                                         "\r",
                                         "         ",
                                         "\n\n\n\n\n\n\n\n\n",
                                         "\t\t\t\t\t\t\t\t",
                                         "\xC3\xA9",
                                         "\xE2\x80\xAE",
                                         "\xC3",
                                         "\xA9",
                                         "\xF0\x9F\x98\x80",
                                         "\xED\xA0\x80",
                                         "\xC0\x80",
                                         QByteArray(1, '\0'),
                                         "\x7F",
                                         "ls"};
    QByteArray bytes;
    const int count = random->bounded(12);
    for (int i = 0; i < count; ++i) {
        if (random->bounded(4) == 0)
            bytes += char(random->bounded(256));
        else
            bytes += parts.at(random->bounded(int(parts.size())));
    }
    return bytes;
}

} // namespace

class VisibleTextTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void encodes_data();
    void encodes();
    void decodesOnlyWhatItMakes_data();
    void decodesOnlyWhatItMakes();
    void SP_01_escapesWhatReordersText_data();
    void SP_01_escapesWhatReordersText();
    void SP_01_escapesLettersWrittenFromRightToLeft();
    void SP_02_escapesWhatIsInvisible_data();
    void SP_02_escapesWhatIsInvisible();
    void SP_03_escapesControlCharacters_data();
    void SP_03_escapesControlCharacters();
    void SP_04_countsLongRuns_data();
    void SP_04_countsLongRuns();
    void SP_05_leavesMarkupAsItIs();
    void SP_06_takesALongLineWhole();
    void SP_07_marksLettersThatLookLikeOthers();
    void SP_08_showsBlanksAtTheEnds_data();
    void SP_08_showsBlanksAtTheEnds();
    void splitsIntoLines_data();
    void splitsIntoLines();
    void segmentsCoverTheBytesInOrder();
    void shortensWithACount();
    void everyCodePointComesBack();
    void everyByteComesBack();
    void randomBytesComeBackAndDiffer();
};

void VisibleTextTest::encodes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("hidden");
    QTest::addColumn<bool>("nonAscii");

    QTest::newRow("nothing") << QByteArray("") << u""_s << false << false;
    QTest::newRow("ascii") << QByteArray("df -h | sort") << u"df -h | sort"_s << false << false;
    QTest::newRow("backslash") << QByteArray(R"(printf '\n')") << uR"(printf '\\n')"_s << false
                               << false;
    QTest::newRow("newline") << QByteArray("a\nb") << uR"(a\nb)"_s << false << false;
    QTest::newRow("tab") << QByteArray("a\tb") << uR"(a\tb)"_s << false << false;
    QTest::newRow("eight blanks") << QByteArray("a        b") << u"a        b"_s << false << false;
    QTest::newRow("nine blanks") << QByteArray("a         b") << uR"(a\s{9}b)"_s << false << false;
    QTest::newRow("eight newlines")
        << QByteArray("a\n\n\n\n\n\n\n\nb") << uR"(a\n\n\n\n\n\n\n\nb)"_s << false << false;
    QTest::newRow("nine tabs") << QByteArray(9, '\t') << uR"(\t{9})"_s << false << false;
    QTest::newRow("newline before a count")
        << QByteArray("a\n{9}") << uR"(a\n{1}{9})"_s << false << false;
    QTest::newRow("newlines before a count")
        << QByteArray("\n\n{9}") << uR"(\n\n{1}{9})"_s << false << false;
    QTest::newRow("newline before a group")
        << QByteArray("a\n{ b; }") << uR"(a\n{ b; })"_s << false << false;
    QTest::newRow("blank before a count")
        << QByteArray(" {9}") << uR"(\s{1}{9})"_s << false << false;
    QTest::newRow("tab before a count")
        << QByteArray("\t{9}") << uR"(\t{1}{9})"_s << false << false;
    QTest::newRow("carriage return") << QByteArray("a\r") << uR"(a\r)"_s << true << false;
    QTest::newRow("escape character")
        << QByteArray("\x1B[2K") << uR"(\u{001B}[2K)"_s << true << false;
    QTest::newRow("letter") << QByteArray("caf\xC3\xA9") << u"café"_s << false << true;
    QTest::newRow("combining mark") << QByteArray("e\xCC\x81") << uR"(e\u{0301})"_s << true << true;
    QTest::newRow("picture") << QByteArray("\xF0\x9F\x98\x80") << u"\U0001F600"_s << false << true;
    QTest::newRow("no-break space") << QByteArray("a\xC2\xA0"
                                                  "b")
                                    << uR"(a\u{00A0}b)"_s << true << true;
    QTest::newRow("half a character")
        << QByteArray("\xE2\x82") << uR"(\x{E2}\x{82})"_s << true << true;
    QTest::newRow("overlong") << QByteArray("\xC0\xAF") << uR"(\x{C0}\x{AF})"_s << true << true;
    QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << uR"(\x{ED}\x{A0}\x{80})"_s << true
                               << true;
    QTest::newRow("beyond Unicode")
        << QByteArray("\xF4\x90\x80\x80") << uR"(\x{F4}\x{90}\x{80}\x{80})"_s << true << true;
    QTest::newRow("wide backslash")
        << QByteArray("\xEF\xBC\xBCn") << uR"(\u{FF3C}n)"_s << true << true;
}

void VisibleTextTest::encodes()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, text);
    const VisibleText visible(bytes);
    QCOMPARE(visible.oneLine(), text);
    QCOMPARE(VisibleText::encode(bytes), text);
    QCOMPARE(VisibleText::decode(text), bytes);
    QTEST(visible.hasHidden(), "hidden");
    QTEST(visible.hasNonAscii(), "nonAscii");
}

void VisibleTextTest::decodesOnlyWhatItMakes_data()
{
    QTest::addColumn<QString>("text");
    const QStringList texts{uR"(\)"_s,
                            uR"(\q)"_s,
                            uR"(\n{)"_s + u"3}"_s,
                            uR"(\n{9)"_s,
                            uR"(\n{09})"_s,
                            uR"(\n{9 })"_s,
                            uR"(a\s{8}b)"_s,
                            uR"(a\sb)"_s,
                            uR"(\s{4294967296})"_s,
                            uR"(\s{999999999})"_s,
                            uR"(\u{41})"_s,
                            uR"(\u{0041})"_s,
                            uR"(\u{202e})"_s,
                            uR"(\u{0202E})"_s,
                            uR"(\u{D800})"_s,
                            uR"(\u{110000})"_s,
                            uR"(\u{+202E})"_s,
                            uR"(\u{}  )"_s,
                            uR"(\u202E)"_s,
                            uR"(\x{41})"_s,
                            uR"(\x{ff})"_s,
                            uR"(\x{100})"_s,
                            uR"(\x{C3}\x{A9})"_s,
                            u" a"_s,
                            u"a "_s,
                            u"a         b"_s,
                            u"a\nb"_s,
                            u"a\tb"_s,
                            u"a\u202Eb"_s,
                            u"\u05D0"_s,
                            uR"(\r{9})"_s + u'\\',
                            uR"(\t\t\t\t\t\t\t\t\t)"_s};
    for (const QString &text : texts)
        QTest::newRow(text.toUtf8().toPercentEncoding("\\{}").constData()) << text;
    QTest::newRow("lone surrogate") << QString(QChar(0xD800));
}

void VisibleTextTest::decodesOnlyWhatItMakes()
{
    QFETCH(const QString, text);
    QVERIFY(!VisibleText::decode(text));
}

namespace {

void addCodePoints(std::initializer_list<std::pair<char32_t, char32_t>> ranges)
{
    QTest::addColumn<uint>("codePoint");
    for (const auto &[first, last] : ranges) {
        for (char32_t codePoint = first; codePoint <= last; ++codePoint)
            QTest::addRow("U+%04X", uint(codePoint)) << uint(codePoint);
    }
}

void verifyEscaped()
{
    QFETCH(const uint, codePoint);
    const QByteArray bytes = "ls" + utf8(codePoint) + "x";
    const VisibleText visible(bytes);
    const QString escape =
        u"\\u{%1}"_s.arg(QString::number(codePoint, 16).toUpper().rightJustified(4, u'0'));
    QCOMPARE(visible.oneLine(), u"ls"_s + escape + u'x');
    QVERIFY(visible.hasHidden());
    const QList<VisibleText::Segment> line = visible.lines().constFirst();
    QCOMPARE(line.size(), 3);
    QCOMPARE(line.at(1).text, escape);
    QCOMPARE(line.at(1).kind, Kind::Escape);
    QCOMPARE(line.at(1).offset, 2);
    QCOMPARE(line.at(1).length, bytes.size() - 3);
}

} // namespace

void VisibleTextTest::SP_01_escapesWhatReordersText_data()
{
    addCodePoints({{0x202A, 0x202E}, {0x2066, 0x2069}, {0x200E, 0x200F}, {0x061C, 0x061C}});
}

void VisibleTextTest::SP_01_escapesWhatReordersText()
{
    verifyEscaped();
}

void VisibleTextTest::SP_01_escapesLettersWrittenFromRightToLeft()
{
    QCOMPARE(VisibleText::encode(u"a\u05D0\u0627\u0661z"_s.toUtf8()),
             uR"(a\u{05D0}\u{0627}\u{0661}z)"_s);
}

void VisibleTextTest::SP_02_escapesWhatIsInvisible_data()
{
    addCodePoints({{0x200B, 0x200D}, {0x2060, 0x2064},   {0xFEFF, 0xFEFF},   {0x00AD, 0x00AD},
                   {0xFE00, 0xFE0F}, {0xE0000, 0xE007F}, {0xE0100, 0xE01EF}, {0x034F, 0x034F},
                   {0x115F, 0x1160}, {0x3164, 0x3164},   {0xFFA0, 0xFFA0},   {0x2800, 0x2800},
                   {0x180B, 0x180F}, {0x17B4, 0x17B5},   {0x2000, 0x200A},   {0x2028, 0x2029},
                   {0x202F, 0x202F}, {0x205F, 0x205F},   {0x3000, 0x3000},   {0x1680, 0x1680},
                   {0xFFF0, 0xFFFD}, {0xE000, 0xE002},   {0x1D173, 0x1D17A}, {0x1D159, 0x1D159}});
}

void VisibleTextTest::SP_02_escapesWhatIsInvisible()
{
    verifyEscaped();
}

void VisibleTextTest::SP_03_escapesControlCharacters_data()
{
    addCodePoints({{0x00, 0x08}, {0x0B, 0x0C}, {0x0E, 0x1F}, {0x7F, 0x9F}});
}

void VisibleTextTest::SP_03_escapesControlCharacters()
{
    verifyEscaped();
}

void VisibleTextTest::SP_04_countsLongRuns_data()
{
    QTest::addColumn<QByteArray>("blank");
    QTest::addColumn<QString>("shown");
    QTest::addColumn<int>("lineCount");
    QTest::newRow("newlines") << QByteArray("\n") << uR"(\n{5000})"_s << 5001;
    QTest::newRow("blanks") << QByteArray(" ") << uR"(\s{5000})"_s << 1;
    QTest::newRow("tabs") << QByteArray("\t") << uR"(\t{5000})"_s << 1;
}

void VisibleTextTest::SP_04_countsLongRuns()
{
    QFETCH(const QByteArray, blank);
    QFETCH(const QString, shown);
    const VisibleText visible("ls" + blank.repeated(5000) + "; curl x|sh");
    QCOMPARE(visible.oneLine(), u"ls"_s + shown + u"; curl x|sh"_s);
    QTEST(visible.lineCount(), "lineCount");
    QVERIFY(visible.lines().size() <= 3);
    QCOMPARE(visible.lineNumbers().constLast(), visible.lineCount());
    QVERIFY(!visible.hasHidden());
}

void VisibleTextTest::SP_05_leavesMarkupAsItIs()
{
    const QByteArray command("uptime '<b></b><!--'; touch X #-->");
    QCOMPARE(VisibleText::encode(command), QString::fromLatin1(command));
}

void VisibleTextTest::SP_06_takesALongLineWhole()
{
    const QByteArray command = QByteArray("echo \xC3\xA9\x1B;").repeated(65'536 / 9);
    const VisibleText visible(command);
    QCOMPARE(visible.lines().size(), 1);
    QCOMPARE(VisibleText::decode(visible.oneLine()), command);
}

void VisibleTextTest::SP_07_marksLettersThatLookLikeOthers()
{
    const VisibleText visible(u"\u0441url \uFF58"_s.toUtf8());
    QVERIFY(visible.hasNonAscii());
    QVERIFY(!visible.hasHidden());
    const QList<VisibleText::Segment> line = visible.lines().constFirst();
    QCOMPARE(line.size(), 3);
    QCOMPARE(line.at(0).kind, Kind::NonAscii);
    QCOMPARE(line.at(0).text, u"\u0441"_s);
    QCOMPARE(line.at(1).text, u"url "_s);
    QCOMPARE(line.at(2).kind, Kind::NonAscii);
}

void VisibleTextTest::SP_08_showsBlanksAtTheEnds_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("trailing") << QByteArray("ls  ") << uR"(ls\s\s)"_s;
    QTest::newRow("leading") << QByteArray(" ls") << uR"(\sls)"_s;
    QTest::newRow("trailing newline") << QByteArray("ls\n") << uR"(ls\n)"_s;
    QTest::newRow("tab") << QByteArray("ls\t-l") << uR"(ls\t-l)"_s;
    QTest::newRow("around a line end") << QByteArray("a \n b") << uR"(a\s\n\sb)"_s;
    QTest::newRow("only blanks") << QByteArray("   ") << uR"(\s\s\s)"_s;
}

void VisibleTextTest::SP_08_showsBlanksAtTheEnds()
{
    QFETCH(const QByteArray, bytes);
    QTEST(VisibleText::encode(bytes), "text");
    QCOMPARE(VisibleText::decode(VisibleText::encode(bytes)), bytes);
}

void VisibleTextTest::splitsIntoLines_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QStringList>("lines");
    QTest::addColumn<QList<int>>("numbers");
    QTest::newRow("nothing") << QByteArray() << QStringList{u""_s} << QList<int>{1};
    QTest::newRow("two") << QByteArray("a\nb") << QStringList{u"a"_s, u"b"_s} << QList<int>{1, 2};
    QTest::newRow("trailing") << QByteArray("a\n") << QStringList{u"a"_s, uR"(\n)"_s}
                              << QList<int>{1, 2};
    QTest::newRow("empty ones") << QByteArray("a\n\n\nb")
                                << QStringList{u"a"_s, u""_s, u""_s, u"b"_s}
                                << QList<int>{1, 2, 3, 4};
    QTest::newRow("a run") << "a" + QByteArray(20, '\n') + "b"
                           << QStringList{u"a"_s, uR"(\n{20})"_s, u"b"_s} << QList<int>{1, 2, 21};
    QTest::newRow("a run at the end")
        << "a" + QByteArray(20, '\n') << QStringList{u"a"_s, uR"(\n{20})"_s} << QList<int>{1, 2};
    QTest::newRow("a run at the beginning")
        << QByteArray(9, '\n') + "b" << QStringList{u""_s, uR"(\n{9})"_s, u"b"_s}
        << QList<int>{1, 2, 10};
    QTest::newRow("a written run")
        << QByteArray("\\n{20}\nb") << QStringList{uR"(\\n{20})"_s, u"b"_s} << QList<int>{1, 2};
}

void VisibleTextTest::splitsIntoLines()
{
    QFETCH(const QByteArray, bytes);
    const VisibleText visible(bytes);
    QTEST(joined(visible.lines()), "lines");
    QTEST(visible.lineNumbers(), "numbers");
    QCOMPARE(visible.lineCount(), int(bytes.count('\n')) + 1);
}

void VisibleTextTest::segmentsCoverTheBytesInOrder()
{
    const QByteArray bytes("a\\b \xC3\xA9\xE2\x80\xAE x\n y\n");
    qsizetype position = 0;
    const auto lines = VisibleText(bytes).lines();
    for (const auto &line : lines) {
        for (const VisibleText::Segment &segment : line) {
            if (bytes.mid(position, 1) == "\n" && segment.offset == position + 1)
                ++position;
            QCOMPARE(segment.offset, position);
            QVERIFY(segment.length > 0);
            position += segment.length;
        }
    }
    QCOMPARE(position, bytes.size());
}

void VisibleTextTest::shortensWithACount()
{
    QCOMPARE(VisibleText::encodeShort("short", 5), u"short"_s);
    QCOMPARE(VisibleText::encodeShort("longer", 5), u"longe … (1 more bytes)"_s);
    QCOMPARE(VisibleText::encodeShort("ab\x1B"
                                      "cd",
                                      5),
             u"ab … (3 more bytes)"_s);
    QCOMPARE(VisibleText::encodeShort("", 0), u""_s);
    QCOMPARE(VisibleText::encodeShort("x", 0), u" … (1 more bytes)"_s);
}

void VisibleTextTest::everyCodePointComesBack()
{
    QHash<QString, char32_t> seen;
    seen.reserve(0x110000);
    int count = 0;
    for (char32_t codePoint = 0; codePoint <= 0x10FFFF; codePoint = nextCodePoint(codePoint)) {
        if (QChar::isSurrogate(codePoint))
            continue;
        ++count;
        const QByteArray bytes = utf8(codePoint);
        const QString text = VisibleText::encode(bytes);
        const bool good =
            VisibleText::decode(text) == bytes && isClosed(text) && !seen.contains(text);
        if (!good)
            QFAIL(qPrintable(u"U+%1 as %2"_s.arg(codePoint, 4, 16).arg(text)));
        seen.insert(text, codePoint);
    }
    QCOMPARE(seen.size(), count);
    QVERIFY(isLong() ? count == 0x110000 - 0x800 : count > 0x32400);
}

void VisibleTextTest::everyByteComesBack()
{
    for (int first = 0; first < 256; ++first) {
        for (int second = 0; second < 256; ++second) {
            const QByteArray bytes = QByteArray(1, char(first)) + char(second);
            const QString text = VisibleText::encode(bytes);
            QCOMPARE(VisibleText::decode(text), bytes);
            QVERIFY(isClosed(text));
        }
    }
}

void VisibleTextTest::randomBytesComeBackAndDiffer()
{
    const int count = isLong() ? 1'000'000 : 50'000;
    const quint32 seed = QRandomGenerator::global()->generate();
    QRandomGenerator random(seed);
    QHash<QString, QByteArray> seen;
    for (int i = 0; i < count; ++i) {
        const QByteArray bytes = randomBytes(&random);
        const QString text = VisibleText::encode(bytes);
        const bool same = VisibleText::decode(text) == bytes && isClosed(text)
            && seen.value(text, bytes) == bytes;
        if (!same)
            QFAIL(qPrintable(u"seed %1: "_s.arg(seed) + QString::fromLatin1(bytes.toHex())
                             + u" as "_s + text));
        seen.insert(text, bytes);
    }
    QVERIFY(seen.size() > count / 2);
}

QTEST_GUILESS_MAIN(VisibleTextTest)
#include "tst_visibletext.moc"
