// SPDX-License-Identifier: Apache-2.0
#include "desktop.h"

#include "approvalprompt.h"
#include "attachedagent.h"
#include "firststart.h"
#include "mainwindow.h"
#include "notice.h"
#include "privatebus.h"
#include "requestmodel.h"
#include "ruledialog.h"
#include "scriptedservice.h"
#include "settingfield.h"
#include "settingsdialog.h"

#include <QApplication>
#include <QComboBox>
#include <QDBusObjectPath>
#include <QFileDialog>
#include <QLabel>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto Manager = "org.freedesktop.login1.Manager"_L1;
constexpr auto ManagerPath = "/org/freedesktop/login1"_L1;
constexpr auto Session = "org.freedesktop.login1.Session"_L1;
constexpr auto SessionPath = "/org/freedesktop/login1/session/_31"_L1;
constexpr auto Saver = "org.gnome.ScreenSaver"_L1;

} // namespace

// The desktop as a whole, on buses of its own: session and system bus are the same one.
class TestDesktop final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_bus = std::make_unique<PrivateBus>();
        qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus->address().toLatin1());
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", m_bus->address().toLatin1());
        m_service.replies.insert(u"GetSession"_s,
                                 QVariant::fromValue(QDBusObjectPath(SessionPath)));
        m_service.replies.insert(u"GetAll"_s,
                                 QVariantMap{{u"LockedHint"_s, false}, {u"Active"_s, true}});
        QDBusConnection connection = m_bus->connection();
        QVERIFY(connection.registerVirtualObject(u"/"_s, &m_service, QDBusConnection::SubPath));
        QVERIFY(connection.registerService(u"org.freedesktop.login1"_s));
        QVERIFY(connection.registerService(Saver));
        m_system = std::make_unique<QDBusConnection>(connection);
    }
    void cleanupTestCase()
    {
        m_system.reset();
        QDBusConnection::disconnectFromBus(u"qt_default_session_bus"_s);
        QDBusConnection::disconnectFromBus(u"qt_default_system_bus"_s);
        m_bus.reset();
    }
    void init()
    {
        m_service.calls = 0;
        m_attached = std::make_unique<AttachedAgent>(Agent::Owner::Window);
        QVERIFY(m_attached->start());
        m_desktop = std::make_unique<Desktop>(m_attached->agent.get());
        m_desktop->start(true);
        QTRY_COMPARE(m_service.calls, 3); // logind twice, the screen saver once: it listens
        m_bus->settle();
    }
    void cleanup()
    {
        m_desktop.reset();
        m_attached.reset();
    }

    void EX_15_sleepEndsAllowEverything()
    {
        agent()->openWindow(15min);
        QVERIFY(agent()->windowUntil().isValid());
        tell(ManagerPath, Manager, "PrepareForSleep", {true});
        QTRY_VERIFY(!agent()->windowUntil().isValid());
    }

    void AC_07_aLockEndsAllowEverything()
    {
        agent()->openWindow(15min);
        tell(SessionPath, Session, "Lock", {});
        QTRY_VERIFY(!agent()->windowUntil().isValid());
        agent()->openWindow(15min);
        tell(u"/org/gnome/ScreenSaver"_s, Saver, "ActiveChanged", {true});
        QTRY_VERIFY(!agent()->windowUntil().isValid());
        tell(u"/org/gnome/ScreenSaver"_s, Saver, "ActiveChanged", {false});
    }

    void AC_07_aLockedScreenIsToldToTheAgent()
    {
        Settings settings = agent()->settings();
        settings.locked = Settings::Locked::Deny;
        agent()->setSettings(settings);
        tell(u"/org/gnome/ScreenSaver"_s, Saver, "ActiveChanged", {true});
        m_bus->settle();
        QSignalSpy ended(agent(), &Agent::requestEnded);
        m_attached->server.send(ScriptedServer::chunk("{\"cmd\":\"true\"}"));
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(agent()->awaitingCount(), 0);
        tell(u"/org/gnome/ScreenSaver"_s, Saver, "ActiveChanged", {false});
        // What comes before the agent has been told is denied.
        QTRY_VERIFY_WITH_TIMEOUT(!m_attached->ask("{\"cmd\":\"true\"}").isEmpty(), 20'000);
    }

    void wakingUpIsToldToTheAgent()
    {
        tell(ManagerPath, Manager, "PrepareForSleep", {true});
        tell(ManagerPath, Manager, "PrepareForSleep", {false});
        m_bus->settle();
        QTRY_COMPARE(agent()->state(), CometaClient::State::Attached);
        QVERIFY(!m_attached->ask("{\"cmd\":\"true\"}").isEmpty());
    }

    void P21_closedWithoutATrayItAsksAndStaysUntilThen()
    {
        QSignalSpy quit(m_desktop.get(), &Desktop::quitRequested);
        QVERIFY(!m_attached->ask("{\"cmd\":\"true\"}").isEmpty());
        m_desktop->showWindow();
        QVERIFY(!window()->close());
        QTRY_VERIFY(question());
        QVERIFY(window()->isVisible()); // behind the question
        question()->reject();
        QTRY_VERIFY(!question());
        QCOMPARE(quit.size(), 0);
        QCOMPARE(agent()->awaitingCount(), 1);

        QVERIFY(!window()->close());
        QTRY_VERIFY(question());
        question()->buttons().constFirst()->click();
        QCOMPARE(quit.size(), 1);
    }

    void asksOnlyOnceWhetherToQuit()
    {
        QSignalSpy quit(m_desktop.get(), &Desktop::quitRequested);
        QVERIFY(!m_attached->ask("{\"cmd\":\"true\"}").isEmpty());
        m_desktop->showWindow();
        for (int i = 0; i < 3; ++i)
            Q_EMIT window()->quitRequested();
        QCOMPARE(questions(), 1);
        QTRY_COMPARE(window()->findChildren<QMessageBox *>().size(), 1);
        question()->buttons().constFirst()->click();
        QCOMPARE(quit.size(), 1);
        QCOMPARE(questions(), 0);
    }

    void theKeysGoToTheLastDialogOverTheWindow()
    {
        m_desktop->showWindow();
        QTRY_COMPARE(QApplication::activeWindow(), window());
        Q_EMIT window()->settingsRequested();
        auto *settings = window()->findChild<SettingsDialog *>();
        QTRY_COMPARE(QApplication::activeWindow(), settings);
        m_desktop->showWindow();
        QApplication::processEvents();
        QCOMPARE(QApplication::activeWindow(), settings);
        settings->findChild<QPushButton *>(u"import"_s)->click();
        auto *import = settings->findChild<QFileDialog *>();
        QTRY_COMPARE(QApplication::activeWindow(), import);
        m_desktop->showWindow();
        QApplication::processEvents();
        QCOMPARE(QApplication::activeWindow(), import);
        import->reject();
        settings->reject();
        m_desktop->showWindow();
        QTRY_COMPARE(QApplication::activeWindow(), window());
    }

    void ST_04_offersASecondStartsOptionsToTheFirstStart()
    {
        Settings settings = agent()->settings();
        settings.application.clear();
        agent()->setSettings(settings);
        m_desktop->offer({{u"app"_s, u"second"_s}});
        const auto *wizard = window()->findChild<FirstStart *>();
        QVERIFY(wizard && wizard->isVisible());
        QCOMPARE(wizard->findChild<SettingField *>(u"app"_s)->value(), u"second"_s);
        QVERIFY(agent()->settings().application.isEmpty());
    }

    void ST_04_offersOnlyWhatIsNotInForce()
    {
        m_desktop->offer({{u"app"_s, agent()->settings().application},
                          {u"time-limit"_s, u"60"_s},
                          {u"device"_s, u"a/b"_s}});
        const auto *settings = window()->findChild<SettingsDialog *>();
        QVERIFY(settings && settings->isVisible());
        const QString text = settings->findChild<Notice *>(u"notice"_s)->text();
        QVERIFY2(text.contains(u": Device id, Time limit."_s), qPrintable(text));
        QVERIFY(!settings->findChild<SettingField *>(u"device"_s)->problem().isEmpty());
    }

    void ST_04_whereASecondStartFindsItsFilesIsNoSetting()
    {
        m_desktop->offer(
            {{u"config"_s, u"/elsewhere"_s}, {u"app"_s, agent()->settings().application}});
        QVERIFY(window()->isVisible());
        QVERIFY(!window()->findChild<SettingsDialog *>());
    }

    void whatExpiredIsShownAsMissedAndLeadsToTheRequest()
    {
        const QString name = m_attached->ask("{\"cmd\":\"df -h\"}");
        QVERIFY(!m_attached->ask("{\"cmd\":\"true\"}").isEmpty());
        agent()->request(name)->await(1ms);
        QTRY_VERIFY(!agent()->request(name));
        m_desktop->showWindow(); // made after it has expired
        auto *show = window()->findChild<QPushButton *>(u"showMissed"_s);
        QVERIFY(show->isVisible());
        auto *tabs = window()->findChild<QTabWidget *>();
        tabs->setCurrentIndex(2);
        show->click();
        QVERIFY(!show->isVisible());
        QCOMPARE(tabs->currentIndex(), 0);
        const auto *list = window()->findChild<QTreeView *>(u"requests"_s);
        QCOMPARE(list->currentIndex().siblingAtColumn(RequestModel::Command).data().toString(),
                 u"df -h"_s);
        QTRY_VERIFY(list->hasFocus());
    }

    void theBannerLeadsToRulesThatSomebodyElseChanged()
    {
        m_desktop->showWindow();
        auto *rules = window()->findChild<QPushButton *>(u"bannerRules"_s);
        QVERIFY(!rules->isVisible());
        Rule rule;
        rule.verdict = Rule::Verdict::Allow;
        rule.command = "df -h";
        rule.scope = agent()->scope();
        QString error;
        QVERIFY2(agent()->rules()->add(rule, &error), qPrintable(error));
        QFile file(agent()->settings().dataDirectory + u"/rules.json"_s);
        QVERIFY(file.open(QIODevice::Append) && file.write("\n") == 1);
        file.close();
        QVERIFY(!m_attached->ask("{\"cmd\":\"df -h\"}").isEmpty());
        QTRY_VERIFY(rules->isVisible());
        rules->click();
        QCOMPARE(window()->findChild<QTabWidget *>()->currentIndex(), 2);
    }

    void aRuleThatIsChangedTakesThePlaceOfTheOther()
    {
        Rule before;
        before.verdict = Rule::Verdict::Deny;
        before.command = "shutdown -h now";
        before.scope = agent()->scope();
        QString error;
        QVERIFY2(agent()->rules()->add(before, &error), qPrintable(error));
        before = agent()->rules()->all().constFirst();

        change(before, Rule::Verdict::Deny); // the same decision
        QTRY_COMPARE(agent()->rules()->all().size(), 1);
        QVERIFY(agent()->rules()->all().constFirst().forSession);
        before = agent()->rules()->all().constFirst();
        change(before, Rule::Verdict::Allow);
        QTRY_VERIFY(agent()->rules()->all().constFirst().verdict == Rule::Verdict::Allow);
        QCOMPARE(agent()->rules()->all().size(), 1);
        QCOMPARE(agent()->rules()->all().constFirst().command, before.command);
    }

    void thePromptKnowsWhatCameOfTheSameCommandMeanwhile()
    {
        const QString first = m_attached->ask(R"({"cmd":"sleep 60"})");
        const QString second = m_attached->ask(R"({"cmd":"sleep 60"})");
        const QWidget *prompt = topLevel("approvalPrompt"_L1);
        const auto *sentence = prompt->findChild<QLabel *>(u"lastTime"_s);
        QVERIFY(sentence->isHidden());
        QString error;
        QVERIFY(
            agent()->approve(first, agent()->request(first)->request().commandSha256(), &error));
        auto *later = prompt->findChild<QPushButton *>(u"later"_s);
        later->click(); // on to the next one
        QCOMPARE(sentence->text(), u"Exactly this command is running now."_s);
        later->click();
        QTRY_VERIFY(agent()->request(first)->state() == RequestState::Running);
        QVERIFY(agent()->stop(first, &error));
        QTRY_VERIFY(!agent()->request(first));
        m_desktop->showWindow();
        Q_EMIT window()->reviewRequested(second);
        QVERIFY(sentence->text().startsWith(u"Last time: "_s));
    }

    void P5_allowEverythingHoldsForTheServerThatWasNamed()
    {
        m_desktop->showWindow();
        Q_EMIT window()->windowRequested(5min);
        QTRY_VERIFY(question());
        QVERIFY(question()->informativeText().contains(QString::number(m_attached->server.port())));
        ScriptedServer other;
        Settings settings = agent()->settings();
        settings.port = other.port();
        agent()->setSettings(settings);
        QTRY_VERIFY(!question());
        QTRY_COMPARE(agent()->state(), CometaClient::State::Attached);
        QVERIFY(!agent()->windowUntil().isValid());
    }

    void aNewRuleIsAddedAndACancelledOneIsNot()
    {
        m_desktop->showWindow();
        Q_EMIT window()->ruleRequested({});
        QTRY_VERIFY(ruleDialog());
        ruleDialog()->reject();
        QTRY_VERIFY(!ruleDialog());
        QVERIFY(agent()->rules()->all().isEmpty());

        Rule rule;
        rule.scope = agent()->scope();
        Q_EMIT window()->ruleRequested(rule);
        QTRY_VERIFY(ruleDialog());
        ruleDialog()->findChild<QPlainTextEdit *>(u"commandEdit"_s)->setPlainText(u"df -h"_s);
        save(ruleDialog());
        QTRY_COMPARE(agent()->rules()->all().size(), 1);
        QCOMPARE(agent()->rules()->all().constFirst().command, QByteArrayLiteral("df -h"));
    }

private:
    // By the dialog that the window asks for.
    void change(const Rule &rule, Rule::Verdict verdict)
    {
        m_desktop->showWindow();
        Q_EMIT window()->ruleRequested(rule);
        QTRY_VERIFY(ruleDialog());
        auto *box = ruleDialog()->findChild<QComboBox *>(u"verdict"_s);
        box->setCurrentIndex(box->findData(int(verdict)));
        auto *length = ruleDialog()->findChild<QComboBox *>(u"length"_s);
        length->setCurrentIndex(0); // until the program ends
        save(ruleDialog());
    }
    // Again and again, as it counts only after it was in front for a while.
    static void save(RuleDialog *dialog)
    {
        const QPointer<RuleDialog> shown(dialog);
        const auto isSaved = [&shown] {
            if (shown && !shown->isActiveWindow())
                shown->activateWindow();
            else if (shown)
                shown->findChild<QPushButton *>(u"accept"_s)->click();
            return !shown || !shown->isVisible();
        };
        QTRY_VERIFY_WITH_TIMEOUT(isSaved(), 20000);
        QTRY_VERIFY(!ruleDialog());
    }
    static RuleDialog *ruleDialog() { return window()->findChild<RuleDialog *>(); }
    void tell(const QString &path, const QString &interface, const char *name,
              const QVariantList &arguments)
    {
        ScriptedService::signal(*m_system, path, interface, QString::fromLatin1(name), arguments);
    }
    Agent *agent() { return m_attached->agent.get(); }
    static MainWindow *window() { return qobject_cast<MainWindow *>(topLevel("mainWindow"_L1)); }
    static QWidget *topLevel(QLatin1StringView name)
    {
        const QWidgetList all = QApplication::topLevelWidgets();
        for (QWidget *widget : all) {
            if (widget->objectName() == name)
                return widget;
        }
        return nullptr;
    }
    static qsizetype questions()
    {
        const auto all = window()->findChildren<QMessageBox *>();
        return std::count_if(all.cbegin(), all.cend(),
                             [](const QMessageBox *box) { return box->isVisible(); });
    }
    static QMessageBox *question()
    {
        auto *shown = window()->findChild<QMessageBox *>();
        return shown && shown->isVisible() ? shown : nullptr;
    }

    std::unique_ptr<PrivateBus> m_bus;
    ScriptedService m_service;
    std::unique_ptr<QDBusConnection> m_system; // where logind and the screen saver are
    std::unique_ptr<AttachedAgent> m_attached;
    std::unique_ptr<Desktop> m_desktop;
};

QTEST_MAIN(TestDesktop)
#include "tst_desktop.moc"
