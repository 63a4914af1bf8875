// SPDX-License-Identifier: Apache-2.0
#include "secretservice.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusInterface>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusReply>
#include <QFile>
#include <QMap>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

const QString serviceName = u"org.freedesktop.secrets"_s;

bool isKeychain(const QString &name)
{
    return name == serviceName || name.startsWith("org.kde.kwalletd"_L1);
}

// Without an address the bus library would try to start a bus of its own.
bool hasBus()
{
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS")
        || QFile::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + "/bus"_L1);
}

QDBusMessage ask(const QString &path, const QString &interface, const QString &method,
                 const QVariantList &arguments)
{
    QDBusMessage call = QDBusMessage::createMethodCall(serviceName, path, interface, method);
    call.setArguments(arguments);
    return QDBusConnection::sessionBus().call(call);
}

} // namespace

bool SecretService::isThere()
{
    if (!hasBus() || !QDBusConnection::sessionBus().isConnected())
        return false;
    const QDBusConnectionInterface *bus = QDBusConnection::sessionBus().interface();
    const QStringList names =
        bus->registeredServiceNames().value() + bus->activatableServiceNames().value();
    return std::any_of(names.begin(), names.end(), isKeychain);
}

SecretService::Entry SecretService::look(const QString &service, const QString &key)
{
    using Attributes = QMap<QString, QString>;
    qDBusRegisterMetaType<Attributes>();
    const Attributes attributes{{u"server"_s, service}, {u"user"_s, key}}; // as QtKeychain has them
    const QDBusMessage reply =
        ask(u"/org/freedesktop/secrets"_s, u"org.freedesktop.Secret.Service"_s, u"SearchItems"_s,
            {QVariant::fromValue(attributes)});
    if (reply.type() != QDBusMessage::ReplyMessage || reply.arguments().size() != 2)
        return Entry::None;
    using Paths = QList<QDBusObjectPath>;
    if (!qdbus_cast<Paths>(reply.arguments().at(1)).isEmpty())
        return Entry::Locked;
    return qdbus_cast<Paths>(reply.arguments().at(0)).isEmpty() ? Entry::None : Entry::Unlocked;
}

bool SecretService::isDefaultLocked()
{
    const QDBusReply<QDBusObjectPath> path =
        ask(u"/org/freedesktop/secrets"_s, u"org.freedesktop.Secret.Service"_s, u"ReadAlias"_s,
            {u"default"_s});
    if (!path.isValid())
        return false;
    const QDBusReply<QVariant> locked =
        ask(path.value().path(), u"org.freedesktop.DBus.Properties"_s, u"Get"_s,
            {u"org.freedesktop.Secret.Collection"_s, u"Locked"_s});
    return locked.isValid() && locked.value().toBool();
}
