// SPDX-License-Identifier: Apache-2.0
#include "httpproxytalk.h"

#include <QTest>

using Fault = ProxyTalk::Fault;
using State = ProxyTalk::State;
using namespace Qt::StringLiterals;

class TestHttpProxyTalk final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksForTheServer_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("user");
        QTest::addColumn<QByteArray>("request");
        QTest::newRow("name") << u"cometa.example.org"_s << QString()
                              << QByteArray("CONNECT cometa.example.org:443 HTTP/1.1\r\n"
                                            "Host: cometa.example.org:443\r\n\r\n");
        QTest::newRow("IPv6") << u"::1"_s << QString()
                              << QByteArray(
                                     "CONNECT [::1]:443 HTTP/1.1\r\nHost: [::1]:443\r\n\r\n");
        QTest::newRow("log-in") << u"h.example"_s << u"Aladdin"_s
                                << QByteArray("CONNECT h.example:443 HTTP/1.1\r\n"
                                              "Host: h.example:443\r\nProxy-Authorization: Basic "
                                              "QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n\r\n");
    }

    void asksForTheServer()
    {
        QFETCH(QString, host);
        QFETCH(QString, user);
        HttpProxyTalk talk({host, 443, user, u"open sesame"_s});
        QTEST(talk.feed({}), "request");
        QCOMPARE(talk.state(), State::Talking);
    }

    void NE_08_hearsWhatTheProxySays_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<int>("fault");
        QTest::addColumn<QByteArray>("words");
        const auto row = [](const char *name, const QByteArray &answer, Fault fault,
                            const QByteArray &words = {}) {
            QTest::newRow(name) << answer << int(fault) << words;
        };
        row("HTTP/1.1", "HTTP/1.1 200 Connection established\r\n\r\n", Fault::None);
        row("HTTP/1.0", "HTTP/1.0 200 OK\r\nProxy-Agent: x\r\n\r\n", Fault::None);
        row("empty body", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", Fault::None);
        row("after 100", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", Fault::None);
        row("page", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", Fault::OwnPage);
        row("two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Length: 5\r\n\r\n",
            Fault::OwnPage);
        row("chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", Fault::OwnPage);
        row("a byte more", "HTTP/1.1 200 OK\r\n\r\n<", Fault::OwnPage);
        row("portal", "HTTP/1.1 302 Found\r\nLocation: http://p/\r\n\r\n", Fault::OwnPage,
            "302 Found");
        row("password", "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"r\"\r\n\r\n",
            Fault::WantsPassword, "407 No");
        row("password in a list", "HTTP/1.1 407 No\r\nproxy-authenticate: NTLM, basic\r\n\r\n",
            Fault::WantsPassword, "407 No");
        row("NTLM", "HTTP/1.1 407 No\r\nProxy-Authenticate: NTLM\r\n\r\n", Fault::OtherLogin,
            "407 No");
        row("nothing said", "HTTP/1.1 407 No\r\n\r\n", Fault::WantsPassword, "407 No");
        row("forbidden", "HTTP/1.1 403 Forbidden\r\n\r\n", Fault::Forbidden, "403 Forbidden");
        row("bad gateway", "HTTP/1.1 502 Bad Gateway\r\n\r\n", Fault::Unreachable,
            "502 Bad Gateway");
        row("time-out", "HTTP/1.1 504 Late\r\n\r\n", Fault::Unreachable, "504 Late");
        row("fault", "HTTP/1.1 500 Oops\r\n\r\n", Fault::Refused, "500 Oops");
        row("HTTP/2", "HTTP/2.0 200 OK\r\n\r\n", Fault::OtherKind);
        row("SSH", "SSH-2.0-x\r\n", Fault::OtherKind);
        row("SOCKS", QByteArray("\x05\x00", 2), Fault::OtherKind);
        row("bare LF", "HTTP/1.1 200 OK\n\n", Fault::OtherKind);
        row("switching", "HTTP/1.1 101 Switching\r\n\r\n", Fault::OtherKind);
    }

    void NE_08_hearsWhatTheProxySays()
    {
        QFETCH(QByteArray, answer);
        QFETCH(int, fault);
        HttpProxyTalk whole(purpose());
        (void)whole.feed({});
        QVERIFY(whole.feed(answer).isEmpty());
        QCOMPARE(int(whole.fault()), fault);
        QCOMPARE(whole.state(), fault == 0 ? State::Open : State::Failed);
        QTEST(whole.words(), "words");
        if (answer.endsWith('<'))
            return; // byte by byte it is the server's
        HttpProxyTalk drops(purpose());
        (void)drops.feed({});
        for (const char byte : std::as_const(answer))
            QVERIFY(drops.feed(QByteArrayView(&byte, 1)).isEmpty());
        QCOMPARE(int(drops.fault()), fault);
        QCOMPARE(drops.state(), whole.state());
    }

    void tellsAWrongPasswordFromNone()
    {
        ProxyTalk::Purpose wrong = purpose();
        wrong.user = u"anna"_s;
        HttpProxyTalk talk(wrong);
        (void)talk.feed({});
        (void)talk.feed("HTTP/1.1 407 No\r\nProxy-Authenticate: Basic\r\n\r\n");
        QCOMPARE(talk.fault(), Fault::WrongPassword);
    }

    void listensToNoEndlessHead()
    {
        HttpProxyTalk talk(purpose());
        (void)talk.feed({});
        (void)talk.feed("HTTP/1.1 200 OK\r\n");
        for (int i = 0; i < 200 && talk.state() == State::Talking; ++i)
            (void)talk.feed("X-Y: " + QByteArray(1000, 'z') + "\r\n");
        QCOMPARE(talk.fault(), Fault::OtherKind);
    }

private:
    static ProxyTalk::Purpose purpose() { return {u"h.example"_s, 443, {}, {}}; }
};

QTEST_GUILESS_MAIN(TestHttpProxyTalk)
#include "tst_httpproxytalk.moc"
