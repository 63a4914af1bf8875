// SPDX-License-Identifier: Apache-2.0
#include "configurationfile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr QFile::Permissions Private = QFile::ReadOwner | QFile::WriteOwner;
const QByteArray Minimal = "[application:ops]\nsecret = s\n";

} // namespace

class ConfigurationFileTest final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;

    [[nodiscard]] QString write(const QString &name, const QByteArray &content,
                                QFile::Permissions permissions = Private) const
    {
        QFile file(m_directory.filePath(name));
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate)
            || file.write(content) != content.size() || !file.setPermissions(permissions))
            qFatal("cannot write %s", qPrintable(file.fileName()));
        return file.fileName();
    }
    // The error, or nothing.
    [[nodiscard]] QString read(const QByteArray &content, ServerOptions *options,
                               QFile::Permissions permissions = Private) const
    {
        QString error;
        const QString path = write(u"cometa.conf"_s, content, permissions);
        const bool taken = ConfigurationFile::readInto(path, options, &error);
        if (taken != error.isEmpty())
            qFatal("an error without a line, or a line without one");
        return error;
    }

private Q_SLOTS:
    void readsEveryKey()
    {
        const QString secretFile = write(u"lab.secret"_s, "from-a-file\n");
        ServerOptions options;
        QCOMPARE(read("# ours\n"
                      "[server]\n"
                      "bind = ::1\n"
                      "port = 0\n"
                      "heartbeat = 30\n"
                      "timeout = 10\n"
                      "cert = server.pem\n"
                      "key = /etc/server.key\n"
                      "data = state\n"
                      "request_log = /var/log/requests\n"
                      "error_log = errors\n"
                      "max_connections = 7\n"
                      "max_devices = 8\n"
                      "\n"
                      "[application:ops]\n"
                      "name = Operations of the north\n"
                      "secret = s3cret=\n"
                      "webhook = https://example.org/hook?x=1\n"
                      "webhook_header = Authorization: Bearer t\n"
                      "[application:lab]\n"
                      "secret_file = lab.secret\n",
                      &options),
                 QString());
        QCOMPARE(options.address, QHostAddress(QHostAddress::LocalHostIPv6));
        QCOMPARE(options.port, 0);
        QCOMPARE(options.timing.heartbeat, 30s);
        QCOMPARE(options.timing.timeout, 10s);
        QCOMPARE(options.tlsFiles.certificate, m_directory.filePath(u"server.pem"_s));
        QCOMPARE(options.tlsFiles.key, u"/etc/server.key"_s);
        QCOMPARE(options.dataDirectory, m_directory.filePath(u"state"_s));
        QCOMPARE(options.requestLog, u"/var/log/requests"_s);
        QCOMPARE(options.errorLog, m_directory.filePath(u"errors"_s));
        QCOMPARE(options.limits.connections, 7);
        QCOMPARE(options.limits.devices, 8);
        QCOMPARE(options.applications.size(), 2);
        const ApplicationSettings ops = options.applications.at(0);
        QCOMPARE(ops.id, u"ops"_s);
        QCOMPARE(ops.name, u"Operations of the north"_s);
        QCOMPARE(ops.secret, "s3cret=");
        QCOMPARE(ops.webhook.url, QUrl(u"https://example.org/hook?x=1"_s));
        QCOMPARE(ops.webhook.fieldName, "Authorization");
        QCOMPARE(ops.webhook.fieldValue, "Bearer t");
        const ApplicationSettings lab = options.applications.at(1);
        QCOMPARE(lab.id, u"lab"_s);
        QCOMPARE(lab.secret, "from-a-file");
        QVERIFY(lab.name.isEmpty() && lab.webhook.url.isEmpty());
    }

    void leavesWhatItDoesNotName()
    {
        ServerOptions options;
        options.port = 1234;
        options.dataDirectory = u"/d"_s;
        QCOMPARE(read(Minimal, &options), QString());
        QCOMPARE(options.port, 1234);
        QCOMPARE(options.dataDirectory, u"/d"_s);
        QVERIFY(options.requestLog.isEmpty() && options.tlsFiles.key.isEmpty());
    }

    void turnsTheRequestLogOff()
    {
        ServerOptions options;
        QCOMPARE(read("[server]\nrequest_log = off\nerror_log = off\n", &options), QString());
        QCOMPARE(options.requestLog, u"off"_s);
        QCOMPARE(options.errorLog, m_directory.filePath(u"off"_s)); // there it is a file
    }

    void refusesWithLineAndRemedy_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("line");
        QTest::addColumn<QString>("named");
        const auto row = [](const QByteArray &content, int line, const QString &named) {
            QTest::newRow(content.constData()) << content << line << named;
        };
        row("[server]\nport = 65536\n", 2, u"port"_s);
        row("[server]\nport = 0x10\n", 2, u"port"_s);
        row("[server]\n\n# x\nheartbeat = 301\n", 4, u"heartbeat"_s);
        row("[server]\ntimeout = 0\n", 2, u"timeout"_s);
        row("[server]\nmax_devices = 0\n", 2, u"max_devices"_s);
        row("[server]\nmax_connections = 99999999999999999999\n", 2, u"max_connections"_s);
        row("[server]\nbind = localhost\n", 2, u"bind"_s);
        row("[server]\ncert =\n", 2, u"cert"_s);
        row("[server]\nPort = 1\n", 2, u"Port"_s);
        row("[server]\nport = 1\nport = 2\n", 3, u"twice"_s);
        row("port = 1\n", 1, u"[]"_s);
        row("[servers]\nport = 1\n", 2, u"[servers]"_s);
        row("[application:]\nsecret = s\n", 2, u"[application:]"_s);
        row("[application:a/b]\nsecret = s\n", 2, u"[application:a/b]"_s);
        row("[application:..]\nsecret = s\n", 2, u"[application:..]"_s);
        row("# no key follows\n[applications:a]\n", 2, u"[applications:a]"_s);
        row("[application:a]\nsecret =\n", 2, u"secret"_s);
        row("[application:a]\nsecret = two words\n", 2, u"secret"_s);
        row("[application:a]\nsecret = \xC3\xA4\n", 2, u"secret"_s);
        row("[application:a]\nsecret_file = nowhere\n", 2, u"nowhere"_s);
        row("[application:a]\nsecret = s\nwebhook = ftp://h/\n", 3, u"webhook"_s);
        row("[application:a]\nsecret = s\nwebhook_header = Host: h\n", 3, u"webhook_header"_s);
        row("[application:a]\nsecret = s\nurl = x\n", 3, u"url"_s);
        row("[server\n", 1, u"line"_s);
    }
    void refusesWithLineAndRemedy()
    {
        QFETCH(QByteArray, content);
        QFETCH(int, line);
        QFETCH(QString, named);
        ServerOptions options;
        const QString error = read(content, &options);
        QVERIFY2(error.contains(named), qPrintable(error));
        QVERIFY2(error.startsWith(m_directory.filePath(u"cometa.conf"_s) + u" line %1"_s.arg(line)),
                 qPrintable(error));
        QVERIFY(!error.contains(u'\n'));
    }

    void refusesWhatIsNotWhole_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("named");
        QTest::newRow("no secret") << QByteArray("[application:a]\nname = x\n") << u"secret"_s;
        QTest::newRow("nothing in it") << QByteArray("[application:a]\n" + Minimal) << u"secret"_s;
        QTest::newRow("header without webhook")
            << QByteArray(Minimal + "webhook_header = X: y\n") << u"webhook_header"_s;
        QTest::newRow("certificate without key")
            << QByteArray("[server]\ncert = c.pem\n") << u"key"_s;
        QTest::newRow("two secrets")
            << QByteArray(Minimal + "secret_file = cometa.conf\n") << u"secret_file"_s;
    }
    void refusesWhatIsNotWhole()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, named);
        ServerOptions options;
        const QString error = read(content, &options);
        QVERIFY2(error.contains(named), qPrintable(error));
    }

    void P19_refusesASecretThatOthersCanRead_data()
    {
        QTest::addColumn<QFile::Permissions>("more");
        QTest::addColumn<bool>("isRefused");
        QTest::newRow("0600") << QFile::Permissions() << false;
        QTest::newRow("0640") << QFile::Permissions(QFile::ReadGroup) << true;
        QTest::newRow("0604") << QFile::Permissions(QFile::ReadOther) << true;
        QTest::newRow("0620") << QFile::Permissions(QFile::WriteGroup) << true;
    }
    void P19_refusesASecretThatOthersCanRead()
    {
        QFETCH(QFile::Permissions, more);
        QFETCH(bool, isRefused);
        ServerOptions options;
        QString error = read(Minimal, &options, Private | more);
        QCOMPARE(error.contains("chmod 600"_L1), isRefused);
        QVERIFY(!error.contains("= s"_L1));

        const QString secretFile = write(u"kept"_s, "s\n", Private | more);
        ServerOptions other;
        error = read("[application:ops]\nsecret_file = kept\n", &other, Private | more);
        QCOMPARE(error.contains("chmod 600 "_L1 + secretFile), isRefused);
    }

    void takesAFileWithoutSecretsAsItIs()
    {
        ServerOptions options;
        QCOMPARE(read("[server]\nport = 1\n", &options, Private | QFile::ReadOther), QString());
        QCOMPARE(options.port, 1);
        QVERIFY(options.applications.isEmpty());
    }

    void namesAFileThatIsMissing()
    {
        ServerOptions options;
        QString error;
        const QString path = m_directory.filePath(u"nowhere.conf"_s);
        QVERIFY(!ConfigurationFile::readInto(path, &options, &error));
        QVERIFY2(error.contains(path), qPrintable(error));
    }
};

QTEST_GUILESS_MAIN(ConfigurationFileTest)
#include "tst_configurationfile.moc"
