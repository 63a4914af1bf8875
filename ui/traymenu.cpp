// SPDX-License-Identifier: Apache-2.0
#include "traymenu.h"

#include "agent.h"
#include "plain.h"
#include "statuswatch.h"
#include "visibletext.h"
#include "windowlengths.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcTray, "cometa.ui", QtInfoMsg)

namespace {

constexpr int MaximumListed = 5;

void showEntry(QAction *action, bool visible, const QString &text)
{
    if (visible)
        action->setText(text);
    action->setVisible(visible);
}

} // namespace

TrayMenu::TrayMenu(Agent *agent, const StatusWatch *watch, QWidget *parent)
    : QMenu(parent), m_agent(agent), m_watch(watch)
{
    // An entry that is off would say it too pale to be read.
    m_link = addAction(QString(), this, &TrayMenu::openRequested);
    m_more = addAction(QString(), this, &TrayMenu::openRequested);
    addSeparator();
    m_stop = addAction(QString(), agent, &Agent::stopRunning);
    addWindowEntries();
    m_resume = addAction(tr("&Resume"), agent, &Agent::resume);
    m_pause = addAction(tr("&Pause"), agent, &Agent::pause);
    addSeparator();
    addAction(tr("&Open Cometa Agent"), this, &TrayMenu::openRequested);
    addAction(tr("Se&ttings…"), this, &TrayMenu::settingsRequested);
    addAction(tr("&Quit"), this, &TrayMenu::quitRequested);
    connect(watch, &StatusWatch::changed, this, &TrayMenu::refresh);
    connect(this, &QMenu::aboutToShow, this, &TrayMenu::refresh);
    // What is chosen is done before its entry may go.
    connect(this, &QMenu::aboutToHide, this, &TrayMenu::refresh, Qt::QueuedConnection);
    refresh();
}

void TrayMenu::addWindowEntries()
{
    m_endWindow = addAction(QString(), m_agent, &Agent::endWindow);
    QMenu *lengths = addMenu(tr("&Allow everything"));
    WindowLengths::addTo(lengths,
                         [this](std::chrono::minutes length) { Q_EMIT windowRequested(length); });
    m_allow = lengths->menuAction();
}

// Sets what differs and nothing else, as a panel is told of each change.
void TrayMenu::refresh()
{
    // An open menu stays as it was drawn: an entry must not change under the pointer.
    if (isVisible())
        return;
    const AgentStatus &status = m_watch->status();
    m_link->setText(Plain::menuText(linkAppearance(status).sentence));
    refreshRequests();
    showEntry(m_stop, status.running > 0, tr("&Stop running commands (%1)").arg(status.running));
    const bool windowIsOpen = status.windowUntil.isValid();
    showEntry(m_endWindow, windowIsOpen,
              tr("&End “allow everything” (%1)").arg(windowLeft(status)));
    m_allow->setVisible(status.mayAllowAll && !windowIsOpen);
    const bool isPaused = status.state == CometaClient::State::Paused;
    m_resume->setVisible(isPaused);
    m_pause->setVisible(status.configured && !isPaused);
}

void TrayMenu::refreshRequests()
{
    m_requests.removeIf([this](const auto &entry) {
        const ActiveRequest *request = m_agent->request(entry.key());
        if (request && request->state() == RequestState::AwaitingApproval)
            return false;
        removeAction(entry.value()->menuAction());
        entry.value()->deleteLater();
        return true;
    });
    const QList<ActiveRequest *> requests = m_agent->requests();
    for (const ActiveRequest *request : requests) {
        if (request->state() == RequestState::AwaitingApproval && m_requests.size() < MaximumListed
            && !m_requests.contains(request->request().name))
            addRequest(request->request().name, request->request().command);
    }
    const qsizetype more = m_agent->awaitingCount() - m_requests.size();
    showEntry(m_more, more > 0, tr("and %1 more").arg(more));
}

// Behind the older ones, and bound to the request by name: a later one never takes its place.
void TrayMenu::addRequest(const QString &name, const QByteArray &command)
{
    auto *entry = new QMenu(Plain::menuText(VisibleText::encodeShort(command, 40)), this);
    entry->addAction(tr("&Review…"), this, [this, name] { Q_EMIT reviewRequested(name); });
    entry->addAction(tr("&Deny"), this, [this, name] { deny(name); });
    insertMenu(m_more, entry);
    m_requests.insert(name, entry);
}

void TrayMenu::deny(const QString &name)
{
    QString error;
    if (!m_agent->deny(name, {}, &error))
        qCInfo(lcTray, "request %s was not denied: %s", qUtf8Printable(name),
               qUtf8Printable(error));
}
