// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "missedrequests.h"
#include "notifications.h"
#include "placeholdercolour.h"
#include "promptfacts.h"
#include "statuswatch.h"
#include "trayicon.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <memory>

class ActiveRequest;
class Agent;
class ApprovalPrompt;
class Attention;
class FirstStart;
class MainWindow;
class SettingsDialog;
struct Outcome;
struct Rule;

// The agent on a desktop: tray icon, and the windows, each made when it is first needed. Without a
// tray the main window is the program.
class Desktop final : public QObject
{
    Q_OBJECT

public:
    explicit Desktop(Agent *agent, QObject *parent = nullptr);
    ~Desktop() override;

    // minimised: only the icon, as long as there is a tray and nothing is wrong with the settings.
    void start(bool minimised);
    void showWindow();
    // Shows the window, and values for settings that the owner may take: nothing changes before OK.
    void offer(const QHash<QString, QString> &values);

Q_SIGNALS:
    void quitRequested();

private:
    void handleRequest(ActiveRequest *request);
    void handleEnded(ActiveRequest *request, const Outcome &outcome);
    void review(const QString &name);
    void connectNotifications();
    [[nodiscard]] QString shownInFront() const; // by the prompt; empty: it is not in front
    void showSettings();
    void showFirstStart();
    void confirmWindow(std::chrono::minutes length);
    void openRule(const Rule &rule);
    [[nodiscard]] PromptPlace placeOf(const ActiveRequest &request);
    [[nodiscard]] QString lastTime(const QByteArray &command, const QString &scope);
    void confirmQuit();
    void handleWindowClosed();
    void watchTray();
    void watchOwner();
    void disturbPrompt();
    [[nodiscard]] ApprovalPrompt *prompt();
    [[nodiscard]] MainWindow *window();

    Agent *m_agent;
    PlaceholderColour m_placeholders;
    MissedRequests m_missed;
    StatusWatch m_watch;
    TrayIcon m_tray;
    Notifications m_notifications;
    QTimer m_trayWatch;
    std::unique_ptr<Attention> m_attention;
    bool m_trayMissed = false;
    std::unique_ptr<ApprovalPrompt> m_prompt;
    std::unique_ptr<MainWindow> m_window;
    QPointer<SettingsDialog> m_settings;
    QPointer<FirstStart> m_firstStart;
};
