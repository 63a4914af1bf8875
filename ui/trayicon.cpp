// SPDX-License-Identifier: Apache-2.0
#include "trayicon.h"

#include "agent.h"
#include "stateicon.h"
#include "statuswatch.h"

TrayIcon::TrayIcon(Agent *agent, const StatusWatch *watch, QObject *parent)
    : QObject(parent), m_agent(agent), m_watch(watch), m_menu(agent, watch)
{
    connect(watch, &StatusWatch::changed, this, &TrayIcon::showStatus);
    showStatus(watch->status());
    connect(&m_panel, &PanelWatch::appeared, this, &TrayIcon::makeIcon);
    m_panel.start();
}

bool TrayIcon::isInPanel() const
{
    return m_icon && QSystemTrayIcon::isSystemTrayAvailable();
}

// A panel that goes and comes again after this is Qt's affair, which keeps to the kind of the first
// one while the process lives.
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
        if (m_icon->toolTip() != trayToolTip(status)) // the panel is told of each
            m_icon->setToolTip(trayToolTip(status));
    }
    m_appearance = appearance;
    m_style = style;
}

void TrayIcon::handleActivated(QSystemTrayIcon::ActivationReason reason)
{
    if (reason == QSystemTrayIcon::Trigger)
        Q_EMIT openRequested();
}
