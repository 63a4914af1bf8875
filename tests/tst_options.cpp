// SPDX-License-Identifier: Apache-2.0
#include "options.h"

#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;
using Program = Options::Program;

class TestOptions final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;

    std::variant<Options, Options::Exit> parse(Program program, const QStringList &arguments)
    {
        QStringList all{QStringLiteral("program"), QStringLiteral("--data-dir"),
                        m_directory.path()};
        return Options::parse(program, all + arguments);
    }
    static QStringList words(const char *line)
    {
        return QString::fromLatin1(line).split(u' ', Qt::SkipEmptyParts);
    }

private Q_SLOTS:
    void initTestCase() { qputenv("XDG_CONFIG_HOME", m_directory.path().toLocal8Bit()); }

    void takesTheSdkSamplesShortNames()
    {
        const auto parsed =
            parse(Program::Agentd,
                  words("-s host.example -p 7007 -a ops -d dev1 -i text -e -v --approve all"));
        const auto *options = std::get_if<Options>(&parsed);
        QVERIFY(options);
        QCOMPARE(options->settings.server, QStringLiteral("host.example"));
        QCOMPARE(options->settings.port, 7007);
        QCOMPARE(options->settings.application, QStringLiteral("ops"));
        QCOMPARE(options->settings.device, QStringLiteral("dev1"));
        QCOMPARE(options->settings.info, QStringLiteral("text"));
        QCOMPARE(options->settings.tls, std::optional(true));
        QCOMPARE(options->settings.approval, Settings::Approval::All);
        QVERIFY(options->verbose);
        QVERIFY(!options->json);
    }

    void takesTheLongNames()
    {
        const auto parsed = parse(
            Program::Agentd,
            words("--server h --no-tls --accept-text --trust-plaintext --json "
                  "--event-interval 0 --reply-budget 5 --approval-deadline 6 --time-limit 7"));
        const auto *options = std::get_if<Options>(&parsed);
        QVERIFY(options);
        QCOMPARE(options->settings.tls, std::optional(false));
        QVERIFY(options->settings.acceptText && options->settings.trustPlaintext && options->json);
        QCOMPARE(options->settings.eventInterval, 0s);
        QCOMPARE(options->settings.replyBudget, std::optional<std::chrono::seconds>(5s));
        QCOMPARE(options->settings.approvalDeadline, 6s);
        QCOMPARE(options->settings.timeLimit, 7s);
    }

    void refusesInOneLine_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *line, const char *text) {
            QTest::newRow(line) << QString::fromLatin1(line) << QString::fromLatin1(text);
        };
        row("--port 99999", "--port");
        row("--no-such", "no-such");
        row("--port", "port");
        row("stray", "stray");
        row("-e --no-tls", "exclude each other");
        row("--approve sometimes", "--approve");
        row("--config /nowhere/x.conf", "--config");
        row("--config /tmp", "/tmp is no file");
        row("--config=", "--config");
        row("--data-dir=", "--data-dir");
    }
    void refusesInOneLine()
    {
        QFETCH(QString, line);
        QFETCH(QString, text);
        const auto parsed = parse(Program::Agentd, line.split(u' '));
        const auto *exit = std::get_if<Options::Exit>(&parsed);
        QVERIFY(exit);
        QCOMPARE(exit->code, 2);
        QVERIFY2(exit->text.contains(text) && !exit->text.contains(u'\n'), qPrintable(exit->text));
    }

    void neverApprovesEverythingInTheTray()
    {
        const auto parsed = parse(Program::Agent, words("--approve all"));
        const auto *exit = std::get_if<Options::Exit>(&parsed);
        QVERIFY(exit);
        QCOMPARE(exit->code, 2);
    }

    void helpsAndTellsItsVersion()
    {
        const auto help = parse(Program::Agentd, words("--help"));
        QCOMPARE(std::get<Options::Exit>(help).code, 0);
        for (const char *name :
             {"--server", "--approve", "--time-limit", "--json", "--data-dir", "cometactl review"})
            QVERIFY2(std::get<Options::Exit>(help).text.contains(QString::fromLatin1(name)), name);
        const auto version = parse(Program::Agent, words("--version"));
        QVERIFY(
            std::get<Options::Exit>(version).text.contains(QCoreApplication::applicationVersion()));
    }
};

QTEST_GUILESS_MAIN(TestOptions)
#include "tst_options.moc"
