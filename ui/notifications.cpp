// SPDX-License-Identifier: Apache-2.0
#include "notifications.h"

#include "agent.h"
#include "notification.h"

#include <QLoggingCategory>

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcNotify, "cometa.ui", QtInfoMsg)

namespace {

constexpr int MaximumEach = 3; // notifications of single requests
// Null when there is none.
template<typename List, typename Condition>
auto *first(List *list, Condition condition)
{
    const auto found = std::find_if(list->begin(), list->end(), condition);
    return found == list->end() ? nullptr : &*found;
}

} // namespace

Notifications::Notifications(Agent *agent, ShownInFront shownInFront, const QDBusConnection &bus,
                             QObject *parent)
    : QObject(parent), m_agent(agent), m_shownInFront(std::move(shownInFront)), m_server(bus),
      m_more(&m_server, &Notification::more), m_missed(&m_server, [this](int count) {
          return Notification::missed(count, m_missedCommand);
      })
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(100ms);
    connect(&m_soon, &QTimer::timeout, this, &Notifications::settle);
    m_pace.setSingleShot(true);
    m_pace.setInterval(500ms);
    connect(&m_pace, &QTimer::timeout, this, &Notifications::settle);
    connect(agent, &Agent::requestAdded, this, &Notifications::handleRequest);
    connect(agent, &Agent::requestChanged, this, &Notifications::handleRequest);
    connect(agent, &Agent::requestEnded, this, &Notifications::handleEnded);
    connect(agent, &Agent::settingsChanged, this, &Notifications::update);
    connect(&m_server, &NotificationServer::ready, this, &Notifications::settle);
    connect(&m_server, &NotificationServer::failed, this, &Notifications::handleFailed);
    connect(&m_server, &NotificationServer::lost, this, &Notifications::handleLost);
    connect(&m_server, &NotificationServer::actionInvoked, this, &Notifications::handleAction);
    connect(&m_server, &NotificationServer::closed, this, &Notifications::handleClosed);
    connect(&m_more, &CountNotification::answered, this, &Notifications::update);
    connect(&m_more, &CountNotification::notShown, this, &Notifications::attentionNeeded);
    connect(&m_missed, &CountNotification::answered, this, &Notifications::update);
    const QList<ActiveRequest *> requests = agent->requests();
    for (ActiveRequest *request : requests)
        handleRequest(request);
}

void Notifications::setOwnerPresent(bool present)
{
    m_ownerPresent = present;
    askAgain();
    update();
}

void Notifications::update()
{
    if (!m_soon.isActive())
        m_soon.start();
}

void Notifications::handleRequest(ActiveRequest *request)
{
    const QString name = request->request().name;
    if (request->state() == RequestState::AwaitingApproval) {
        if (find(name))
            return;
        m_entries.append({name});
        askAgain();
        update();
    } else if (!hasEnded(request->state())) {
        remove(name);
    }
}

// The bus may know by now how to start a server, or it may be quicker to answer.
void Notifications::askAgain()
{
    if (m_server.presence() == NotificationServer::Presence::Absent && isOn())
        m_server.ask();
}

void Notifications::handleEnded(ActiveRequest *request, const Outcome &outcome)
{
    const QString name = request->request().name;
    const bool undecided =
        outcome.state == RequestState::Expired || outcome.state == RequestState::Withdrawn;
    const bool missed = undecided && find(name) && name != m_shownInFront();
    remove(name);
    if (missed)
        QMetaObject::invokeMethod(
            this, [this, command = request->request().command] { noteMissed(command); },
            Qt::QueuedConnection);
}

// Looked at once the link has come to rest: whoever pauses it knows what becomes of the requests.
void Notifications::noteMissed(const QByteArray &command)
{
    if (!isOn() || m_agent->state() == CometaClient::State::Paused)
        return;
    m_missedCommand = command;
    ++m_missedCount;
    update();
}

void Notifications::remove(const QString &name)
{
    const Entry *entry = find(name);
    if (!entry)
        return;
    const bool hadOne = entry->told == Told::Sent || entry->told == Told::Yes;
    if (entry->id != 0)
        m_server.close(entry->id);
    m_entries.removeIf([&name](const Entry &e) { return e.name == name; });
    // The oldest of those that are only counted takes its place; never in the same notification,
    // whose Deny is about the one that has ended.
    if (Entry *counted = findTold(Told::Counted); hadOne && counted)
        counted->told = Told::No;
    update();
}

void Notifications::settle()
{
    if (!isOn())
        return withdraw(Told::No);
    const QString shown = m_shownInFront();
    if (shown.isEmpty() && m_ownerPresent)
        return announce();
    if (Entry *entry = find(shown); entry && entry->told == Told::No)
        entry->told = Told::Seen;
    if (!shown.isEmpty())
        withdraw(Told::Seen); // the prompt counts what waits, and nothing shall lie over it
}

void Notifications::withdraw(Told told)
{
    for (Entry &entry : m_entries) {
        if (entry.told == Told::No || entry.told == Told::Seen)
            continue;
        if (entry.id != 0)
            m_server.close(entry.id);
        entry.id = 0;
        entry.told = told;
    }
    m_more.close();
    if (told == Told::No)
        dismissMissed();
}

void Notifications::dismissMissed()
{
    m_missed.close();
    m_missedCount = 0;
}

void Notifications::announce()
{
    countRest();
    const int counted = count(Told::Counted);
    if (counted == 0)
        m_more.close();
    else if (counted < m_more.told() && !m_more.isOpen() && m_more.isFree())
        m_more.setTold(counted); // fewer are no news
    if (m_pace.isActive())
        return;
    Entry *next = findTold(Told::No);
    const bool more = counted != m_more.told() && m_more.isFree();
    const bool missed = m_missedCount > m_missed.told() && m_missed.isFree();
    if (!next && !more && !missed)
        return;
    if (m_server.presence() == NotificationServer::Presence::Unknown)
        m_server.ask();
    if (m_server.presence() != NotificationServer::Presence::Present)
        return;
    m_pace.start();
    if (next)
        tell(next);
    else if (more)
        m_more.show(counted);
    else
        m_missed.show(m_missedCount);
}

void Notifications::countRest()
{
    int free = MaximumEach - count(Told::Sent) - count(Told::Yes);
    for (Entry &entry : m_entries) {
        if (entry.told == Told::No && --free < 0)
            entry.told = Told::Counted;
    }
}

void Notifications::tell(Entry *entry)
{
    entry->told = Told::Sent;
    const Settings &settings = m_agent->settings();
    m_server.show(Notification::waiting(m_agent->request(entry->name)->request(), settings.server,
                                        settings.application),
                  0, [this, name = entry->name](quint32 id) { handleShown(name, id); });
}

void Notifications::handleShown(const QString &name, quint32 id)
{
    Entry *entry = find(name);
    if (!entry || entry->told != Told::Sent) { // it is not wanted any more
        if (id != 0)
            m_server.close(id);
        return;
    }
    entry->told = Told::Yes;
    entry->id = id;
    if (id == 0)
        Q_EMIT attentionNeeded();
}

void Notifications::handleFailed()
{
    if (isOn() && m_ownerPresent && (findTold(Told::No) || findTold(Told::Counted)))
        Q_EMIT attentionNeeded();
}

void Notifications::handleLost()
{
    for (Entry &entry : m_entries) {
        entry.id = 0;
        if (entry.told != Told::Seen)
            entry.told = Told::No;
    }
    m_more.handleLost();
    m_more.setTold(0);
    m_missed.handleLost();
    update(); // another one is told
    if (m_server.presence() == NotificationServer::Presence::Absent)
        handleFailed(); // there is none, and it may have gone with what was asked of it
}

void Notifications::handleAction(quint32 id, const QString &key)
{
    const bool opens = key == "default"_L1 || key == "review"_L1 || key == "show"_L1;
    if (opens && (m_more.is(id) || m_missed.is(id)))
        Q_EMIT openRequested();
    const Entry *entry = findShown(id);
    if (!entry)
        return;
    const QString name = entry->name;
    const ActiveRequest *request = m_agent->request(name);
    if (!request || request->state() != RequestState::AwaitingApproval)
        return;
    if (opens)
        Q_EMIT reviewRequested(name);
    QString error;
    if (key == "deny"_L1 && !m_agent->deny(name, {}, &error))
        qCInfo(lcNotify, "request %s was not denied: %s", qUtf8Printable(name),
               qUtf8Printable(error));
}

// What has expired may be shown again from the server's list, with its actions; what the owner has
// closed is done with.
void Notifications::handleClosed(quint32 id, bool expired)
{
    if (Entry *entry = findShown(id); entry && !expired) {
        entry->id = 0;
        entry->told = Told::Seen;
    }
    if (m_more.is(id))
        m_more.handleClosed();
    if (!m_missed.is(id))
        return;
    m_missed.handleClosed();
    if (!expired) {
        m_missed.setTold(0);
        m_missedCount = 0;
    }
}

bool Notifications::isOn() const
{
    return m_agent->settings().notifications;
}

Notifications::Entry *Notifications::find(const QString &name)
{
    return first(&m_entries, [&name](const Entry &e) { return e.name == name; });
}

Notifications::Entry *Notifications::findTold(Told told)
{
    return first(&m_entries, [told](const Entry &e) { return e.told == told; });
}

Notifications::Entry *Notifications::findShown(quint32 id)
{
    return first(&m_entries, [id](const Entry &e) { return id != 0 && e.id == id; });
}

int Notifications::count(Told told) const
{
    return int(std::count_if(m_entries.cbegin(), m_entries.cend(),
                             [told](const Entry &e) { return e.told == told; }));
}
