// SPDX-License-Identifier: Apache-2.0
#include "hostname.h"

#include <QTest>

class TestHostName final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void NE_04_normalisesOrRefuses_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("normalised");
        const auto row = [](const char *name, const char *host, const char *normalised) {
            QTest::newRow(name) << QString::fromUtf8(host) << QString::fromUtf8(normalised);
        };
        row("a name", "cometa.example.org", "cometa.example.org");
        row("upper case", "Cometa.Example.ORG", "cometa.example.org");
        row("trailing dot", "cometa.example.org.", "cometa.example.org");
        row("international", "bücher.example", "xn--bcher-kva.example");
        row("one label", "localhost", "localhost");
        row("IPv4", "127.0.0.1", "127.0.0.1");
        row("IPv6", "::1", "::1");
        row("IPv6 in brackets", "[::1]", "::1");
        row("empty", "", "");
        row("a dot", ".", "");
        row("two dots", "a..b", "");
        row("user@host", "me@example.org", "");
        row("host:port", "example.org:80", "");
        row("URL", "http://example.org", "");
        row("path", "example.org/x", "");
        row("blank", "exa mple.org", "");
        row("CRLF", "example.org\r\nX: y", "");
        row("NUL-like control", "exam\x01ple.org", "");
        row("no address", "127.0.0.256", "");
        row("hyphen first", "-a.example", "");
    }
    void NE_04_normalisesOrRefuses()
    {
        QFETCH(QString, host);
        QTEST(normalisedHost(host), "normalised");
    }

    void refusesNamesThatAreTooLong()
    {
        const QString label(63, u'a');
        QCOMPARE(normalisedHost(label), label);
        QCOMPARE(normalisedHost(label + u'a'), QString());
        const QString name = QStringList(5, label).join(u'.');
        QCOMPARE(normalisedHost(name), QString());
    }

    void writesTheHostField()
    {
        QCOMPARE(hostField(QStringLiteral("example.org"), 80), QByteArray("example.org:80"));
        QCOMPARE(hostField(QStringLiteral("::1"), 7007), QByteArray("[::1]:7007"));
    }
};

QTEST_GUILESS_MAIN(TestHostName)
#include "tst_hostname.moc"
