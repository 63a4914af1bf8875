// SPDX-License-Identifier: Apache-2.0
#include "outputcut.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

Q_DECLARE_METATYPE(KeptOutput)

namespace {

KeptOutput whole(const QByteArray &bytes)
{
    return {bytes, {}, bytes.size()};
}

// Both ends are kept, leftOut bytes between them are not.
KeptOutput ends(const QByteArray &head, const QByteArray &tail, qint64 leftOut)
{
    return {head, tail, head.size() + tail.size() + leftOut};
}

} // namespace

class OutputCutTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void EX_06_knowsUtf8_data()
    {
        QTest::addColumn<KeptOutput>("output");
        QTest::addColumn<bool>("isUtf8");
        QTest::newRow("empty") << whole("") << true;
        QTest::newRow("text") << whole("a\xC3\xA4\n") << true;
        QTest::newRow("binary") << whole("a\xFF") << false;
        QTest::newRow("half a character at the end") << whole("a\xC3") << false;
        QTest::newRow("a character over both parts") << ends("a\xC3", "\xA4z", 0) << true;
        QTest::newRow("halves at the gap") << ends("a\xE2\x82", "\x82\xACz", 5) << true;
        QTest::newRow("half at the very end") << ends("a", "z\xE2\x82", 5) << false;
        QTest::newRow("half at the very beginning") << ends("\x82\xAC", "z", 5) << false;
        QTest::newRow("four continuations") << ends("a", "\x82\x82\x82\x82z", 5) << false;
        QTest::newRow("binary behind the gap") << ends("a", "z\xFFz", 5) << false;
    }
    void EX_06_knowsUtf8()
    {
        QFETCH(KeptOutput, output);
        QFETCH(bool, isUtf8);
        QCOMPARE(OutputCut::isUtf8(output), isUtf8);
    }

    void countsWhatJsonMakesOfIt()
    {
        for (int byte = 0; byte < 0x80; ++byte) {
            const QByteArray text(1, char(byte));
            const QByteArray json =
                QJsonDocument(QJsonArray{QString::fromLatin1(text)}).toJson(QJsonDocument::Compact);
            QCOMPARE(OutputCut::escapedSize(text), json.size() - qsizetype(qstrlen("[\"\"]")));
        }
        QCOMPARE(OutputCut::escapedSize("\xE2\x82\xAC"), 3);
        QCOMPARE(OutputCut::escapedSize("a\n\x1B"), 1 + 2 + 6);
        QCOMPARE(OutputCut::escapedSize(""), 0);
    }

    void keepsAllThatIsThere()
    {
        const OutputCut::Part all = OutputCut::kept(ends("a\xC3", "\xA4z", 0));
        QCOMPARE(all.bytes, "a\xC3\xA4z");
        QVERIFY(all.isWhole);
        const OutputCut::Part cut = OutputCut::kept(ends("a\xE2\x82", "\x82\xACz", 5));
        QCOMPARE(cut.bytes, "az");
        QVERIFY(!cut.isWhole);
    }

    void cutsTextAtTheBordersOfCharacters_data()
    {
        QTest::addColumn<KeptOutput>("output");
        QTest::addColumn<qsizetype>("limit");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("isWhole");
        const auto row = [](const char *tag, const KeptOutput &output, qsizetype limit,
                            const char *bytes, bool isWhole) {
            QTest::newRow(tag) << output << limit << QByteArray(bytes) << isWhole;
        };
        row("fits exactly", whole("abcdef"), 6, "abcdef", true);
        row("both ends", whole("abcdefgh"), 6, "abcfgh", false);
        row("an odd limit", whole("abcdefgh"), 5, "abgh", false);
        row("escapes count", whole("\n\n\n\n"), 8, "\n\n\n\n", true);
        row("escapes count when cut", whole("a\nbcd\ne"), 6, "a\n\ne", false);
        row("no half characters", whole("\xC3\xA4\xC3\xA4\xC3\xA4"), 5, "\xC3\xA4\xC3\xA4", false);
        row("no half characters at either end", whole("a\xC3\xA4\xC3\xA4z"), 4, "az", false);
        row("over the gap", ends("abc", "xyz", 5), 4, "abyz", false);
        row("over the gap, fits", ends("abc", "xyz", 5), 6, "abcxyz", false);
        row("halves at the gap", ends("ab\xC3", "\xA4yz", 5), 4, "abyz", false);
        row("nothing", whole("abc"), 0, "", false);
        row("less than nothing", whole("abc"), -7, "", false);
    }
    void cutsTextAtTheBordersOfCharacters()
    {
        QFETCH(KeptOutput, output);
        QFETCH(qsizetype, limit);
        QFETCH(QByteArray, bytes);
        QFETCH(bool, isWhole);
        const OutputCut::Part part = OutputCut::text(output, limit);
        QCOMPARE(part.bytes, bytes);
        QCOMPARE(part.isWhole, isWhole);
    }

    void P10_neverGoesBeyondTheLimit()
    {
        const QByteArray text =
            QByteArray("a\xC3\xA4\n\xE2\x82\xAC\x1B\"\xF0\x9F\x98\x80").repeated(9);
        for (qsizetype limit = 0; limit <= text.size() * 6; ++limit) {
            const OutputCut::Part part = OutputCut::text(whole(text), limit);
            QVERIFY(OutputCut::escapedSize(part.bytes) <= limit);
            QVERIFY(part.bytes.isValidUtf8());
            QCOMPARE(part.isWhole, part.bytes == text);
            QVERIFY(OutputCut::binary(whole(text), limit).bytes.size() <= limit);
            const QByteArrayView beginning = OutputCut::beginning(text, limit);
            QVERIFY(OutputCut::escapedSize(beginning) <= limit);
            QVERIFY(text.startsWith(beginning) && beginning.isValidUtf8());
        }
    }

    void cutsBytesAsTheyAre()
    {
        const QByteArray bytes("\x00\xFF\x01\xFE\x02\xFD", 6);
        QCOMPARE(OutputCut::binary(whole(bytes), 6).bytes, bytes);
        QVERIFY(OutputCut::binary(whole(bytes), 6).isWhole);
        QCOMPARE(OutputCut::binary(whole(bytes), 4).bytes, QByteArray("\x00\xFF\x02\xFD", 4));
        QVERIFY(!OutputCut::binary(whole(bytes), 4).isWhole);
        QCOMPARE(OutputCut::binary(whole(bytes), 0).bytes, "");
        QCOMPARE(OutputCut::binary(whole(bytes), -1).bytes, "");
        QCOMPARE(OutputCut::binary(ends("abc", "xyz", 9), 100).bytes, "abcxyz");
        QVERIFY(!OutputCut::binary(ends("abc", "xyz", 9), 100).isWhole);
        QCOMPARE(OutputCut::binary(ends("abc", "xyz", 9), 2).bytes, "az");
    }

    void leavesOutHalfCharacters_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("withoutEnd");
        QTest::addColumn<QByteArray>("withoutBegin");
        const auto row = [](const char *tag, const char *text, const char *withoutEnd,
                            const char *withoutBegin) {
            QTest::newRow(tag) << QByteArray(text) << QByteArray(withoutEnd)
                               << QByteArray(withoutBegin);
        };
        row("empty", "", "", "");
        row("ASCII", "abc", "abc", "abc");
        row("whole characters", "\xC3\xA4\xC3\xA4", "\xC3\xA4\xC3\xA4", "\xC3\xA4\xC3\xA4");
        row("1 of 2", "a\xC3", "a", "a\xC3");
        row("1 of 3", "a\xE2", "a", "a\xE2");
        row("2 of 3", "a\xE2\x82", "a", "a\xE2\x82");
        row("3 of 4", "a\xF0\x9F\x98", "a", "a\xF0\x9F\x98");
        row("4 of 4", "a\xF0\x9F\x98\x80", "a\xF0\x9F\x98\x80", "a\xF0\x9F\x98\x80");
        row("only a half", "\xF0\x9F", "", "\xF0\x9F");
        row("the last of 2", "\xA4z", "\xA4z", "z");
        row("the last 3 of 4", "\x9F\x98\x80z", "\x9F\x98\x80z", "z");
        // More than a character can have: binary, not halves.
        row("4 continuations", "\x80\x80\x80\x80", "\x80\x80\x80\x80", "\x80");
    }
    void leavesOutHalfCharacters()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, withoutEnd);
        QFETCH(QByteArray, withoutBegin);
        QCOMPARE(OutputCut::withoutHalfEnd(text).toByteArray(), withoutEnd);
        QCOMPARE(OutputCut::withoutHalfBegin(text).toByteArray(), withoutBegin);
    }
};

QTEST_GUILESS_MAIN(OutputCutTest)
#include "tst_outputcut.moc"
