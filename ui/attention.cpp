// SPDX-License-Identifier: Apache-2.0
#include "attention.h"

#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

#include <functional>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

// Service and interface have the same name.
struct Saver
{
    QLatin1StringView name;
    QLatin1StringView path;
};
constexpr Saver Savers[] = {
    {"org.freedesktop.ScreenSaver"_L1, "/org/freedesktop/ScreenSaver"_L1}, // KDE and others
    {"org.gnome.ScreenSaver"_L1, "/org/gnome/ScreenSaver"_L1},
    {"org.cinnamon.ScreenSaver"_L1, "/org/cinnamon/ScreenSaver"_L1},
    {"org.mate.ScreenSaver"_L1, "/org/mate/ScreenSaver"_L1},
    {"org.xfce.ScreenSaver"_L1, "/org/xfce/ScreenSaver"_L1},
};
constexpr auto Unity = "com.canonical.Unity"_L1;
constexpr auto Logind = "org.freedesktop.login1"_L1;
constexpr auto LogindManager = "org.freedesktop.login1.Manager"_L1;
constexpr auto LogindSession = "org.freedesktop.login1.Session"_L1;
constexpr auto Properties = "org.freedesktop.DBus.Properties"_L1;
constexpr auto LockedHint = "LockedHint"_L1;
constexpr auto Active = "Active"_L1;

// answered is not called when there is no such service, or no answer.
template<typename T>
void ask(const QDBusConnection &bus, QDBusMessage question, QObject *context,
         const std::function<void(const T &)> &answered)
{
    question.setAutoStartService(false);
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(question), context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context, [watcher, answered] {
        const QDBusPendingReply<T> reply = *watcher;
        if (reply.isValid())
            answered(reply.value());
        watcher->deleteLater();
    });
}

} // namespace

Attention::Attention(const QDBusConnection &session, const QDBusConnection &system, QObject *parent)
    : QObject(parent), m_session(session), m_system(system)
{
    listenToSavers();
    listenToLogind();
}

void Attention::listenToSavers()
{
    m_services.setConnection(m_session);
    m_services.setWatchMode(QDBusServiceWatcher::WatchForUnregistration);
    for (const Saver &saver : Savers) {
        m_services.addWatchedService(saver.name);
        m_session.connect(saver.name, {}, saver.name, u"ActiveChanged"_s, this,
                          SLOT(handleSaver(bool, QDBusMessage)));
        ask<bool>(
            m_session,
            QDBusMessage::createMethodCall(saver.name, saver.path, saver.name, u"GetActive"_s),
            this, [this, saver](const bool &active) { note(saver.name, active); });
    }
    m_services.addWatchedService(Unity);
    m_session.connect(Unity, {}, u"com.canonical.Unity.Session"_s, u"Locked"_s, this,
                      SLOT(handleUnityLocked()));
    m_session.connect(Unity, {}, u"com.canonical.Unity.Session"_s, u"Unlocked"_s, this,
                      SLOT(handleUnityUnlocked()));
    connect(&m_services, &QDBusServiceWatcher::serviceUnregistered, this,
            [this](const QString &service) { note(service, false); });
}

void Attention::listenToLogind()
{
    m_system.connect(Logind, u"/org/freedesktop/login1"_s, LogindManager, u"PrepareForSleep"_s,
                     this, SLOT(handleSleep(bool)));
    QDBusMessage question = QDBusMessage::createMethodCall(Logind, u"/org/freedesktop/login1"_s,
                                                           LogindManager, u"GetSession"_s);
    question << u"auto"_s;
    ask<QDBusObjectPath>(m_system, question, this, [this](const QDBusObjectPath &session) {
        listenToSession(session.path());
    });
}

void Attention::listenToSession(const QString &path)
{
    m_system.connect(Logind, path, LogindSession, u"Lock"_s, this, SIGNAL(lockAsked()));
    m_system.connect(Logind, path, Properties, u"PropertiesChanged"_s, {LogindSession}, {}, this,
                     SLOT(handleSession(QString, QVariantMap, QStringList)));
    QDBusMessage question = QDBusMessage::createMethodCall(Logind, path, Properties, u"GetAll"_s);
    question << QString(LogindSession);
    ask<QVariantMap>(m_system, question, this,
                     [this](const QVariantMap &properties) { takeSession(properties); });
}

void Attention::note(const QString &source, bool absent)
{
    const bool wasPresent = isOwnerPresent();
    if (absent)
        m_absences.insert(source);
    else
        m_absences.remove(source);
    if (isOwnerPresent() != wasPresent)
        Q_EMIT ownerPresentChanged(isOwnerPresent());
}

void Attention::takeSession(const QVariantMap &properties)
{
    if (properties.contains(LockedHint))
        note(LockedHint, properties.value(LockedHint).toBool());
    if (properties.contains(Active))
        note(Active, !properties.value(Active).toBool());
}

void Attention::handleSaver(bool active, const QDBusMessage &message)
{
    note(message.interface(), active);
}

void Attention::handleUnityLocked()
{
    note(Unity, true);
}

void Attention::handleUnityUnlocked()
{
    note(Unity, false);
}

void Attention::handleSleep(bool begins)
{
    if (begins)
        Q_EMIT sleepBegan();
    else
        Q_EMIT wokeUp();
}

void Attention::handleSession(const QString & /*interface*/, const QVariantMap &changed,
                              const QStringList & /*invalidated*/)
{
    takeSession(changed);
}

#include "moc_attention.cpp"
