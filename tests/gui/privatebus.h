// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

// A bus of its own that starts no service. Ended with the test.
class PrivateBus final
{
public:
    PrivateBus()
    {
        QFile configuration(m_directory.filePath(QStringLiteral("bus.conf")));
        const QString socket =
            QStringLiteral("unix:path=") + m_directory.filePath(QStringLiteral("bus"));
        const QString text =
            QStringLiteral(
                "<busconfig><type>session</type><listen>%1</listen><policy context=\"default\">"
                "<allow send_destination=\"*\"/><allow receive_sender=\"*\"/>"
                "<allow own=\"*\"/>"
                "</policy></busconfig>")
                .arg(socket);
        if (!configuration.open(QIODevice::WriteOnly) || configuration.write(text.toUtf8()) <= 0)
            qFatal("no configuration for the bus");
        configuration.close();
        m_daemon.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_daemon.start(QStringLiteral("dbus-daemon"),
                       {QStringLiteral("--nofork"), QStringLiteral("--print-address"),
                        QStringLiteral("--config-file=") + configuration.fileName()});
        if (!QTest::qWaitFor([this] { return m_daemon.canReadLine(); }, 10'000))
            qFatal("dbus-daemon did not start");
        m_address = QString::fromLatin1(m_daemon.readLine().trimmed());
    }
    ~PrivateBus()
    {
        for (const QString &name : m_names)
            QDBusConnection::disconnectFromBus(name);
        m_daemon.terminate();
        m_daemon.waitForFinished(5'000);
    }
    Q_DISABLE_COPY_MOVE(PrivateBus)

    [[nodiscard]] QString address() const { return m_address; }
    // A new one each time, as if by another program.
    [[nodiscard]] QDBusConnection connection()
    {
        static int count = 0;
        m_names.append(QStringLiteral("private-%1").arg(++count));
        QDBusConnection bus = QDBusConnection::connectToBus(m_address, m_names.last());
        if (!bus.isConnected())
            qFatal("no connection to the bus");
        return bus;
    }
    // What was sent so far has come: the bus keeps the order.
    void settle()
    {
        for (const QString &name : m_names)
            (void)QDBusConnection(name).interface()->isServiceRegistered(QStringLiteral("none"));
        QCoreApplication::processEvents();
    }

private:
    QTemporaryDir m_directory;
    QProcess m_daemon;
    QString m_address;
    QStringList m_names;
};
