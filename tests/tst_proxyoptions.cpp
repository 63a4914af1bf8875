// SPDX-License-Identifier: Apache-2.0
#include "proxyoptions.h"

#include <QTest>

using Kind = ProxyOptions::Kind;
using namespace Qt::StringLiterals;

class TestProxyOptions final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup()
    {
        qunsetenv("http_proxy");
        qunsetenv("https_proxy");
        qunsetenv("no_proxy");
    }

    void readsTheFourForms_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("back");
        const auto row = [](const QString &text, Kind kind, const QString &back) {
            QTest::newRow(qPrintable(text)) << text << int(kind) << back;
        };
        row({}, Kind::None, u"none"_s);
        row(u"none"_s, Kind::None, u"none"_s);
        row(u"system"_s, Kind::System, u"system"_s);
        row(u"http://Proxy.Example.org:3128"_s, Kind::Http, u"http://proxy.example.org:3128"_s);
        row(u"http://127.0.0.1:8080/"_s, Kind::Http, u"http://127.0.0.1:8080"_s);
        row(u"socks5://[::1]:1080"_s, Kind::Socks5, u"socks5://[::1]:1080"_s);
        row(u"http://bücher.example:1"_s, Kind::Http, u"http://xn--bcher-kva.example:1"_s);
    }

    void readsTheFourForms()
    {
        QFETCH(QString, text);
        QFETCH(int, kind);
        const std::optional<ProxyOptions> proxy = ProxyOptions::fromText(text);
        QVERIFY(proxy);
        QCOMPARE(int(proxy->kind), kind);
        QTEST(proxy->toText(), "back");
        QCOMPARE(ProxyOptions::fromText(proxy->toText()), proxy);
    }

    void refusesAnythingElse_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text :
             {"proxy.example.org:3128", "http://proxy.example.org", "http://:3128", "http://h:0",
              "http://h:70000", "https://h:443", "ftp://h:21", "socks4://h:1080", "None",
              "http://anna:secret@h:3128", "http://anna@h:3128", "http://h:3128/page",
              "http://h:3128?x", "http://h:3128#x", "http://a b:3128", " system",
              "http://h\r\nX: y:3128", "http://-h:1"})
            QTest::newRow(text) << QString::fromLatin1(text);
    }

    void refusesAnythingElse()
    {
        QFETCH(QString, text);
        QVERIFY(!ProxyOptions::fromText(text));
    }

    void asksTheSystem()
    {
        const ProxyOptions system = *ProxyOptions::fromText(u"system"_s);
        qputenv("http_proxy", "http://plain.example:1");
        qputenv("https_proxy", "http://anna:secret@secure.example:2");
        const ProxyOptions clear = system.resolvedFor(u"h.example"_s, 80, false);
        QCOMPARE(clear.toText(), u"http://plain.example:1"_s);
        const ProxyOptions encrypted = system.resolvedFor(u"h.example"_s, 443, true);
        QCOMPARE(encrypted.toText(), u"http://secure.example:2"_s);
        QCOMPARE(encrypted.user, u"anna"_s);
        QCOMPARE(encrypted.password, u"secret"_s);
    }

    void theOwnersLogInCountsMore()
    {
        ProxyOptions system = *ProxyOptions::fromText(u"system"_s);
        system.user = u"berta"_s;
        system.password = u"other"_s;
        qputenv("https_proxy", "http://anna:secret@secure.example:2");
        const ProxyOptions found = system.resolvedFor(u"h.example"_s, 443, true);
        QCOMPARE(found.user, u"berta"_s);
        QCOMPARE(found.password, u"other"_s);
    }

    void theSystemMayHaveNone()
    {
        const ProxyOptions system = *ProxyOptions::fromText(u"system"_s);
        QVERIFY(!system.resolvedFor(u"h.example"_s, 443, true).isUsed());
        qputenv("http_proxy", "http://plain.example:1");
        qputenv("no_proxy", "h.example");
        QVERIFY(!system.resolvedFor(u"h.example"_s, 80, false).isUsed());
    }

    void whatIsGivenIsNotLookedUp()
    {
        qputenv("http_proxy", "http://plain.example:1");
        const ProxyOptions given = *ProxyOptions::fromText(u"socks5://h:2"_s);
        QCOMPARE(given.resolvedFor(u"h.example"_s, 80, false), given);
        QVERIFY(!ProxyOptions().resolvedFor(u"h.example"_s, 80, false).isUsed());
    }
};

QTEST_GUILESS_MAIN(TestProxyOptions)
#include "tst_proxyoptions.moc"
