// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "appearance.h"

#include <QWidget>

class ElidingLabel;
class QAction;
class QLabel;
class QMenu;
class QPushButton;
class QToolButton;

// The top of the window: the link's state, server, application, device, and what the owner can do
// about it.
class ConnectionHeader final : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectionHeader(QWidget *parent = nullptr);

    void showStatus(const AgentStatus &status);

Q_SIGNALS:
    void allowClicked(std::chrono::minutes length);
    void endWindowClicked();
    void pauseClicked();
    void resumeClicked();
    void settingsClicked();
    void stopAllClicked(); // every command that runs
    void quitClicked();

private:
    void buildMore();
    [[nodiscard]] static QString details(const AgentStatus &status);

    AgentStatus m_status;
    QLabel *m_icon;
    ElidingLabel *m_title;
    ElidingLabel *m_details;
    QPushButton *m_allow;
    QMenu *m_lengths; // of “allow everything”
    QPushButton *m_pause;
    QPushButton *m_settings;
    QToolButton *m_more; // what is seldom wanted
    QAction *m_stopAll;
};
