// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "appearance.h"

#include <QWidget>

class Agent;
class Banner;
class ConnectionHeader;
class MissedLine;
class MissedRequests;
class QTabWidget;
class RequestView;
class StatusWatch;
struct Rule;
class WaitingList;

// Everything about the agent in one window: who is attached, what waits, what ran and what
// happened. Closing it hides it; the agent goes on.
class MainWindow final : public QWidget
{
    Q_OBJECT

public:
    MainWindow(Agent *agent, const StatusWatch *watch, MissedRequests *missed);

    // Who hears its keys: the last dialog that is open over it, or itself.
    [[nodiscard]] QWidget *front();

Q_SIGNALS:
    void reviewRequested(const QString &name);
    void windowRequested(std::chrono::minutes length); // approve everything for so long
    void ruleRequested(const Rule &rule); // to be made, from this; with an id: to be changed
    void settingsRequested();
    void quitRequested();
    void closeRequested(); // by the owner; it stays until it is hidden

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void connectParts();
    void addShortcuts();
    [[nodiscard]] QWidget *rulePage();
    void showStatus(const AgentStatus &status);
    void showProblem(const QString &text);
    void showRequest(const QString &name);

    Agent *m_agent;
    ConnectionHeader *m_header;
    Banner *m_banner;
    WaitingList *m_waiting;
    MissedLine *m_missed;
    QTabWidget *m_tabs;
    RequestView *m_requests;
};
