// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QMap>
#include <QMenu>

#include <chrono>

class Agent;
class StatusWatch;

// The menu of the icon. An entry lasts as long as what it stands for: a panel that draws the menu
// itself tells of a click by the entry's number, whatever has come and gone since it drew it.
class TrayMenu final : public QMenu
{
    Q_OBJECT

public:
    TrayMenu(Agent *agent, const StatusWatch *watch, QWidget *parent = nullptr);

Q_SIGNALS:
    void openRequested();
    void reviewRequested(const QString &name);
    void windowRequested(std::chrono::minutes length); // approve everything for so long
    void settingsRequested();
    void quitRequested();

private:
    void addWindowEntries();
    void refresh();
    void refreshRequests();
    void addRequest(const QString &name, const QByteArray &command);
    void deny(const QString &name);

    Agent *m_agent;
    const StatusWatch *m_watch;
    QMap<QString, QMenu *> m_requests; // the entries, by the request's name
    QAction *m_link;
    QAction *m_more; // that wait than have an entry
    QAction *m_stop;
    QAction *m_endWindow;
    QAction *m_allow;
    QAction *m_resume;
    QAction *m_pause;
};
