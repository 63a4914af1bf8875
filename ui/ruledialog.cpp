// SPDX-License-Identifier: Apache-2.0
#include "ruledialog.h"

#include "bytesview.h"
#include "clickguard.h"
#include "colours.h"
#include "countdownbar.h"
#include "dialogsize.h"
#include "frontwatch.h"
#include "plain.h"
#include "visibletext.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <utility>

using namespace std::chrono_literals;

namespace {

constexpr int AsBefore = -2; // instead of minutes
constexpr int ForSession = -1;
constexpr int ForGood = 0;
constexpr int MaximumUses = 1000;

} // namespace

RuleDialog::RuleDialog(const Rule &rule, Save save, History history, const ArmGuard::Clock &clock,
                       QWidget *parent)
    : QDialog(parent), m_rule(rule), m_save(std::move(save)), m_history(std::move(history)),
      m_guard(clock), m_title(Plain::label(tr("A rule for exactly this command"))),
      m_verdict(new QComboBox), m_command(new BytesView(BytesView::Numbers::Shown)),
      m_edit(new QPlainTextEdit), m_length(new QComboBox), m_uses(new QSpinBox),
      m_discard(new QCheckBox(tr("is only sent, not kept on this computer"))),
      m_past(Plain::label({}, true)), m_countdown(new CountdownBar),
      m_status(Plain::label({}, true)), m_accept(new QPushButton(tr("&Save rule")))
{
    setObjectName(QStringLiteral("ruleDialog"));
    setWindowTitle(tr("Rule – Cometa Agent"));
    setAttribute(Qt::WA_DeleteOnClose);
    buildFields();
    build();
    auto *front = new FrontWatch(this, &m_guard);
    connect(front, &FrontWatch::disturbed, this, &RuleDialog::showArming);
    connect(m_accept, &QPushButton::clicked, this, &RuleDialog::save);
    m_tick.setInterval(100ms);
    connect(&m_tick, &QTimer::timeout, this, &RuleDialog::showArming);
    m_tick.start();
    showRule();
}

void RuleDialog::buildFields()
{
    m_verdict->setObjectName(QStringLiteral("verdict"));
    m_verdict->addItem(tr("Run it without asking"), int(Rule::Verdict::Allow));
    m_verdict->addItem(tr("Deny it without asking"), int(Rule::Verdict::Deny));
    m_verdict->setCurrentIndex(m_verdict->findData(int(m_rule.verdict)));
    m_command->setObjectName(QStringLiteral("command"));
    m_command->setAccessibleName(tr("Exactly this command"));
    m_command->setBytes(m_rule.command);
    m_command->setVisible(!m_rule.command.isEmpty());
    m_edit->setObjectName(QStringLiteral("commandEdit"));
    m_edit->setAccessibleName(tr("Exactly this command"));
    m_edit->setFont(Plain::fixedFont());
    m_edit->setTabChangesFocus(true);
    m_edit->setVisible(m_rule.command.isEmpty());
    m_length->setObjectName(QStringLiteral("length"));
    m_length->addItem(tr("Until Cometa Agent ends"), ForSession);
    m_length->addItem(tr("For 1 hour"), 60);
    m_length->addItem(tr("For 1 day"), 24 * 60);
    m_length->addItem(tr("For 30 days"), 30 * 24 * 60);
    m_length->addItem(tr("Until I remove it"), ForGood);
    if (!m_rule.id.isEmpty())
        showLength();
    m_uses->setObjectName(QStringLiteral("uses"));
    m_uses->setRange(0, MaximumUses);
    m_uses->setSpecialValueText(tr("any number of times"));
    m_uses->setValue(m_rule.usesLeft.value_or(0));
    m_discard->setObjectName(QStringLiteral("discardOutput"));
    m_discard->setChecked(!m_rule.keepsOutput);
    m_past->setObjectName(QStringLiteral("past"));
    m_status->setObjectName(QStringLiteral("status"));
    m_accept->setObjectName(QStringLiteral("accept"));
    m_accept->setAutoDefault(false);
    new ClickGuard(m_accept, &m_guard);
    connect(m_edit, &QPlainTextEdit::textChanged, this, &RuleDialog::showRule);
    for (QComboBox *box : {m_verdict, m_length})
        connect(box, &QComboBox::currentIndexChanged, this, &RuleDialog::showRule);
    connect(m_uses, &QSpinBox::valueChanged, this, &RuleDialog::showRule);
    connect(m_discard, &QCheckBox::toggled, this, &RuleDialog::showRule);
}

void RuleDialog::build()
{
    QLabel *explanation = Plain::label(
        tr("It holds for exactly these bytes: nothing before, after or between them, and no "
           "character stands for others."),
        true);
    QFont font = m_title->font();
    font.setBold(true);
    font.setPointSizeF(font.pointSizeF() * 1.2);
    m_title->setFont(font);
    auto *fields = new QFormLayout;
    fields->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    fields->addRow(tr("&Then:"), m_verdict);
    QLabel *from = Plain::label(VisibleText::encode(m_rule.scope.toUtf8()));
    from->setObjectName(QStringLiteral("from"));
    fields->addRow(tr("When it comes from:"), from);
    fields->addRow(tr("&In force:"), m_length);
    fields->addRow(tr("At &most:"), m_uses);
    fields->addRow(tr("&Output:"), m_discard);
    auto *cancel = new QPushButton(tr("Cancel"));
    cancel->setAutoDefault(false);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_status, 1);
    // At the bottom, where a status of more lines does not move them.
    buttons->addWidget(cancel, 0, Qt::AlignBottom);
    buttons->addWidget(m_accept, 0, Qt::AlignBottom);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    column->addWidget(m_title);
    column->addWidget(m_command, 1);
    column->addWidget(m_edit, 1);
    column->addWidget(explanation);
    column->addWidget(m_past);
    column->addLayout(fields);
    column->addWidget(m_countdown);
    m_countdown->hide();
    column->addSpacing(8);
    column->addLayout(buttons);
    resize(DialogSize::fitting(this, 94, 28));
    m_status->setMinimumHeight(Plain::heightOf(m_status, 2));
}

bool RuleDialog::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest)
        DialogSize::keepTextsWhole(this);
    return QDialog::event(event);
}

// Of a rule that there is already.
void RuleDialog::showLength()
{
    if (m_rule.until.isValid())
        m_length->addItem(tr("Until %1, as now").arg(Plain::shortTime(m_rule.until)), AsBefore);
    const int length = m_rule.forSession ? ForSession : m_rule.until.isValid() ? AsBefore : ForGood;
    m_length->setCurrentIndex(m_length->findData(length));
}

void RuleDialog::setVerb(const QString &verb)
{
    m_accept->setText(verb);
}

void RuleDialog::fixVerdict()
{
    m_title->setText(m_rule.verdict == Rule::Verdict::Allow
                         ? tr("From now on, run this without asking")
                         : tr("From now on, deny this without asking"));
    m_verdict->setEnabled(false);
}

Rule RuleDialog::rule() const
{
    Rule rule = m_rule;
    rule.verdict = Rule::Verdict(m_verdict->currentData().toInt());
    if (rule.command.isEmpty())
        rule.command = m_edit->toPlainText().toUtf8();
    const int minutes = m_length->currentData().toInt();
    rule.forSession = minutes == ForSession;
    if (minutes != AsBefore) {
        rule.until = minutes > 0 ? QDateTime::currentDateTimeUtc().addSecs(qint64(minutes) * 60)
                                 : QDateTime();
        rule.untilBoot.reset();
    }
    rule.usesLeft = m_uses->value() > 0 ? std::optional(m_uses->value()) : std::nullopt;
    rule.keepsOutput = rule.verdict == Rule::Verdict::Deny || !m_discard->isChecked();
    return rule;
}

// Whatever was changed is to be seen before it is saved.
void RuleDialog::showRule()
{
    m_uses->setSuffix(m_uses->value() == 1 ? tr(" time") : tr(" times"));
    const Rule made = rule();
    const bool hidden =
        made.verdict == Rule::Verdict::Allow && VisibleText(made.command).hasHidden();
    m_accept->setEnabled(!made.command.trimmed().isEmpty() && !hidden);
    m_discard->setEnabled(made.verdict == Rule::Verdict::Allow);
    m_past->setText(made.command.isEmpty() || !m_history ? QString() : m_history(made.command));
    m_past->setVisible(!m_past->text().isEmpty());
    m_status->setText(hidden ? tr("A command with hidden characters cannot be allowed for good.")
                             : QString());
    m_guard.disturb();
    showArming();
}

void RuleDialog::showArming()
{
    const auto group = m_guard.isArmed() ? QPalette::Active : QPalette::Disabled;
    QPalette colours;
    colours.setColor(QPalette::ButtonText, palette().color(group, QPalette::ButtonText));
    m_accept->setPalette(colours);
}

// Arming is checked once more here: assistive technology clicks without a mouse.
void RuleDialog::save()
{
    if (!m_guard.isArmed())
        return;
    QString error;
    if (m_save(rule(), &error)) {
        accept();
        return;
    }
    m_guard.disturb();
    m_status->setText(error);
}

#include "moc_ruledialog.cpp"
