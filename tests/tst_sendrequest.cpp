// SPDX-License-Identifier: Apache-2.0
#include "scriptedapi.h"
#include "sendrequest.h"
#include "tlssetup.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using Answer = SendRequest::Answer;

namespace {

SendOptions optionsFor(quint16 port)
{
    SendOptions options;
    options.host = u"127.0.0.1"_s;
    options.port = port;
    options.application = u"ops"_s;
    options.device = u"lab:3"_s;
    options.secret = "s3cr3t";
    return options;
}

// What a request came to.
struct Watched
{
    explicit Watched(SendRequest *request)
    {
        QObject::connect(request, &SendRequest::answered, &context,
                         [this](const Answer &a) { answers.append(a); });
        QObject::connect(request, &SendRequest::failed, &context,
                         [this](const QString &error) { errors.append(error); });
    }
    [[nodiscard]] bool isOver() const { return answers.size() + errors.size() > 0; }

    QList<Answer> answers;
    QStringList errors;
    QObject context;
};

} // namespace

class SendRequestTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void postsAMessage();
    void asksForEvents();
    void handsOutEveryStatus_data();
    void handsOutEveryStatus();
    void followsNoRedirect_data();
    void followsNoRedirect();
    void P7_sendsAMessageOnceWhenTheConnectionEnds();
    void takesNoPartOfAnAnswer();
    void endsAnAnswerThatIsTooLong();
    void explainsWhyThereIsNoConnection_data();
    void explainsWhyThereIsNoConnection();
    void goesOverTls();
    void NE_01_sendsNoSecretToAnother_data();
    void NE_01_sendsNoSecretToAnother();
    void saysThatTheCaFileIsNone();
    void staysQuietAfterAbort();

private:
    QString file(const QString &name) { return QFINDTESTDATA("data/tls/") + name; }
    QSslConfiguration configurationOf(const QString &name)
    {
        QString error;
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setLocalCertificateChain(TlsSetup::readCertificates(file(name + ".pem"_L1), &error));
        tls.setPrivateKey(TlsSetup::readKey(file(name + ".key"_L1), &error).value_or(QSslKey()));
        return tls;
    }
};

void SendRequestTest::postsAMessage()
{
    ScriptedApi server;
    const QByteArray output("\0\xff\r\n\x07", 5);
    server.setAnswers({{200, output, {}, 0}});
    SendRequest request(optionsFor(server.port()));
    Watched watched(&request);
    request.post(R"({"cmd":"id"})");
    QTRY_VERIFY_WITH_TIMEOUT(watched.isOver(), 20'000);
    QVERIFY2(watched.errors.isEmpty(), qPrintable(watched.errors.join(u' ')));
    QCOMPARE(watched.answers.constFirst().status, 200);
    QCOMPARE(watched.answers.constFirst().body, output);
    QCOMPARE(server.requests().size(), 1);
    const ScriptedApi::Request asked = server.requests().constFirst();
    QCOMPARE(asked.line, "POST /v1/applications/ops/devices/lab:3/send HTTP/1.1");
    QCOMPARE(asked.body, R"({"cmd":"id"})");
    QVERIFY(asked.head.contains("\r\nAuthorization: OAuth s3cr3t\r\n"));
    QVERIFY(asked.head.contains("\r\nContent-Type: application/json\r\n"));
    QCOMPARE(asked.head.count("127.0.0.1:" + QByteArray::number(server.port())), 1);
    QVERIFY(!asked.head.contains("gzip"));
    QVERIFY(!request.isBusy());
}

void SendRequestTest::asksForEvents()
{
    ScriptedApi server;
    server.setAnswers({{200, R"({"events":[],"next":8})", {}, 0}});
    SendRequest request(optionsFor(server.port()));
    Watched watched(&request);
    request.getEvents(7);
    QTRY_COMPARE_WITH_TIMEOUT(watched.answers.size(), 1, 20'000);
    QCOMPARE(server.requests().constFirst().line,
             "GET /v1/applications/ops/devices/lab:3/events?since=7&limit=100 HTTP/1.1");
    QVERIFY(server.requests().constFirst().head.contains("OAuth s3cr3t"));
}

void SendRequestTest::handsOutEveryStatus_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {400, 401, 403, 404, 405, 408, 409, 413, 418, 423, 429, 500, 503})
        QTest::addRow("%d", status) << status;
}

void SendRequestTest::handsOutEveryStatus()
{
    QFETCH(const int, status);
    ScriptedApi server;
    server.setAnswers({{status, "words", {}, 0}});
    SendRequest request(optionsFor(server.port()));
    Watched watched(&request);
    request.post("x");
    QTRY_VERIFY_WITH_TIMEOUT(watched.isOver(), 20'000);
    QVERIFY2(watched.errors.isEmpty(), qPrintable(watched.errors.join(u' ')));
    QCOMPARE(watched.answers.constFirst().status, status);
    QCOMPARE(watched.answers.constFirst().body, "words");
    QCOMPARE(server.requests().size(), 1);
}

void SendRequestTest::followsNoRedirect_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {301, 302, 303, 307, 308})
        QTest::addRow("%d", status) << status;
}

void SendRequestTest::followsNoRedirect()
{
    QFETCH(const int, status);
    ScriptedApi other;
    ScriptedApi server;
    const QByteArray place = "http://127.0.0.1:" + QByteArray::number(other.port()) + "/";
    server.setAnswers({{status, {}, "Location: " + place + "\r\n", 0}});
    SendRequest request(optionsFor(server.port()));
    Watched watched(&request);
    request.post("x");
    QTRY_VERIFY_WITH_TIMEOUT(watched.isOver(), 20'000);
    QVERIFY2(watched.errors.isEmpty(), qPrintable(watched.errors.join(u' ')));
    QCOMPARE(watched.answers.constFirst().status, status);
    QCOMPARE(server.requests().size(), 1);
    QCOMPARE(other.bytesRead(), 0);
}

void SendRequestTest::P7_sendsAMessageOnceWhenTheConnectionEnds()
{
    ScriptedApi server;
    server.setAnswers({{0, {}, {}, 0}});
    SendRequest request(optionsFor(server.port()));
    Watched watched(&request);
    request.post("x");
    QTRY_COMPARE_WITH_TIMEOUT(watched.errors.size(), 1, 20'000);
    QVERIFY2(watched.errors.constFirst().contains("may have run"_L1),
             qPrintable(watched.errors.constFirst()));
    QCOMPARE(server.requests().size(), 1);
}

void SendRequestTest::takesNoPartOfAnAnswer()
{
    ScriptedApi server;
    server.setAnswers({{200, "0123456789", {}, 4}});
    SendRequest request(optionsFor(server.port()));
    Watched watched(&request);
    request.post("x");
    QTRY_COMPARE_WITH_TIMEOUT(watched.errors.size(), 1, 20'000);
    QVERIFY(watched.answers.isEmpty());
    QCOMPARE(server.requests().size(), 1);
}

void SendRequestTest::endsAnAnswerThatIsTooLong()
{
    ScriptedApi server;
    server.setAnswers({{200, QByteArray(SendRequest::MaximumAnswer + 1, 'x'), {}, 0}});
    SendRequest request(optionsFor(server.port()));
    Watched watched(&request);
    request.post("x");
    QTRY_COMPARE_WITH_TIMEOUT(watched.errors.size(), 1, 60'000);
    QVERIFY(watched.errors.constFirst().contains("longer than"_L1));
}

void SendRequestTest::explainsWhyThereIsNoConnection_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("listens");
    QTest::addColumn<bool>("encrypts");
    QTest::addColumn<QString>("words");
    QTest::newRow("refused") << u"127.0.0.1"_s << false << false << u"refuses the connection"_s;
    QTest::newRow("no name") << u"nowhere.invalid"_s << false << false << u"nowhere.invalid"_s;
    QTest::newRow("no TLS there") << u"127.0.0.1"_s << true << true << u"no encrypted link"_s;
}

void SendRequestTest::explainsWhyThereIsNoConnection()
{
    QFETCH(const QString, host);
    QFETCH(const bool, listens);
    QFETCH(const bool, encrypts);
    QFETCH(const QString, words);
    auto server = std::make_unique<ScriptedApi>();
    SendOptions options = optionsFor(server->port());
    options.host = host;
    options.tls.enabled = encrypts;
    // "HTTP/1.1 …" is no TLS; the first bytes of a handshake are no request, so it hangs up.
    server->setGreeting("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
    if (!listens)
        server.reset();
    SendRequest request(options);
    QString error;
    QVERIFY2(request.prepare(&error), qPrintable(error));
    Watched watched(&request);
    request.post("x");
    QTRY_COMPARE_WITH_TIMEOUT(watched.errors.size(), 1, 60'000);
    QVERIFY2(watched.errors.constFirst().contains(words), qPrintable(watched.errors.constFirst()));
}

void SendRequestTest::goesOverTls()
{
    const QSslConfiguration tls = configurationOf(u"server"_s);
    ScriptedApi server(&tls);
    server.setAnswers({{200, "done", {}, 0}});
    SendOptions options = optionsFor(server.port());
    options.tls = {true, file(u"ca.pem"_s), TlsSetup::pinOf(tls.localCertificate()), {}, {}};
    SendRequest request(options);
    QString error;
    QVERIFY2(request.prepare(&error), qPrintable(error));
    Watched watched(&request);
    request.post("x");
    QTRY_VERIFY_WITH_TIMEOUT(watched.isOver(), 20'000);
    QVERIFY2(watched.errors.isEmpty(), qPrintable(watched.errors.join(u' ')));
    QCOMPARE(watched.answers.constFirst().body, "done");
}

void SendRequestTest::NE_01_sendsNoSecretToAnother_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("caFile");
    QTest::addColumn<QString>("pin");
    QTest::addColumn<QString>("words");
    const QString ours = u"ca.pem"_s;
    QTest::newRow("unknown authority")
        << u"server"_s << u"wildcard.pem"_s << QString() << u"not signed by an authority"_s;
    QTest::newRow("other name") << u"othername"_s << ours << QString() << u"is not for 127.0.0.1"_s;
    QTest::newRow("common name only")
        << u"commonname"_s << ours << QString() << u"is not for 127.0.0.1"_s;
    QTest::newRow("pin") << u"server"_s << ours << QString(64, u'0') << u"not the pinned one"_s;
}

void SendRequestTest::NE_01_sendsNoSecretToAnother()
{
    QFETCH(const QString, certificate);
    QFETCH(const QString, caFile);
    QFETCH(const QString, pin);
    QFETCH(const QString, words);
    const QSslConfiguration tls = configurationOf(certificate);
    ScriptedApi server(&tls);
    SendOptions options = optionsFor(server.port());
    options.tls = {true, file(caFile), pin, {}, {}};
    SendRequest request(options);
    QString error;
    QVERIFY2(request.prepare(&error), qPrintable(error));
    Watched watched(&request);
    request.post("x");
    QTRY_COMPARE_WITH_TIMEOUT(watched.errors.size(), 1, 20'000);
    QVERIFY2(watched.errors.constFirst().contains(words), qPrintable(watched.errors.constFirst()));
    request.getEvents(0); // when this has failed, the first has had its time
    QTRY_COMPARE_WITH_TIMEOUT(watched.errors.size(), 2, 20'000);
    QCOMPARE(server.bytesRead(), 0);
}

void SendRequestTest::saysThatTheCaFileIsNone()
{
    SendOptions options = optionsFor(1);
    options.tls = {true, file(u"server.key"_s), {}, {}, {}};
    QString error;
    QVERIFY(!SendRequest(options).prepare(&error));
    QVERIFY2(error.contains("server.key"_L1), qPrintable(error));
}

void SendRequestTest::staysQuietAfterAbort()
{
    ScriptedApi server;
    server.setAnswers({{-1, {}, {}, 0}});
    SendRequest request(optionsFor(server.port()));
    Watched watched(&request);
    request.post("x");
    QTRY_COMPARE_WITH_TIMEOUT(server.requests().size(), 1, 20'000);
    request.abort();
    QVERIFY(!request.isBusy());
    server.setAnswers({{200, "second", {}, 0}});
    request.post("y");
    QTRY_COMPARE_WITH_TIMEOUT(watched.answers.size(), 1, 20'000);
    QCOMPARE(watched.answers.constFirst().body, "second");
    QVERIFY(watched.errors.isEmpty());
}

QTEST_GUILESS_MAIN(SendRequestTest)
#include "tst_sendrequest.moc"
