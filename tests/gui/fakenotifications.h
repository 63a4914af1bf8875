// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVirtualObject>
#include <QElapsedTimer>
#include <QList>
#include <QStringList>
#include <QVariantMap>

// A notification server that a test plays by hand: it keeps what it is told, and says what it is
// told to say.
class FakeNotifications final : public QDBusVirtualObject
{
    Q_OBJECT

public:
    struct Shown
    {
        quint32 id = 0;
        quint32 replaces = 0;
        QString application, icon, summary, body;
        QStringList actions;
        QVariantMap hints;
        int timeout = 0;
        qint64 at = 0; // ms since the server was made
    };

    explicit FakeNotifications(const QDBusConnection &bus, quint32 firstId = 11)
        : m_bus(bus), m_nextId(firstId)
    {
        m_clock.start();
        if (!m_bus.registerVirtualObject(Path, this))
            qFatal("no object on the bus");
    }
    ~FakeNotifications() override
    {
        leave();
        m_bus.unregisterObject(Path);
    }
    Q_DISABLE_COPY_MOVE(FakeNotifications)

    bool come() { return m_bus.registerService(Service); }
    void leave() { m_bus.unregisterService(Service); }

    QStringList capabilities{QStringLiteral("body"), QStringLiteral("actions")};
    QString name = QStringLiteral("plain");
    QList<Shown> shown; // each Notify
    QList<quint32> closed; // each CloseNotification
    int asked = 0; // GetCapabilities
    bool holds = false; // answers nothing until release()
    bool refuses = false; // answers Notify with an error

    void release()
    {
        holds = false;
        for (const QDBusMessage &reply : std::as_const(m_held))
            m_bus.send(reply);
        m_held.clear();
    }
    void invoke(quint32 id, const QString &key)
    {
        signal(m_bus, QStringLiteral("ActionInvoked"), {id, key});
    }
    // reason: 1 expired, 2 by the owner, 3 asked for.
    void tellClosed(quint32 id, quint32 reason)
    {
        signal(m_bus, QStringLiteral("NotificationClosed"), {id, reason});
    }
    // As this server would say it, from any program's connection.
    static void signal(QDBusConnection bus, const QString &name, const QVariantList &arguments)
    {
        QDBusMessage message = QDBusMessage::createSignal(Path, Service, name);
        message.setArguments(arguments);
        bus.send(message);
    }

    QString introspect(const QString & /*path*/) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection & /*bus*/) override
    {
        const QVariantList arguments = message.arguments();
        if (message.member() == QLatin1String("GetCapabilities")) {
            ++asked;
            return answer(message.createReply(capabilities));
        }
        if (message.member() == QLatin1String("GetServerInformation"))
            return answer(message.createReply(
                {name, QStringLiteral("tests"), QStringLiteral("1"), QStringLiteral("1.2")}));
        if (message.member() == QLatin1String("CloseNotification")) {
            closed.append(arguments.value(0).toUInt());
            return answer(message.createReply());
        }
        if (message.member() != QLatin1String("Notify")
            || message.signature() != QLatin1String("susssasa{sv}i"))
            return false;
        if (refuses)
            return answer(
                message.createErrorReply(QDBusError::LimitsExceeded, QStringLiteral("too many")));
        const quint32 replaces = arguments.at(1).toUInt();
        const quint32 id = replaces != 0 ? replaces : m_nextId++;
        shown.append({id, replaces, arguments.at(0).toString(), arguments.at(2).toString(),
                      arguments.at(3).toString(), arguments.at(4).toString(),
                      arguments.at(5).toStringList(),
                      qdbus_cast<QVariantMap>(arguments.at(6).value<QDBusArgument>()),
                      arguments.at(7).toInt(), m_clock.elapsed()});
        return answer(message.createReply(id));
    }

private:
    static inline const QString Service = QStringLiteral("org.freedesktop.Notifications");
    static inline const QString Path = QStringLiteral("/org/freedesktop/Notifications");

    bool answer(const QDBusMessage &reply)
    {
        if (!holds)
            return m_bus.send(reply);
        m_held.append(reply);
        return true;
    }

    QDBusConnection m_bus;
    quint32 m_nextId;
    QElapsedTimer m_clock;
    QList<QDBusMessage> m_held;
};
