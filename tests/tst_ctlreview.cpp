// SPDX-License-Identifier: Apache-2.0
// How the real cometactl asks for approval, beside an agent in this process.
#include "attachedagent.h"
#include "ctlterminal.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;

namespace {

const QByteArray question("[a]pprove / [d]eny / [l]ater: ");

} // namespace

class CtlReviewTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qunsetenv("XDG_RUNTIME_DIR"); }

    void approvesByHash();
    void withoutTerminalDecidesNothing();
    void approvesOnATerminal();
    void P4_ignoresWhatWasTypedBeforeTheQuestion();
    void P6_takesNoAnswerBeforeTheQuestionHasStoodThere();
    void P4_approvesOnlyOnAnExplicitAnswer_data();
    void P4_approvesOnlyOnAnExplicitAnswer();
    void deniesOnATerminal();
    void offersNoApprovalForAnAgentWithAWindow();
};

void CtlReviewTest::approvesByHash()
{
    AttachedAgent device;
    QVERIFY(device.start());
    const QString name = device.ask(R"({"cmd":"echo ran"})");
    const QStringList review{u"--data-dir"_s, device.dataDirectory(), u"review"_s, name,
                             u"--approve"_s};
    QCOMPARE(run(review + QStringList{QString(64, u'0')}).code, 1);
    QCOMPARE(device.agent->awaitingCount(), 1);
    const QString sha256 =
        QString::fromLatin1(device.agent->request(name)->request().commandSha256());
    QCOMPARE(run(review + QStringList{sha256}).code, 0);
    QTRY_COMPARE(device.server.received(), "4\r\nran\n\r\n");
}

void CtlReviewTest::withoutTerminalDecidesNothing()
{
    AttachedAgent device;
    QVERIFY(device.start());
    const QStringList review{u"review"_s, u"--data-dir"_s, device.dataDirectory()};
    QCOMPARE(run(review).code, 0);
    const QString name = device.ask(R"({"cmd":"echo ran\necho more\n"})");
    const Ended ended = run(review, "a\napprove\n");
    QCOMPARE(ended.code, 2);
    QVERIFY(ended.output.contains("127.0.0.1:" + QByteArray::number(device.server.port())
                                  + "/ops (link NOT encrypted)"));
    QVERIFY(ended.output.contains("3 lines, 19 bytes"));
    QVERIFY(ended.output.contains("    1 | echo ran\n    2 | echo more\n    3 | \\n\n"));
    QVERIFY(ended.output.contains("cometactl review " + name.toLatin1() + " --approve "));
    QVERIFY(ended.error.contains("no terminal"));
    QCOMPARE(device.agent->awaitingCount(), 1);
    QCOMPARE(run({u"review"_s, u"x"_s, u"--data-dir"_s, device.dataDirectory()}).code, 1);
}

void CtlReviewTest::approvesOnATerminal()
{
    AttachedAgent device;
    QVERIFY(device.start());
    QVERIFY(!device.ask(R"({"cmd":"echo ran"})").isEmpty());
    Terminal terminal;
    terminal.start({u"review"_s, u"--data-dir"_s, device.dataDirectory()});
    QVERIFY(terminal.shows(question) && terminal.isOpen());
    QVERIFY(device.server.received().isEmpty());
    terminal.type("approve\n");
    QVERIFY(terminal.hasEnded());
    QCOMPARE(terminal.exitCode(), 0);
    QTRY_COMPARE(device.server.received(), "4\r\nran\n\r\n");
}

void CtlReviewTest::P4_ignoresWhatWasTypedBeforeTheQuestion()
{
    AttachedAgent device;
    QVERIFY(device.start());
    QVERIFY(!device.ask(R"({"cmd":"echo ran"})").isEmpty());
    Terminal terminal;
    terminal.type("a\napprove\na\n");
    terminal.start({u"review"_s, u"--data-dir"_s, device.dataDirectory()});
    QVERIFY(terminal.shows(question) && terminal.isOpen());
    terminal.type("maybe\n");
    QVERIFY(terminal.shows(question, 2)
            && terminal.isOpen(2)); // "maybe" is the first that was read
    QCOMPARE(device.agent->awaitingCount(), 1);
    terminal.type("later\n");
    QVERIFY(terminal.hasEnded());
    QCOMPARE(terminal.exitCode(), 0);
    QCOMPARE(device.agent->awaitingCount(), 1);
}

void CtlReviewTest::P6_takesNoAnswerBeforeTheQuestionHasStoodThere()
{
    AttachedAgent device;
    QVERIFY(device.start());
    QVERIFY(!device.ask(R"({"cmd":"echo ran"})").isEmpty());
    Terminal terminal;
    QElapsedTimer before;
    before.start();
    terminal.start({u"review"_s, u"--data-dir"_s, device.dataDirectory()});
    const QList<std::pair<QByteArray, QByteArray>> answers{
        {"a\n", "maybe\n"}, {"a", "maybe\n"}, {"d\n", "maybe\n"}, {"appro", "\n"}};
    int number = 0;
    for (const auto &[begun, typed] : answers) {
        QVERIFY(terminal.shows(question, ++number));
        terminal.type(begun);
        QVERIFY(terminal.isOpen(number));
        QCOMPARE_GE(before.restart(), 700);
        terminal.type(typed);
    }
    QVERIFY(terminal.hasEnded());
    QVERIFY(!terminal.shown().contains("Approved") && !terminal.shown().contains("Denied"));
    QCOMPARE(device.agent->awaitingCount(), 1);
}

void CtlReviewTest::P4_approvesOnlyOnAnExplicitAnswer_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("empty line") << QByteArray("\n");
    QTest::newRow("end of input") << QByteArray("\x04");
    QTest::newRow("later") << QByteArray("l\n");
    QTest::newRow("a, not entered") << QByteArray("a\x04\x04");
}

void CtlReviewTest::P4_approvesOnlyOnAnExplicitAnswer()
{
    QFETCH(const QByteArray, answer);
    AttachedAgent device;
    QVERIFY(device.start());
    QVERIFY(!device.ask(R"({"cmd":"echo ran"})").isEmpty());
    Terminal terminal;
    terminal.start({u"review"_s, u"--data-dir"_s, device.dataDirectory()});
    QVERIFY(terminal.shows(question) && terminal.isOpen());
    terminal.type(answer);
    QVERIFY(terminal.hasEnded());
    QCOMPARE(terminal.exitCode(), 0);
    QCOMPARE(device.agent->awaitingCount(), 1);
    QVERIFY(device.server.received().isEmpty());
}

void CtlReviewTest::deniesOnATerminal()
{
    AttachedAgent device;
    QVERIFY(device.start());
    QVERIFY(!device.ask(R"({"cmd":"echo 1"})").isEmpty());
    QVERIFY(!device.ask(R"({"cmd":"echo 2"})").isEmpty());
    Terminal terminal;
    terminal.start({u"review"_s, u"--data-dir"_s, device.dataDirectory()});
    QVERIFY(terminal.shows(question));
    QVERIFY(terminal.shown().contains("echo 1") && !terminal.shown().contains("echo 2"));
    QVERIFY(terminal.isOpen());
    terminal.type("d\n");
    QVERIFY(terminal.shows(question, 2) && terminal.isOpen(2));
    QVERIFY(terminal.shown().contains("echo 2"));
    QCOMPARE(device.agent->awaitingCount(), 1);
    terminal.type("deny\n");
    QVERIFY(terminal.hasEnded());
    QTRY_COMPARE(device.server.received().count(R"("code":"denied")"), 2);
}

void CtlReviewTest::offersNoApprovalForAnAgentWithAWindow()
{
    AttachedAgent device(Agent::Owner::Window);
    QVERIFY(device.start());
    QVERIFY(!device.ask(R"({"cmd":"echo 1"})").isEmpty());
    Terminal terminal;
    terminal.start({u"review"_s, u"--data-dir"_s, device.dataDirectory()});
    QVERIFY(terminal.shows("approve there"));
    QVERIFY(terminal.shows("[d]eny / [l]ater: ") && terminal.isOpen());
    terminal.type("a\n");
    QVERIFY(terminal.shows("[d]eny / [l]ater: ", 2) && terminal.isOpen(2));
    QCOMPARE(device.agent->awaitingCount(), 1);
    terminal.type("l\n");
    QVERIFY(terminal.hasEnded());
}

QTEST_GUILESS_MAIN(CtlReviewTest)
#include "tst_ctlreview.moc"
