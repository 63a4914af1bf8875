// SPDX-License-Identifier: Apache-2.0
#include "desktop.h"

#include "agent.h"
#include "approvalprompt.h"
#include "attention.h"
#include "commandhistory.h"
#include "firststart.h"
#include "localserver.h"
#include "mainwindow.h"
#include "questions.h"
#include "ruledialog.h"
#include "settingsdialog.h"
#include "windowplace.h"
#include "windowquestion.h"

#include <QApplication>
#include <QDir>
#include <QWindow>

#include <algorithm>

using namespace std::chrono_literals;

Desktop::Desktop(Agent *agent, QObject *parent)
    : QObject(parent), m_agent(agent), m_missed(agent), m_watch(agent, &m_missed),
      m_tray(agent, &m_watch), m_notifications(agent, [this] { return shownInFront(); })
{
    connect(agent, &Agent::requestAdded, this, &Desktop::handleRequest);
    connect(agent, &Agent::requestChanged, this, &Desktop::handleRequest);
    connect(agent, &Agent::requestEnded, this, &Desktop::handleEnded);
    connectNotifications();
    connect(&m_tray, &TrayIcon::openRequested, this, &Desktop::showWindow);
    const TrayMenu *menu = m_tray.menu();
    connect(menu, &TrayMenu::openRequested, this, &Desktop::showWindow);
    connect(menu, &TrayMenu::reviewRequested, this, &Desktop::review);
    connect(menu, &TrayMenu::windowRequested, this, &Desktop::confirmWindow);
    connect(menu, &TrayMenu::settingsRequested, this, &Desktop::showSettings);
    connect(menu, &TrayMenu::quitRequested, this, &Desktop::confirmQuit);
    m_trayWatch.setInterval(5s);
    connect(&m_trayWatch, &QTimer::timeout, this, &Desktop::watchTray);
}

Desktop::~Desktop() = default;

void Desktop::connectNotifications()
{
    connect(qApp, &QGuiApplication::focusWindowChanged, &m_notifications, &Notifications::update);
    connect(&m_notifications, &Notifications::reviewRequested, this, &Desktop::review);
    connect(&m_notifications, &Notifications::openRequested, this, &Desktop::showWindow);
    connect(&m_missed, &MissedRequests::changed, this, [this] {
        if (m_missed.count() == 0)
            m_notifications.dismissMissed();
    });
    connect(&m_notifications, &Notifications::attentionNeeded, this, [this] {
        if (m_prompt)
            QApplication::alert(m_prompt.get());
    });
}

QString Desktop::shownInFront() const
{
    return m_prompt && m_prompt->isActiveWindow() ? m_prompt->shownRequest() : QString();
}

void Desktop::start(bool minimised)
{
    m_trayWatch.start();
    QTimer::singleShot(0, this, &Desktop::watchOwner); // the icon comes first
    const bool configured = m_agent->settings().problems().isEmpty();
    if (!minimised || !configured)
        showWindow();
    if (!configured)
        showSettings();
}

void Desktop::watchOwner()
{
    m_attention = std::make_unique<Attention>();
    connect(m_attention.get(), &Attention::ownerPresentChanged, this, [this](bool present) {
        m_agent->setOwnerPresent(present);
        disturbPrompt();
    });
    connect(m_attention.get(), &Attention::ownerPresentChanged, &m_notifications,
            &Notifications::setOwnerPresent);
    connect(m_attention.get(), &Attention::lockAsked, m_agent, &Agent::endWindow);
    connect(m_attention.get(), &Attention::sleepBegan, m_agent, &Agent::endWindow);
    connect(m_attention.get(), &Attention::wokeUp, m_agent, &Agent::wakeUp);
    connect(m_attention.get(), &Attention::wokeUp, this, &Desktop::disturbPrompt);
}

// What was begun before a locked screen or sleep decides nothing after it.
void Desktop::disturbPrompt()
{
    if (m_prompt)
        m_prompt->disturb();
}

// The program is never out of sight: when there is no tray for ten seconds, the window is there.
void Desktop::watchTray()
{
    const bool reachable = m_tray.isInPanel() || (m_window && m_window->isVisible());
    if (!reachable && m_trayMissed)
        window()->showMinimized(); // in nobody's way
    m_trayMissed = !reachable;
}

void Desktop::showWindow()
{
    window()->show();
    window()->setWindowState(window()->windowState() & ~Qt::WindowMinimized);
    window()->raise();
    window()->front()->activateWindow();
    if (m_prompt && m_prompt->isVisible())
        m_prompt->raise(); // it waits for the owner, and shall not be covered
}

MainWindow *Desktop::window()
{
    if (!m_window) {
        m_window = std::make_unique<MainWindow>(m_agent, &m_watch, &m_missed);
        connect(m_window.get(), &MainWindow::reviewRequested, this, &Desktop::review);
        connect(m_window.get(), &MainWindow::windowRequested, this, &Desktop::confirmWindow);
        connect(m_window.get(), &MainWindow::ruleRequested, this, &Desktop::openRule);
        connect(m_window.get(), &MainWindow::settingsRequested, this, &Desktop::showSettings);
        connect(m_window.get(), &MainWindow::quitRequested, this, &Desktop::confirmQuit);
        connect(m_window.get(), &MainWindow::closeRequested, this, &Desktop::handleWindowClosed,
                Qt::QueuedConnection); // once that event is over
        new WindowPlace(m_window.get(),
                        QDir(m_agent->settings().dataDirectory).filePath(QStringLiteral("window")));
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
            },
            [this](const QString &name, const QByteArray &sha256, const Rule &rule,
                   QString *error) {
                return m_agent->rules()->add(rule, error) && m_agent->approve(name, sha256, error);
            },
            [this](const QByteArray &command) {
                return CommandHistory(m_agent->journal()).matches(command, m_agent->scope());
            },
            [this](const QByteArray &command, const QString &scope) {
                return lastTime(command, scope);
            }};
        m_prompt = std::make_unique<ApprovalPrompt>(decisions);
        connect(m_prompt.get(), &ApprovalPrompt::shownRequestChanged, &m_notifications,
                &Notifications::update);
    }
    return m_prompt.get();
}

void Desktop::handleRequest(ActiveRequest *request)
{
    if (request->state() == RequestState::AwaitingApproval)
        prompt()->add(request, placeOf(*request));
    else if (m_prompt)
        m_prompt->end(request->request().name, request->state(), request->decidedBy());
}

PromptPlace Desktop::placeOf(const ActiveRequest &request)
{
    const Settings &settings = m_agent->settings();
    const CometaClient &client = m_agent->client();
    PromptPlace place;
    place.server = settings.server;
    place.application = settings.application;
    place.encrypted = client.isEncrypted();
    place.isLocal = client.isLoopback();
    place.user = PromptPlace::currentUser();
    place.home = QDir::homePath();
    place.timeLimit = settings.timeLimit;
    place.scope = request.scope();
    place.mayRemember = m_agent->mayApproveAutomatically();
    return place;
}

QString Desktop::lastTime(const QByteArray &command, const QString &scope)
{
    const QList<ActiveRequest *> requests = m_agent->requests();
    const bool runs = std::any_of(
        requests.cbegin(), requests.cend(), [&command, &scope](const ActiveRequest *request) {
            const RequestState state = request->state();
            return (state == RequestState::Approved || state == RequestState::Running)
                && request->request().command == command && request->scope() == scope;
        });
    return runs ? tr("Exactly this command is running now.")
                : CommandHistory(m_agent->journal()).lastTime(command, scope);
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
    if (FirstStart::isNeeded(m_agent->settings()) || m_firstStart)
        return showFirstStart();
    showWindow();
    if (!m_settings) {
        m_settings = new SettingsDialog(m_agent, window());
        m_settings->setAttribute(Qt::WA_DeleteOnClose);
    }
    m_settings->open();
}

void Desktop::offer(const QHash<QString, QString> &values)
{
    showWindow();
    const Settings &inForce = m_agent->settings();
    QHash<QString, QString> different;
    for (const QString &option : Settings::optionNames()) {
        const auto value = values.constFind(option);
        Settings offered = inForce;
        // Of what is refused its field will say why.
        if (value != values.constEnd()
            && (offered.set(option, *value) || offered.get(option) != inForce.get(option)))
            different.insert(option, *value);
    }
    if (different.isEmpty())
        return;
    showSettings();
    if (m_settings)
        m_settings->offer(different);
    else if (m_firstStart)
        m_firstStart->offer(different);
}

// Whoever asks for the settings before there are any is led through them.
void Desktop::showFirstStart()
{
    showWindow();
    if (!m_firstStart) {
        m_firstStart = new FirstStart(m_agent, LocalServer::installedProgram(), window());
        m_firstStart->setAttribute(Qt::WA_DeleteOnClose);
    }
    m_firstStart->open();
}

void Desktop::confirmWindow(std::chrono::minutes length)
{
    showWindow();
    WindowQuestion::ask(m_agent, window(), length);
}

// A changed one takes the place of the one with the same decision by itself.
void Desktop::openRule(const Rule &rule)
{
    auto *dialog = new RuleDialog(
        rule,
        [this, before = rule](const Rule &made, QString *error) {
            RuleBook *book = m_agent->rules();
            const bool replaces = before.id.isEmpty() || before.verdict == made.verdict;
            return book->add(made, error) && (replaces || book->remove(before.id, error));
        },
        [this](const QByteArray &command) {
            return CommandHistory(m_agent->journal()).matches(command, m_agent->scope());
        },
        ArmGuard::systemNow, window());
    dialog->open();
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
    if (m_tray.isInPanel())
        window()->hide();
    else // it is the program, and stays until that is to end
        Questions::quit(window(), AgentStatus::of(m_agent), [this] { Q_EMIT quitRequested(); });
}
