// SPDX-License-Identifier: Apache-2.0
#include "desktop.h"

#include "agent.h"
#include "approvalprompt.h"
#include "mainwindow.h"
#include "questions.h"
#include "settingsdialog.h"

#include <QDir>
#include <QSystemTrayIcon>

using namespace std::chrono_literals;

Desktop::Desktop(Agent *agent, QObject *parent)
    : QObject(parent), m_agent(agent), m_watch(agent), m_tray(agent, &m_watch)
{
    connect(agent, &Agent::requestAdded, this, &Desktop::handleRequest);
    connect(agent, &Agent::requestChanged, this, &Desktop::handleRequest);
    connect(agent, &Agent::requestEnded, this, &Desktop::handleEnded);
    connect(&m_tray, &TrayIcon::openRequested, this, &Desktop::showWindow);
    connect(&m_tray, &TrayIcon::reviewRequested, this, &Desktop::review);
    connect(&m_tray, &TrayIcon::windowRequested, this, &Desktop::confirmWindow);
    connect(&m_tray, &TrayIcon::settingsRequested, this, &Desktop::showSettings);
    connect(&m_tray, &TrayIcon::quitRequested, this, &Desktop::confirmQuit);
    m_trayWatch.setInterval(5s);
    connect(&m_trayWatch, &QTimer::timeout, this, &Desktop::watchTray);
}

Desktop::~Desktop() = default;

void Desktop::start(bool minimised)
{
    m_trayWatch.start();
    const bool configured = m_agent->settings().problems().isEmpty();
    if (!minimised || !configured)
        showWindow();
    if (!configured)
        showSettings();
}

// The program is never out of sight: when there is no tray for ten seconds, the window shows
// itself.
void Desktop::watchTray()
{
    const bool reachable =
        QSystemTrayIcon::isSystemTrayAvailable() || (m_window && m_window->isVisible());
    if (!reachable && m_trayMissed)
        showWindow();
    m_trayMissed = !reachable;
}

void Desktop::showWindow()
{
    window()->show();
    window()->setWindowState(window()->windowState() & ~Qt::WindowMinimized);
    window()->raise();
    window()->activateWindow();
    if (m_prompt && m_prompt->isVisible())
        m_prompt->raise(); // it waits for the owner, and shall not be covered
}

MainWindow *Desktop::window()
{
    if (!m_window) {
        m_window = std::make_unique<MainWindow>(m_agent, &m_watch);
        connect(m_window.get(), &MainWindow::reviewRequested, this, &Desktop::review);
        connect(m_window.get(), &MainWindow::windowRequested, this, &Desktop::confirmWindow);
        connect(m_window.get(), &MainWindow::settingsRequested, this, &Desktop::showSettings);
        connect(m_window.get(), &MainWindow::quitRequested, this, &Desktop::confirmQuit);
        connect(m_window.get(), &MainWindow::closed, this, &Desktop::handleWindowClosed);
    }
    return m_window.get();
}

ApprovalPrompt *Desktop::prompt()
{
    if (!m_prompt) {
        const ApprovalPrompt::Decisions decisions{
            [this](const QString &name, const QByteArray &sha256, QString *error) {
                return m_agent->approve(name, sha256, error);
            },
            [this](const QString &name, const QString &reason, QString *error) {
                return m_agent->deny(name, reason, error);
            }};
        m_prompt = std::make_unique<ApprovalPrompt>(decisions);
    }
    return m_prompt.get();
}

void Desktop::handleRequest(ActiveRequest *request)
{
    if (request->state() == RequestState::AwaitingApproval) {
        const Settings &settings = m_agent->settings();
        const CometaClient &client = m_agent->client();
        prompt()->add(request,
                      {settings.server, settings.application, client.isEncrypted(),
                       client.isLoopback(), PromptPlace::currentUser(), QDir::homePath(),
                       settings.timeLimit});
    } else if (m_prompt) {
        m_prompt->end(request->request().name, request->state(), request->decidedBy());
    }
}

void Desktop::handleEnded(ActiveRequest *request, const Outcome &outcome)
{
    if (m_prompt)
        m_prompt->end(request->request().name, outcome.state, outcome.by);
}

void Desktop::review(const QString &name)
{
    if (m_prompt)
        m_prompt->review(name);
}

void Desktop::showSettings()
{
    showWindow();
    if (!m_settings) {
        m_settings = new SettingsDialog(m_agent, window());
        m_settings->setAttribute(Qt::WA_DeleteOnClose);
    }
    m_settings->open();
}

void Desktop::confirmWindow()
{
    showWindow();
    Questions::allowEverything(window(), m_watch.status(), [this] { m_agent->openWindow(15min); });
}

void Desktop::confirmQuit()
{
    const AgentStatus status = AgentStatus::of(m_agent);
    if (status.awaiting == 0 && status.running == 0) {
        Q_EMIT quitRequested();
        return;
    }
    showWindow();
    Questions::quit(window(), status, [this] { Q_EMIT quitRequested(); });
}

void Desktop::handleWindowClosed()
{
    if (!QSystemTrayIcon::isSystemTrayAvailable())
        confirmQuit();
}
