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
    // Below that field, also for the Tab key, the widget that the controls are in. It has no focus
    // proxy, which would lead the Tab key astray (Qt 6.4). The mnemonic is the first control's.
    void addRowBelow(const QString &option, const QString &label, const QList<QWidget *> &controls);
    void setFieldVisible(const QString &option, bool visible); // one with a label
    [[nodiscard]] bool hasProblem() const;
    void reveal(QWidget *widget); // scrolls to it, once the layout has settled

private:
    void addField(SettingField *field, const QString &label);
    [[nodiscard]] SettingField *field(const QString &option) const;

    QList<SettingField *> m_fields;
    QFormLayout *m_form;
    QVBoxLayout *m_column;
};
