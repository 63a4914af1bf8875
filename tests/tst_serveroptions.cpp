// SPDX-License-Identifier: Apache-2.0
#include "serveroptions.h"

#include <QFile>
#include <QSslKey>
#include <QTemporaryDir>
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

    static QString writeConfiguration(const QTemporaryDir &directory, const QByteArray &content)
    {
        QFile file(directory.filePath(u"cometa.conf"_s));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()
            || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
            qFatal("cannot write the configuration");
        return file.fileName();
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
        QVERIFY(options.applications.isEmpty() && options.configurationFile.isEmpty());
        QVERIFY(!options.tls && !options.json && !options.hasGivenSecret);
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
        QCOMPARE(options.applications.size(), 1);
        QCOMPARE(options.applications.first().id, u"ops"_s);
        QCOMPARE(options.applications.first().secret, "s");
        QVERIFY(options.hasGivenSecret);
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
        row({u"--app=ops"_s, u"--secret=a\nb"_s}, u"--secret"_s);
        row({u"--config="_s}, u"--config"_s);
        row({u"--config=/tmp"_s}, u"/tmp is no file"_s);
        row({u"--data-dir="_s}, u"--data-dir"_s);
        row({u"--cert=/nowhere.pem"_s}, u"--key"_s);
        row({u"--cert=/nowhere.pem"_s, u"--key=/nowhere.key"_s}, u"/nowhere.pem"_s);
        row({u"--webhook=ftp://h/"_s}, u"--webhook"_s);
        row({u"--webhook=http://h/"_s, u"--webhook-header=x"_s}, u"--webhook-header"_s);
        row({u"--webhook-header=X: y"_s}, u"--webhook"_s);
        row({u"--config=/nowhere.conf"_s}, u"/nowhere.conf"_s);
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

    void readsTheWebhookOfItsApplication()
    {
        const QStringList webhook{u"--webhook=http://h/x"_s, u"--webhook-header=X-Key: v"_s};
        const auto made = std::get<ServerOptions>(parse(webhook));
        QCOMPARE(made.webhook.url, QUrl(u"http://h/x"_s));
        QCOMPARE(made.webhook.fieldValue, "v");
        const auto given =
            std::get<ServerOptions>(parse(webhook + QStringList{u"--app=ops"_s, u"--secret=s"_s}));
        QCOMPARE(given.applications.first().webhook, made.webhook);
    }

    void putsTheCommandLineBeforeTheFile()
    {
        const QTemporaryDir directory;
        const QString path = writeConfiguration(
            directory,
            "[server]\nport = 1\ntimeout = 2\ndata = d\n"
            "[application:lab]\nsecret = l\n[application:ops]\nsecret = o\nname = Old\n");
        const QString config = u"--config="_s + path;
        const auto file = std::get<ServerOptions>(parse({config}));
        QCOMPARE(file.configurationFile, path);
        QCOMPARE(file.port, 1);
        QCOMPARE(file.timing.timeout, 2s);
        QCOMPARE(file.timing.heartbeat, 60s);
        QCOMPARE(file.dataDirectory, directory.filePath(u"d"_s));
        QCOMPARE(file.applications.size(), 2);
        QVERIFY(!file.hasGivenSecret);
        const auto both = std::get<ServerOptions>(
            parse({config, u"--port=3"_s, u"--heartbeat=4"_s, u"--data-dir=/other"_s,
                   u"--app=ops"_s, u"--secret=given"_s}));
        QCOMPARE(both.port, 3);
        QCOMPARE(both.timing.timeout, 2s);
        QCOMPARE(both.timing.heartbeat, 4s);
        QCOMPARE(both.dataDirectory, u"/other"_s);
        QCOMPARE(both.applications.size(), 2);
        QCOMPARE(both.applications.first().id, u"ops"_s);
        QCOMPARE(both.applications.first().secret, "given");
        QCOMPARE(both.applications.last().id, u"lab"_s);
    }

    void saysWhereAWebhookOfTheFileBelongs()
    {
        const QTemporaryDir directory;
        const QString path = writeConfiguration(directory, "[application:ops]\nsecret = o\n");
        const auto exit =
            std::get<ServerOptions::Exit>(parse({u"--config="_s + path, u"--webhook=http://h/"_s}));
        QCOMPARE(exit.code, 2);
        QVERIFY2(exit.text.contains("--webhook"_L1), qPrintable(exit.text));
    }

    void readsCertificatesOfTheFile()
    {
        const QTemporaryDir directory;
        const QByteArray tls = QFINDTESTDATA("data/tls/").toUtf8();
        QString path = writeConfiguration(
            directory, "[server]\ncert = " + tls + "server.pem\nkey = " + tls + "server.key\n");
        QVERIFY(std::get<ServerOptions>(parse({u"--config="_s + path})).tls);
        path = writeConfiguration(directory, "[server]\ncert = a.pem\nkey = b.pem\n");
        const auto exit = std::get<ServerOptions::Exit>(parse({u"--config="_s + path}));
        QCOMPARE(exit.code, 2);
        QVERIFY2(exit.text.startsWith(path + ": cert: "_L1), qPrintable(exit.text));
    }

    void takesDigitsOnlyForANumber_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("number");
        QTest::newRow("lowest") << u"1"_s << qint64{1};
        QTest::newRow("highest") << u"9"_s << qint64{9};
        QTest::newRow("zeros") << u"007"_s << qint64{7};
        for (const QString &text : {u""_s, u"0"_s, u"10"_s, u"+5"_s, u" 5"_s, u"5 "_s, u"0x5"_s,
                                    u"5.0"_s, u"\u0665"_s, u"99999999999999999999"_s})
            QTest::newRow(qPrintable(u"none: "_s + text)) << text << qint64{-1};
    }
    void takesDigitsOnlyForANumber()
    {
        QFETCH(QString, text);
        QFETCH(qint64, number);
        QCOMPARE(ServerOptions::number(text, 1, 9).value_or(-1), number);
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
        for (const char *option :
             {"--bind", "--port", "--data-dir", "--app", "--secret", "--heartbeat", "--timeout",
              "--cert", "--key", "--json", "--config", "--webhook", "--webhook-header"})
            QVERIFY2(help.text.contains(QLatin1StringView(option)), option);
        const auto version = std::get<ServerOptions::Exit>(parse({u"--version"_s}));
        QCOMPARE(version.code, 0);
        QCOMPARE(version.text, u"cometa-server "_s + QStringLiteral(COMETA_VERSION) + u'\n');
    }
};

QTEST_GUILESS_MAIN(ServerOptionsTest)
#include "tst_serveroptions.moc"
