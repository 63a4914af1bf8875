// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusServiceWatcher>
#include <QObject>
#include <QSet>

// Is the owner there to be asked? Listens to the screen savers of the desktops and to logind: the
// screen is locked, another session is in front, the machine goes to sleep or wakes. It waits for
// no answer and starts no service; where nobody tells, the owner is taken to be there.
class Attention final : public QObject
{
    Q_OBJECT

public:
    explicit Attention(const QDBusConnection &session = QDBusConnection::sessionBus(),
                       const QDBusConnection &system = QDBusConnection::systemBus(),
                       QObject *parent = nullptr);

    [[nodiscard]] bool isOwnerPresent() const { return m_absences.isEmpty(); }

Q_SIGNALS:
    void ownerPresentChanged(bool present);
    void lockAsked(); // the screen is about to be locked; not every locker tells when it is open
    void sleepBegan();
    void wokeUp();

private:
    void listenToSavers();
    void listenToLogind();
    void listenToSession(const QString &path);
    void note(const QString &source, bool absent);
    void takeSession(const QVariantMap &properties);

private Q_SLOTS:
    void handleSaver(bool active, const QDBusMessage &message);
    void handleUnityLocked();
    void handleUnityUnlocked();
    void handleSleep(bool begins);
    void handleSession(const QString &interface, const QVariantMap &changed,
                       const QStringList &invalidated);

private:
    QDBusConnection m_session;
    QDBusConnection m_system;
    QDBusServiceWatcher m_services;
    QSet<QString> m_absences; // who says that the owner is not there
};
