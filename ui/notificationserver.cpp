// SPDX-License-Identifier: Apache-2.0
#include "notificationserver.h"

#include "notification.h"

#include <QDBusPendingCallWatcher>
#include <QLoggingCategory>

#include <utility>

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcNotifications, "cometa.ui", QtInfoMsg)

namespace {

constexpr auto Service = "org.freedesktop.Notifications"_L1; // its interface has this name, too
constexpr auto Path = "/org/freedesktop/Notifications"_L1;

enum Reason : uint { Expired = 1, Dismissed = 2, Closed = 3 };
enum Urgency : uchar { Low = 0, Normal = 1 };

} // namespace

// Signals are taken from whoever sends them and looked at here, since a connection to the owner of
// a name would wait for the bus.
NotificationServer::NotificationServer(const QDBusConnection &bus, QObject *parent)
    : QObject(parent), m_bus(bus), m_watcher(Service, bus, QDBusServiceWatcher::WatchForOwnerChange)
{
    connect(&m_watcher, &QDBusServiceWatcher::serviceOwnerChanged, this,
            &NotificationServer::handleOwner);
    listen(u"ActionInvoked"_s, SLOT(handleAction(uint, QString, QDBusMessage)));
    listen(u"NotificationClosed"_s, SLOT(handleClosed(uint, uint, QDBusMessage)));
}

void NotificationServer::listen(const QString &signal, const char *slot)
{
    if (!m_bus.connect({}, Path, Service, signal, this, slot))
        qCInfo(lcNotifications, "no %s from the session bus", qUtf8Printable(signal));
}

void NotificationServer::ask()
{
    if (m_presence == Presence::Asked || m_presence == Presence::Present)
        return;
    m_presence = Presence::Asked;
    call(u"GetCapabilities"_s, {},
         [this](const QDBusMessage &reply) { handleCapabilities(reply); });
}

void NotificationServer::handleCapabilities(const QDBusMessage &reply)
{
    if (reply.type() != QDBusMessage::ReplyMessage) {
        qCInfo(lcNotifications, "no notifications: %s", qUtf8Printable(reply.errorMessage()));
        m_presence = Presence::Absent;
        Q_EMIT failed();
        return;
    }
    const QStringList capabilities = reply.arguments().value(0).toStringList();
    m_markup = capabilities.contains("body-markup"_L1) ? Markup::Yes : Markup::No;
    m_hasActions = capabilities.contains("actions"_L1);
    m_owner = reply.service();
    call(u"GetServerInformation"_s, {},
         [this](const QDBusMessage &information) { handleInformation(information); });
}

// dunst 1.9 takes markup for markup, though it says that it has none, when its configuration does
// not name it; with "markup = no" it says the same.
void NotificationServer::handleInformation(const QDBusMessage &reply)
{
    if (m_markup == Markup::No && reply.arguments().value(0).toString() == "dunst"_L1)
        m_markup = Markup::Doubtful;
    m_presence = Presence::Present;
    Q_EMIT ready();
}

void NotificationServer::show(const Notification &notification, quint32 replaces, Shown shown)
{
    call(u"Notify"_s, argumentsOf(notification, replaces),
         [shown = std::move(shown)](const QDBusMessage &reply) {
             if (reply.type() != QDBusMessage::ReplyMessage)
                 qCInfo(lcNotifications, "not shown: %s", qUtf8Printable(reply.errorMessage()));
             shown(reply.arguments().value(0).toUInt());
         });
}

// So that nothing in it is markup.
QString NotificationServer::bodyOf(const QString &text) const
{
    QString body = text;
    switch (m_markup) {
    case Markup::No:
        return body;
    case Markup::Yes:
        return body.toHtmlEscaped();
    case Markup::Doubtful: // as VisibleText would write it
        return body.replace(u'<', "\\u{003C}"_L1).replace(u'&', "\\u{0026}"_L1);
    }
    Q_UNREACHABLE();
}

QVariantList NotificationServer::argumentsOf(const Notification &notification,
                                             quint32 replaces) const
{
    QStringList actions;
    for (const auto &[key, label] : notification.actions)
        actions << key << label;
    // Some servers that have none make a dialog of them.
    if (!m_hasActions)
        actions.clear();
    const Urgency urgency = notification.quiet ? Low : Normal;
    const QVariantMap hints{{u"desktop-entry"_s, u"cometa-agent"_s},
                            {u"urgency"_s, QVariant::fromValue(uchar(urgency))},
                            {u"category"_s, notification.category}};
    return {u"Cometa Agent"_s,
            replaces,
            u"cometa-agent"_s,
            notification.summary,
            bodyOf(notification.body),
            actions,
            hints,
            -1}; // the server knows how long its owner likes to see them
}

void NotificationServer::close(quint32 id)
{
    QDBusMessage message =
        QDBusMessage::createMethodCall(Service, Path, Service, u"CloseNotification"_s);
    message.setAutoStartService(false);
    message.setArguments({id});
    m_bus.send(message);
}

void NotificationServer::call(const QString &method, const QVariantList &arguments,
                              const std::function<void(const QDBusMessage &)> &answered)
{
    QDBusMessage message = QDBusMessage::createMethodCall(Service, Path, Service, method);
    message.setArguments(arguments);
    const QDBusPendingCall sent = m_bus.isConnected()
        ? m_bus.asyncCall(message)
        : QDBusPendingCall::fromError({QDBusError::Disconnected, u"there is no session bus"_s});
    auto *pending = new QDBusPendingCallWatcher(sent, this);
    connect(pending, &QDBusPendingCallWatcher::finished, this,
            [this, pending, answered, generation = m_generation] {
                pending->deleteLater();
                if (generation == m_generation)
                    answered(pending->reply());
            });
}

void NotificationServer::handleOwner(const QString &service, const QString &before,
                                     const QString &now)
{
    Q_UNUSED(service)
    Q_UNUSED(before)
    ++m_generation;
    m_owner = now;
    m_presence = now.isEmpty() ? Presence::Absent : Presence::Unknown;
    Q_EMIT lost();
}

void NotificationServer::handleAction(uint id, const QString &key, const QDBusMessage &message)
{
    if (!m_owner.isEmpty() && message.service() == m_owner)
        Q_EMIT actionInvoked(id, key);
}

void NotificationServer::handleClosed(uint id, uint reason, const QDBusMessage &message)
{
    if (!m_owner.isEmpty() && message.service() == m_owner)
        Q_EMIT closed(id, reason != Dismissed && reason != Closed);
}
