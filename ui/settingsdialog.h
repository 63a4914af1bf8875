// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "autostart.h"
#include "settingsdraft.h"

#include <QDialog>

class Agent;
class ConnectionTest;
class Notice;
class QCheckBox;
class QDialogButtonBox;
class QListWidget;
class QPushButton;
class QStackedWidget;
class ProxyPassword;
class SettingsPage;

// The settings, checked as they are typed. Nothing changes before OK, and nothing at Cancel; OK
// saves what was changed here and leaves the rest of the file alone.
class SettingsDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit SettingsDialog(Agent *agent, QWidget *parent = nullptr);

    void accept() override; // saves, then applies; stays open when it could not be saved
    // Fills the fields, or says why the file is no profile.
    void importProfile(const QString &path);
    void exportProfile(const QString &path);
    // Fills those into their fields; what is none is left out.
    void offer(const QHash<QString, QString> &values);

private:
    void addPages();
    void addTest();
    void addPassword();
    void addApplicationRows();
    [[nodiscard]] QLayout *buttonRow();
    // none: where nothing was taken.
    void say(const SettingsDraft::Filled &filled, const QString &none, const QString &some);
    void chooseImport();
    void chooseExport();
    void handleEdited();
    void handlePasswordSaved();
    void setWaiting(bool waiting);
    void showPage(int index);
    void markPages();
    [[nodiscard]] SettingsPage *page(int index) const;

    Agent *m_agent;
    SettingsDraft m_draft;
    Autostart m_autostart;
    QListWidget *m_titles;
    QStackedWidget *m_pages;
    ConnectionTest *m_test;
    ProxyPassword *m_password;
    QCheckBox *m_atLogin;
    Notice *m_notice; // what was done or did not work
    Notice *m_elsewhere; // why OK is off, when that is not on the page that is shown
    QPushButton *m_import;
    QPushButton *m_export;
    QDialogButtonBox *m_buttons;
};
