// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "armguard.h"
#include "rule.h"

#include <QDialog>
#include <QTimer>

#include <functional>

class BytesView;
class CountdownBar;
class QCheckBox;
class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;

// The step in which a decision becomes a rule: the exact command, from where, for how long. What is
// saved is what is shown here. Its button is armed like that of the prompt.
class RuleDialog final : public QDialog
{
    Q_OBJECT

public:
    // false with one line that says why not.
    using Save = std::function<bool(const Rule &rule, QString *errorString)>;
    // What a rule for the command would have decided so far, in a sentence; empty: nothing to say.
    using History = std::function<QString(const QByteArray &command)>;

    // The command cannot be edited when there is one.
    RuleDialog(const Rule &rule, Save save, History history,
               const ArmGuard::Clock &clock = ArmGuard::systemNow, QWidget *parent = nullptr);

    // Words for the button, instead of "Save rule".
    void setVerb(const QString &verb);
    void fixVerdict(); // it is not to be chosen
    // A request waits for the rule, for so long.
    [[nodiscard]] CountdownBar *countdown() const { return m_countdown; }
    [[nodiscard]] Rule rule() const;

protected:
    bool event(QEvent *event) override;

private:
    void build();
    void buildFields();
    void showLength();
    void showRule();
    void showArming();
    void save();

    Rule m_rule;
    Save m_save;
    History m_history;
    ArmGuard m_guard;
    QTimer m_tick; // arming
    QLabel *m_title;
    QComboBox *m_verdict;
    BytesView *m_command; // one of the two is shown
    QPlainTextEdit *m_edit;
    QComboBox *m_length;
    QSpinBox *m_uses;
    QCheckBox *m_discard;
    QLabel *m_past;
    CountdownBar *m_countdown; // hidden unless it is shown
    QLabel *m_status;
    QPushButton *m_accept;
};
