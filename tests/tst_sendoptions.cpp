// SPDX-License-Identifier: Apache-2.0
#include "sendoptions.h"

#include "ctlusage.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryFile>
#include <QTest>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Options = QHash<QString, QString>;

namespace {

CtlUsage usageOf(const Options &more = {}, const QStringList &words = {u"id"_s})
{
    CtlUsage usage;
    usage.command = u"send"_s;
    usage.arguments = words;
    usage.options = {
        {u"server"_s, u"cometa.example.org"_s}, {u"app"_s, u"ops"_s}, {u"device"_s, u"lab-3"_s}};
    usage.options.insert(more);
    return usage;
}

} // namespace

class SendOptionsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { qputenv("COMETA_SECRET", "s3cr3t"); }

    void hasTheDefaultsOfTheAgent();
    void encrypts_data();
    void encrypts();
    void P14_sendsNothingInTheClearByAccident();
    void refusesWhatDoesNotFit_data();
    void refusesWhatDoesNotFit();
    void readsTheCommandFromStandardInput();
    void takesNoCommandThatADeviceWouldNot_data();
    void takesNoCommandThatADeviceWouldNot();
    void P16_wantsASecretFromAFileOrTheEnvironment();
    void makesTheMessage();

private:
    QString m_error;
};

void SendOptionsTest::hasTheDefaultsOfTheAgent()
{
    const auto options = SendOptions::read(usageOf(), &m_error);
    QVERIFY2(options, qPrintable(m_error));
    QCOMPARE(options->host, u"cometa.example.org"_s);
    QCOMPARE(options->port, 443);
    QVERIFY(options->tls.enabled);
    QCOMPARE(options->application, u"ops"_s);
    QCOMPARE(options->device, u"lab-3"_s);
    QCOMPARE(options->secret, "s3cr3t");
    QCOMPARE(options->command, "id");
    QVERIFY(!options->timeout && !options->wait && !options->json && !options->raw);
}

void SendOptionsTest::encrypts_data()
{
    QTest::addColumn<Options>("given");
    QTest::addColumn<bool>("encrypted");
    const QString pin(64, u'a');
    QTest::newRow("443") << Options{} << true;
    QTest::newRow("443, off") << Options{{u"no-tls"_s, {}}} << false;
    QTest::newRow("8443, on") << Options{{u"port"_s, u"8443"_s}, {u"tls"_s, {}}} << true;
    QTest::newRow("8443, pin") << Options{{u"port"_s, u"8443"_s}, {u"pin"_s, pin}} << true;
    QTest::newRow("8443, CA") << Options{{u"port"_s, u"8443"_s},
                                         {u"ca-file"_s, QFINDTESTDATA("data/tls/ca.pem")}}
                              << true;
    QTest::newRow("8080, off") << Options{{u"port"_s, u"8080"_s}, {u"no-tls"_s, {}}} << false;
    for (const QString &host : {u"localhost"_s, u"127.0.0.1"_s, u"::1"_s})
        QTest::newRow(qPrintable(host))
            << Options{{u"server"_s, host}, {u"port"_s, u"8080"_s}} << false;
}

void SendOptionsTest::encrypts()
{
    QFETCH(const Options, given);
    QFETCH(const bool, encrypted);
    const auto options = SendOptions::read(usageOf(given), &m_error);
    QVERIFY2(options, qPrintable(m_error));
    QCOMPARE(options->tls.enabled, encrypted);
}

void SendOptionsTest::P14_sendsNothingInTheClearByAccident()
{
    QVERIFY(!SendOptions::read(usageOf({{u"port"_s, u"8080"_s}}), &m_error));
    QVERIFY2(m_error.contains("--no-tls"_L1), qPrintable(m_error));
}

void SendOptionsTest::refusesWhatDoesNotFit_data()
{
    QTest::addColumn<Options>("given");
    QTest::addColumn<QString>("names");
    const auto row = [](const QString &option, const QString &value) {
        QTest::newRow(qPrintable(option + ' '_L1 + value))
            << Options{{option, value}} << "--"_L1 + option;
    };
    for (const QString &option : {u"server"_s, u"app"_s, u"device"_s})
        row(option, {});
    for (const QString &value : {u"http://x"_s, u"a b"_s, u"x@y"_s, u"x:1"_s})
        row(u"server"_s, value);
    for (const QString &value : {u"0"_s, u"65536"_s, u"x"_s})
        row(u"port"_s, value);
    row(u"app"_s, u"a/b"_s);
    row(u"device"_s, u".."_s);
    row(u"device"_s, QString(33, u'x'));
    row(u"pin"_s, u"abc"_s);
    row(u"ca-file"_s, u"/nowhere.pem"_s);
    row(u"secret-file"_s, u"/nowhere"_s);
    for (const QString &value : {u"0"_s, u"86401"_s, u"1.5"_s, u"x"_s, u""_s, u"-1"_s})
        row(u"timeout"_s, value);
    for (const QString &value : {u"-1"_s, u"86401"_s, u"x"_s})
        row(u"wait"_s, value);
    QTest::newRow("both") << Options{{u"tls"_s, {}}, {u"no-tls"_s, {}}} << u"--no-tls"_s;
    QTest::newRow("pin, no TLS") << Options{{u"pin"_s, QString(64, u'a')}, {u"no-tls"_s, {}}}
                                 << u"--pin"_s;
}

void SendOptionsTest::refusesWhatDoesNotFit()
{
    QFETCH(const Options, given);
    QFETCH(const QString, names);
    QVERIFY(!SendOptions::read(usageOf(given), &m_error));
    QVERIFY2(m_error.contains(names), qPrintable(m_error));
    QVERIFY(!m_error.contains(u'\n'));
}

void SendOptionsTest::readsTheCommandFromStandardInput()
{
    QTemporaryFile script;
    QVERIFY(script.open() && script.write("for i in 1 2\ndo echo $i\ndone\n") > 0);
    QVERIFY(script.flush() && std::freopen(qPrintable(script.fileName()), "r", stdin));
    const auto options = SendOptions::read(usageOf({}, {u"-"_s}), &m_error);
    QVERIFY2(options, qPrintable(m_error));
    QCOMPARE(options->command, "for i in 1 2\ndo echo $i\ndone\n");
    QVERIFY(script.resize(0) && script.seek(0) && script.write("echo \xff\n") > 0);
    QVERIFY(script.flush() && std::freopen(qPrintable(script.fileName()), "r", stdin));
    QVERIFY(!SendOptions::read(usageOf({}, {u"-"_s}), &m_error));
    QVERIFY(m_error.contains("UTF-8"_L1));
}

void SendOptionsTest::takesNoCommandThatADeviceWouldNot_data()
{
    QTest::addColumn<QString>("command");
    QTest::newRow("empty") << u""_s;
    QTest::newRow("blank") << u" \n"_s;
    QTest::newRow("too long") << QString(65'537, u'x');
    QTest::newRow("was no UTF-8") << u"echo \ufffd"_s;
    QTest::newRow("begins with a mark") << u"\ufeffecho"_s;
}

void SendOptionsTest::takesNoCommandThatADeviceWouldNot()
{
    QFETCH(const QString, command);
    QVERIFY(!SendOptions::read(usageOf({}, {command}), &m_error));
    QVERIFY2(m_error.startsWith("the command "_L1), qPrintable(m_error));
}

void SendOptionsTest::P16_wantsASecretFromAFileOrTheEnvironment()
{
    qunsetenv("COMETA_SECRET");
    QVERIFY(!SendOptions::read(usageOf(), &m_error));
    QVERIFY(m_error.contains("--secret-file"_L1) && m_error.contains("COMETA_SECRET"_L1));
    qputenv("COMETA_SECRET", "two words");
    QVERIFY(!SendOptions::read(usageOf(), &m_error));
    QVERIFY(m_error.contains("is no secret"_L1) && !m_error.contains("two"_L1));
}

void SendOptionsTest::makesTheMessage()
{
    const auto options = SendOptions::read(
        usageOf({{u"timeout"_s, u"30"_s}, {u"reason"_s, u"“alert”"_s}, {u"wait"_s, u"0"_s}},
                {u"ls"_s, u"a b"_s}),
        &m_error);
    QVERIFY2(options, qPrintable(m_error));
    QCOMPARE(options->wait, 0s);
    const QJsonObject expected{{u"cmd"_s, u"ls 'a b'"_s},
                               {u"reply"_s, u"json"_s},
                               {u"reason"_s, u"“alert”"_s},
                               {u"timeout"_s, 30}};
    QCOMPARE(QJsonDocument::fromJson(options->message()).object(), expected);
    QCOMPARE(SendOptions::read(usageOf(), &m_error)->message(), R"({"cmd":"id","reply":"json"})");
}

QTEST_GUILESS_MAIN(SendOptionsTest)
#include "tst_sendoptions.moc"
