// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusServiceWatcher>
#include <QObject>

#include <functional>

struct Notification;

// The desktop's notification server, org.freedesktop.Notifications. It waits for no answer; what
// another program than the owner of that name says is not heard. Ids are valid until lost().
class NotificationServer final : public QObject
{
    Q_OBJECT

public:
    enum class Presence { Unknown, Asked, Present, Absent };
    // id: 0 when it was not shown.
    using Shown = std::function<void(quint32 id)>;

    explicit NotificationServer(const QDBusConnection &bus, QObject *parent = nullptr);

    [[nodiscard]] Presence presence() const { return m_presence; }
    // Asks it what it can do, which starts it where the bus knows how. ready(), failed() or lost()
    // follows.
    void ask();
    // Only when Present. replaces: id of the one whose place it takes; 0: none. shown is not called
    // when lost() comes first.
    void show(const Notification &notification, quint32 replaces, Shown shown);
    void close(quint32 id); // closed() follows when it was there

Q_SIGNALS:
    void ready();
    void failed(); // there is none, or it does not answer
    void lost(); // it has gone (Absent), or another has come (Unknown): what was shown is no more
    void actionInvoked(quint32 id, const QString &key);
    // expired: it went by itself; else the owner, or close(), has closed it.
    void closed(quint32 id, bool expired);

private:
    void listen(const QString &signal, const char *slot);
    void call(const QString &method, const QVariantList &arguments,
              const std::function<void(const QDBusMessage &)> &answered);
    void handleCapabilities(const QDBusMessage &reply);
    void handleInformation(const QDBusMessage &reply);
    [[nodiscard]] QString bodyOf(const QString &text) const;
    [[nodiscard]] QVariantList argumentsOf(const Notification &notification,
                                           quint32 replaces) const;

private Q_SLOTS:
    void handleOwner(const QString &service, const QString &before, const QString &now);
    void handleAction(uint id, const QString &key, const QDBusMessage &message);
    void handleClosed(uint id, uint reason, const QDBusMessage &message);

private:
    QDBusConnection m_bus;
    QDBusServiceWatcher m_watcher;
    Presence m_presence = Presence::Unknown;
    QString m_owner; // its unique name on the bus; empty: not known
    int m_generation = 0; // of the owner: answers to questions to an earlier one are dropped
    // Doubtful: it says that it has none.
    enum class Markup { No, Yes, Doubtful } m_markup = Markup::No;
    bool m_hasActions = false;
};
