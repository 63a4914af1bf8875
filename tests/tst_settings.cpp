// SPDX-License-Identifier: Apache-2.0
#include "settingoption.h"
#include "settings.h"

#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;

class TestSettings final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;

    QString configFile(const QByteArray &content)
    {
        const QString path = m_directory.filePath(QStringLiteral("agent.conf"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write the test file");
        return path;
    }

    static QByteArray content(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    // agent.conf of an administrator, the only one while this lives.
    class AdministratorFile final
    {
    public:
        explicit AdministratorFile(const QByteArray &content)
        {
            const QString path = this->path();
            QFile file(path);
            if (!QDir().mkpath(QFileInfo(path).path()) || !file.open(QIODevice::WriteOnly)
                || file.write(content) != content.size())
                qFatal("cannot write the test file");
            qputenv("XDG_CONFIG_DIRS", QFile::encodeName(m_directory.path()));
        }
        ~AdministratorFile() { qunsetenv("XDG_CONFIG_DIRS"); }
        Q_DISABLE_COPY_MOVE(AdministratorFile)

        [[nodiscard]] QString path() const
        {
            return m_directory.filePath(QStringLiteral("cometa-agent/agent.conf"));
        }

    private:
        QTemporaryDir m_directory;
    };

private Q_SLOTS:
    void givesBackWhatItWasGiven_data()
    {
        QTest::addColumn<QString>("option");
        QTest::addColumn<QString>("value");
        const auto row = [](const char *option, const char *value) {
            QTest::newRow(option) << QString::fromLatin1(option) << QString::fromUtf8(value);
        };
        row("server", "cometa.example.org");
        row("port", "8443");
        row("app", "0123456789abcdef0123");
        row("device", "52540012AB34");
        row("info", "Büro, 2. Stock");
        row("tls", "yes");
        row("pin", "5b56487994221cb003bbb51ce9827d0a4dfc56a91f8f037ad30ef44dfce8494d");
        row("approve", "rules");
        row("locked", "deny");
        row("accept-text", "yes");
        row("trust-plaintext", "yes");
        row("event-interval", "0");
        row("reply-budget", "7");
        row("approval-deadline", "30");
        row("time-limit", "86400");
        row("max-awaiting", "1");
        row("max-running", "100");
        row("process-limit", "0");
        row("automatic-runs", "0");
        row("reply-limit", "1024");
        row("outbox-events", "5");
        row("outbox-bytes", "65536");
        row("keep-days", "1");
        row("keep-megabytes", "16");
        row("notifications", "no");
        row("language", "de");
        row("tray-icon", "light");
    }
    void givesBackWhatItWasGiven()
    {
        QFETCH(QString, option);
        QFETCH(QString, value);
        Settings settings;
        QVERIFY(settings.get(option) != value);
        QCOMPARE(settings.set(option, value), std::nullopt);
        QCOMPARE(settings.get(option), value);
        QVERIFY(settings != Settings());
    }

    void refusesWithARemedy_data()
    {
        QTest::addColumn<QString>("option");
        QTest::addColumn<QString>("value");
        const auto row = [](const char *option, const char *value) {
            QTest::addRow("%s %s", option, value)
                << QString::fromLatin1(option) << QString::fromUtf8(value);
        };
        row("server", "http://example.org");
        row("server", "me@example.org");
        row("server", "exa mple");
        row("port", "99999");
        row("port", "0");
        row("port", "-1");
        row("port", "eighty");
        row("port", "80 ");
        row("app", "a/b");
        row("app", "..");
        row("device", "x\r\nHost: y");
        row("device", "123456789012345678901234567890123");
        row("info", "two\nlines");
        row("tls", "perhaps");
        row("ca-file", "/nowhere/ca.pem");
        row("ca-file", "/");
        row("pin", "abc");
        row("pin", "zz56487994221cb003bbb51ce9827d0a4dfc56a91f8f037ad30ef44dfce8494d");
        row("approve", "always");
        row("locked", "allow");
        row("accept-text", "2");
        row("event-interval", "-1");
        row("reply-budget", "0");
        row("reply-budget", "20s");
        row("time-limit", "86401");
        row("reply-limit", "1048577");
        row("no-such-option", "1");
    }
    void refusesWithARemedy()
    {
        QFETCH(QString, option);
        QFETCH(QString, value);
        Settings settings;
        const std::optional<QString> message = settings.set(option, value);
        QVERIFY(message);
        QVERIFY2(message->size() > 20 && !message->contains(u'\r'), qPrintable(*message));
        QCOMPARE(settings, Settings());
    }

    void readsAPinWithColonsOrBlanks()
    {
        Settings settings;
        QCOMPARE(settings.set(QStringLiteral("pin"),
                              QStringLiteral("AB:").repeated(31) + QStringLiteral("CD")),
                 std::nullopt);
        QCOMPARE(settings.pin, QStringLiteral("ab").repeated(31) + QStringLiteral("cd"));
        QCOMPARE(settings.set(QStringLiteral("pin"), QStringLiteral("ABCDEF01 ").repeated(8)),
                 std::nullopt);
        QCOMPARE(settings.pin, QStringLiteral("abcdef01").repeated(8));
    }

    void hasDefaultsThatAskAndStopInTime()
    {
        const Settings settings;
        QCOMPARE(settings.approval, Settings::Approval::Ask);
        QCOMPARE(settings.locked, Settings::Locked::Hold);
        QVERIFY(!settings.acceptText && !settings.trustPlaintext);
        QCOMPARE(settings.approvalDeadline, 300s);
        QCOMPARE(settings.timeLimit, 300s);
        QCOMPARE(settings.eventInterval, 60s);
        QVERIFY(!settings.replyBudget);
    }

    void tellsWhatIsMissing()
    {
        Settings settings;
        QCOMPARE(settings.problems().size(), 2);
        QCOMPARE(settings.problems().first().option, QStringLiteral("server"));
        settings.server = QStringLiteral("a.example");
        settings.application = QStringLiteral("ops");
        QVERIFY(settings.problems().isEmpty());
        settings.certFile = QStringLiteral("/x.pem");
        QCOMPARE(settings.problems().first().option, QStringLiteral("key-file"));
        settings.certFile.clear();
        settings.tls = false;
        settings.pin = QString(64, u'0');
        QCOMPARE(settings.problems().first().option, QStringLiteral("tls"));
    }

    void wantsOnePlaceForThePasswordOfTheProxy()
    {
        Settings settings;
        settings.server = QStringLiteral("a.example");
        settings.application = QStringLiteral("ops");
        QVERIFY(!settings.set(QStringLiteral("proxy-keychain"), QStringLiteral("yes")));
        QCOMPARE(settings.problems().first().option, QStringLiteral("proxy-user"));
        settings.proxyUser = QStringLiteral("anna");
        QVERIFY(settings.problems().isEmpty());
        settings.proxyPasswordFile = QStringLiteral("/x");
        QCOMPARE(settings.problems().first().option, QStringLiteral("proxy-keychain"));
    }

    void namesItsScope()
    {
        Settings settings;
        settings.server = QStringLiteral("Cometa.Example.org.");
        settings.port = 7007;
        settings.application = QStringLiteral("ops");
        QCOMPARE(settings.scope(), QStringLiteral("cometa.example.org:7007/ops"));
    }

    void letsOptionsWinOverTheFile()
    {
        const QHash<QString, QString> options{
            {QStringLiteral("config"), configFile("server = file.example\nport = 1000\n")},
            {QStringLiteral("data-dir"), m_directory.path()},
            {QStringLiteral("port"), QStringLiteral("2000")}};
        QString error;
        const auto settings = Settings::load(options, &error);
        QVERIFY2(settings, qPrintable(error));
        QCOMPARE(settings->server, QStringLiteral("file.example"));
        QCOMPARE(settings->port, 2000);
        QCOMPARE(settings->dataDirectory, m_directory.path());
    }

    void namesFileAndLineOfAMistake_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("text");
        QTest::newRow("value") << QByteArray("server = a\nport = 99999\n")
                               << QStringLiteral("line 2, port");
        QTest::newRow("spelling") << QByteArray("sevrer = a\n")
                                  << QStringLiteral("check the spelling");
        QTest::newRow("group") << QByteArray("port = 1\n[link]\nserver = a\n")
                               << QStringLiteral("line 2: there is no group “[link]”");
        QTest::newRow("approve all")
            << QByteArray("approve = all\n") << QStringLiteral("--approve all");
    }
    void namesFileAndLineOfAMistake()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, text);
        QString error;
        QVERIFY(!Settings::load({{QStringLiteral("config"), configFile(content)}}, &error));
        QVERIFY2(error.contains(text), qPrintable(error));
        QVERIFY(error.contains(QStringLiteral("agent.conf")));
    }

    void tellsThatANamedFileIsMissing()
    {
        QString error;
        QVERIFY(
            !Settings::load({{QStringLiteral("config"), QStringLiteral("/nowhere.conf")}}, &error));
        QVERIFY2(error.startsWith(QStringLiteral("--config")), qPrintable(error));
        const QString config = configFile("");
        QVERIFY(!Settings::load({{QStringLiteral("config"), config},
                                 {QStringLiteral("ca-file"), QStringLiteral("/no.pem")}},
                                &error));
        QVERIFY2(error.startsWith(QStringLiteral("--ca-file")), qPrintable(error));
    }

    void savesTheNamedOptionsAndLeavesTheRestAlone()
    {
        Settings settings;
        settings.configFile = configFile("# mine\nserver = old.example\nport = 1\nkeep-days = 7\n");
        settings.server = QStringLiteral("a.example");
        settings.port = 443; // the default: its entry goes
        settings.timeLimit = 30s; // from the command line: not to be saved
        settings.approval = Settings::Approval::All; // never saved
        settings.application = QStringLiteral("ops");
        settings.lockedOptions = {QStringLiteral("app")};
        QString error;
        QVERIFY2(settings.save({QStringLiteral("server"), QStringLiteral("port"),
                                QStringLiteral("app"), QStringLiteral("approve")},
                               &error),
                 qPrintable(error));
        QCOMPARE(content(settings.configFile),
                 QByteArray("# mine\nserver = a.example\nkeep-days = 7\n"));
    }

    void savesADefaultWhereTheAdministratorSetAnother()
    {
        const AdministratorFile file("keep-days = 5\n");
        QString error;
        auto settings = Settings::load({{QStringLiteral("config"), configFile("")}}, &error);
        QVERIFY2(settings, qPrintable(error));
        QCOMPARE(settings->keepDays, 5);
        QVERIFY(!settings->lockedOptions.contains(QStringLiteral("keep-days")));
        settings->keepDays = Settings().keepDays;
        QVERIFY(settings->save({QStringLiteral("keep-days")}, &error));
        QCOMPARE(content(settings->configFile), QByteArray("keep-days = 90\n"));
    }

    void losesNothingWhenItCannotSave()
    {
        Settings settings;
        settings.configFile = configFile("server = a.example\nnonsense\n");
        settings.timeLimit = 30s;
        QString error;
        QVERIFY(!settings.save({QStringLiteral("time-limit")}, &error));
        QVERIFY2(error.contains(QStringLiteral("line 2")), qPrintable(error));
        QCOMPARE(content(settings.configFile), QByteArray("server = a.example\nnonsense\n"));
    }

    void letsTheAdministratorsLocksWin()
    {
        const AdministratorFile file("port = 7\nkeep-days = 5\n[locked]\nserver = locked.example\n"
                                     "approve = rules\n");
        QString error;
        const auto settings =
            Settings::load({{QStringLiteral("config"),
                             configFile("server = mine.example\nport = 1000\n[locked]\napp = x\n")},
                            {QStringLiteral("server"), QStringLiteral("option.example")},
                            {QStringLiteral("approve"), QStringLiteral("all")}},
                           &error);
        QVERIFY2(settings, qPrintable(error));
        QCOMPARE(settings->server, QStringLiteral("locked.example"));
        QCOMPARE(settings->approval, Settings::Approval::Rules);
        QCOMPARE(settings->port, 1000); // not locked: the owner's counts
        QCOMPARE(settings->keepDays, 5);
        const QSet<QString> locked{QStringLiteral("server"), QStringLiteral("approve")};
        QCOMPARE(settings->lockedOptions, locked);
        QVERIFY(settings->application.isEmpty()); // only the administrator locks
    }

    void takesApproveAllFromTheCommandLineWhereOtherThingsAreLocked()
    {
        const AdministratorFile file("[locked]\nkeep-days = 5\n");
        QString error;
        const auto settings = Settings::load({{QStringLiteral("config"), configFile("")},
                                              {QStringLiteral("approve"), QStringLiteral("all")}},
                                             &error);
        QVERIFY2(settings, qPrintable(error));
        QCOMPARE(settings->approval, Settings::Approval::All);
    }

    void takesTheFirstOfSeveralDirectoriesOverTheOthers()
    {
        const AdministratorFile first("[locked]\nport = 1\n");
        const QByteArray directories = qgetenv("XDG_CONFIG_DIRS");
        const AdministratorFile second("[locked]\nport = 2\nkeep-days = 5\n");
        qputenv("XDG_CONFIG_DIRS", "relative:" + directories + ':' + qgetenv("XDG_CONFIG_DIRS"));
        QString error;
        const auto settings = Settings::load({{QStringLiteral("config"), configFile("")}}, &error);
        QVERIFY2(settings, qPrintable(error));
        QCOMPARE(settings->port, 1);
        QCOMPARE(settings->keepDays, 5);
    }

    void namesTheAdministratorsFileAndLine()
    {
        const AdministratorFile file("[locked]\nport = 99999\n");
        QString error;
        QVERIFY(!Settings::load({{QStringLiteral("config"), configFile("")}}, &error));
        QVERIFY2(error.contains(file.path()) && error.contains(QStringLiteral("line 2")),
                 qPrintable(error));
    }

    void namesItsPlaces()
    {
        QString error;
        const auto settings = Settings::load({{QStringLiteral("config"), configFile("")}}, &error);
        QVERIFY2(settings, qPrintable(error));
        const QStringList arguments{QStringLiteral("--config"), settings->configFile};
        QCOMPARE(settings->placeArguments(), arguments);
    }

    void refusesFilesOfTheWrongKind_data()
    {
        QTest::addColumn<QString>("option");
        QTest::addColumn<QString>("file");
        QTest::addColumn<bool>("good");
        const auto row = [](const char *option, const char *file, bool good) {
            QTest::addRow("%s %s", option, file)
                << QString::fromLatin1(option) << QString::fromLatin1(file) << good;
        };
        row("ca-file", "ca.pem", true);
        row("ca-file", "server.key", false);
        row("ca-file", "README.md", false);
        row("cert-file", "server.pem", true);
        row("cert-file", "server.key", false);
        row("key-file", "server.key", true);
        row("key-file", "server.pem", false);
    }
    void refusesFilesOfTheWrongKind()
    {
        QFETCH(QString, option);
        QFETCH(QString, file);
        QFETCH(bool, good);
        const QString path = QFINDTESTDATA("data/tls/") + file;
        Settings settings;
        const std::optional<QString> message = settings.set(option, path);
        QCOMPARE(!message, good);
        QCOMPARE(settings.get(option), good ? path : QString());
        QVERIFY(good || message->contains(QStringLiteral("PEM")));
    }

    void keepsMistakesOfTheFileAndTellsThem()
    {
        const QString config = configFile("server = a.example\napp = ops\nport = 99999\npin = abc\n"
                                          "approve = all\ntime-limit = soon\n");
        QString error;
        const auto settings = Settings::load({{QStringLiteral("config"), config},
                                              {QStringLiteral("time-limit"), QStringLiteral("9")}},
                                             &error, Settings::Mistakes::Keep);
        QVERIFY2(settings, qPrintable(error));
        QCOMPARE(settings->port, 443);
        QCOMPARE(settings->approval, Settings::Approval::Ask);
        QCOMPARE(settings->timeLimit, 9s); // the option stands in for it
        QStringList options;
        for (const Settings::Problem &problem : settings->problems())
            options.append(problem.option);
        const QStringList wanted{QStringLiteral("port"), QStringLiteral("pin"),
                                 QStringLiteral("approve")};
        QCOMPARE(options, wanted);
        QVERIFY(settings->problems().first().message.contains(QStringLiteral("1 to 65535")));
        Settings mended = *settings;
        for (const QString &option : wanted)
            QCOMPARE(mended.set(option, Settings().get(option)), std::nullopt);
        QVERIFY(mended.problems().isEmpty());
    }

    void refusesOtherMistakesAllTheSame()
    {
        QString error;
        const auto keep = Settings::Mistakes::Keep;
        QVERIFY(!Settings::load({{QStringLiteral("config"), configFile("sevrer = a\n")}}, &error,
                                keep));
        QVERIFY(!Settings::load({{QStringLiteral("config"), configFile("")},
                                 {QStringLiteral("port"), QStringLiteral("0")}},
                                &error, keep));
        const AdministratorFile file("port = 0\n");
        QVERIFY(!Settings::load({{QStringLiteral("config"), configFile("")}}, &error, keep));
    }

    void hasAnOptionForEachName()
    {
        const QStringList names = Settings::optionNames();
        QCOMPARE(QSet<QString>(names.begin(), names.end()).size(), names.size());
        for (const QString &name : names)
            QVERIFY(SettingOption::find(name));
    }
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
