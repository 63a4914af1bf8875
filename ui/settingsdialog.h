// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "settings.h"

#include <QDialog>

class Agent;
class ConnectionTest;
class QDialogButtonBox;
class QLabel;
class QTabWidget;
class SettingField;
struct SettingPage;

// The settings, checked as they are typed. Nothing changes before OK, and nothing at Cancel.
class SettingsDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit SettingsDialog(Agent *agent, QWidget *parent = nullptr);

    void accept() override; // saves, then applies; stays open when it could not be saved

private:
    QWidget *makePage(const SettingPage &page);
    void check();
    [[nodiscard]] SettingField *field(const QString &option) const;

    Agent *m_agent;
    Settings m_draft; // what the fields say, as far as it can be taken
    QList<SettingField *> m_fields;
    QTabWidget *m_pages;
    ConnectionTest *m_test;
    QLabel *m_error;
    QDialogButtonBox *m_buttons;
};
