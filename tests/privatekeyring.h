// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/privatebus.h"

#include <QDBusMessage>
#include <QDBusObjectPath>

#include <csignal>

// A session bus of its own for this test program, with a real keychain, gnome-keyring, once it is
// started. Nobody is there to unlock it when it is locked.
class PrivateKeyring final
{
public:
    PrivateKeyring()
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus.address().toLatin1());
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char *name : {"HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"})
            environment.insert(QString::fromLatin1(name), m_directory.path());
        m_daemon.setProcessEnvironment(environment);
    }
    ~PrivateKeyring() { stop(); }
    Q_DISABLE_COPY_MOVE(PrivateKeyring)

    void start() // unlocked
    {
        m_daemon.start(QStringLiteral("gnome-keyring-daemon"),
                       {QStringLiteral("--foreground"), QStringLiteral("--unlock"),
                        QStringLiteral("--components=secrets")});
        m_daemon.write("the password of the keyring");
        m_daemon.closeWriteChannel();
        if (!QTest::qWaitFor([this] { return isOpen(); }, 10'000))
            qFatal("gnome-keyring-daemon did not start");
    }
    void stop()
    {
        m_daemon.terminate();
        m_daemon.waitForFinished(5'000);
    }
    void lock()
    {
        (void)call(QStringLiteral("Lock"),
                   QVariant::fromValue(QList<QDBusObjectPath>{QDBusObjectPath(collection())}));
    }
    void sendSignal(int number) { ::kill(pid_t(m_daemon.processId()), number); }

private:
    [[nodiscard]] bool isOpen()
    {
        const QVariantList found =
            call(QStringLiteral("ReadAlias"), QStringLiteral("default")).arguments();
        return found.value(0).value<QDBusObjectPath>().path() == collection();
    }
    [[nodiscard]] static QString collection()
    {
        return QStringLiteral("/org/freedesktop/secrets/collection/login");
    }
    QDBusMessage call(const QString &method, const QVariant &argument)
    {
        QDBusMessage message = QDBusMessage::createMethodCall(
            QStringLiteral("org.freedesktop.secrets"), QStringLiteral("/org/freedesktop/secrets"),
            QStringLiteral("org.freedesktop.Secret.Service"), method);
        message.setArguments({argument});
        return m_connection.call(message);
    }

    PrivateBus m_bus;
    QDBusConnection m_connection = m_bus.connection();
    QTemporaryDir m_directory;
    QProcess m_daemon;
};
