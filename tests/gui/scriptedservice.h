// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVirtualObject>
#include <QHash>
#include <QVariant>

// A service on a bus that answers every call with a fixed reply, by member.
class ScriptedService final : public QDBusVirtualObject
{
    Q_OBJECT

public:
    QHash<QString, QVariant> replies;
    int calls = 0;

    QString introspect(const QString & /*path*/) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &bus) override
    {
        ++calls;
        return replies.contains(message.member())
            && bus.send(message.createReply(replies.value(message.member())));
    }

    static void signal(QDBusConnection bus, const QString &path, const QString &interface,
                       const QString &name, const QVariantList &arguments)
    {
        QDBusMessage message = QDBusMessage::createSignal(path, interface, name);
        message.setArguments(arguments);
        bus.send(message);
    }
};
