// SPDX-License-Identifier: Apache-2.0
#include "approvalprompt.h"

#include "countdownbar.h"
#include "dialogsize.h"
#include "frontwatch.h"
#include "promptform.h"
#include "ruledialog.h"
#include "stateicon.h"
#include "visibletext.h"

#include <QEvent>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

ApprovalPrompt::ApprovalPrompt(Decisions decisions, const ArmGuard::Clock &clock, QWidget *parent)
    : QDialog(parent, Qt::Window), m_decisions(std::move(decisions)), m_clock(clock),
      m_guard(clock), m_form(new PromptForm(&m_guard))
{
    setObjectName(QStringLiteral("approvalPrompt"));
    setWindowIcon(applicationIcon());
    setAttribute(Qt::WA_ShowWithoutActivating);
    setModal(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_form);
    resize(DialogSize::fitting(this, 108, 32));

    auto *front = new FrontWatch(this, &m_guard);
    connect(front, &FrontWatch::disturbed, this, &ApprovalPrompt::showArming);
    connect(m_form, &PromptForm::approveClicked, this, &ApprovalPrompt::approve);
    connect(m_form, &PromptForm::alwaysClicked, this, &ApprovalPrompt::openAlways);
    connect(m_form, &PromptForm::denyClicked, this, &ApprovalPrompt::deny);
    connect(m_form, &PromptForm::laterClicked, this, &ApprovalPrompt::reject);
    connect(m_form, &PromptForm::worked, this, &ApprovalPrompt::noteWork);
    connect(m_form, &PromptForm::endShown, this, [this] {
        m_endSeen = true;
        showArming();
    });
    m_tick.setInterval(100ms);
    connect(&m_tick, &QTimer::timeout, this, &ApprovalPrompt::tick);
    m_workIdle.setInterval(5s);
    m_workIdle.setSingleShot(true);
    connect(&m_workIdle, &QTimer::timeout, this, &ApprovalPrompt::stopWork);
}

void ApprovalPrompt::add(ActiveRequest *request, const PromptPlace &place)
{
    const QString name = request->request().name;
    if (m_entries.contains(name))
        return;
    m_entries.insert(name, {request, request->request(), place});
    const bool idle = m_queue.shown().isEmpty();
    m_queue.add(name);
    if (idle)
        showRequest();
    else
        showCounter();
}

void ApprovalPrompt::end(const QString &name, RequestState state, const QString &by)
{
    if (m_deciding || !m_entries.contains(name))
        return;
    m_queue.end(name);
    if (m_queue.shown() != name) {
        m_entries.remove(name);
        showCounter();
        return;
    }
    m_entries[name].live = nullptr;
    m_guard.disturb();
    showEnding(state, by);
    showCounter();
}

// In the same places: nothing moves under the pointer.
void ApprovalPrompt::showEnding(RequestState state, const QString &by)
{
    const QString title = PromptFacts::endingTitle(state);
    setWindowTitle(tr("%1 – Cometa Agent").arg(title));
    m_form->setTitle(title);
    m_form->setDecidable(false);
    if (m_rule)
        m_rule->countdown()->setOver();
    m_form->setStatus(PromptFacts::ending(state, by), true);
    m_statusFixed = true;
}

void ApprovalPrompt::review(const QString &name)
{
    if (m_rule && m_rule->isVisible()) { // it is about what is shown, and stays so
        m_queue.putNext(name);
        showCounter();
        m_rule->raise();
        return m_rule->activateWindow();
    }
    const QString before = m_queue.shown();
    const bool hadEnded = m_queue.shownHasEnded();
    m_queue.review(name);
    if (m_queue.shown() != name)
        return;
    if (before != name) {
        if (hadEnded)
            m_entries.remove(before);
        showRequest();
    }
    show();
    raise();
    activateWindow();
}

bool ApprovalPrompt::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest)
        DialogSize::keepTextsWhole(this);
    return QDialog::event(event);
}

void ApprovalPrompt::disturb()
{
    m_guard.disturb();
    showArming();
}

void ApprovalPrompt::showRequest()
{
    stopWork();
    m_guard.disturb();
    m_endSeen = false;
    m_statusFixed = false;
    const QString name = m_queue.shown();
    if (name.isEmpty()) {
        m_tick.stop();
        hide();
        return;
    }
    const Entry &entry = m_entries[name];
    setWindowTitle(tr("A command waits for you – Cometa Agent"));
    m_form->setRequest(entry.request, entry.place);
    m_form->setLastTime(m_decisions.lastTime(entry.request.command, entry.place.scope));
    m_form->setMayRemember(entry.place.mayRemember
                           && !VisibleText(entry.request.command).hasHidden());
    m_form->setDecidable(true);
    showCounter();
    tick();
    m_tick.start();
    show();
    Q_EMIT shownRequestChanged();
}

void ApprovalPrompt::showCounter()
{
    const int count = m_queue.count();
    m_form->setCounter(count);
    const QString after = count > 1 ? tr("&Next") : tr("&Close");
    m_form->setLaterText(m_queue.shownHasEnded() ? after : tr("Decide &later"));
}

void ApprovalPrompt::showArming()
{
    const bool decidable = live() != nullptr;
    m_form->setApprove(decidable && m_endSeen, m_guard.isArmed());
    if (m_statusFixed || !decidable)
        return;
    const QString hint = !m_endSeen ? tr("Scroll to the end of the command to approve it.")
        : !isActiveWindow()         ? tr("Click into this window before you decide.")
                                    : QString();
    m_form->setStatus(hint, false);
}

void ApprovalPrompt::tick()
{
    const ActiveRequest *request = live();
    for (CountdownBar *bar : {m_form->countdown(), m_rule ? m_rule->countdown() : nullptr}) {
        if (request && bar)
            bar->setTime(request->approvalRemaining(), request->approvalTotal(),
                         m_workIdle.isActive());
    }
    showArming();
}

// Arming is checked once more here: assistive technology clicks without a mouse.
void ApprovalPrompt::approve()
{
    const QString name = m_queue.shown();
    if (!live() || !m_endSeen || !m_guard.isArmed())
        return;
    QString error;
    m_deciding = true;
    const bool approved =
        m_decisions.approve(name, m_entries[name].request.commandSha256(), &error);
    m_deciding = false;
    if (approved) {
        forgetShown();
        return;
    }
    showFailure(error);
}

void ApprovalPrompt::openAlways()
{
    const QString name = m_queue.shown();
    if (!live() || !m_endSeen || !m_guard.isArmed() || m_rule)
        return;
    Rule rule;
    rule.verdict = Rule::Verdict::Allow;
    rule.command = m_entries[name].request.command;
    rule.scope = m_entries[name].place.scope;
    m_rule = new RuleDialog(
        rule, [this, name](const Rule &made, QString *error) { return always(name, made, error); },
        m_decisions.history, m_clock, this);
    m_rule->setVerb(tr("Make rule and &run it now"));
    m_rule->fixVerdict();
    m_rule->countdown()->show();
    tick();
    m_rule->open();
}

bool ApprovalPrompt::always(const QString &name, const Rule &rule, QString *errorString)
{
    if (!live() || m_queue.shown() != name) {
        *errorString = tr("The request is no longer valid. It is not run, and no rule was made.");
        return false;
    }
    m_deciding = true;
    const bool approved =
        m_decisions.always(name, m_entries[name].request.commandSha256(), rule, errorString);
    m_deciding = false;
    if (approved)
        forgetShown();
    return approved;
}

void ApprovalPrompt::deny(const QString &reason)
{
    if (!live())
        return;
    QString error;
    m_deciding = true;
    const bool denied = m_decisions.deny(m_queue.shown(), reason, &error);
    m_deciding = false;
    if (denied) {
        forgetShown();
        return;
    }
    showFailure(error);
}

void ApprovalPrompt::showFailure(const QString &error)
{
    m_guard.disturb();
    const ActiveRequest *request = live();
    if (!request || request->state() != RequestState::AwaitingApproval)
        end(m_queue.shown(), RequestState::Withdrawn, {});
    m_statusFixed = true;
    m_form->setStatus(error, true);
}

void ApprovalPrompt::forgetShown()
{
    stopWork();
    m_entries.remove(m_queue.shown());
    m_queue.advance();
    showRequest();
}

void ApprovalPrompt::reject()
{
    if (m_queue.shown().isEmpty()) {
        hide();
    } else if (m_queue.shownHasEnded()) {
        forgetShown();
    } else {
        stopWork();
        m_queue.postpone();
        showRequest();
    }
}

void ApprovalPrompt::noteWork()
{
    ActiveRequest *request = live();
    if (!request || !isActiveWindow())
        return;
    request->setOwnerAtWork(true);
    m_workIdle.start();
}

void ApprovalPrompt::stopWork()
{
    m_workIdle.stop();
    if (ActiveRequest *request = live())
        request->setOwnerAtWork(false);
}

ActiveRequest *ApprovalPrompt::live() const
{
    const auto entry = m_entries.constFind(m_queue.shown());
    return entry == m_entries.cend() || m_queue.shownHasEnded() ? nullptr : entry->live.data();
}
