// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QPair>
#include <QString>
#include <QWidget>

class Notice;
class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QLineEdit;
class QPushButton;

// One setting in a dialog, described: which option, what it is called, how it is entered.
struct SettingSpec
{
    enum class Editor { Text, Number, Check, Choice, File };

    const char *option;
    const char *label; // translated where it is shown; & marks the mnemonic
    Editor editor = Editor::Text;
    const char *hint = nullptr; // what an empty field means; of a choice: its tooltip
    const char *unit = nullptr; // stands behind a number
    QList<QPair<const char *, const char *>> choices = {}; // value, words

    [[nodiscard]] static QString translated(const char *text);
};

// Its editor, with room below for the reason why a value is not taken.
class SettingField final : public QWidget
{
    Q_OBJECT

public:
    explicit SettingField(const SettingSpec &spec, QWidget *parent = nullptr);

    [[nodiscard]] QString option() const { return m_option; }
    [[nodiscard]] QString value() const;
    void setValue(const QString &value);
    void setPlaceholder(const QString &text); // what an empty field means
    void setLocked(); // "Set by your administrator."
    void setProblem(const QString &text); // empty: none
    [[nodiscard]] QString problem() const;
    [[nodiscard]] QWidget *editor() const; // for the label's mnemonic

Q_SIGNALS:
    void edited();

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *makeEditor(const SettingSpec &spec, const QString &name);
    void addBrowse(QHBoxLayout *row, const QString &name);
    void browse();
    void showLockedValue();

    QString m_option;
    QLineEdit *m_text = nullptr; // exactly one of the three is there
    QCheckBox *m_check = nullptr;
    QComboBox *m_choice = nullptr;
    QPushButton *m_browse = nullptr;
    Notice *m_lock;
    Notice *m_problem;
};
