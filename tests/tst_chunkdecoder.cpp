// SPDX-License-Identifier: Apache-2.0
#include "chunkdecoder.h"

#include "splits.h"

#include <QTest>

using namespace Qt::StringLiterals;

using Error = ChunkDecoder::Error;
using ZeroChunk = ChunkDecoder::ZeroChunk;
using Chunks = QList<QByteArray>;

namespace {

struct Decoding
{
    Chunks chunks;
    Error error = Error::None;
    bool hasEnded = false;
    bool isBetweenChunks = false;

    bool operator==(const Decoding &) const = default;
};

Decoding decode(const QList<QByteArray> &pieces, ZeroChunk zeroChunk,
                const ChunkDecoder::Limits &limits)
{
    ChunkDecoder decoder(zeroChunk, limits);
    Decoding decoding;
    for (const QByteArray &piece : pieces)
        decoding.chunks += decoder.feed(piece);
    decoding.error = decoder.error();
    decoding.hasEnded = decoder.hasEnded();
    decoding.isBetweenChunks = decoder.isBetweenChunks();
    return decoding;
}

// As decoded from the whole, after making sure that no split gives anything else.
Decoding decodeInAllSplits(const QByteArray &stream, ZeroChunk zeroChunk = ZeroChunk::EndsStream,
                           const ChunkDecoder::Limits &limits = {})
{
    Decoding whole = decode({stream}, zeroChunk, limits);
    const QList<QList<QByteArray>> splits = splitsOf(stream);
    for (const QList<QByteArray> &pieces : splits) {
        if (decode(pieces, zeroChunk, limits) != whole) {
            QTest::qFail(qPrintable(u"differs after %1 bytes"_s.arg(pieces.constFirst().size())),
                         __FILE__, __LINE__);
            break;
        }
    }
    return whole;
}

} // namespace

class TestChunkDecoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decodesChunks_data();
    void decodesChunks();
    void PA_01_refusesSizesThatAreNoHex_data();
    void PA_01_refusesSizesThatAreNoHex();
    void PA_02_refusesSizesBeyondTheLimit_data();
    void PA_02_refusesSizesBeyondTheLimit();
    void PA_02_refusesBeforeTheFirstByteOfData();
    void PA_03_takesEightDigitsAtTheMost();
    void PA_04_refusesBareLineEnds_data();
    void PA_04_refusesBareLineEnds();
    void PA_05_ignoresExtensions_data();
    void PA_05_ignoresExtensions();
    void PA_05_refusesMalformedExtensions_data();
    void PA_05_refusesMalformedExtensions();
    void PA_05_refusesLongExtensions();
    void PA_06_refusesDataBeyondTheSize();
    void PA_07_endsWithAChunkOfSizeZero_data();
    void PA_07_endsWithAChunkOfSizeZero();
    void PA_08_ignoresTrailers_data();
    void PA_08_ignoresTrailers();
    void PA_08_refusesBadTrailers_data();
    void PA_08_refusesBadTrailers();
    void PA_15_deliversEachChunkWithItsLastByte();
    void PA_18_passesEveryByteThrough();
    void PA_19_deliversNothingOfAnUnfinishedChunk();
    void takesAZeroChunkAsAMessageForAServer();
    void dropsEverythingAfterAFault();
    void keepsOtherLimits();
    void explainsEveryError_data();
    void explainsEveryError();
};

void TestChunkDecoder::decodesChunks_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<Chunks>("chunks");
    QTest::addColumn<bool>("isBetweenChunks");

    const QByteArray attached = R"({"msg":"200","heartbeat":60,"timestamp":1700000000})";
    QTest::newRow("nothing") << QByteArray() << Chunks() << true;
    QTest::newRow("attach reply") << "33\r\n" + attached + "\r\n" << Chunks{attached} << true;
    QTest::newRow("two") << "5\r\nhello\r\n1\r\n!\r\n"_ba << Chunks{"hello", "!"} << true;
    QTest::newRow("upper case") << "A\r\n0123456789\r\n"_ba << Chunks{"0123456789"} << true;
    QTest::newRow("lower case") << "a\r\n0123456789\r\n"_ba << Chunks{"0123456789"} << true;
    QTest::newRow("line ends inside") << "4\r\n\r\n\r\n\r\n"_ba << Chunks{"\r\n\r\n"} << true;
    QTest::newRow("a chunk inside")
        << "a\r\n5\r\nhello\r\n\r\n"_ba << Chunks{"5\r\nhello\r\n"} << true;
    QTest::newRow("begun size") << "1\r\na\r\n2"_ba << Chunks{"a"} << false;
    QTest::newRow("size without its end") << "1\r"_ba << Chunks() << false;
    QTest::newRow("data to come") << "1\r\n"_ba << Chunks() << false;
    QTest::newRow("end to come") << "1\r\na\r"_ba << Chunks() << false;
    QTest::newRow("200 kB") << "30d40\r\n" + QByteArray(200000, 'x') + "\r\n"
                            << Chunks{QByteArray(200000, 'x')} << true;
}

void TestChunkDecoder::decodesChunks()
{
    QFETCH(QByteArray, stream);
    const Decoding decoding = decodeInAllSplits(stream);
    QCOMPARE(decoding.error, Error::None);
    QVERIFY(!decoding.hasEnded);
    QTEST(decoding.chunks, "chunks");
    QTEST(decoding.isBetweenChunks, "isBetweenChunks");
}

void TestChunkDecoder::PA_01_refusesSizesThatAreNoHex_data()
{
    QTest::addColumn<QByteArray>("size");

    const QList<QByteArray> sizes = {"G1",
                                     "",
                                     "-5",
                                     "+5",
                                     "0x5",
                                     " 5",
                                     "\t5",
                                     "5 ",
                                     "5\t",
                                     "5 5",
                                     "5x",
                                     "5=b",
                                     "5 =b",
                                     "5,",
                                     "5.",
                                     "5_",
                                     "\xef\xbc\x95",
                                     ";a=b",
                                     "5 a=b",
                                     QByteArray("\0", 1),
                                     QByteArray("5\0", 2),
                                     "5\x0b",
                                     "5\xa0"};
    for (const QByteArray &size : sizes)
        QTest::addRow("'%s'", size.toPercentEncoding().constData()) << size;
}

void TestChunkDecoder::PA_01_refusesSizesThatAreNoHex()
{
    QFETCH(QByteArray, size);
    const Decoding decoding = decodeInAllSplits("1\r\na\r\n" + size + "\r\nhello\r\n");
    QCOMPARE(decoding.error, Error::BadSize);
    QCOMPARE(decoding.chunks, Chunks{"a"});
    QVERIFY(!decoding.isBetweenChunks);
}

void TestChunkDecoder::PA_02_refusesSizesBeyondTheLimit_data()
{
    QTest::addColumn<QByteArray>("size");
    QTest::addColumn<Error>("error");

    QTest::newRow("17 digits") << "12345678123456789"_ba << Error::SizeTooLong;
    QTest::newRow("16 digits") << "FFFFFFFFFFFFFFFF"_ba << Error::SizeTooLong;
    QTest::newRow("2 GiB") << "80000000"_ba << Error::TooLarge;
    QTest::newRow("4 GiB - 1") << "ffffffff"_ba << Error::TooLarge;
    QTest::newRow("1 MiB + 1") << "100001"_ba << Error::TooLarge;
    QTest::newRow("1 MiB + 1 with extension") << "100001;a"_ba << Error::TooLarge;
}

void TestChunkDecoder::PA_02_refusesSizesBeyondTheLimit()
{
    QFETCH(QByteArray, size);
    QFETCH(Error, error);
    const Decoding decoding = decodeInAllSplits(size + "\r\nhello\r\n");
    QCOMPARE(decoding.error, error);
    QCOMPARE(decoding.chunks, Chunks());
}

void TestChunkDecoder::PA_02_refusesBeforeTheFirstByteOfData()
{
    ChunkDecoder decoder;
    QCOMPARE(decoder.feed("100001\r"), Chunks());
    QCOMPARE(decoder.error(), Error::TooLarge);

    ChunkDecoder largest;
    QCOMPARE(largest.feed("100000\r\n"), Chunks());
    QCOMPARE(largest.error(), Error::None);
    const QByteArray data(1048576, 'm');
    QCOMPARE(largest.feed(data + "\r\n"), Chunks{data});
}

void TestChunkDecoder::PA_03_takesEightDigitsAtTheMost()
{
    QCOMPARE(decodeInAllSplits("00000005\r\nhello\r\n").chunks, Chunks{"hello"});
    const Decoding nine = decodeInAllSplits("000000005\r\nhello\r\n");
    QCOMPARE(nine.error, Error::SizeTooLong);
    QCOMPARE(nine.chunks, Chunks());
    QCOMPARE(decodeInAllSplits("000000000\r\n\r\n").error, Error::SizeTooLong);
}

void TestChunkDecoder::PA_04_refusesBareLineEnds_data()
{
    QTest::addColumn<QByteArray>("stream");

    QTest::newRow("LF after the size") << "5\nhello\r\n"_ba;
    QTest::newRow("LF after the data") << "5\r\nhello\n"_ba;
    QTest::newRow("LF only") << "5\nhello\n0\n\n"_ba;
    QTest::newRow("CR after the size") << "5\rhello\r\n"_ba;
    QTest::newRow("CR CR LF after the size") << "5\r\r\nhello\r\n"_ba;
    QTest::newRow("CR after the data") << "5\r\nhello\r1\r\n"_ba;
    QTest::newRow("LF after an extension") << "5;a=b\nhello\r\n"_ba;
    QTest::newRow("CR after an extension") << "5;a=b\rhello\r\n"_ba;
    QTest::newRow("LF in a quoted string") << "5;a=\"\n\"\r\nhello\r\n"_ba;
    QTest::newRow("LF after the last size") << "0\n\r\n"_ba;
    QTest::newRow("LF as the end") << "0\r\n\n"_ba;
    QTest::newRow("CR as the end") << "0\r\n\rx"_ba;
    QTest::newRow("LF after a trailer") << "0\r\nA: b\n\r\n"_ba;
}

void TestChunkDecoder::PA_04_refusesBareLineEnds()
{
    QFETCH(QByteArray, stream);
    const Decoding decoding = decodeInAllSplits(stream);
    QCOMPARE(decoding.error, Error::BadLineEnd);
    QCOMPARE(decoding.chunks, Chunks());
    QVERIFY(!decoding.hasEnded);
}

void TestChunkDecoder::PA_05_ignoresExtensions_data()
{
    QTest::addColumn<QByteArray>("extension");

    const QList<QByteArray> extensions = {";name=value",
                                          ";q=\"a b\"",
                                          ";a",
                                          ";a;b;c=d",
                                          " ;a",
                                          "\t ; a = b ; c = \"d\" ;e",
                                          ";a=\"\"",
                                          ";a=\";\"",
                                          R"(;a="\"\\")",
                                          ";a=\"\\\t\xff\"",
                                          ";!#$%&'*+-.^_`|~=0",
                                          ";a=\"x\" ;b",
                                          ";a ;b"};
    for (const QByteArray &extension : extensions)
        QTest::addRow("'%s'", extension.toPercentEncoding().constData()) << extension;
    QTest::newRow("256 bytes") << ";a=" + QByteArray(253, 'v');
    QTest::newRow("256 bytes, blanks and all")
        << QByteArray(200, ' ') + ";a=" + QByteArray(53, 'v');
}

void TestChunkDecoder::PA_05_ignoresExtensions()
{
    QFETCH(QByteArray, extension);
    const Decoding decoding =
        decodeInAllSplits("5" + extension + "\r\nhello\r\n0" + extension + "\r\n\r\n");
    QCOMPARE(decoding.error, Error::None);
    QCOMPARE(decoding.chunks, Chunks{"hello"});
    QVERIFY(decoding.hasEnded);
}

void TestChunkDecoder::PA_05_refusesMalformedExtensions_data()
{
    QTest::addColumn<QByteArray>("extension");

    const QList<QByteArray> extensions = {";",           ";;a",        "; ",
                                          ";a;",         ";=b",        ";a=",
                                          ";a= ",        ";a ",        ";a=b ",
                                          ";a=\"b\" ",   ";a=\"b",     ";a=\"b\\",
                                          ";a=\"b\\\"",  ";a=\"b\"c",  ";a=b\"c\"",
                                          ";a b",        ";a=b c",     ";a==b",
                                          ";a=b=c",      ";a=\"b\"=c", ";a=b =c",
                                          ";a=\"b\" =c", ";a,b",       ";(a)",
                                          ";a=\"\x01\"", ";a=\x7f",    QByteArray(";a\0b", 4),
                                          ";\xc3\xbc"};
    for (const QByteArray &extension : extensions)
        QTest::addRow("'%s'", extension.toPercentEncoding().constData()) << extension;
}

void TestChunkDecoder::PA_05_refusesMalformedExtensions()
{
    QFETCH(QByteArray, extension);
    const Decoding decoding = decodeInAllSplits("5" + extension + "\r\nhello\r\n");
    QCOMPARE(decoding.error, Error::BadExtension);
    QCOMPARE(decoding.chunks, Chunks());
}

void TestChunkDecoder::PA_05_refusesLongExtensions()
{
    QCOMPARE(decodeInAllSplits("5;a=" + QByteArray(254, 'v') + "\r\nhello\r\n").error,
             Error::ExtensionTooLong);
    QCOMPARE(decodeInAllSplits("5" + QByteArray(257, ' ')).error, Error::ExtensionTooLong);
    // The count begins anew with each chunk, and so does the grammar.
    const QByteArray chunk = "1;a=" + QByteArray(253, 'v') + "\r\nx\r\n";
    QCOMPARE(decodeInAllSplits(chunk.repeated(3)).chunks, Chunks({"x", "x", "x"}));
    QCOMPARE(decodeInAllSplits("1;a\r\nx\r\n1 \r\nx\r\n").error, Error::BadSize);
    QCOMPARE(decodeInAllSplits("1;a\r\nx\r\n1=b\r\nx\r\n").error, Error::BadSize);
}

void TestChunkDecoder::PA_06_refusesDataBeyondTheSize()
{
    const Decoding decoding = decodeInAllSplits("2\r\nok\r\n5\r\nhello!\r\n1\r\nx\r\n");
    QCOMPARE(decoding.error, Error::MissingDataEnd);
    QCOMPARE(decoding.chunks, Chunks{"ok"});
}

void TestChunkDecoder::PA_07_endsWithAChunkOfSizeZero_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<Chunks>("chunks");
    QTest::addColumn<bool>("hasEnded");

    QTest::newRow("at once") << "0\r\n\r\n"_ba << Chunks() << true;
    QTest::newRow("many zeros") << "00000000\r\n\r\n"_ba << Chunks() << true;
    QTest::newRow("after a chunk") << "1\r\na\r\n0\r\n\r\n"_ba << Chunks{"a"} << true;
    QTest::newRow("nothing after it counts") << "0\r\n\r\n1\r\na\r\nG1"_ba << Chunks() << true;
    QTest::newRow("end to come") << "0\r\n"_ba << Chunks() << false;
    QTest::newRow("half an end") << "0\r\n\r"_ba << Chunks() << false;
}

void TestChunkDecoder::PA_07_endsWithAChunkOfSizeZero()
{
    QFETCH(QByteArray, stream);
    QFETCH(bool, hasEnded);
    const Decoding decoding = decodeInAllSplits(stream);
    QCOMPARE(decoding.error, Error::None);
    QTEST(decoding.chunks, "chunks");
    QCOMPARE(decoding.hasEnded, hasEnded);
    QCOMPARE(decoding.isBetweenChunks, hasEnded);
}

void TestChunkDecoder::PA_08_ignoresTrailers_data()
{
    QTest::addColumn<QByteArray>("trailer");

    QTest::newRow("one") << "A: b\r\n"_ba;
    QTest::newRow("several") << "A: b\r\nC:\r\nD: \xff\t e\r\n"_ba;
    QTest::newRow("4 KiB") << "A: " + QByteArray(4091, 'a') + "\r\n";
    QTest::newRow("4 KiB in lines") << QByteArray("A: bcd\r\n").repeated(512);
}

void TestChunkDecoder::PA_08_ignoresTrailers()
{
    QFETCH(QByteArray, trailer);
    const Decoding decoding = decodeInAllSplits("1\r\na\r\n0\r\n" + trailer + "\r\n");
    QCOMPARE(decoding.error, Error::None);
    QCOMPARE(decoding.chunks, Chunks{"a"});
    QVERIFY(decoding.hasEnded);
}

void TestChunkDecoder::PA_08_refusesBadTrailers_data()
{
    QTest::addColumn<QByteArray>("trailer");
    QTest::addColumn<Error>("error");

    QTest::newRow("4 KiB + 1") << "A: " + QByteArray(4092, 'a') + "\r\n" << Error::TrailerTooLong;
    QTest::newRow("4 KiB + 1 in lines") << QByteArray("A: bcd\r\n").repeated(511) + "A: bcde\r\n"
                                        << Error::TrailerTooLong;
    QTest::newRow("endless") << QByteArray(10000, 'a') << Error::TrailerTooLong;
    QTest::newRow("NUL") << QByteArray("A: b\0\r\n", 7) << Error::BadTrailer;
    QTest::newRow("folded") << "A: b\r\n c\r\n"_ba << Error::BadTrailer;
    QTest::newRow("folded at once") << "\tA: b\r\n"_ba << Error::BadTrailer;
    QTest::newRow("no colon") << "hello\r\n"_ba << Error::BadTrailer;
    QTest::newRow("blank before the colon") << "A : b\r\n"_ba << Error::BadTrailer;
    QTest::newRow("a chunk") << "5\r\nhello\r\n"_ba << Error::BadTrailer;
}

void TestChunkDecoder::PA_08_refusesBadTrailers()
{
    QFETCH(QByteArray, trailer);
    const Decoding decoding = decodeInAllSplits("1\r\na\r\n0\r\n" + trailer + "\r\n");
    QTEST(decoding.error, "error");
    QCOMPARE(decoding.chunks, Chunks{"a"});
    QVERIFY(!decoding.hasEnded);
}

void TestChunkDecoder::PA_15_deliversEachChunkWithItsLastByte()
{
    ChunkDecoder decoder;
    QCOMPARE(decoder.feed("3\r\nabc\r"), Chunks());
    QVERIFY(!decoder.isBetweenChunks());
    QCOMPARE(decoder.feed("\n"), Chunks{"abc"});
    QVERIFY(decoder.isBetweenChunks());
    QCOMPARE(decoder.feed("1\r\nd\r\n1\r\ne\r\n2\r\nf"), Chunks({"d", "e"}));
    QCOMPARE(decoder.feed("g\r\n"), Chunks{"fg"});
    QCOMPARE(decoder.feed({}), Chunks());
}

void TestChunkDecoder::PA_18_passesEveryByteThrough()
{
    QByteArray all;
    for (int byte = 0; byte < 256; ++byte)
        all.append(static_cast<char>(byte));
    const Decoding decoding =
        decodeInAllSplits("100\r\n" + all + "\r\n1\r\n\x06\r\n2\r\n\x07x\r\n");
    QCOMPARE(decoding.chunks, Chunks({all, "\x06", "\x07x"}));
}

void TestChunkDecoder::PA_19_deliversNothingOfAnUnfinishedChunk()
{
    const Decoding decoding = decodeInAllSplits("10\r\n{\"cmd\":\"ls -l\"}");
    QCOMPARE(decoding.error, Error::None);
    QCOMPARE(decoding.chunks, Chunks());
    QVERIFY(!decoding.isBetweenChunks);
    QCOMPARE(decodeInAllSplits("f\r\n{\"cmd\":\"ls -l\"}").chunks, Chunks());
    QCOMPARE(decodeInAllSplits("f\r\n{\"cmd\":\"ls -l\"}\r").chunks, Chunks());
    QCOMPARE(decodeInAllSplits("f\r\n{\"cmd\":\"ls -l\"}\r\n").chunks,
             Chunks{R"({"cmd":"ls -l"})"});
}

void TestChunkDecoder::takesAZeroChunkAsAMessageForAServer()
{
    const auto zero = ZeroChunk::IsMessage;
    const Decoding decoding = decodeInAllSplits("1\r\na\r\n0\r\n\r\n1\r\nb\r\n0;x\r\n\r\n", zero);
    QCOMPARE(decoding.error, Error::None);
    QCOMPARE(decoding.chunks, Chunks({"a", "", "b", ""}));
    QVERIFY(!decoding.hasEnded);
    QVERIFY(decoding.isBetweenChunks);

    const Decoding trailer = decodeInAllSplits("0\r\nA: b\r\n\r\n", zero);
    QCOMPARE(trailer.error, Error::MissingDataEnd);
    QCOMPARE(trailer.chunks, Chunks());
}

void TestChunkDecoder::dropsEverythingAfterAFault()
{
    ChunkDecoder decoder;
    QCOMPARE(decoder.feed("1\r\na\r\nx1\r\nb\r\n"), Chunks{"a"});
    QCOMPARE(decoder.feed("1\r\nc\r\n"), Chunks());
    QCOMPARE(decoder.error(), Error::BadSize);
    QVERIFY(!decoder.hasEnded());
}

void TestChunkDecoder::keepsOtherLimits()
{
    const ChunkDecoder::Limits limits{.chunk = 4, .extension = 2, .trailer = 6};
    const auto ends = ZeroChunk::EndsStream;
    QCOMPARE(decodeInAllSplits("4;a\r\nabcd\r\n0\r\nA: b\r\n\r\n", ends, limits).hasEnded, true);
    QCOMPARE(decodeInAllSplits("5\r\nabcde\r\n", ends, limits).error, Error::TooLarge);
    QCOMPARE(decodeInAllSplits("4;ab\r\nabcd\r\n", ends, limits).error, Error::ExtensionTooLong);
    QCOMPARE(decodeInAllSplits("0\r\nA: bc\r\n\r\n", ends, limits).error, Error::TrailerTooLong);
    QCOMPARE(decodeInAllSplits("100001\r\n", ends, {.chunk = 1048577}).error, Error::None);
}

void TestChunkDecoder::explainsEveryError_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QString>("words");

    QTest::newRow("no fault") << "1\r\na\r\n"_ba << QString();
    QTest::newRow("size") << "x"_ba << u"no hexadecimal number"_s;
    QTest::newRow("digits") << "000000000"_ba << u"8 digits"_s;
    QTest::newRow("large") << "100001\r\n"_ba << u"1048576"_s;
    QTest::newRow("extension") << "1;;"_ba << u"extension"_s;
    QTest::newRow("long extension") << "1;" + QByteArray(256, 'a') << u"256"_s;
    QTest::newRow("line end") << "1\n"_ba << u"CR LF"_s;
    QTest::newRow("data") << "1\r\nab"_ba << u"longer than"_s;
    QTest::newRow("trailer") << "0\r\nx\r\n"_ba << u"malformed trailer"_s;
    QTest::newRow("long trailer") << "0\r\n" + QByteArray(5000, 'a') << u"4096"_s;
}

void TestChunkDecoder::explainsEveryError()
{
    QFETCH(QByteArray, stream);
    QFETCH(QString, words);
    ChunkDecoder decoder;
    QVERIFY(decoder.feed(stream).size() <= 1);
    QCOMPARE(decoder.errorString().isEmpty(), words.isEmpty());
    QVERIFY2(decoder.errorString().contains(words), qPrintable(decoder.errorString()));
}

QTEST_GUILESS_MAIN(TestChunkDecoder)
#include "tst_chunkdecoder.moc"
