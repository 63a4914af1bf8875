// SPDX-License-Identifier: Apache-2.0
#include "approvalgate.h"
#include "approvalprompt.h"
#include "badgerow.h"
#include "bytesview.h"
#include "countdownbar.h"
#include "fittedtext.h"
#include "journal.h"
#include "ruledialog.h"
#include "warmspare.h"

#include <QAction>
#include <QApplication>
#include <QHash>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <memory>
#include <optional>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestApprovalPrompt final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_place.server = u"cometa.example.org"_s;
        m_place.application = u"ops"_s;
        m_place.encrypted = true;
        m_place.user = u"anna"_s;
        m_place.home = u"/home/anna"_s;
        m_place.scope = u"host:1/app"_s;
        m_place.mayRemember = true;
        m_lastTime.clear();
        m_directory = std::make_unique<QTemporaryDir>();
        m_journal = std::make_unique<Journal>();
        QString error;
        QVERIFY2(m_journal->open(m_directory->filePath(u"data"_s), &error), qPrintable(error));
        m_gate.emplace([](const QString &) { return false; });
        m_approved.clear();
        m_denied.clear();
        m_rules.clear();
        m_error.clear();
        m_now = {1000s, 0s};
        const ApprovalPrompt::Decisions decisions{
            [this](const QString &name, const QByteArray &sha256, QString *why) {
                *why = m_error;
                m_approved.append({name, sha256});
                return m_error.isEmpty();
            },
            [this](const QString &name, const QString &reason, QString *) {
                m_denied.append({name, reason.toUtf8()});
                return true;
            },
            [this](const QString &name, const QByteArray &sha256, const Rule &rule, QString *why) {
                *why = m_error;
                if (m_error.isEmpty()) {
                    m_approved.append({name, sha256});
                    m_rules.append(rule);
                }
                return m_error.isEmpty();
            },
            [](const QByteArray &bytes) { return u"So far: "_s + QString::fromUtf8(bytes); },
            [this](const QByteArray &bytes, const QString &scope) {
                return m_lastTime.value(scope + u' ' + QString::fromUtf8(bytes));
            }};
        m_prompt = std::make_unique<ApprovalPrompt>(decisions, [this] { return m_now; });
    }
    void cleanup()
    {
        m_prompt.reset();
        m_requests.clear();
        m_journal.reset();
    }

    void aClickApprovesWhatIsShown()
    {
        const ActiveRequest *request = add("a", "uptime");
        arm();
        click(approve());
        QCOMPARE(m_approved, (Calls{{u"a"_s, request->request().commandSha256()}}));
        QVERIFY(m_prompt->isHidden());
    }

    void AC_02_noKeyApprovesAFreshPrompt_data()
    {
        QTest::addColumn<Qt::Key>("key");
        QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
        const Qt::KeyboardModifiers none = Qt::NoModifier;
        QTest::newRow("Return") << Qt::Key_Return << none;
        QTest::newRow("Enter") << Qt::Key_Enter << none;
        QTest::newRow("Space") << Qt::Key_Space << none;
        QTest::newRow("y") << Qt::Key_Y << none;
        QTest::newRow("a") << Qt::Key_A << none;
        QTest::newRow("Control+Return")
            << Qt::Key_Return << Qt::KeyboardModifiers(Qt::ControlModifier);
    }
    void AC_02_noKeyApprovesAFreshPrompt()
    {
        QFETCH(const Qt::Key, key);
        QFETCH(const Qt::KeyboardModifiers, modifiers);
        add("a", "uptime");
        arm();
        QTest::keyClick(m_prompt->focusWidget(), key, modifiers);
        QTest::keyClick(m_prompt.get(), key, modifiers);
        QVERIFY(m_approved.isEmpty());
        QVERIFY(m_denied.isEmpty());
        QCOMPARE(m_prompt->shownRequest(), u"a"_s);
        QVERIFY(m_prompt->isVisible());
    }

    void AC_02_returnOnApproveDoesNothing()
    {
        add("a", "uptime");
        arm();
        approve()->setFocus(Qt::TabFocusReason);
        QTest::keyClick(approve(), Qt::Key_Return);
        QTest::keyClick(approve(), Qt::Key_Enter);
        QVERIFY(m_approved.isEmpty());
    }

    void spaceOnApproveReachedByTabCountsOnceArmed()
    {
        add("a", "uptime");
        arm();
        approve()->setFocus(Qt::TabFocusReason);
        m_prompt->move(40, 40);
        unarm();
        QTest::keyClick(approve(), Qt::Key_Space);
        QVERIFY(m_approved.isEmpty());
        arm();
        QTest::keyClick(approve(), Qt::Key_Space);
        QCOMPARE(m_approved.size(), 1);
    }

    void AC_02_escapeAndCloseLeaveTheRequestWaiting()
    {
        const ActiveRequest *request = add("a", "uptime");
        arm();
        QTest::keyClick(m_prompt.get(), Qt::Key_Escape);
        QVERIFY(m_prompt->isHidden());
        m_prompt->review(u"a"_s);
        QVERIFY(m_prompt->isVisible());
        QCOMPARE(m_prompt->shownRequest(), u"a"_s);
        m_prompt->close();
        QVERIFY(m_prompt->isHidden());
        QCOMPARE(request->state(), RequestState::AwaitingApproval);
        QVERIFY(m_approved.isEmpty() && m_denied.isEmpty());
    }

    void AC_03_aClickBeforeArmingIsIgnored()
    {
        add("a", "uptime");
        arm();
        unarm();
        m_now.awake += 699ms;
        click(approve());
        QVERIFY(m_approved.isEmpty());
        m_now.awake += 1ms;
        click(approve());
        QCOMPARE(m_approved.size(), 1);
    }

    void AC_03_movingAndResizingStartTheTimeAnew_data()
    {
        QTest::addColumn<bool>("moves");
        QTest::newRow("move") << true;
        QTest::newRow("resize") << false;
    }
    void AC_03_movingAndResizingStartTheTimeAnew()
    {
        QFETCH(const bool, moves);
        add("a", "uptime");
        arm();
        if (moves)
            m_prompt->move(m_prompt->pos() + QPoint(8, 8));
        else
            m_prompt->resize(m_prompt->size() + QSize(8, 8));
        click(approve());
        QVERIFY(m_approved.isEmpty());
    }

    void AC_03_theNextRequestStartsTheTimeAnew()
    {
        add("a", "uptime");
        add("b", "rm -r x");
        arm();
        click(approve());
        QCOMPARE(m_prompt->shownRequest(), u"b"_s);
        click(approve());
        QCOMPARE(m_approved.size(), 1);
    }

    void AC_03_theSecondClickOfADoubleClickIsNothing()
    {
        add("a", "uptime");
        add("b", "id");
        arm();
        click(deny());
        QTest::mouseDClick(deny(), Qt::LeftButton);
        QCOMPARE(m_denied.size(), 1);
        QCOMPARE(m_prompt->shownRequest(), u"b"_s);
    }

    void AC_04_aNewRequestOnlyChangesTheCounter()
    {
        add("a", "uptime");
        arm();
        const QRect before = approve()->geometry();
        add("b", "rm -r x");
        QCOMPARE(m_prompt->shownRequest(), u"a"_s);
        QCOMPARE(command()->bytes(), QByteArray("uptime"));
        QCOMPARE(label("counter")->text(), u"1 of 2"_s);
        QCOMPARE(approve()->geometry(), before);
        click(approve());
        QCOMPARE(m_approved.value(0).first, u"a"_s);
    }

    void AC_05_whatEndedSaysSoInPlaceAndCannotBeApproved()
    {
        add("a", "uptime");
        add("b", "id");
        arm();
        m_prompt->end(u"a"_s, RequestState::Expired, {});
        QCOMPARE(m_prompt->shownRequest(), u"a"_s);
        QVERIFY(label("status")->text().contains(u"It was not run"_s));
        QVERIFY(!approve()->isEnabled());
        QVERIFY(!deny()->isEnabled());
        m_now.awake += 10s;
        QTRY_VERIFY(!looksEnabled());
        click(approve());
        QVERIFY(m_approved.isEmpty());
        click(later());
        QCOMPARE(m_prompt->shownRequest(), u"b"_s);
    }

    void AC_05_whatEndedSaysSoInItsTitles_data()
    {
        QTest::addColumn<RequestState>("state");
        QTest::addColumn<QString>("title");
        QTest::newRow("expired") << RequestState::Expired << u"This command was not run"_s;
        QTest::newRow("denied") << RequestState::Denied << u"This command was denied and not run"_s;
        QTest::newRow("withdrawn")
            << RequestState::Withdrawn << u"This command was withdrawn and not run"_s;
        QTest::newRow("cancelled")
            << RequestState::Cancelled << u"This command was cancelled and not run"_s;
        QTest::newRow("running") << RequestState::Running << u"This command was approved already"_s;
    }
    void AC_05_whatEndedSaysSoInItsTitles()
    {
        QFETCH(const RequestState, state);
        QFETCH(const QString, title);
        const QString waits = u"A command waits for you – Cometa Agent"_s;
        const QString wants = u"A command wants to run on this computer"_s;
        add("a", "uptime");
        add("b", "id");
        arm();
        QCOMPARE(m_prompt->windowTitle(), waits);
        QCOMPARE(label("title")->text(), wants);
        const QHash<QWidget *, QRect> before = places();
        m_prompt->end(u"a"_s, state, u"user"_s);
        QCOMPARE(m_prompt->windowTitle(), title + u" – Cometa Agent"_s);
        QCOMPARE(label("title")->text(), title);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        QCOMPARE(places(), before); // nothing moves under the pointer
        click(later());
        QCOMPARE(m_prompt->shownRequest(), u"b"_s);
        QCOMPARE(m_prompt->windowTitle(), waits);
        QCOMPARE(label("title")->text(), wants);
    }

    void AC_05_aRefusedApprovalIsShown()
    {
        add("a", "uptime");
        arm();
        m_error = u"It is no longer valid."_s;
        click(approve());
        QCOMPARE(m_approved.size(), 1);
        QVERIFY(m_prompt->isVisible());
        QCOMPARE(label("status")->text(), m_error);
    }

    void AC_05_noButtonMovesWhenMuchIsSaid()
    {
        add("a", "uptime");
        arm();
        const QList<QRect> before{deny()->geometry(), later()->geometry(), approve()->geometry()};
        m_error = u"It is no longer valid, for many reasons. "_s.repeated(6);
        click(approve());
        QCOMPARE(label("status")->text(), m_error);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        QVERIFY(label("status")->height() > 2 * deny()->height());
        QCOMPARE((QList<QRect>{deny()->geometry(), later()->geometry(), approve()->geometry()}),
                 before);
    }

    void SP_04_approveIsOffUntilTheEndWasSeen()
    {
        add("a", "ls\n" + QByteArray("echo\n").repeated(200) + "curl x | sh");
        m_prompt->grab();
        QTRY_VERIFY(m_prompt->isActiveWindow());
        m_now.awake += 10s;
        QVERIFY(!approve()->isEnabled());
        QVERIFY(!looksEnabled());
        click(approve());
        QVERIFY(m_approved.isEmpty());
        command()->scrollToEnd();
        arm();
        QTRY_VERIFY(looksEnabled());
        click(approve());
        QCOMPARE(m_approved.size(), 1);
    }

    void SP_05_everyLabelIsPlainText()
    {
        Request request;
        request.reason = u"<b>urgent</b>\u202Ex"_s;
        request.ignored = {u"<i>cwd</i>"_s};
        add("a", "uptime '<b></b><!--'; touch X #-->", request);
        const QList<QLabel *> labels = m_prompt->findChildren<QLabel *>();
        for (const QLabel *found : labels)
            QVERIFY2(found->textFormat() == Qt::PlainText, qPrintable(found->text()));
        QVERIFY(said("reason").contains(u"unverified): <b>urgent</b>\\u{202E}x"_s));
        QVERIFY(said("warnings").contains(u"<i>cwd</i>"_s));
        QCOMPARE(command()->toPlainText(), u"uptime '<b></b><!--'; touch X #-->"_s);
    }

    void SP_06_whatTheRequesterSaysMovesNothingOffTheScreen()
    {
        add("a", "uptime");
        const QSize before = m_prompt->minimumSizeHint();
        Request request;
        request.reason = QString(500, u'R');
        request.ignored = QStringList(64, QString(64, u'x'));
        add("b", "uptime", request);
        m_prompt->review(u"b"_s);
        QVERIFY(said("reason").contains(request.reason));
        QVERIFY2(m_prompt->minimumSizeHint().width() <= before.width(),
                 qPrintable(QString::number(m_prompt->minimumSizeHint().width())));
        const int line = m_prompt->fontMetrics().lineSpacing();
        QVERIFY(m_prompt->minimumSizeHint().height() <= before.height() + 10 * line);
    }

    void SP_09_nothingOfACommandIsOutsideItsFrame()
    {
        add("a", "id # Approved by IT, safe\n\n[Server verified]\nrequested by: root");
        QStringList texts{m_prompt->windowTitle(), m_prompt->accessibleDescription(),
                          said("warnings"), said("reason")};
        const QList<QLabel *> labels = m_prompt->findChildren<QLabel *>();
        for (const QLabel *found : labels)
            texts.append(found->text() + found->toolTip() + found->accessibleName());
        const QList<QAbstractButton *> buttons = m_prompt->findChildren<QAbstractButton *>();
        for (const QAbstractButton *found : buttons)
            texts.append(found->text() + found->toolTip());
        const QString outside = texts.join(u'\n');
        for (const QString &word : {u"Approved by IT"_s, u"verified]"_s, u"requested by: root"_s})
            QVERIFY2(!outside.contains(word), qPrintable(outside));
        QVERIFY(command()->toPlainText().contains(u"[Server verified]"_s));
        QVERIFY(command()->frameShape() != QFrame::NoFrame);
        QVERIFY(command()->fontInfo().fixedPitch());
    }

    void SP_01_hiddenCharactersAreWarnedOf()
    {
        add("a", "ls \xE2\x80\xAE");
        QVERIFY(said("warnings").contains(u"hidden characters"_s));
    }

    void denyTakesTheReason()
    {
        add("a", "uptime");
        m_prompt->findChild<QLineEdit *>(u"denyReason"_s)->setText(u"not now"_s);
        click(deny());
        QCOMPARE(m_denied, (Calls{{u"a"_s, "not now"}}));
    }

    void returnInTheReasonDenies()
    {
        add("a", "uptime");
        add("b", "id");
        arm();
        m_prompt->findChild<QAction *>(u"denyWithReason"_s)->trigger();
        auto *reason = m_prompt->findChild<QLineEdit *>(u"denyReason"_s);
        QCOMPARE(QApplication::focusWidget(), reason);
        QTest::sendKeyEvent(QTest::Press, reason, Qt::Key_Return, QString(), {});
        QCOMPARE(m_denied, (Calls{{u"a"_s, ""}}));
        QVERIFY(m_approved.isEmpty());
        QCOMPARE(m_prompt->shownRequest(), u"b"_s);
        QVERIFY(!reason->isVisible());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(m_denied.size(), 1);
        m_prompt->findChild<QAction *>(u"denyWithReason"_s)->trigger();
        QTest::keyClicks(reason, u"not now"_s);
        QTest::keyClick(reason, Qt::Key_Enter);
        QCOMPARE(m_denied.value(1), (std::pair<QString, QByteArray>(u"b"_s, "not now")));
        QVERIFY(m_approved.isEmpty());
        QVERIFY(m_prompt->isHidden());
    }

    void AC_02_returnThatIsHeldInTheReasonDoesNothing()
    {
        add("a", "uptime");
        arm();
        m_prompt->findChild<QAction *>(u"denyWithReason"_s)->trigger();
        QKeyEvent held(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, {}, true);
        QCoreApplication::sendEvent(m_prompt->findChild<QLineEdit *>(u"denyReason"_s), &held);
        QVERIFY(m_denied.isEmpty() && m_approved.isEmpty());
        QVERIFY(m_prompt->isVisible());
    }

    void AC_07_armsAnewAfterALockedScreenOrSleep()
    {
        add("a", "uptime");
        arm();
        m_prompt->disturb();
        click(approve());
        QVERIFY(m_approved.isEmpty());
        arm();
        click(approve());
        QCOMPARE(m_approved.size(), 1);
    }

    void AC_08_alwaysIsAStepOfItsOwnThatShowsTheRule()
    {
        add("a", "uptime");
        arm();
        RuleDialog *dialog = openRule();
        QVERIFY(dialog);
        QVERIFY(m_approved.isEmpty());
        QCOMPARE(dialog->findChild<BytesView *>(u"command"_s)->bytes(), QByteArray("uptime"));
        QCOMPARE(dialog->findChild<QLabel *>(u"from"_s)->text(), u"host:1/app"_s);
        QCOMPARE(dialog->findChild<QLabel *>(u"past"_s)->text(), u"So far: uptime"_s);
        QVERIFY(dialog->rule().forSession); // the shortest one, unless another is chosen
        auto *accept = dialog->findChild<QPushButton *>(u"accept"_s);
        click(accept);
        QVERIFY(m_rules.isEmpty()); // not armed yet
        armRule(dialog);
        QTest::keyClick(accept, Qt::Key_Return);
        QVERIFY(m_rules.isEmpty());
        click(accept);
        QCOMPARE(m_rules.size(), 1);
        QCOMPARE(m_rules.first().command, QByteArray("uptime"));
        QCOMPARE(m_rules.first().scope, u"host:1/app"_s);
        QVERIFY(m_rules.first().verdict == Rule::Verdict::Allow);
        QCOMPARE(m_approved.size(), 1);
        QVERIFY(m_prompt->isHidden());
    }

    void AC_08_alwaysIsNotOfferedForWhatCannotBeSeen()
    {
        add("a", "ls \xE2\x80\xAE");
        QVERIFY(always()->isHidden());
        click(later());
        add("b", "ls");
        QVERIFY(!always()->isHidden());
    }

    void alwaysIsNotOfferedWhereARuleLetsNothingRun()
    {
        m_place.mayRemember = false;
        add("a", "ls");
        QVERIFY(always()->isHidden());
    }

    void AC_05_aRuleForWhatHasEndedIsNotMade()
    {
        add("a", "uptime");
        arm();
        RuleDialog *dialog = openRule();
        QVERIFY(dialog);
        armRule(dialog);
        m_prompt->end(u"a"_s, RequestState::Withdrawn, {});
        click(dialog->findChild<QPushButton *>(u"accept"_s));
        QVERIFY(m_rules.isEmpty() && m_approved.isEmpty());
        QVERIFY(dialog->findChild<QLabel *>(u"status"_s)->text().contains(u"no longer valid"_s));
    }

    void showsFactsAndTheLastTime()
    {
        const QString sentence = u"Last time: 09:31 · exit 0"_s;
        m_lastTime.insert(u"host:1/app curl x | sh"_s, sentence);
        add("a", "curl x | sh");
        QCOMPARE(label("lastTime")->text(), sentence);
        const auto *facts = m_prompt->findChild<BadgeRow *>(u"facts"_s);
        QCOMPARE(facts->accessibleName(), u"uses the network, feeds a shell from the network"_s);
    }

    void theLastTimeIsAskedForWhenARequestIsShown()
    {
        add("a", "df -h");
        add("b", "df -h"); // nothing is known yet
        QVERIFY(label("lastTime")->isHidden());
        arm();
        click(approve());
        QCOMPARE(m_prompt->shownRequest(), u"b"_s);
        click(later());
        const QString sentence = u"Last time: 09:31 · exit 0"_s;
        m_lastTime.insert(u"host:1/app df -h"_s, sentence);
        m_prompt->review(u"b"_s);
        QVERIFY(label("lastTime")->isVisible());
        QCOMPARE(label("lastTime")->text(), sentence);
    }

    void theRuleDialogShowsHowMuchTimeIsLeft()
    {
        add("a", "uptime");
        arm();
        const RuleDialog *dialog = openRule();
        QVERIFY(dialog && dialog->countdown()->isVisible());
        const auto *words = dialog->countdown()->findChild<QLabel *>();
        QVERIFY(words->text().startsWith(u"expires in "_s));
        const QString before = words->text();
        QTRY_VERIFY(words->text() != before);
        m_prompt->end(u"a"_s, RequestState::Expired, {});
        QCOMPARE(words->text(), u"over"_s);
    }

    void aReviewOfAnotherWaitsWhileARuleIsMade()
    {
        add("a", "uptime");
        add("b", "df -h");
        add("c", "id");
        arm();
        RuleDialog *dialog = openRule();
        QVERIFY(dialog);
        m_prompt->review(u"c"_s);
        QCOMPARE(m_prompt->shownRequest(), u"a"_s);
        armRule(dialog);
        click(dialog->findChild<QPushButton *>(u"accept"_s));
        QCOMPARE(m_approved.value(0).first, u"a"_s);
        QCOMPARE(m_rules.value(0).command, QByteArray("uptime"));
        QCOMPARE(m_prompt->shownRequest(), u"c"_s); // before b
    }

    void aReviewAfterARuleWasGivenUpIsShownAtOnce()
    {
        add("a", "uptime");
        add("b", "df -h");
        arm();
        RuleDialog *dialog = openRule();
        QVERIFY(dialog);
        dialog->reject();
        m_prompt->review(u"b"_s);
        QCOMPARE(m_prompt->shownRequest(), u"b"_s);
    }

    void theCountdownIsHeldWhileTheOwnerWorks()
    {
        const ActiveRequest *request = add("a", QByteArray("x\n").repeated(100));
        QTRY_VERIFY(m_prompt->isActiveWindow());
        QTRY_VERIFY(request->approvalRemaining() < 300s);
        QTest::keyClick(command(), Qt::Key_PageDown);
        const auto held = request->approvalRemaining();
        QTest::keyClick(command(), Qt::Key_PageDown);
        QCOMPARE(request->approvalRemaining(), held);
        m_prompt->close();
        QTRY_VERIFY(request->approvalRemaining() < held);
    }

private:
    using Calls = QList<std::pair<QString, QByteArray>>;

    ActiveRequest *add(const char *name, const QByteArray &bytes, Request request = {})
    {
        request.name = QString::fromLatin1(name);
        request.command = bytes;
        if (!m_journal->received(request, u"host:1/app"_s, bytes))
            qFatal("%s", qPrintable(m_journal->errorString()));
        (void)m_gate->receive(request, {request.name, bytes, u"/"_s}, nullptr);
        m_requests.push_back(std::make_unique<ActiveRequest>(request, u"host:1/app"_s, &*m_gate,
                                                             m_journal.get(), &m_spare));
        ActiveRequest *live = m_requests.back().get();
        live->await(300s);
        m_prompt->add(live, m_place);
        return live;
    }
    // Until the prompt is in front, the end was seen and 700 ms have passed.
    void arm()
    {
        m_prompt->activateWindow();
        QTRY_VERIFY((m_now.awake += 700ms, looksArmed()));
    }
    void unarm()
    {
        m_prompt->move(m_prompt->pos() + QPoint(8, 0));
        QTRY_VERIFY(!looksArmed());
    }
    bool looksArmed()
    {
        const QColor now = approve()->palette().color(QPalette::Active, QPalette::ButtonText);
        return approve()->isEnabled()
            && now == m_prompt->palette().color(QPalette::Active, QPalette::ButtonText);
    }
    RuleDialog *openRule()
    {
        click(always());
        return m_prompt->findChild<RuleDialog *>();
    }
    // Until the dialog's button looks as if a press counts.
    void armRule(RuleDialog *dialog)
    {
        const auto *accept = dialog->findChild<QPushButton *>(u"accept"_s);
        const QColor armed = m_prompt->palette().color(QPalette::Active, QPalette::ButtonText);
        QVERIFY(QTest::qWaitForWindowExposed(dialog));
        dialog->activateWindow();
        QTRY_VERIFY((m_now.awake += 700ms,
                     accept->palette().color(QPalette::Active, QPalette::ButtonText) == armed));
    }
    static void click(QWidget *widget) { QTest::mouseClick(widget, Qt::LeftButton); }
    // What is off looks so, too, whatever the guard says.
    bool looksEnabled()
    {
        const QPalette palette = m_prompt->palette();
        const QPalette shown = approve()->palette();
        return shown.color(QPalette::Disabled, QPalette::ButtonText)
            == palette.color(QPalette::Active, QPalette::ButtonText);
    }
    QPushButton *approve() { return m_prompt->findChild<QPushButton *>(u"approve"_s); }
    QPushButton *always() { return m_prompt->findChild<QPushButton *>(u"always"_s); }
    QPushButton *later() { return m_prompt->findChild<QPushButton *>(u"later"_s); }
    QToolButton *deny() { return m_prompt->findChild<QToolButton *>(u"deny"_s); }
    BytesView *command() { return m_prompt->findChild<BytesView *>(u"command"_s); }
    // Of all that is to be seen.
    QHash<QWidget *, QRect> places()
    {
        QHash<QWidget *, QRect> found{{m_prompt.get(), m_prompt->geometry()}};
        const QList<QWidget *> all = m_prompt->findChildren<QWidget *>();
        for (QWidget *widget : all) {
            if (widget->isVisible() && !widget->isWindow())
                found.insert(widget, widget->geometry());
        }
        return found;
    }
    QString said(const char *name)
    {
        return m_prompt->findChild<FittedText *>(QString::fromLatin1(name))->toPlainText();
    }
    QLabel *label(const char *name)
    {
        return m_prompt->findChild<QLabel *>(QString::fromLatin1(name));
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Journal> m_journal;
    WarmSpare m_spare;
    std::optional<ApprovalGate> m_gate;
    std::vector<std::unique_ptr<ActiveRequest>> m_requests;
    std::unique_ptr<ApprovalPrompt> m_prompt;
    ArmGuard::Now m_now;
    Calls m_approved;
    Calls m_denied;
    QList<Rule> m_rules;
    PromptPlace m_place;
    QHash<QString, QString> m_lastTime; // by scope and command
    QString m_error;
};

QTEST_MAIN(TestApprovalPrompt)
#include "tst_approvalprompt.moc"
