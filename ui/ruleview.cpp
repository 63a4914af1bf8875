// SPDX-License-Identifier: Apache-2.0
#include "ruleview.h"

#include "agent.h"
#include "commandhistory.h"
#include "mainsection.h"
#include "pagestack.h"
#include "plain.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

using namespace std::chrono_literals;

namespace {

enum Page { ListPage, EmptyPage };

constexpr int LeastCharacters = 16; // of a command
constexpr int CellPadding = 24;

QString rest(Agent *agent)
{
    const bool hasRules = !agent->rules()->all().isEmpty();
    if (!agent->isLinkTrusted() && agent->client().state() == CometaClient::State::Attached)
        return RuleView::tr(
            "The link is not encrypted, so rules let nothing run here: you are asked "
            "about each command. Rules that deny hold.");
    if (agent->windowUntil().isValid())
        return RuleView::tr("“Allow everything” is on: what no rule denies is run without asking.");
    switch (agent->settings().approval) {
    case Settings::Approval::Ask:
        return hasRules ? RuleView::tr("You are asked about every other command.")
                        : RuleView::tr("You are asked about every command.");
    case Settings::Approval::Rules:
        return hasRules ? RuleView::tr("Every other command is denied.")
                        : RuleView::tr("Every command is denied.");
    case Settings::Approval::All:
        break;
    }
    return RuleView::tr("Every other command is run without asking.");
}

} // namespace

RuleView::RuleView(Agent *agent, QWidget *parent)
    : QWidget(parent), m_agent(agent), m_model(agent->rules()), m_list(new QTreeView),
      m_rest(Plain::label({}, true)), m_empty(Plain::label({}, true)),
      m_use(Plain::label({}, true)), m_pages(new PageStack), m_doubt(doubtBox()),
      m_add(new QPushButton(tr("Ne&w rule…"))), m_change(new QPushButton(tr("Chan&ge…"))),
      m_remove(new QPushButton(tr("Re&move")))
{
    setObjectName(QStringLiteral("rulesPage"));
    buildList();
    build();
    connect(m_add, &QPushButton::clicked, this, &RuleView::requestNew);
    connect(m_change, &QPushButton::clicked, this, &RuleView::changeSelected);
    connect(m_list, &QTreeView::activated, this, &RuleView::changeSelected);
    connect(m_remove, &QPushButton::clicked, this, &RuleView::removeSelected);
    connect(&m_model, &RuleModel::modelAboutToBeReset, this, &RuleView::keepPlace);
    connect(&m_model, &RuleModel::modelReset, this, &RuleView::takePlace);
    // A use is told before it is in the journal.
    m_useSoon.setSingleShot(true);
    m_useSoon.setInterval(200ms);
    connect(&m_useSoon, &QTimer::timeout, this, &RuleView::showUse);
    connect(agent->journal(), &Journal::requestChanged, this, [this] {
        if (m_list->currentIndex().isValid() && !m_useSoon.isActive())
            m_useSoon.start();
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &RuleView::showState);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &RuleView::showUse);
    connect(agent, &Agent::stateChanged, this, &RuleView::showState);
    connect(agent, &Agent::settingsChanged, this, &RuleView::showState);
    showState();
    fitEnds();
}

// A use, too, changes the list: the owner goes on where it was.
void RuleView::keepPlace()
{
    const Rule *rule = m_model.rule(m_list->currentIndex());
    m_selected = rule ? rule->id : QString();
    m_scrolled = m_list->verticalScrollBar()->value();
}

void RuleView::takePlace()
{
    const QModelIndex index = m_selected.isEmpty() ? QModelIndex() : m_model.find(m_selected);
    m_list->setCurrentIndex(index);
    m_list->verticalScrollBar()->setValue(m_scrolled);
    fitEnds();
    showState();
}

// Until when a rule is in force can be a long text: it is there in whole.
void RuleView::fitEnds()
{
    int widest = m_list->header()->sectionSize(RuleModel::Until);
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const QString text = m_model.index(row, RuleModel::Until).data().toString();
        widest = std::max(widest, m_list->fontMetrics().horizontalAdvance(text) + CellPadding);
    }
    m_list->header()->resizeSection(RuleModel::Until, widest);
}

void RuleView::buildList()
{
    m_list->setModel(&m_model);
    m_list->setObjectName(QStringLiteral("rules"));
    m_list->setAccessibleName(tr("Rules"));
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setAlternatingRowColors(true);
    QHeaderView *header = m_list->header();
    new MainSection(m_list, RuleModel::Command, LeastCharacters);
    const auto width = [this](const QString &widest) {
        return m_list->fontMetrics().horizontalAdvance(widest) + CellPadding;
    };
    header->resizeSection(RuleModel::Decision, width(tr("Decision")));
    header->resizeSection(RuleModel::From, width(QStringLiteral("cometa.example.org:443/ops")));
    header->resizeSection(RuleModel::Until, width(tr("until 30 Mmm 00:00")));
    header->resizeSection(RuleModel::Added, width(QStringLiteral("30 Mmm 00:00")));
}

void RuleView::build()
{
    m_rest->setObjectName(QStringLiteral("rest"));
    m_add->setObjectName(QStringLiteral("addRule"));
    m_change->setObjectName(QStringLiteral("changeRule"));
    m_use->setObjectName(QStringLiteral("use"));
    m_remove->setObjectName(QStringLiteral("removeRule"));
    m_empty->setText(
        tr("A rule decides about exactly one command, so that you are not asked again. "
           "“Always…” in the prompt makes one."));
    m_empty->setAlignment(Qt::AlignCenter);
    m_pages->addWidget(m_list);
    m_pages->addWidget(m_empty);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_rest, 1);
    buttons->addWidget(m_add);
    buttons->addWidget(m_change);
    buttons->addWidget(m_remove);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(8);
    column->addLayout(buttons);
    column->addWidget(m_doubt);
    column->addWidget(m_pages, 1);
    column->addWidget(m_use);
}

QWidget *RuleView::doubtBox()
{
    auto *box = new QWidget;
    m_doubtText = Plain::label({}, true);
    m_doubtText->setObjectName(QStringLiteral("doubt"));
    m_trust = new QPushButton(tr("Use t&hese rules"));
    m_trust->setObjectName(QStringLiteral("trust"));
    auto *discard = new QPushButton(tr("Throw them awa&y"));
    discard->setObjectName(QStringLiteral("discard"));
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_doubtText, 1);
    row->addWidget(m_trust);
    row->addWidget(discard);
    const auto decide = [this](auto action) {
        QString error;
        if (!(m_agent->rules()->*action)(&error))
            Q_EMIT failed(error);
    };
    connect(m_trust, &QPushButton::clicked, this, [decide] { decide(&RuleBook::trust); });
    connect(discard, &QPushButton::clicked, this, [decide] { decide(&RuleBook::discard); });
    return box;
}

void RuleView::showState()
{
    const RuleBook *book = m_agent->rules();
    m_rest->setText(rest(m_agent));
    m_doubt->setVisible(!book->problem().isEmpty());
    m_doubtText->setText(
        book->doubtful().isEmpty()
            ? book->problem()
            : tr("None of these rules is in force, since something else than this agent has "
                 "changed them. Use them only if you know each of them."));
    m_trust->setVisible(!book->doubtful().isEmpty());
    m_pages->setCurrentIndex(m_model.rowCount() > 0 ? ListPage : EmptyPage);
    m_add->setEnabled(m_agent->settings().problems().isEmpty());
    const bool selected = m_list->currentIndex().isValid() && book->doubtful().isEmpty();
    m_change->setEnabled(selected);
    m_remove->setEnabled(selected);
    m_use->setVisible(selected);
}

void RuleView::showUse()
{
    if (const Rule *rule = m_model.rule(m_list->currentIndex()))
        m_use->setText(CommandHistory(m_agent->journal()).uses(rule->command, rule->scope));
}

void RuleView::requestNew()
{
    Rule rule;
    rule.scope = m_agent->scope();
    Q_EMIT ruleRequested(rule);
}

void RuleView::changeSelected()
{
    const Rule *rule = m_model.rule(m_list->currentIndex());
    if (rule && m_change->isEnabled())
        Q_EMIT ruleRequested(*rule);
}

void RuleView::removeSelected()
{
    const Rule *rule = m_model.rule(m_list->currentIndex());
    QString error;
    if (rule && !m_agent->rules()->remove(rule->id, &error))
        Q_EMIT failed(error);
}

#include "moc_ruleview.cpp"
