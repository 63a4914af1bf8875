// SPDX-License-Identifier: Apache-2.0
#include "responsehead.h"

#include "splits.h"

#include <QTest>

using namespace Qt::StringLiterals;

using Body = ResponseHead::Body;
using Error = ResponseHead::Error;

namespace {

// All that a head has to say, to compare one way of feeding with another.
struct Reading
{
    qsizetype taken = 0;
    bool isComplete = false;
    Error error = Error::None;
    int statusCode = 0;
    QByteArray reason;
    QByteArray fields;
    Body body = Body::None;

    bool operator==(const Reading &) const = default;
};

Reading read(const QList<QByteArray> &pieces)
{
    ResponseHead head;
    Reading reading;
    for (const QByteArray &piece : pieces)
        reading.taken += head.feed(piece);
    reading.isComplete = head.isComplete();
    reading.error = head.error();
    reading.statusCode = head.statusCode();
    reading.reason = head.reason();
    for (const ResponseHead::Field &field : head.fields())
        reading.fields += field.name + '=' + field.value + '\n';
    reading.body = head.body();
    return reading;
}

// As read of the whole, after making sure that no split gives anything else.
Reading readInAllSplits(const QByteArray &stream)
{
    Reading whole = read({stream});
    const QList<QList<QByteArray>> splits = splitsOf(stream);
    for (const QList<QByteArray> &pieces : splits) {
        if (read(pieces) != whole) {
            QTest::qFail(qPrintable(u"differs after %1 bytes"_s.arg(pieces.constFirst().size())),
                         __FILE__, __LINE__);
            break;
        }
    }
    return whole;
}

QByteArray ok(const QByteArray &fields)
{
    return "HTTP/1.1 200 OK\r\n" + fields + "\r\n";
}

} // namespace

class TestResponseHead : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheAttachReplyOfTheProtocol();
    void readsHeads_data();
    void readsHeads();
    void leavesTheBodyWhereItIs();
    void findsFieldsWhateverTheirCase();
    void PA_04_refusesBareLineEnds_data();
    void PA_04_refusesBareLineEnds();
    void PA_09_keepsItsLimits_data();
    void PA_09_keepsItsLimits();
    void PA_10_refusesOtherStatusLines_data();
    void PA_10_refusesOtherStatusLines();
    void PA_10_refusesAtTheFirstWrongByte();
    void PA_11_skipsInterimAnswers_data();
    void PA_11_skipsInterimAnswers();
    void PA_14_saysHowTheBodyIsFramed_data();
    void PA_14_saysHowTheBodyIsFramed();
    void refusesMalformedFields_data();
    void refusesMalformedFields();
    void explainsEveryError_data();
    void explainsEveryError();
};

void TestResponseHead::readsTheAttachReplyOfTheProtocol()
{
    const QByteArray stream = "HTTP/1.1 200 OK\r\n"
                              "Content-Type: application/json\r\n"
                              "Transfer-Encoding: chunked\r\n"
                              "\r\n";
    const Reading head = readInAllSplits(stream);
    QVERIFY(head.isComplete);
    QCOMPARE(head.error, Error::None);
    QCOMPARE(head.taken, stream.size());
    QCOMPARE(head.statusCode, 200);
    QCOMPARE(head.reason, "OK"_ba);
    QCOMPARE(head.fields, "content-type=application/json\ntransfer-encoding=chunked\n"_ba);
    QCOMPARE(head.body, Body::Chunked);
}

void TestResponseHead::readsHeads_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<QByteArray>("fields");

    QTest::newRow("no field") << "HTTP/1.1 409 Conflict\r\n\r\n"_ba << 409 << "Conflict"_ba
                              << ""_ba;
    QTest::newRow("empty reason") << "HTTP/1.1 200 \r\n\r\n"_ba << 200 << ""_ba
                                  << ""_ba;
    QTest::newRow("free reason") << "HTTP/1.1 599 a  \t\xfc b\r\n\r\n"_ba << 599 << "a  \t\xfc b"_ba
                                 << ""_ba;
    QTest::newRow("digits as reason") << "HTTP/1.1 200 200\r\n\r\n"_ba << 200 << "200"_ba
                                      << ""_ba;
    QTest::newRow("no blank, many blanks") << ok("A:b\r\nC: \t d e\t \r\n") << 200 << "OK"_ba
                                           << "a=b\nc=d e\n"_ba;
    QTest::newRow("empty values") << ok("A:\r\nB: \t\r\n") << 200 << "OK"_ba
                                  << "a=\nb=\n"_ba;
    QTest::newRow("colons in a value") << ok("Date: 12:00:01\r\n") << 200 << "OK"_ba
                                       << "date=12:00:01\n"_ba;
    QTest::newRow("all token signs") << ok("!#$%&'*+-.^_`|~09azAZ: \xff\r\n") << 200 << "OK"_ba
                                     << "!#$%&'*+-.^_`|~09azaz=\xff\n"_ba;
    QTest::newRow("a name twice") << ok("A: 1\r\na: 2\r\n") << 200 << "OK"_ba
                                  << "a=1\na=2\n"_ba;
}

void TestResponseHead::readsHeads()
{
    QFETCH(QByteArray, stream);
    const Reading head = readInAllSplits(stream);
    QVERIFY(head.isComplete);
    QCOMPARE(head.error, Error::None);
    QTEST(head.statusCode, "status");
    QTEST(head.reason, "reason");
    QTEST(head.fields, "fields");
}

void TestResponseHead::leavesTheBodyWhereItIs()
{
    const QByteArray head = ok("Transfer-Encoding: chunked\r\n");
    const Reading reading = readInAllSplits(head + "5\r\nhello\r\n");
    QVERIFY(reading.isComplete);
    QCOMPARE(reading.taken, head.size());
    QCOMPARE(readInAllSplits(head.chopped(1)).isComplete, false);
}

void TestResponseHead::findsFieldsWhateverTheirCase()
{
    ResponseHead head;
    QVERIFY(head.feed(ok("RETRY-after: 7\r\nretry-AFTER: 8\r\nContent-Length: 00042\r\n")) > 0);
    QVERIFY(head.isComplete());
    QCOMPARE(head.value("Retry-After"), "7"_ba);
    QCOMPARE(head.value("retry-after"), "7"_ba);
    QCOMPARE(head.value("Retry"), QByteArray());
    QCOMPARE(head.contentLength(), 42);
}

void TestResponseHead::PA_04_refusesBareLineEnds_data()
{
    QTest::addColumn<QByteArray>("stream");

    QTest::newRow("LF only") << "HTTP/1.1 200 OK\nA: b\n\n"_ba;
    QTest::newRow("LF after a field") << "HTTP/1.1 200 OK\r\nA: b\n\r\n"_ba;
    QTest::newRow("LF at the end") << "HTTP/1.1 200 OK\r\nA: b\r\n\n"_ba;
    QTest::newRow("CR in the reason") << "HTTP/1.1 200 O\rK\r\n\r\n"_ba;
    QTest::newRow("CR in a value") << "HTTP/1.1 200 OK\r\nA: b\rc\r\n\r\n"_ba;
    QTest::newRow("CR CR LF") << "HTTP/1.1 200 OK\r\r\n\r\n"_ba;
    QTest::newRow("CR at the end") << "HTTP/1.1 200 OK\r\n\rx"_ba;
    QTest::newRow("LF first") << "\nHTTP/1.1 200 OK\r\n\r\n"_ba;
}

void TestResponseHead::PA_04_refusesBareLineEnds()
{
    QFETCH(QByteArray, stream);
    const Reading head = readInAllSplits(stream);
    QVERIFY(!head.isComplete);
    QCOMPARE(head.error, Error::BadLineEnd);
}

void TestResponseHead::PA_09_keepsItsLimits_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<Error>("error");

    const auto fields = [](int count) { return ok(QByteArray("A: b\r\n").repeated(count)); };
    const auto line = [](qsizetype size) { return "X: " + QByteArray(size - 3, 'x') + "\r\n"; };
    const auto head = [&line](qsizetype size) {
        const QByteArray two = line(8000) + line(8000);
        return ok(two + line(size - ok(two).size() - 2));
    };
    QCOMPARE(head(16384).size(), 16384);

    QTest::newRow("100 fields") << fields(100) << Error::None;
    QTest::newRow("101 fields") << fields(101) << Error::TooManyFields;
    QTest::newRow("line of 8 KiB") << ok(line(8192)) << Error::None;
    QTest::newRow("line of 8 KiB + 1") << ok(line(8193)) << Error::LineTooLong;
    QTest::newRow("head of 16 KiB") << head(16384) << Error::None;
    QTest::newRow("head of 16 KiB + 1") << head(16385) << Error::HeadTooLong;
    QTest::newRow("endless line") << QByteArray("HTTP/1.1 200 ") + QByteArray(20000, 'x')
                                  << Error::LineTooLong;
}

void TestResponseHead::PA_09_keepsItsLimits()
{
    QFETCH(QByteArray, stream);
    QFETCH(Error, error);
    const Reading head = readInAllSplits(stream);
    QCOMPARE(head.error, error);
    QCOMPARE(head.isComplete, error == Error::None);
}

void TestResponseHead::PA_10_refusesOtherStatusLines_data()
{
    QTest::addColumn<QByteArray>("line");

    QTest::newRow("HTTP/1.0") << "HTTP/1.0 200 OK"_ba;
    QTest::newRow("HTTP/2.0") << "HTTP/2.0 200 OK"_ba;
    QTest::newRow("HTTP/1.10") << "HTTP/1.10 200 OK"_ba;
    QTest::newRow("two blanks") << "HTTP/1.1  200 OK"_ba;
    QTest::newRow("two digits") << "HTTP/1.1 20"_ba;
    QTest::newRow("two digits and reason") << "HTTP/1.1 20 OK"_ba;
    QTest::newRow("four digits") << "HTTP/1.1 2000 OK"_ba;
    QTest::newRow("tab after the version") << "HTTP/1.1\t200 OK"_ba;
    QTest::newRow("tab after the code") << "HTTP/1.1 200\tOK"_ba;
    QTest::newRow("no blank after the code") << "HTTP/1.1 200"_ba;
    QTest::newRow("sign") << "HTTP/1.1 +20 OK"_ba;
    QTest::newRow("lower case") << "http/1.1 200 OK"_ba;
    QTest::newRow("leading blank") << " HTTP/1.1 200 OK"_ba;
    QTest::newRow("leading junk line") << "junk\r\nHTTP/1.1 200 OK"_ba;
    QTest::newRow("leading empty line") << "\r\nHTTP/1.1 200 OK"_ba;
    QTest::newRow("NUL in the reason") << QByteArray("HTTP/1.1 200 O\0K", 16);
    QTest::newRow("escape in the reason") << "HTTP/1.1 200 \x1b[2J"_ba;
    QTest::newRow("DEL in the reason") << "HTTP/1.1 200 \x7f"_ba;
    QTest::newRow("status 099") << "HTTP/1.1 099 x"_ba;
    QTest::newRow("status 600") << "HTTP/1.1 600 x"_ba;
    QTest::newRow("SSH") << "SSH-2.0-OpenSSH_9.2"_ba;
    QTest::newRow("TLS alert") << "\x15\x03\x01\x02\x02\x28"_ba;
}

void TestResponseHead::PA_10_refusesOtherStatusLines()
{
    QFETCH(QByteArray, line);
    const Reading head = readInAllSplits(line + "\r\nTransfer-Encoding: chunked\r\n\r\n");
    QVERIFY(!head.isComplete);
    QCOMPARE(head.error, Error::BadStatusLine);
}

void TestResponseHead::PA_10_refusesAtTheFirstWrongByte()
{
    ResponseHead head;
    QCOMPARE(head.feed("HTTP/1.1 2"), 10);
    QCOMPARE(head.error(), Error::None);
    QCOMPARE(head.feed("x"), 1);
    QCOMPARE(head.error(), Error::BadStatusLine);
    QCOMPARE(head.feed("00 OK\r\n\r\n"), 0);
    QVERIFY(!head.isComplete());
}

void TestResponseHead::PA_11_skipsInterimAnswers_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<Error>("error");

    const QByteArray interim = "HTTP/1.1 100 Continue\r\n\r\n";
    const QByteArray hints = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
    const QByteArray large = "HTTP/1.1 103 x\r\nA: " + QByteArray(8000, 'a')
        + "\r\nB: " + QByteArray(8000, 'b') + "\r\n\r\n";
    const QByteArray final = ok("A: b\r\n");
    QTest::newRow("100") << interim + final << Error::None;
    QTest::newRow("100 and 103") << interim + hints + final << Error::None;
    QTest::newRow("five") << interim.repeated(3) + hints.repeated(2) + final << Error::None;
    QTest::newRow("limits count for each head") << large + large + final << Error::None;
    QTest::newRow("six") << interim.repeated(6) + final << Error::TooManyInterim;
    QTest::newRow("101") << "HTTP/1.1 101 Switching Protocols\r\n\r\n" + final
                         << Error::SwitchingProtocols;
    QTest::newRow("101 after 100") << interim + "HTTP/1.1 101 Switching Protocols\r\n\r\n" + final
                                   << Error::SwitchingProtocols;
    QTest::newRow("malformed field in an interim")
        << "HTTP/1.1 100 x\r\nA b\r\n\r\n" + final << Error::BadField;
    QTest::newRow("junk after an interim") << interim + "\r\n" + final << Error::BadStatusLine;
}

void TestResponseHead::PA_11_skipsInterimAnswers()
{
    QFETCH(QByteArray, stream);
    QFETCH(Error, error);
    const Reading head = readInAllSplits(stream);
    QCOMPARE(head.error, error);
    QCOMPARE(head.isComplete, error == Error::None);
    if (error == Error::None) {
        QCOMPARE(head.statusCode, 200);
        QCOMPARE(head.fields, "a=b\n"_ba); // none of an interim answer
        QCOMPARE(head.taken, stream.size());
    }
}

void TestResponseHead::PA_14_saysHowTheBodyIsFramed_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<Body>("body");
    QTest::addColumn<qint64>("length");

    const auto add = [](const char *name, const QByteArray &fields, Body body, qint64 length = -1) {
        QTest::newRow(name) << ok(fields) << body << length;
    };
    const QByteArray chunked = "Transfer-Encoding: chunked\r\n";
    add("chunked", chunked, Body::Chunked);
    add("any case", "TRANSFER-ENCODING:  Chunked \r\n", Body::Chunked);
    add("length", "Content-Length: 21\r\n", Body::Length, 21);
    add("length 0", "Content-Length: 0\r\n", Body::Length, 0);
    add("18 digits", "Content-Length: 999999999999999999\r\n", Body::Length, 999999999999999999);
    add("the same length twice", "Content-Length: 5\r\ncontent-length: 5\r\n", Body::Length, 5);
    add("neither", "A: b\r\n", Body::UntilClose);
    add("identity", chunked + "Content-Encoding: Identity\r\n", Body::Chunked);
    add("both", chunked + "Content-Length: 5\r\n", Body::Invalid);
    add("both, length first", "Content-Length: 5\r\n" + chunked, Body::Invalid);
    add("chunked twice", chunked + chunked, Body::Invalid);
    add("gzip then chunked", "Transfer-Encoding: gzip\r\n" + chunked, Body::Invalid);
    add("chunked, gzip", "Transfer-Encoding: chunked, gzip\r\n", Body::Invalid);
    add("gzip, chunked", "Transfer-Encoding: gzip, chunked\r\n", Body::Invalid);
    add("chunkedchunked", "Transfer-Encoding: chunkedchunked\r\n", Body::Invalid);
    add("xchunked", "Transfer-Encoding: xchunked\r\n", Body::Invalid);
    add("chunked;q=1", "Transfer-Encoding: chunked;q=1\r\n", Body::Invalid);
    add("identity coding", "Transfer-Encoding: identity\r\n", Body::Invalid);
    add("empty coding", "Transfer-Encoding:\r\n", Body::Invalid);
    add("gzip content", chunked + "Content-Encoding: gzip\r\n", Body::Invalid);
    add("gzip content second", chunked + "Content-Encoding: identity\r\nContent-Encoding: br\r\n",
        Body::Invalid);
    add("two lengths", "Content-Length: 5\r\nContent-Length: 6\r\n", Body::Invalid);
    for (const char *length : {"", "-5", "+5", "5, 5", "0x5", "5 5", "5a", "1234567890123456789"})
        QTest::addRow("length '%s'", length)
            << ok(QByteArray("Content-Length: ") + length + "\r\n") << Body::Invalid << qint64(-1);
    QTest::newRow("204") << "HTTP/1.1 204 No Content\r\n\r\n"_ba << Body::None << qint64(-1);
    QTest::newRow("304") << "HTTP/1.1 304 x\r\nContent-Length: 5\r\n\r\n"_ba << Body::None
                         << qint64(-1);
}

void TestResponseHead::PA_14_saysHowTheBodyIsFramed()
{
    QFETCH(QByteArray, stream);
    ResponseHead head;
    QCOMPARE(head.feed(stream), stream.size());
    QVERIFY(head.isComplete());
    QTEST(head.body(), "body");
    QTEST(head.contentLength(), "length");
}

void TestResponseHead::refusesMalformedFields_data()
{
    QTest::addColumn<QByteArray>("line");

    QTest::newRow("no colon") << "Transfer-Encoding chunked"_ba;
    QTest::newRow("no name") << ": chunked"_ba;
    QTest::newRow("blank before the colon") << "Transfer-Encoding : chunked"_ba;
    QTest::newRow("tab before the colon") << "Transfer-Encoding\t: chunked"_ba;
    QTest::newRow("blank in the name") << "Transfer Encoding: chunked"_ba;
    QTest::newRow("folded") << "A: b\r\n c"_ba;
    QTest::newRow("folded by tab") << "A: b\r\n\tc: d"_ba;
    QTest::newRow("folded after the status line") << " A: b"_ba;
    QTest::newRow("NUL in a value") << QByteArray("A: b\0c", 6);
    QTest::newRow("NUL in a name") << QByteArray("A\0: b", 5);
    QTest::newRow("escape in a value") << "A: \x1b[2J"_ba;
    QTest::newRow("DEL in a value") << "A: \x7f"_ba;
    QTest::newRow("quote in a name") << "A\"B: c"_ba;
    QTest::newRow("name beyond ASCII") << "\xc3\xbc: c"_ba;
}

void TestResponseHead::refusesMalformedFields()
{
    QFETCH(QByteArray, line);
    const Reading head = readInAllSplits(ok(line + "\r\n"));
    QVERIFY(!head.isComplete);
    QCOMPARE(head.error, Error::BadField);
}

void TestResponseHead::explainsEveryError_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QString>("words");

    const QByteArray interim = "HTTP/1.1 100 x\r\n\r\n";
    QTest::newRow("no fault") << ok({}) << QString();
    QTest::newRow("status line") << "junk"_ba << u"HTTP/1.1"_s;
    QTest::newRow("field") << ok("A b\r\n") << u"malformed"_s;
    QTest::newRow("line end") << "HTTP/1.1 200 \n"_ba << u"CR LF"_s;
    QTest::newRow("line") << ok(QByteArray(9000, 'a')) << u"8192"_s;
    QTest::newRow("head") << ok(QByteArray("A: " + QByteArray(8000, 'a') + "\r\n").repeated(3))
                          << u"16384"_s;
    QTest::newRow("fields") << ok(QByteArray("A: b\r\n").repeated(101)) << u"100"_s;
    QTest::newRow("interim") << interim.repeated(6) << u"interim"_s;
    QTest::newRow("switching") << "HTTP/1.1 101 x\r\n"_ba << u"switch"_s;
}

void TestResponseHead::explainsEveryError()
{
    QFETCH(QByteArray, stream);
    QFETCH(QString, words);
    ResponseHead head;
    QVERIFY(head.feed(stream) > 0);
    QCOMPARE(head.errorString().isEmpty(), words.isEmpty());
    QVERIFY2(head.errorString().contains(words), qPrintable(head.errorString()));
}

QTEST_GUILESS_MAIN(TestResponseHead)
#include "tst_responsehead.moc"
