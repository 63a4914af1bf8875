// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QScrollArea>

class QFormLayout;
class QVBoxLayout;
class SettingField;
class SettingsDraft;
struct SettingPage;

// A page of fields that scrolls where the window is small. What the fields say goes to the draft.
class SettingsPage final : public QScrollArea
{
    Q_OBJECT

public:
    SettingsPage(const SettingPage &page, SettingsDraft *draft, QWidget *parent = nullptr);

    void addBelow(QWidget *widget);
    void addCheck(QWidget *widget); // below the fields
    void addRow(const QString &label, QWidget *widget); // below the fields, in their columns
    [[nodiscard]] bool hasProblem() const;
    void reveal(QWidget *widget); // scrolls to it, once the layout has settled

private:
    void addField(SettingField *field, const QString &label);

    QList<SettingField *> m_fields;
    QFormLayout *m_form;
    QVBoxLayout *m_column;
};
