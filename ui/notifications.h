// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "countnotification.h"
#include "notificationserver.h"

#include <QList>
#include <QObject>
#include <QTimer>

#include <functional>

class ActiveRequest;
class Agent;
struct Outcome;

// Tells on the desktop that commands wait, and afterwards that some were not run: one notification
// for each of up to three requests, one that counts the others, one that counts the missed ones.
// While the prompt is in front, or nobody is there, it is silent; what the prompt has shown is not
// told again. An action counts for the request that its notification was made for and for no
// other; none approves.
class Notifications final : public QObject
{
    Q_OBJECT

public:
    // The request that the prompt shows while it is in front; empty: it is not.
    using ShownInFront = std::function<QString()>;

    explicit Notifications(Agent *agent, ShownInFront shownInFront,
                           const QDBusConnection &bus = QDBusConnection::sessionBus(),
                           QObject *parent = nullptr);

    void setOwnerPresent(bool present); // default: true; absent: told at the return

public Q_SLOTS:
    void update(); // the prompt came to the front, left it, or shows another request
    void dismissMissed(); // the owner has taken note of them elsewhere

Q_SIGNALS:
    void reviewRequested(const QString &name); // it waits still
    void openRequested(); // the window, for what has no notification of its own
    void attentionNeeded(); // a command waits, and nothing could be shown

private:
    enum class Told {
        No,
        Sent, // the server has not answered yet
        Yes,
        Counted, // in the notification that counts
        Seen, // by the owner, in the prompt or as a notification
    };
    struct Entry
    {
        QString name;
        Told told = Told::No;
        quint32 id = 0;
    };
    void handleRequest(ActiveRequest *request);
    void handleEnded(ActiveRequest *request, const Outcome &outcome);
    void noteMissed(const QByteArray &command);
    void remove(const QString &name);
    void askAgain();
    void settle();
    void withdraw(Told told); // closes them; told: what it is from now on
    void announce();
    void countRest();
    void tell(Entry *entry);
    void handleShown(const QString &name, quint32 id);
    void handleFailed();
    void handleLost();
    void handleAction(quint32 id, const QString &key);
    void handleClosed(quint32 id, bool expired);
    [[nodiscard]] bool isOn() const;
    [[nodiscard]] Entry *find(const QString &name); // null: there is none
    [[nodiscard]] Entry *findTold(Told told);
    [[nodiscard]] Entry *findShown(quint32 id);
    [[nodiscard]] int count(Told told) const;

    Agent *m_agent;
    ShownInFront m_shownInFront;
    NotificationServer m_server;
    QList<Entry> m_entries; // those that wait, in the order of arrival
    CountNotification m_more;
    CountNotification m_missed;
    QByteArray m_missedCommand; // the newest
    int m_missedCount = 0; // since the owner has last taken note
    bool m_ownerPresent = true;
    QTimer m_soon; // all that happens at once is seen at once
    QTimer m_pace; // runs for a while after each one that was shown
};
