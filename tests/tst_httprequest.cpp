// SPDX-License-Identifier: Apache-2.0
#include "httprequest.h"
#include "splits.h"

#include <QTest>

using State = HttpRequest::State;

namespace {

const QByteArray Start = "POST /v1/applications/ops/devices/d1/send HTTP/1.1\r\nHost: h\r\n";

// Feeds pieces to one request; what it did not take.
QByteArray feedAll(HttpRequest *request, const QList<QByteArray> &pieces)
{
    QByteArray left;
    for (const QByteArray &piece : pieces) {
        left += piece;
        qsizetype taken = 0;
        do { // it stops once behind the head
            taken = request->feed(left);
            left = left.sliced(taken);
        } while (taken > 0 && !left.isEmpty());
    }
    return left;
}

int statusOf(const QByteArray &bytes)
{
    HttpRequest request;
    (void)feedAll(&request, {bytes});
    return request.state() == State::Refused ? request.errorStatus() : 0;
}

} // namespace

class HttpRequestTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAnAttachOfTheSdk_data();
    void readsAnAttachOfTheSdk();
    void readsTheTarget();
    void readsFields();
    void stopsBehindTheHead();
    void leavesTheNextRequest();
    void readsChunkedBodies();
    void P2_doesNotDependOnHowTheStreamIsSplit_data();
    void P2_doesNotDependOnHowTheStreamIsSplit();
    void refusesABadRequestLine_data();
    void refusesABadRequestLine();
    void refusesABadField_data();
    void refusesABadField();
    void refusesBodiesOfTwoLengths_data();
    void refusesBodiesOfTwoLengths();
    void refusesABadLength_data();
    void refusesABadLength();
    void refusesBadChunks_data();
    void refusesBadChunks();
    void refusesBareLineFeeds_data();
    void refusesBareLineFeeds();
    void wantsOneHost();
    void keepsToItsLimitsOfTheHead();
    void SV_03_keepsToItsLimitOfTheBody();
    void SV_03_refusesAChunkedBomb();
    void takesNothingOnceRefused();
    void tellsWhetherTheConnectionStays_data();
    void tellsWhetherTheConnectionStays();
    void knowsWhatIsExpected();
};

void HttpRequestTest::readsAnAttachOfTheSdk_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("C") << QByteArray(
        "POST /v1/applications/ops/devices/52540012AB34 HTTP/1.1\r\n"
        "Host: api.cometa.io\r\nContent-Length: 12\r\n\r\nLinux-device")
                       << QByteArray("Linux-device");
    QTest::newRow("Python") << QByteArray(
        "POST /v1/applications/ops/devices/52540012AB34 HTTP/1.1\r\n"
        "Host: api.cometa.io\r\nContent-Length:8\r\n\r\nstardust")
                            << QByteArray("stardust");
}

void HttpRequestTest::readsAnAttachOfTheSdk()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, body);
    HttpRequest request;
    QVERIFY(!request.hasStarted());
    QVERIFY(feedAll(&request, {bytes}).isEmpty());
    QCOMPARE(request.state(), State::Complete);
    QCOMPARE(request.method(), "POST");
    QCOMPARE(request.path(), QByteArrayView("/v1/applications/ops/devices/52540012AB34"));
    QCOMPARE(request.value("host"), "api.cometa.io");
    QCOMPARE(request.body(), body);
    QVERIFY(request.hasStarted());
    QVERIFY(request.keepsAlive());
    QVERIFY(!request.isHttp10());
}

void HttpRequestTest::readsTheTarget()
{
    HttpRequest request;
    (void)feedAll(&request, {"GET /v1/a%20b?since=3&x=?y HTTP/1.1\r\nHost: h\r\n\r\n"});
    QCOMPARE(request.state(), State::Complete);
    QCOMPARE(request.path(), QByteArrayView("/v1/a%20b")); // as it was sent
    QCOMPARE(request.query(), QByteArrayView("since=3&x=?y"));
    HttpRequest plain;
    (void)feedAll(&plain, {"\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n"}); // one empty line is forgiven
    QCOMPARE(plain.state(), State::Complete);
    QVERIFY(plain.query().isEmpty());
}

void HttpRequestTest::readsFields()
{
    HttpRequest request;
    (void)feedAll(&request, {"GET / HTTP/1.1\r\nHOST:\t h \r\nX: 1\r\nx: 2\r\nEmpty:\r\n\r\n"});
    QCOMPARE(request.state(), State::Complete);
    QCOMPARE(request.value("host"), "h");
    QCOMPARE(request.value("x"), "1");
    QCOMPARE(request.count("x"), 2);
    QCOMPARE(request.value("empty"), "");
    QCOMPARE(request.count("empty"), 1);
    QCOMPARE(request.count("y"), 0);
}

void HttpRequestTest::stopsBehindTheHead()
{
    HttpRequest request;
    const QByteArray head = Start + "Content-Length: 4\r\nExpect: 100-continue\r\n\r\n";
    QCOMPARE(request.feed(head + "body"), head.size());
    QCOMPARE(request.state(), State::Body);
    QVERIFY(request.expectsContinue());
    QCOMPARE(request.feed("body"), 4);
    QCOMPARE(request.state(), State::Complete);
}

void HttpRequestTest::leavesTheNextRequest()
{
    const QByteArray next = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    HttpRequest none;
    QCOMPARE(feedAll(&none, {next + next}), next);
    HttpRequest length;
    QCOMPARE(feedAll(&length, {Start + "Content-Length: 4\r\n\r\nbody" + next}), next);
    QCOMPARE(length.body(), "body");
    HttpRequest chunked;
    QCOMPARE(feedAll(&chunked,
                     {Start + "Transfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n" + next}),
             next);
    QCOMPARE(chunked.body(), "body");
    QCOMPARE(chunked.state(), State::Complete);
}

void HttpRequestTest::readsChunkedBodies()
{
    HttpRequest request;
    (void)feedAll(&request,
                  {Start
                   + "Transfer-Encoding: Chunked\r\n\r\n"
                     "3;x=\"y\"\r\na\r\n\r\n00000002\r\n\nb\r\n0\r\nTrailer: t\r\n\r\n"});
    QCOMPARE(request.state(), State::Complete);
    QCOMPARE(request.body(), "a\r\n\nb");
    QCOMPARE(request.count("trailer"), 0); // a trailer is no field of the head
}

void HttpRequestTest::P2_doesNotDependOnHowTheStreamIsSplit_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::newRow("length") << "\r\n" + Start + "Content-Length: 6\r\n\r\na\r\n\r\nbNEXT";
    QTest::newRow("chunked") << Start
            + "Transfer-Encoding: chunked\r\n\r\n3\r\na\r\n\r\n1;e\r\nb\r\n0\r\nT: t\r\n\r\nNEXT";
    QTest::newRow("bad field") << Start + "Bad Field: x\r\n\r\nNEXT";
    QTest::newRow("bad chunk") << Start + "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\nNEXT";
    QTest::newRow("bare LF") << Start + "X: y\n\r\nNEXT";
}

void HttpRequestTest::P2_doesNotDependOnHowTheStreamIsSplit()
{
    QFETCH(QByteArray, stream);
    HttpRequest whole;
    const QByteArray left = feedAll(&whole, {stream});
    for (const QList<QByteArray> &pieces : splitsOf(stream)) {
        HttpRequest request;
        const QByteArray rest = feedAll(&request, pieces);
        QCOMPARE(request.state(), whole.state());
        QCOMPARE(request.errorStatus(), whole.errorStatus());
        QCOMPARE(request.body(), whole.body());
        QCOMPARE(request.path(), whole.path());
        if (request.state() == State::Complete)
            QCOMPARE(rest, left);
    }
}

void HttpRequestTest::refusesABadRequestLine_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("status");
    QTest::newRow("nothing twice") << QByteArray("\r\n") << 400;
    QTest::newRow("no target") << QByteArray("GET HTTP/1.1") << 400;
    QTest::newRow("no version") << QByteArray("GET /") << 400;
    QTest::newRow("leading blank") << QByteArray(" GET / HTTP/1.1") << 400;
    QTest::newRow("trailing blank") << QByteArray("GET / HTTP/1.1 ") << 400;
    QTest::newRow("two blanks") << QByteArray("GET  / HTTP/1.1") << 400;
    QTest::newRow("tab") << QByteArray("GET\t/ HTTP/1.1") << 400;
    QTest::newRow("method") << QByteArray("G(T / HTTP/1.1") << 400;
    QTest::newRow("long method") << QByteArray(33, 'A') + " / HTTP/1.1" << 400;
    QTest::newRow("absolute form") << QByteArray("GET http://h/ HTTP/1.1") << 400;
    QTest::newRow("asterisk") << QByteArray("OPTIONS * HTTP/1.1") << 400;
    QTest::newRow("fragment") << QByteArray("GET /#a HTTP/1.1") << 400;
    QTest::newRow("blank in the target") << QByteArray("GET /a b HTTP/1.1") << 400;
    QTest::newRow("umlaut in the target") << QByteArray("GET /\xC3\xA4 HTTP/1.1") << 400;
    QTest::newRow("NUL in the target") << QByteArray("GET /\0 HTTP/1.1", 15) << 400;
    QTest::newRow("version in lower case") << QByteArray("GET / http/1.1") << 400;
    QTest::newRow("version of two digits") << QByteArray("GET / HTTP/1.10") << 400;
    QTest::newRow("TLS") << QByteArray("\x16\x03\x01\x02\x05", 5) << 400;
    QTest::newRow("HTTP/2.0") << QByteArray("GET / HTTP/2.0") << 505;
    QTest::newRow("HTTP/0.9") << QByteArray("GET / HTTP/0.9") << 505;
}

void HttpRequestTest::refusesABadRequestLine()
{
    QFETCH(QByteArray, line);
    QFETCH(int, status);
    QCOMPARE(statusOf(line + "\r\nHost: h\r\n\r\n"), status);
}

void HttpRequestTest::refusesABadField_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::newRow("no colon") << QByteArray("X");
    QTest::newRow("no name") << QByteArray(": x");
    QTest::newRow("blank before the colon") << QByteArray("X : y");
    QTest::newRow("obs-fold by a blank") << QByteArray(" y");
    QTest::newRow("obs-fold by a tab") << QByteArray("\tX: y");
    QTest::newRow("NUL") << QByteArray("X: \0", 4);
    QTest::newRow("bare CR") << QByteArray("X: a\rContent-Length: 5");
    QTest::newRow("ESC") << QByteArray("X: \x1B[2J");
    QTest::newRow("DEL") << QByteArray("X: \x7F");
    QTest::newRow("umlaut in the name") << QByteArray("\xC3\xA4: y");
    QTest::newRow("CR at the end") << QByteArray("X: a\r");
}

void HttpRequestTest::refusesABadField()
{
    QFETCH(QByteArray, field);
    QCOMPARE(statusOf("GET / HTTP/1.1\r\nHost: h\r\n" + field + "\r\n\r\n"), 400);
}

void HttpRequestTest::refusesBodiesOfTwoLengths_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<int>("status");
    const auto row = [](const char *tag, const char *fields, int status = 400) {
        QTest::newRow(tag) << QByteArray(fields) << status;
    };
    row("both", "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n");
    row("both, the other way", "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n");
    row("two lengths", "Content-Length: 4\r\nContent-Length: 5\r\n");
    row("the same length twice", "Content-Length: 4\r\nContent-Length: 4\r\n");
    row("a list of lengths", "Content-Length: 4, 4\r\n");
    row("two codings", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n");
    row("chunked twice", "Transfer-Encoding: chunked, chunked\r\n");
    row("gzip, chunked", "Transfer-Encoding: gzip, chunked\r\n");
    row("no coding that we know", "Transfer-Encoding: gzip\r\n", 501);
    row("identity", "Transfer-Encoding: identity\r\n", 501);
    row("nearly chunked", "Transfer-Encoding: xchunked\r\n", 501);
}

void HttpRequestTest::refusesBodiesOfTwoLengths()
{
    QFETCH(QByteArray, fields);
    QFETCH(int, status);
    QCOMPARE(statusOf(Start + fields + "\r\n4\r\nbody\r\n0\r\n\r\n"), status);
    QCOMPARE(statusOf("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"), 400);
}

void HttpRequestTest::refusesABadLength_data()
{
    QTest::addColumn<QByteArray>("length");
    QTest::addColumn<int>("status");
    QTest::newRow("empty") << QByteArray("") << 400;
    QTest::newRow("sign") << QByteArray("+4") << 400;
    QTest::newRow("negative") << QByteArray("-4") << 400;
    QTest::newRow("hex") << QByteArray("0x4") << 400;
    QTest::newRow("fraction") << QByteArray("4.0") << 400;
    QTest::newRow("blank inside") << QByteArray("4 4") << 400;
    QTest::newRow("one too many") << QByteArray("1048577") << 413;
    QTest::newRow("64 bits") << QByteArray("18446744073709551620") << 413;
    QTest::newRow("endless") << QByteArray(1'000, '9') << 413;
}

void HttpRequestTest::refusesABadLength()
{
    QFETCH(QByteArray, length);
    QFETCH(int, status);
    QCOMPARE(statusOf(Start + "Content-Length: " + length + "\r\n\r\nbody"), status);
}

void HttpRequestTest::refusesBadChunks_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("no size") << QByteArray("\r\n");
    QTest::newRow("size") << QByteArray("G\r\n");
    QTest::newRow("blank before the size") << QByteArray(" 4\r\nbody\r\n");
    QTest::newRow("size too long") << QByteArray("000000004\r\nbody\r\n");
    QTest::newRow("longer than its size") << QByteArray("2\r\nbody\r\n");
    QTest::newRow("bare LF behind the size") << QByteArray("4\nbody\r\n");
    QTest::newRow("bare LF behind the data") << QByteArray("4\r\nbody\n");
    QTest::newRow("extension") << "4;" + QByteArray(256, 'x') + "\r\nbody\r\n";
    QTest::newRow("obs-fold in the trailer") << QByteArray("0\r\nA: b\r\n c\r\n\r\n");
    QTest::newRow("long trailer") << "0\r\nA: " + QByteArray(4'096, 'x') + "\r\n\r\n";
}

void HttpRequestTest::refusesBadChunks()
{
    QFETCH(QByteArray, body);
    QCOMPARE(statusOf(Start + "Transfer-Encoding: chunked\r\n\r\n" + body), 400);
}

void HttpRequestTest::refusesBareLineFeeds_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("request line") << QByteArray("GET / HTTP/1.1\nHost: h\r\n\r\n");
    QTest::newRow("field") << QByteArray("GET / HTTP/1.1\r\nHost: h\n\r\n");
    QTest::newRow("end") << QByteArray("GET / HTTP/1.1\r\nHost: h\r\n\n");
    QTest::newRow("all") << QByteArray("GET / HTTP/1.1\nHost: h\n\n");
    QTest::newRow("first") << QByteArray("\nGET / HTTP/1.1\r\nHost: h\r\n\r\n");
}

void HttpRequestTest::refusesBareLineFeeds()
{
    QFETCH(QByteArray, bytes);
    QCOMPARE(statusOf(bytes), 400);
}

void HttpRequestTest::wantsOneHost()
{
    QCOMPARE(statusOf("GET / HTTP/1.1\r\n\r\n"), 400);
    QCOMPARE(statusOf("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), 400);
    QCOMPARE(statusOf("GET / HTTP/1.0\r\n\r\n"), 0);
}

void HttpRequestTest::keepsToItsLimitsOfTheHead()
{
    const QByteArray begin = "GET / HTTP/1.1\r\nHost: h\r\n";
    // 16 KiB are taken, one byte more is not.
    const qsizetype room = 16 * 1024 - begin.size() - qsizetype(qstrlen("X: \r\n\r\n"));
    QCOMPARE(statusOf(begin + "X: " + QByteArray(room, 'x') + "\r\n\r\n"), 0);
    QCOMPARE(statusOf(begin + "X: " + QByteArray(room + 1, 'x') + "\r\n\r\n"), 431);
    QCOMPARE(statusOf(QByteArray(16 * 1024 + 1, 'x')), 431); // no line at all
    // 100 fields, Host among them.
    QCOMPARE(statusOf(begin + QByteArray("X: y\r\n").repeated(99) + "\r\n"), 0);
    QCOMPARE(statusOf(begin + QByteArray("X: y\r\n").repeated(100) + "\r\n"), 431);
}

void HttpRequestTest::SV_03_keepsToItsLimitOfTheBody()
{
    const QByteArray largest(1024 * 1024, 'x');
    HttpRequest length;
    (void)feedAll(&length, {Start + "Content-Length: 1048576\r\n\r\n" + largest});
    QCOMPARE(length.state(), State::Complete);
    QCOMPARE(length.body().size(), largest.size());

    const QByteArray chunkedHead = Start + "Transfer-Encoding: chunked\r\n\r\n";
    HttpRequest chunked;
    (void)feedAll(&chunked, {chunkedHead + "100000\r\n" + largest + "\r\n0\r\n\r\n"});
    QCOMPARE(chunked.state(), State::Complete);
    QCOMPARE(chunked.body().size(), largest.size());
    QCOMPARE(statusOf(chunkedHead + "100001\r\n"), 413);
    QCOMPARE(statusOf(chunkedHead + "100000\r\n" + largest + "\r\n1\r\nx\r\n0\r\n\r\n"), 413);
}

// A byte a chunk, with extensions: far more on the wire than in the body.
void HttpRequestTest::SV_03_refusesAChunkedBomb()
{
    const QByteArray chunk = "1;" + QByteArray(255, 'x') + "\r\ny\r\n";
    HttpRequest request;
    (void)feedAll(&request, {Start + "Transfer-Encoding: chunked\r\n\r\n"});
    qsizetype sent = 0;
    while (request.state() == State::Body && sent < 2 * HttpRequest::MaximumCodedBody)
        sent += request.feed(chunk);
    QCOMPARE(request.state(), State::Refused);
    QCOMPARE(request.errorStatus(), 413);
    QVERIFY(sent <= HttpRequest::MaximumCodedBody + chunk.size());
    QVERIFY(request.body().isEmpty()); // nothing is held any more
}

void HttpRequestTest::takesNothingOnceRefused()
{
    HttpRequest request;
    (void)feedAll(&request, {"nonsense\r\n"});
    QCOMPARE(request.state(), State::Refused);
    QCOMPARE(request.feed("GET / HTTP/1.1\r\nHost: h\r\n\r\n"), 0);
    QCOMPARE(request.errorStatus(), 400);
}

void HttpRequestTest::tellsWhetherTheConnectionStays_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("keepsAlive");
    const QByteArray begin = "GET / HTTP/1.1\r\nHost: h\r\n";
    QTest::newRow("by default") << begin + "\r\n" << true;
    QTest::newRow("close") << begin + "Connection: close\r\n\r\n" << false;
    QTest::newRow("Close in a list") << begin + "Connection: foo,\tClose\r\n\r\n" << false;
    QTest::newRow("in a second field") << begin + "Connection: a\r\nConnection: close\r\n\r\n"
                                       << false;
    QTest::newRow("something like it") << begin + "Connection: closed\r\n\r\n" << true;
    QTest::newRow("HTTP/1.0") << QByteArray("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                              << false;
}

void HttpRequestTest::tellsWhetherTheConnectionStays()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, keepsAlive);
    HttpRequest request;
    (void)feedAll(&request, {bytes});
    QCOMPARE(request.state(), State::Complete);
    QCOMPARE(request.keepsAlive(), keepsAlive);
}

void HttpRequestTest::knowsWhatIsExpected()
{
    const QByteArray begin = "GET / HTTP/1.1\r\nHost: h\r\n";
    QCOMPARE(statusOf(begin + "Expect: 100-Continue\r\n\r\n"), 0);
    QCOMPARE(statusOf(begin + "Expect: miracles\r\n\r\n"), 417);
    QCOMPARE(statusOf(begin + "Expect: 100-continue\r\nExpect: 100-continue\r\n\r\n"), 417);
    HttpRequest old;
    (void)feedAll(&old, {"POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n"});
    QVERIFY(!old.expectsContinue()); // HTTP/1.0 knows no 100
}

QTEST_GUILESS_MAIN(HttpRequestTest)
#include "tst_httprequest.moc"
