// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "promptfacts.h"

#include <QWidget>

class ArmGuard;
class BadgeRow;
class BytesView;
class CountdownBar;
class FittedText;
class QAction;
class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

// What is in the prompt's window: the command in its frame, facts, countdown, buttons. It decides
// nothing.
class PromptForm final : public QWidget
{
    Q_OBJECT

public:
    explicit PromptForm(ArmGuard *guard, QWidget *parent = nullptr);

    void setRequest(const Request &request,
                    const PromptPlace &place); // the focus goes to the frame
    void setTitle(const QString &title);
    void setCounter(int count); // "1 of 3"; nothing for one
    void setStatus(const QString &text, bool isProblem);
    // What was run like this before; empty: nothing.
    void setLastTime(const QString &sentence);
    void setMayRemember(bool may); // "Always…" is offered
    void setDecidable(bool decidable); // false: it has ended, only "Close" or "Next" is left
    void setLaterText(const QString &text);
    void setApprove(bool enabled, bool armed);
    [[nodiscard]] bool isApproveEnabled() const;
    [[nodiscard]] CountdownBar *countdown() const { return m_countdown; }

Q_SIGNALS:
    void approveClicked();
    void denyClicked(const QString &reason);
    void laterClicked();
    void alwaysClicked();
    void endShown(); // the end of the command was on the screen
    void worked(); // the owner scrolls, selects or types

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void buildButtons(ArmGuard *guard);
    QLayout *headerRow();
    QLayout *reasonRow();
    QLayout *buttonRow();
    void askReason();
    void showReasonRow(bool shown);

    QLabel *m_title;
    QLabel *m_counter;
    QLabel *m_origin;
    BytesView *m_command;
    QLabel *m_measure;
    BadgeRow *m_facts;
    QLabel *m_lastTime;
    FittedText *m_warnings;
    FittedText *m_reason;
    CountdownBar *m_countdown;
    QLabel *m_denyReasonLabel;
    QAction *m_denyWithReason; // its shortcut is the letter of the label, until that is shown
    QLineEdit *m_denyReason;
    QLabel *m_status; // its room is always there, so that no button moves
    QToolButton *m_deny;
    QPushButton *m_later;
    QPushButton *m_always;
    QPushButton *m_approve;
};
