// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "activerequest.h"
#include "armguard.h"
#include "promptfacts.h"
#include "promptqueue.h"
#include "rule.h"

#include <QDialog>
#include <QHash>
#include <QPointer>
#include <QTimer>

#include <functional>

class PromptForm;
class RuleDialog;

// The window in which the owner decides, and the only place where anything is approved. It shows
// one request at a time, whole; closing it, Esc and "Decide later" leave the request waiting.
class ApprovalPrompt final : public QDialog
{
    Q_OBJECT

public:
    struct Decisions
    {
        // Each false with one line that says why.
        std::function<bool(const QString &name, const QByteArray &sha256, QString *errorString)>
            approve;
        std::function<bool(const QString &name, const QString &reason, QString *errorString)> deny;
        // Makes the rule, then approves.
        std::function<bool(const QString &name, const QByteArray &sha256, const Rule &rule,
                           QString *errorString)>
            always;
        std::function<QString(const QByteArray &command)> history; // for the rule's dialog
        // What came of the same command before, asked when it is shown; empty: nothing is known.
        std::function<QString(const QByteArray &command, const QString &scope)> lastTime;
    };

    explicit ApprovalPrompt(Decisions decisions, const ArmGuard::Clock &clock = ArmGuard::systemNow,
                            QWidget *parent = nullptr);

    // It waits for the owner: shown without taking the focus, or counted when another is shown.
    void add(ActiveRequest *request, const PromptPlace &place);
    // It waits no more. When it is shown, the prompt says so in place.
    void end(const QString &name, RequestState state, const QString &by);
    // The owner asks for it: shown in front, or next while a rule is made for what is shown.
    void review(const QString &name);
    void disturb(); // it arms anew

    [[nodiscard]] QString shownRequest() const { return m_queue.shown(); }

public Q_SLOTS:
    void reject() override; // Esc, close: decide later

Q_SIGNALS:
    void shownRequestChanged();

protected:
    bool event(QEvent *event) override;

private:
    struct Entry
    {
        QPointer<ActiveRequest> live;
        Request request;
        PromptPlace place;
    };

    void showRequest(); // the one that the queue says; none: the window goes
    void showEnding(RequestState state, const QString &by);
    void showCounter();
    void showArming();
    void tick();
    void approve();
    void deny(const QString &reason);
    void openAlways();
    bool always(const QString &name, const Rule &rule, QString *errorString);
    void showFailure(const QString &error);
    void forgetShown();
    void noteWork();
    void stopWork();
    [[nodiscard]] ActiveRequest *live() const;

    Decisions m_decisions;
    ArmGuard::Clock m_clock;
    ArmGuard m_guard;
    PromptQueue m_queue;
    QHash<QString, Entry> m_entries;
    bool m_endSeen = false;
    bool m_deciding = false;
    bool m_statusFixed = false; // an error stays until the owner acts
    QTimer m_tick; // countdown and arming
    QTimer m_workIdle; // the countdown goes on 5 s after the owner's last input
    PromptForm *m_form;
    QPointer<RuleDialog> m_rule;
};
