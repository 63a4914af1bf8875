// SPDX-License-Identifier: Apache-2.0
#include "eventview.h"

#include "agent.h"
#include "emptyview.h"
#include "eventdetails.h"
#include "eventtext.h"
#include "linkstrip.h"
#include "pagestack.h"
#include "plain.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QScrollBar>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds TickInterval = 5s;

// In the order of EventModel::Show. Each page stands in place of an empty list.
struct Choice
{
    const char *name;
    const char *empty;
    const char *lineTitle;
    const char *line;
};

constexpr Choice choices[] = {
    {QT_TRANSLATE_NOOP("EventView", "All"),
     QT_TRANSLATE_NOOP("EventView",
                       "What happens to the connection, to events and settings will "
                       "be listed here."),
     "", ""},
    {QT_TRANSLATE_NOOP("EventView", "Connection"),
     QT_TRANSLATE_NOOP("EventView",
                       "Attaching to the server, and losses of the connection, will "
                       "be listed here."),
     "", ""},
    {QT_TRANSLATE_NOOP("EventView", "Events sent"),
     QT_TRANSLATE_NOOP("EventView",
                       "Events that this computer sends to the server will be listed "
                       "here."),
     QT_TRANSLATE_NOOP("EventView", "To send one, in a terminal on this computer:"),
     "cometactl event '{\"temp\":21}'"},
    {QT_TRANSLATE_NOOP("EventView", "Settings and rules"),
     QT_TRANSLATE_NOOP("EventView",
                       "Changes of settings and rules, and when “allow everything” "
                       "was on, will be listed here."),
     "", ""},
    {QT_TRANSLATE_NOOP("EventView", "Problems"),
     QT_TRANSLATE_NOOP("EventView",
                       "There was no problem. Lost and refused connections, and "
                       "events that got lost, will be listed here with what to do."),
     "", ""},
};

} // namespace

EventView::EventView(Agent *agent, QWidget *parent)
    : QWidget(parent), m_agent(agent), m_model(agent->journal()),
      m_link(agent->journal(), LinkStrip::Depth), m_summary(Plain::label({}, true)),
      m_strip(new LinkStrip), m_show(new QComboBox), m_outbox(Plain::label({}, true)),
      m_list(new QTreeView), m_pages(new PageStack), m_details(new EventDetails)
{
    buildList();
    build();
    connectModel();
    connectAgent();
    m_tick.setInterval(TickInterval);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        showStrip();
        m_list->viewport()->update();
    });
    connect(&m_link, &LinkReader::changed, this, &EventView::showStrip);
    connect(m_strip, &LinkStrip::timeClicked, &m_model, &EventModel::goTo);
}

void EventView::buildList()
{
    m_list->setModel(&m_model);
    m_list->setObjectName(u"events"_s);
    m_list->setAccessibleName(tr("Events"));
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setAlternatingRowColors(true);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->header()->setSectionsMovable(false);
    const QFontMetrics metrics = m_list->fontMetrics();
    int widest = 0;
    for (const auto *kind : {"link", "event", "outbox", "agent", "settings", "window", "rule"})
        widest = std::max(widest, metrics.horizontalAdvance(EventText::kind(QLatin1String(kind))));
    widest = std::max(widest, metrics.horizontalAdvance(EventModel::tr("Heartbeats")));
    m_list->header()->resizeSection(EventModel::Time,
                                    metrics.horizontalAdvance(u"00 Mmm 00:00"_s) + 24);
    m_list->header()->resizeSection(EventModel::Kind,
                                    widest + metrics.horizontalAdvance(u"▶ "_s) + 24);
    auto *copy = new QAction(tr("&Copy"), m_list);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, &EventView::copySelected);
    m_list->addAction(copy);
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
}

void EventView::buildFilter()
{
    m_show->setObjectName(u"eventFilter"_s);
    m_show->setAccessibleName(tr("Which events are listed"));
    m_show->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_outbox->setObjectName(u"outbox"_s);
    m_outbox->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_pages->addWidget(m_list);
    for (const Choice &choice : choices) {
        m_show->addItem(tr(choice.name));
        auto *empty =
            new EmptyView(tr(choice.empty), *choice.lineTitle ? tr(choice.lineTitle) : QString());
        empty->setLine(QString::fromLatin1(choice.line));
        m_pages->addWidget(empty);
    }
    connect(m_show, &QComboBox::currentIndexChanged, this, [this](int choice) {
        m_model.setShow(EventModel::Show(choice));
        showHeartbeats();
        showPage();
    });
}

void EventView::build()
{
    buildFilter();
    m_summary->setObjectName(u"linkSummary"_s);
    auto *title = new QLabel(tr("S&how:"));
    title->setBuddy(m_show);
    auto *filter = new QHBoxLayout;
    filter->setSpacing(8);
    filter->addWidget(title);
    filter->addWidget(m_show);
    filter->addWidget(m_outbox, 1);
    auto *picture = new QVBoxLayout;
    picture->setSpacing(0);
    picture->addWidget(m_summary);
    picture->addWidget(m_strip);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(8);
    column->addLayout(picture);
    column->addLayout(filter);
    column->addWidget(m_pages, 1);
    column->addWidget(m_details);
    setTabOrder(m_strip, m_show);
    setTabOrder(m_show, m_list);
}

void EventView::connectModel()
{
    connect(&m_model, &EventModel::timeReached, this, [this](const QModelIndex &index) {
        m_list->setCurrentIndex(index);
        m_list->scrollTo(index, QAbstractItemView::PositionAtCenter);
    });
    connect(&m_model, &EventModel::rowsAboutToBeInserted, this,
            [this](const QModelIndex &, int first) { keepPlace(first); });
    connect(&m_model, &EventModel::rowsInserted, this, [this] {
        restorePlace();
        showPage();
    });
    connect(&m_model, &EventModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int first) { keepPlace(first); });
    connect(&m_model, &EventModel::rowsRemoved, this, &EventView::restorePlace);
    connect(&m_model, &EventModel::modelReset, this, &EventView::showSelected);
    connect(&m_model, &EventModel::completed, this, &EventView::showPage);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &EventView::showSelected);
}

void EventView::connectAgent()
{
    connect(m_agent, &Agent::outboxChanged, this, &EventView::showOutbox);
    connect(m_agent, &Agent::stateChanged, this, &EventView::showHeartbeats);
    connect(&m_agent->linkLog(), &LinkLog::heartbeatCounted, this, &EventView::showHeartbeats);
    showOutbox(m_agent->outboxCount());
    showHeartbeats();
}

void EventView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_link.start();
    m_tick.start();
    if (!focusWidget())
        m_list->setFocus(); // not the strip, which would tell about itself
    if (m_model.rowCount() < EventModel::PageSize)
        m_model.fetchMore({});
    showStrip();
    showPage();
}

void EventView::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_tick.stop();
}

void EventView::showStrip()
{
    if (!isVisible())
        return;
    m_strip->setHistory(m_link.history(), QDateTime::currentDateTimeUtc());
    m_summary->setText(tr("Last 24 hours: %1").arg(m_strip->summary()));
}

void EventView::showOutbox(int count)
{
    m_outbox->setText(count == 0 ? tr("No events wait to be sent")
                          : count == 1
                          ? tr("1 event waits to be sent")
                          : tr("%1 events wait to be sent").arg(QLocale().toString(count)));
}

void EventView::showHeartbeats()
{
    m_model.setHeartbeats(m_agent->linkLog().heartbeats(), m_agent->linkLog().lastHeartbeat());
}

void EventView::showSelected()
{
    const QModelIndex current = m_list->currentIndex();
    const bool isSelected = m_list->selectionModel()->isSelected(current);
    const auto entry = isSelected ? m_model.entry(current) : std::nullopt;
    if (entry)
        m_details->showEntry(*entry);
    else
        m_details->hide();
}

void EventView::showPage()
{
    const bool isEmpty = m_model.rowCount() == 0 && m_model.isComplete();
    m_pages->setCurrentIndex(isEmpty ? 1 + int(m_model.show()) : 0);
}

// The list stays where it was scrolled to when new rows come in above; at its top it shows them.
void EventView::keepPlace(int first)
{
    const bool isAbove = first <= 1 && m_list->verticalScrollBar()->value() > 0;
    m_top = isAbove ? m_list->indexAt(QPoint(0, 0)) : QModelIndex();
}

void EventView::restorePlace()
{
    if (m_top.isValid())
        m_list->scrollTo(m_top, QAbstractItemView::PositionAtTop);
    m_top = QPersistentModelIndex();
}

void EventView::copySelected()
{
    QModelIndexList rows = m_list->selectionModel()->selectedRows();
    if (rows.isEmpty() && m_list->currentIndex().isValid())
        rows.append(m_list->currentIndex());
    std::sort(rows.begin(), rows.end());
    QStringList lines;
    for (const QModelIndex &row : std::as_const(rows))
        lines.append(m_model.copyText(row));
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}
