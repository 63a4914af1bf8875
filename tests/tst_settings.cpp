// SPDX-License-Identifier: Apache-2.0
#include "settingoption.h"
#include "settings.h"

#include <QTemporaryDir>
#include <QtTest>

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
        row("reply-limit", "1024");
        row("outbox-events", "5");
        row("outbox-bytes", "65536");
        row("keep-days", "1");
        row("keep-megabytes", "16");
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

    void readsAPinWithColons()
    {
        Settings settings;
        QCOMPARE(settings.set(QStringLiteral("pin"),
                              QStringLiteral("AB:").repeated(31) + QStringLiteral("CD")),
                 std::nullopt);
        QCOMPARE(settings.pin, QStringLiteral("ab").repeated(31) + QStringLiteral("cd"));
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

    void savesWhatDiffersFromTheDefaults()
    {
        Settings settings;
        settings.configFile = m_directory.filePath(QStringLiteral("saved.conf"));
        settings.server = QStringLiteral("a.example");
        settings.port = 7007;
        settings.approval = Settings::Approval::All; // never a saved default
        settings.timeLimit = 30s;
        settings.application = QStringLiteral("ops");
        settings.lockedOptions = {QStringLiteral("app")};
        QString error;
        QVERIFY2(settings.save(&error), qPrintable(error));
        QFile file(settings.configFile);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("server = a.example\nport = 7007\ntime-limit = 30\n"));
        const auto again =
            Settings::load({{QStringLiteral("config"), settings.configFile}}, &error);
        QVERIFY(again);
        QCOMPARE(again->timeLimit, 30s);
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
