// SPDX-License-Identifier: Apache-2.0
#include "promptform.h"

#include "badgerow.h"
#include "bytesview.h"
#include "clickguard.h"
#include "colours.h"
#include "commandfacts.h"
#include "countdownbar.h"
#include "dialogsize.h"
#include "fittedtext.h"
#include "plain.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QToolButton>

#include <algorithm>

namespace {

constexpr int MaximumLines = 4; // of what others say; the rest of it scrolls

void setColour(QWidget *widget, QPalette::ColorRole role, const QColor &colour)
{
    QPalette palette;
    palette.setColor(role, colour);
    widget->setPalette(palette);
}

bool isHeldReturn(const QKeyEvent *event)
{
    return event->isAutoRepeat()
        && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter);
}

} // namespace

PromptForm::PromptForm(ArmGuard *guard, QWidget *parent)
    : QWidget(parent), m_title(Plain::label()), m_counter(Plain::label()),
      m_origin(Plain::label({}, true)), m_command(new BytesView(BytesView::Numbers::Shown)),
      m_measure(Plain::label({}, true)), m_facts(new BadgeRow), m_lastTime(Plain::label({}, true)),
      m_warnings(new FittedText(MaximumLines)), m_reason(new FittedText(MaximumLines)),
      m_countdown(new CountdownBar), m_denyReasonLabel(Plain::label(tr("&Reason for the denial:"))),
      m_denyWithReason(new QAction(tr("Deny with a &reason…"), this)), m_denyReason(new QLineEdit),
      m_status(Plain::label()), m_deny(new QToolButton), m_later(new QPushButton),
      m_always(new QPushButton(tr("Al&ways…"))), m_approve(new QPushButton(tr("&Approve")))
{
    buildButtons(guard);
    build();
    connect(m_command, &BytesView::endShown, this, &PromptForm::endShown);
    for (QObject *watched :
         {static_cast<QObject *>(m_command), static_cast<QObject *>(m_command->viewport()),
          static_cast<QObject *>(m_command->verticalScrollBar()),
          static_cast<QObject *>(m_denyReason)})
        watched->installEventFilter(this);
}

void PromptForm::buildButtons(ArmGuard *guard)
{
    m_command->setObjectName(QStringLiteral("command"));
    m_command->setAccessibleName(tr("The command, as it will be run"));
    m_status->setObjectName(QStringLiteral("status"));
    m_denyReason->setObjectName(QStringLiteral("denyReason"));
    m_denyReason->setMaxLength(500);
    m_denyReason->setPlaceholderText(tr("Optional; it is sent to the requester"));
    m_denyReasonLabel->setBuddy(m_denyReason);
    m_deny->setObjectName(QStringLiteral("deny"));
    m_deny->setText(tr("&Deny"));
    m_deny->setPopupMode(QToolButton::MenuButtonPopup);
    m_deny->setFocusPolicy(Qt::StrongFocus);
    auto *menu = new QMenu(m_deny);
    menu->addAction(m_denyWithReason);
    m_deny->setMenu(menu);
    m_denyWithReason->setObjectName(QStringLiteral("denyWithReason"));
    connect(m_denyWithReason, &QAction::triggered, this, &PromptForm::askReason);
    m_later->setObjectName(QStringLiteral("later"));
    m_always->setObjectName(QStringLiteral("always"));
    m_always->setToolTip(tr("Make a rule for exactly this command"));
    m_approve->setObjectName(QStringLiteral("approve"));
    m_lastTime->setObjectName(QStringLiteral("lastTime"));
    m_facts->setObjectName(QStringLiteral("facts"));
    m_warnings->setObjectName(QStringLiteral("warnings"));
    m_warnings->setAccessibleName(tr("Warnings"));
    m_reason->setObjectName(QStringLiteral("reason"));
    m_reason->setAccessibleName(tr("What the requester says, unverified"));
    for (QPushButton *button : {m_later, m_always, m_approve}) {
        button->setAutoDefault(false);
        button->setDefault(false);
    }
    new ClickGuard(m_deny, nullptr);
    new ClickGuard(m_later, nullptr);
    new ClickGuard(m_always, guard);
    new ClickGuard(m_approve, guard);
    connect(m_deny, &QToolButton::clicked, this,
            [this] { Q_EMIT denyClicked(m_denyReason->text()); });
    connect(m_denyReason, &QLineEdit::returnPressed, m_deny, &QToolButton::click);
    connect(m_later, &QPushButton::clicked, this, &PromptForm::laterClicked);
    connect(m_always, &QPushButton::clicked, this, &PromptForm::alwaysClicked);
    connect(m_approve, &QPushButton::clicked, this, &PromptForm::approveClicked);
}

void PromptForm::build()
{
    auto *column = new QVBoxLayout(this);
    const int gap = DialogSize::spacing(this);
    column->setContentsMargins(2 * gap, 2 * gap, 2 * gap, 2 * gap);
    column->setSpacing(gap);
    column->addLayout(headerRow());
    m_command->setMinimumHeight(m_command->fontMetrics().lineSpacing() * (gap < 8 ? 2 : 5));
    column->addWidget(m_command, 1);
    column->addWidget(m_measure);
    column->addWidget(m_facts);
    column->addWidget(m_warnings);
    column->addWidget(m_reason);
    column->addWidget(m_lastTime);
    column->addWidget(m_countdown);
    column->addLayout(reasonRow());
    column->addSpacing(gap / 2);
    column->addLayout(buttonRow());
    setTabOrder(m_command, m_warnings);
    setTabOrder(m_warnings, m_reason);
    setTabOrder(m_reason, m_denyReason);
    setTabOrder(m_denyReason, m_deny);
    setTabOrder(m_deny, m_later);
    setTabOrder(m_later, m_always);
    setTabOrder(m_always, m_approve);
}

QLayout *PromptForm::headerRow()
{
    QFont font = m_title->font();
    font.setBold(true);
    font.setPointSizeF(font.pointSizeF() * 1.2);
    m_title->setFont(font);
    m_title->setObjectName(QStringLiteral("title"));
    m_counter->setObjectName(QStringLiteral("counter"));
    auto *first = new QHBoxLayout;
    first->addWidget(m_title, 1);
    first->addWidget(m_counter);
    auto *rows = new QVBoxLayout;
    rows->setSpacing(DialogSize::spacing(this) / 2);
    rows->addLayout(first);
    rows->addWidget(m_origin);
    return rows;
}

QLayout *PromptForm::reasonRow()
{
    showReasonRow(false);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_denyReasonLabel);
    row->addWidget(m_denyReason, 1);
    return row;
}

QLayout *PromptForm::buttonRow()
{
    const int height = m_approve->sizeHint().height();
    m_deny->setMinimumSize(96, height);
    m_approve->setMinimumWidth(96);
    m_status->setMinimumHeight(Plain::heightOf(m_status, 2));
    m_status->setWordWrap(true);
    m_status->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    // At the bottom, where a status of more lines does not move them.
    row->addWidget(m_deny, 0, Qt::AlignBottom);
    row->addWidget(m_later, 0, Qt::AlignBottom);
    row->addWidget(m_status, 1);
    row->addWidget(m_always, 0, Qt::AlignBottom);
    row->addWidget(m_approve, 0, Qt::AlignBottom);
    return row;
}

void PromptForm::setRequest(const Request &request, const PromptPlace &place)
{
    m_title->setText(tr("A command wants to run on this computer"));
    m_origin->setText(PromptFacts::origin(place));
    m_command->setBytes(request.command);
    m_measure->setText(PromptFacts::measure(request, place));
    QList<BadgeRow::Badge> badges;
    const QList<CommandFact> facts = CommandFact::of(request.command);
    for (const CommandFact &fact : facts)
        badges.append({fact.text, fact.excerpt});
    m_facts->setBadges(badges);
    const QStringList warnings = PromptFacts::warnings(request, place);
    m_warnings->setText(QStringLiteral("⚠ ") + warnings.join(QStringLiteral("\n⚠ ")));
    m_warnings->setVisible(!warnings.isEmpty());
    setColour(m_warnings, QPalette::Text, Colours::of(Colours::Amber, palette()));
    m_reason->setText(PromptFacts::reason(request));
    m_reason->setVisible(!request.reason.isEmpty());
    m_denyReason->clear();
    showReasonRow(false);
    m_command->setFocus();
}

void PromptForm::setTitle(const QString &title)
{
    m_title->setText(title);
}

void PromptForm::setCounter(int count)
{
    m_counter->setText(count > 1 ? tr("1 of %1").arg(count) : QString());
}

void PromptForm::setLastTime(const QString &sentence)
{
    m_lastTime->setText(sentence);
    m_lastTime->setVisible(!sentence.isEmpty());
}

void PromptForm::setMayRemember(bool may)
{
    m_always->setVisible(may);
}

void PromptForm::setStatus(const QString &text, bool isProblem)
{
    m_status->setText(text);
    setColour(m_status, QPalette::WindowText,
              isProblem ? Colours::of(Colours::Red, palette())
                        : palette().color(QPalette::WindowText));
}

void PromptForm::setDecidable(bool decidable)
{
    if (!decidable && (m_deny->hasFocus() || m_always->hasFocus() || m_approve->hasFocus()))
        m_command->setFocus(); // not to a neighbour, where the next key would act
    m_deny->setEnabled(decidable);
    m_denyReason->setEnabled(decidable);
    if (!decidable) {
        m_always->setEnabled(false);
        m_approve->setEnabled(false);
        m_countdown->setOver();
    }
}

void PromptForm::setLaterText(const QString &text)
{
    m_later->setText(text);
    m_later->setMinimumWidth( // it never shrinks under the pointer
        std::max(m_later->minimumWidth(), m_later->sizeHint().width()));
}

// Enabled follows the request; what is not armed yet only looks so, as a button that loses its
// focus when it is switched off would hand the next key to its neighbour.
void PromptForm::setApprove(bool enabled, bool armed)
{
    const auto group = enabled && armed ? QPalette::Active : QPalette::Disabled;
    for (QPushButton *button : {m_always, m_approve}) {
        button->setEnabled(enabled);
        setColour(button, QPalette::ButtonText, palette().color(group, QPalette::ButtonText));
    }
}

bool PromptForm::isApproveEnabled() const
{
    return m_approve->isEnabled();
}

void PromptForm::askReason()
{
    showReasonRow(true);
    m_denyReason->setFocus();
}

void PromptForm::showReasonRow(bool shown)
{
    m_denyReasonLabel->setVisible(shown);
    m_denyReason->setVisible(shown);
    m_denyWithReason->setShortcut(shown ? QKeySequence()
                                        : QKeySequence::mnemonic(m_denyReasonLabel->text()));
}

bool PromptForm::eventFilter(QObject *watched, QEvent *event)
{
    const auto type = event->type();
    if (type == QEvent::KeyPress || type == QEvent::Wheel || type == QEvent::MouseButtonPress)
        Q_EMIT worked();
    if (type == QEvent::KeyPress && watched == m_denyReason
        && isHeldReturn(static_cast<const QKeyEvent *>(event)))
        return true; // it was pressed elsewhere
    return QWidget::eventFilter(watched, event);
}
