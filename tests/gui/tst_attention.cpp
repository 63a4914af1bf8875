// SPDX-License-Identifier: Apache-2.0
#include "attention.h"

#include "privatebus.h"
#include "scriptedservice.h"

#include <QDBusObjectPath>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr auto Saver = "org.gnome.ScreenSaver"_L1;
constexpr auto SaverPath = "/org/gnome/ScreenSaver"_L1;
constexpr auto Logind = "org.freedesktop.login1"_L1;
constexpr auto Manager = "org.freedesktop.login1.Manager"_L1;
constexpr auto ManagerPath = "/org/freedesktop/login1"_L1;
constexpr auto Session = "org.freedesktop.login1.Session"_L1;
constexpr auto SessionPath = "/org/freedesktop/login1/session/_31"_L1;
constexpr auto Properties = "org.freedesktop.DBus.Properties"_L1;

void signal(const QDBusConnection &bus, const QString &path, const QString &interface,
            const QString &name, const QVariantList &arguments)
{
    ScriptedService::signal(bus, path, interface, name, arguments);
}

} // namespace

class TestAttention final : public QObject
{
    Q_OBJECT

    std::unique_ptr<PrivateBus> m_bus;

    // The screen saver or logind, on a connection of its own.
    QDBusConnection service(const char *name, ScriptedService *object = nullptr)
    {
        QDBusConnection bus = m_bus->connection();
        if (object && !bus.registerVirtualObject(u"/"_s, object, QDBusConnection::SubPath))
            qFatal("no object");
        if (!bus.registerService(QString::fromLatin1(name)))
            qFatal("no service");
        return bus;
    }
    static ScriptedService *logind(bool locked, bool active)
    {
        auto *object = new ScriptedService;
        object->replies.insert(u"GetSession"_s, QVariant::fromValue(QDBusObjectPath(SessionPath)));
        object->replies.insert(u"GetAll"_s,
                               QVariantMap{{u"LockedHint"_s, locked}, {u"Active"_s, active}});
        return object;
    }

private Q_SLOTS:
    void init() { m_bus = std::make_unique<PrivateBus>(); }
    void cleanup() { m_bus.reset(); }

    void takesTheOwnerToBeThereWhereNobodyTells()
    {
        const Attention attention(m_bus->connection(), m_bus->connection());
        QVERIFY(attention.isOwnerPresent());
        m_bus->settle();
        QVERIFY(attention.isOwnerPresent());
    }

    void AC_07_followsTheScreenSaver()
    {
        const QDBusConnection saver = service("org.gnome.ScreenSaver");
        Attention attention(m_bus->connection(), m_bus->connection());
        QSignalSpy changed(&attention, &Attention::ownerPresentChanged);
        signal(saver, SaverPath, Saver, u"ActiveChanged"_s, {true});
        QTRY_COMPARE(changed.size(), 1);
        QVERIFY(!attention.isOwnerPresent());
        signal(saver, SaverPath, Saver, u"ActiveChanged"_s, {true});
        signal(saver, SaverPath, Saver, u"ActiveChanged"_s, {false});
        QTRY_COMPARE(changed.size(), 2);
        QVERIFY(attention.isOwnerPresent());
    }

    void AC_07_asksWhetherTheScreenIsLockedAlready()
    {
        ScriptedService saver;
        saver.replies.insert(u"GetActive"_s, true);
        service("org.gnome.ScreenSaver", &saver);
        const Attention attention(m_bus->connection(), m_bus->connection());
        QTRY_VERIFY(!attention.isOwnerPresent());
    }

    void believesOnlyTheServiceItself()
    {
        const QDBusConnection saver = service("org.gnome.ScreenSaver");
        const Attention attention(m_bus->connection(), m_bus->connection());
        signal(m_bus->connection(), SaverPath, Saver, u"ActiveChanged"_s, {true});
        m_bus->settle();
        QVERIFY(attention.isOwnerPresent());
        signal(saver, SaverPath, Saver, u"ActiveChanged"_s, {true});
        QTRY_VERIFY(!attention.isOwnerPresent());
        signal(m_bus->connection(), SaverPath, Saver, u"ActiveChanged"_s, {false});
        m_bus->settle();
        QVERIFY(!attention.isOwnerPresent());
    }

    void forgetsAScreenSaverThatIsGone()
    {
        QDBusConnection saver = service("org.gnome.ScreenSaver");
        const Attention attention(m_bus->connection(), m_bus->connection());
        signal(saver, SaverPath, Saver, u"ActiveChanged"_s, {true});
        QTRY_VERIFY(!attention.isOwnerPresent());
        QVERIFY(saver.unregisterService(Saver));
        QTRY_VERIFY(attention.isOwnerPresent());
    }

    void AC_07_isAbsentWhileAnySourceSaysSo()
    {
        const std::unique_ptr<ScriptedService> object(logind(true, true));
        const QDBusConnection login = service("org.freedesktop.login1", object.get());
        const QDBusConnection saver = service("org.gnome.ScreenSaver");
        const Attention attention(m_bus->connection(), m_bus->connection());
        QTRY_VERIFY(!attention.isOwnerPresent());
        signal(saver, SaverPath, Saver, u"ActiveChanged"_s, {true});
        signal(login, SessionPath, Properties, u"PropertiesChanged"_s,
               {QString(Session), QVariantMap{{u"LockedHint"_s, false}}, QStringList()});
        m_bus->settle();
        QVERIFY(!attention.isOwnerPresent());
        signal(saver, SaverPath, Saver, u"ActiveChanged"_s, {false});
        QTRY_VERIFY(attention.isOwnerPresent());
    }

    void AC_07_isAbsentWhileAnotherSessionIsInFront()
    {
        const std::unique_ptr<ScriptedService> object(logind(false, true));
        const QDBusConnection login = service("org.freedesktop.login1", object.get());
        Attention attention(m_bus->connection(), m_bus->connection());
        QTRY_COMPARE(object->calls, 2);
        m_bus->settle();
        QVERIFY(attention.isOwnerPresent());
        signal(login, SessionPath, Properties, u"PropertiesChanged"_s,
               {QString(Session), QVariantMap{{u"Active"_s, false}}, QStringList()});
        QTRY_VERIFY(!attention.isOwnerPresent());
        QSignalSpy lockAsked(&attention, &Attention::lockAsked);
        signal(login, SessionPath, Session, u"Lock"_s, {});
        QTRY_COMPARE(lockAsked.size(), 1);
    }

    void EX_15_tellsSleepAndWaking()
    {
        const QDBusConnection login = service("org.freedesktop.login1");
        Attention attention(m_bus->connection(), m_bus->connection());
        QSignalSpy sleeps(&attention, &Attention::sleepBegan);
        QSignalSpy wakes(&attention, &Attention::wokeUp);
        signal(login, ManagerPath, Manager, u"PrepareForSleep"_s, {true});
        QTRY_COMPARE(sleeps.size(), 1);
        QCOMPARE(wakes.size(), 0);
        signal(login, ManagerPath, Manager, u"PrepareForSleep"_s, {false});
        QTRY_COMPARE(wakes.size(), 1);
        QCOMPARE(sleeps.size(), 1);
    }

    void livesWithoutABus()
    {
        const Attention attention(QDBusConnection(u"none"_s), QDBusConnection(u"none"_s));
        QVERIFY(attention.isOwnerPresent());
    }
};

QTEST_GUILESS_MAIN(TestAttention)
#include "tst_attention.moc"
