// SPDX-License-Identifier: Apache-2.0
#include "serveroptions.h"

#include <QSslKey>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class ServerOptionsTest final : public QObject
{
    Q_OBJECT

    static std::variant<ServerOptions, ServerOptions::Exit> parse(const QStringList &arguments)
    {
        return ServerOptions::parse(QStringList{u"cometa-server"_s} + arguments);
    }

private Q_SLOTS:
    void listensOnLoopbackByDefault()
    {
        const auto options = std::get<ServerOptions>(parse({}));
        QCOMPARE(options.address, QHostAddress(QHostAddress::LocalHost));
        QCOMPARE(options.port, 7007);
        QCOMPARE(options.timing.heartbeat, 60s);
        QCOMPARE(options.timing.timeout, 60s);
        QVERIFY(options.dataDirectory.endsWith("/cometa-server"_L1));
        QVERIFY(options.applicationId.isEmpty() && options.secret.isEmpty());
        QVERIFY(!options.tls && !options.json);
    }

    void readsAllOfThem()
    {
        const QString tls = QFINDTESTDATA("data/tls/");
        const auto options = std::get<ServerOptions>(parse(
            {u"--bind"_s, u"::1"_s, u"--port"_s, u"0"_s, u"--data-dir"_s, u"/d"_s, u"--app"_s,
             u"ops"_s, u"--secret"_s, u"s"_s, u"--heartbeat"_s, u"300"_s, u"--timeout"_s, u"3600"_s,
             u"--cert"_s, tls + u"server.pem"_s, u"--key"_s, tls + u"server.key"_s, u"--json"_s}));
        QCOMPARE(options.address, QHostAddress(QHostAddress::LocalHostIPv6));
        QCOMPARE(options.port, 0);
        QCOMPARE(options.dataDirectory, u"/d"_s);
        QCOMPARE(options.applicationId, u"ops"_s);
        QCOMPARE(options.secret, "s");
        QCOMPARE(options.timing.heartbeat, 300s);
        QCOMPARE(options.timing.timeout, 3600s);
        QVERIFY(options.tls && !options.tls->privateKey().isNull());
        QVERIFY(options.json);
    }

    void refusesWithTheOptionAndARemedy_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("named");
        const auto row = [](const QStringList &arguments, const QString &named) {
            QTest::addRow("%s", qPrintable(arguments.join(u' '))) << arguments << named;
        };
        for (const QString &port : {u"65536"_s, u"-1"_s, u"x"_s, u""_s, u" 80"_s})
            row({u"--port="_s + port}, u"--port"_s);
        row({u"--heartbeat=0"_s}, u"--heartbeat"_s);
        row({u"--heartbeat=301"_s}, u"--heartbeat"_s);
        row({u"--timeout=0"_s}, u"--timeout"_s);
        row({u"--timeout=3601"_s}, u"--timeout"_s);
        row({u"--bind=localhost"_s}, u"--bind"_s);
        row({u"--app=ops"_s}, u"--secret"_s);
        row({u"--secret=s"_s}, u"--app"_s);
        row({u"--app=.."_s, u"--secret=s"_s}, u"--app"_s);
        row({u"--app=a/b"_s, u"--secret=s"_s}, u"--app"_s);
        row({u"--app=ops"_s, u"--secret= "_s}, u"--secret"_s);
        row({u"--cert=/nowhere.pem"_s}, u"--key"_s);
        row({u"--cert=/nowhere.pem"_s, u"--key=/nowhere.key"_s}, u"/nowhere.pem"_s);
        row({u"--no-such"_s}, u"no-such"_s);
        row({u"7007"_s}, u"7007"_s);
    }
    void refusesWithTheOptionAndARemedy()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, named);
        const auto parsed = parse(arguments);
        const auto *exit = std::get_if<ServerOptions::Exit>(&parsed);
        QVERIFY(exit);
        QCOMPARE(exit->code, 2);
        QVERIFY2(exit->text.contains(named), qPrintable(exit->text));
        QVERIFY(!exit->text.trimmed().contains(u'\n'));
    }

    void namesTheKeyThatIsNone()
    {
        const QString certificate = QFINDTESTDATA("data/tls/") + u"server.pem"_s;
        const auto exit = std::get<ServerOptions::Exit>(
            parse({u"--cert"_s, certificate, u"--key"_s, certificate}));
        QCOMPARE(exit.code, 2);
        QVERIFY2(exit.text.startsWith("--key: "_L1), qPrintable(exit.text));
    }

    void helpsAndTellsItsVersion()
    {
        const auto help = std::get<ServerOptions::Exit>(parse({u"--help"_s}));
        QCOMPARE(help.code, 0);
        for (const char *option : {"--bind", "--port", "--data-dir", "--app", "--secret",
                                   "--heartbeat", "--timeout", "--cert", "--key", "--json"})
            QVERIFY2(help.text.contains(QLatin1StringView(option)), option);
        const auto version = std::get<ServerOptions::Exit>(parse({u"--version"_s}));
        QCOMPARE(version.code, 0);
        QCOMPARE(version.text, u"cometa-server "_s + QStringLiteral(COMETA_VERSION) + u'\n');
    }
};

QTEST_GUILESS_MAIN(ServerOptionsTest)
#include "tst_serveroptions.moc"
