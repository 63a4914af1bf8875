// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "appearance.h"
#include "panelwatch.h"
#include "settings.h"
#include "traymenu.h"

#include <QObject>
#include <QSystemTrayIcon>

#include <memory>

class Agent;
class StatusWatch;

// The icon in the panel: state by shape and colour, a tooltip, and the menu. It comes when a panel
// does.
class TrayIcon final : public QObject
{
    Q_OBJECT

public:
    TrayIcon(Agent *agent, const StatusWatch *watch, QObject *parent = nullptr);

    [[nodiscard]] const TrayMenu *menu() const { return &m_menu; }
    [[nodiscard]] bool isInPanel() const; // there is one now, and it has the icon

Q_SIGNALS:
    void openRequested(); // by a click on it

private:
    void makeIcon();
    void showStatus(const AgentStatus &status);
    void handleActivated(QSystemTrayIcon::ActivationReason reason);

    Agent *m_agent;
    const StatusWatch *m_watch;
    Appearance m_appearance;
    Settings::TrayIcon m_style = Settings::TrayIcon::Colours;
    TrayMenu m_menu;
    PanelWatch m_panel;
    std::unique_ptr<QSystemTrayIcon> m_icon; // null before there was a panel
};
