// SPDX-License-Identifier: Apache-2.0
#include "desktop.h"

#include "approvalprompt.h"
#include "attachedagent.h"
#include "mainwindow.h"
#include "privatebus.h"
#include "requestmodel.h"
#include "ruledialog.h"
#include "scriptedservice.h"

#include <QApplication>
#include <QComboBox>
#include <QDBusObjectPath>
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
    static MainWindow *window()
    {
        const QWidgetList all = QApplication::topLevelWidgets();
        for (QWidget *widget : all) {
            if (widget->objectName() == "mainWindow"_L1)
                return qobject_cast<MainWindow *>(widget);
        }
        return nullptr;
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
