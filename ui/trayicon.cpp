// SPDX-License-Identifier: Apache-2.0
#include "trayicon.h"

#include "agent.h"
#include "plain.h"
#include "stateicon.h"
#include "statuswatch.h"
#include "visibletext.h"
#include "windowlengths.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcTray, "cometa.ui", QtInfoMsg)

namespace {

constexpr int MaximumListed = 5;

} // namespace

TrayIcon::TrayIcon(Agent *agent, const StatusWatch *watch, QObject *parent)
    : QObject(parent), m_agent(agent), m_watch(watch)
{
    connect(&m_menu, &QMenu::aboutToShow, this, &TrayIcon::fillMenu);
    connect(watch, &StatusWatch::changed, this, &TrayIcon::showStatus);
    showStatus(watch->status());
    connect(&m_panel, &PanelWatch::appeared, this, &TrayIcon::makeIcon);
    m_panel.start();
}

bool TrayIcon::isInPanel() const
{
    return m_icon && QSystemTrayIcon::isSystemTrayAvailable();
}

// A panel that goes and comes again after this is Qt's affair.
void TrayIcon::makeIcon()
{
    m_icon = std::make_unique<QSystemTrayIcon>();
    m_icon->setContextMenu(&m_menu);
    connect(m_icon.get(), &QSystemTrayIcon::activated, this, &TrayIcon::handleActivated);
    showStatus(m_watch->status());
    m_icon->show();
}

void TrayIcon::showStatus(const AgentStatus &status)
{
    const Appearance appearance = Appearance::of(status);
    const Settings::TrayIcon style = m_agent->settings().trayIcon;
    if (m_icon) {
        if (appearance != m_appearance || style != m_style || m_icon->icon().isNull())
            m_icon->setIcon(stateIcon(appearance, style));
        m_icon->setToolTip(trayToolTip(status));
    }
    m_appearance = appearance;
    m_style = style;
    // An open menu stays as it was drawn: an entry must not change under the pointer. Panels that
    // draw it themselves need the new one, as they do not always ask.
    if (!m_menu.isVisible())
        fillMenu();
}

void TrayIcon::fillMenu()
{
    const AgentStatus &status = m_watch->status();
    const QList<QAction *> submenus = m_menu.actions();
    for (const QAction *action : submenus) {
        if (action->menu())
            action->menu()->deleteLater();
    }
    m_menu.clear();
    // An entry that is off would say it too pale to be read.
    m_menu.addAction(Plain::menuText(linkAppearance(status).sentence), this,
                     &TrayIcon::openRequested);
    addRequests();
    m_menu.addSeparator();
    if (status.running > 0)
        m_menu.addAction(tr("&Stop running commands (%1)").arg(status.running), m_agent,
                         &Agent::stopRunning);
    if (status.windowUntil.isValid())
        m_menu.addAction(tr("&End “allow everything” (%1)").arg(windowLeft(status)), m_agent,
                         &Agent::endWindow);
    else if (status.mayAllowAll)
        WindowLengths::addTo(
            m_menu.addMenu(tr("&Allow everything")),
            [this](std::chrono::minutes length) { Q_EMIT windowRequested(length); });
    if (status.state == CometaClient::State::Paused)
        m_menu.addAction(tr("&Resume"), m_agent, &Agent::resume);
    else if (status.configured)
        m_menu.addAction(tr("&Pause"), m_agent, &Agent::pause);
    m_menu.addSeparator();
    m_menu.addAction(tr("&Open Cometa Agent"), this, &TrayIcon::openRequested);
    m_menu.addAction(tr("Se&ttings…"), this, &TrayIcon::settingsRequested);
    m_menu.addAction(tr("&Quit"), this, &TrayIcon::quitRequested);
}

void TrayIcon::addRequests()
{
    int waiting = 0;
    const QList<ActiveRequest *> requests = m_agent->requests();
    for (const ActiveRequest *request : requests) {
        if (request->state() != RequestState::AwaitingApproval)
            continue;
        if (++waiting <= MaximumListed)
            addRequest(request->request().name, request->request().command);
    }
    if (waiting > MaximumListed)
        m_menu.addAction(tr("and %1 more").arg(waiting - MaximumListed), this,
                         &TrayIcon::openRequested);
}

// Bound to the request that the entry was drawn for, by name: a later one never takes its place.
void TrayIcon::addRequest(const QString &name, const QByteArray &command)
{
    QMenu *entry = m_menu.addMenu(Plain::menuText(VisibleText::encodeShort(command, 40)));
    connect(entry->addAction(tr("&Review…")), &QAction::triggered, this,
            [this, name] { Q_EMIT reviewRequested(name); });
    connect(entry->addAction(tr("&Deny")), &QAction::triggered, this, [this, name] { deny(name); });
}

void TrayIcon::deny(const QString &name)
{
    QString error;
    if (!m_agent->deny(name, {}, &error))
        qCInfo(lcTray, "request %s was not denied: %s", qUtf8Printable(name),
               qUtf8Printable(error));
}

void TrayIcon::handleActivated(QSystemTrayIcon::ActivationReason reason)
{
    if (reason == QSystemTrayIcon::Trigger)
        Q_EMIT openRequested();
}
