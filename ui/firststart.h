// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "autostart.h"
#include "settingsdraft.h"

#include <QDialog>

#include <memory>

class Agent;
class ConnectionTest;
class LocalServer;
class Notice;
class QCheckBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class ReadyPage;
class SettingsPage;

// The first start in three pages: what this is, which server, how it starts; it ends attached, with
// a first command to send. Closed before that it leaves everything as it was.
class FirstStart final : public QDialog
{
    Q_OBJECT

public:
    // serverProgram: cometa-server for trying out; empty when there is none.
    FirstStart(Agent *agent, const QString &serverProgram, QWidget *parent = nullptr);
    ~FirstStart() override;

    // Of all that can be missing in the settings, this is what it asks for.
    [[nodiscard]] static bool isNeeded(const Settings &settings);

    // Puts values into its fields and leads to them, and tells which it does not ask for.
    void offer(const QHash<QString, QString> &values);

private:
    enum Page { Welcome, Server, Options, Ready };

    void addPages();
    void addServerPage();
    [[nodiscard]] QWidget *makeTrial();
    [[nodiscard]] QWidget *makeOptionsPage();
    void addButtons();
    void showPage(Page page);
    void updateButtons();
    void goNext();
    void goBack();
    void handleEdited();
    void startServer();
    void handleServerReady();
    void finish();
    void finishTrial();

    Agent *m_agent;
    QString m_serverProgram;
    SettingsDraft m_draft;
    Autostart m_autostart;
    std::unique_ptr<LocalServer> m_localServer;
    bool m_isTrial = false;
    QLabel *m_title;
    QStackedWidget *m_pages;
    ConnectionTest *m_test;
    SettingsPage *m_address = nullptr;
    SettingsPage *m_options = nullptr;
    QCheckBox *m_atLogin;
    ReadyPage *m_ready;
    Notice *m_notice;
    QLabel *m_step;
    QPushButton *m_try;
    QPushButton *m_later;
    QPushButton *m_back;
    QPushButton *m_next;
};
