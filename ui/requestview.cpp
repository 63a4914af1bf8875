// SPDX-License-Identifier: Apache-2.0
#include "requestview.h"

#include "agent.h"
#include "emptyview.h"
#include "exportbar.h"
#include "filterbar.h"
#include "mainsection.h"
#include "pagestack.h"
#include "plain.h"
#include "requestdetails.h"
#include "requesttext.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace {

enum Page { ListPage, EmptyPage, NothingFoundPage };

constexpr int LeastCharacters = 16; // of a command

} // namespace

RequestView::RequestView(Agent *agent, QWidget *parent)
    : QWidget(parent), m_agent(agent), m_model(agent->journal()), m_filter(new FilterBar),
      m_export(new ExportBar(agent->journal())), m_list(new QTreeView),
      m_details(new RequestDetails(agent)),
      m_empty(new EmptyView(
          tr("Commands that are sent to this computer will be listed here."),
          tr("To send a first one, from anywhere; you will be asked before it runs:"))),
      m_nothing(Plain::label({}, true)), m_pages(new PageStack),
      m_splitter(new QSplitter(Qt::Vertical))
{
    // Before the list hears of it, which would select the next one.
    connect(&m_model, &RequestModel::rowsAboutToBeRemoved, this, &RequestView::releaseRows);
    buildList();
    build();
    connectParts();
    showPage();
}

void RequestView::buildList()
{
    m_list->setModel(&m_model);
    m_list->setObjectName(QStringLiteral("requests"));
    m_list->setAccessibleName(tr("Requests"));
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setAlternatingRowColors(true);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setMinimumHeight(4 * Plain::rowSize().height());
    QHeaderView *header = m_list->header();
    header->setSectionsMovable(false);
    auto *command = new MainSection(m_list, RequestModel::Command, LeastCharacters);
    const auto width = [this](const QString &widest) {
        return m_list->fontMetrics().horizontalAdvance(widest) + 24;
    };
    // The details say it, too.
    command->setSpare({RequestModel::Duration, RequestModel::Output, RequestModel::Exit,
                       RequestModel::DecidedBy});
    int widestState = 0;
    for (int state = 0; state <= int(RequestState::Interrupted); ++state)
        widestState =
            std::max(widestState, width(RequestText::symbolAndState(RequestState(state))));
    header->resizeSection(RequestModel::Time, width(QStringLiteral("00 Mmm 00:00")));
    header->resizeSection(RequestModel::State, widestState);
    header->resizeSection(RequestModel::DecidedBy,
                          width(RequestText::decidedBy(QStringLiteral("window"))));
    header->resizeSection(RequestModel::Exit, width(QStringLiteral("SIGSEGV")));
    header->resizeSection(RequestModel::Duration, width(tr("Duration")));
    header->resizeSection(RequestModel::Output, width(QStringLiteral("1000 bytes")));
}

void RequestView::build()
{
    m_pages->addWidget(m_list);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(nothingFoundPage());
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_pages);
    m_splitter->addWidget(m_details);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({200, 260});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(8);
    column->addWidget(m_filter);
    column->addWidget(m_export);
    column->addWidget(m_splitter, 1);
}

QWidget *RequestView::nothingFoundPage()
{
    auto *page = new QWidget;
    auto *showAll = new QPushButton(tr("Sho&w all requests"));
    showAll->setObjectName(QStringLiteral("showAllRequests"));
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setObjectName(QStringLiteral("nothingFound"));
    auto *column = new QVBoxLayout(page);
    column->setSpacing(8);
    column->addStretch(1);
    column->addWidget(m_nothing);
    column->addWidget(showAll, 0, Qt::AlignCenter);
    column->addStretch(2);
    connect(showAll, &QPushButton::clicked, m_filter, &FilterBar::clear);
    return page;
}

void RequestView::connectParts()
{
    connect(m_filter, &FilterBar::changed, this, &RequestView::applyFilter);
    connect(m_filter, &FilterBar::exportClicked, this,
            [this] { m_export->ask(m_filter->filter()); });
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &RequestView::showSelected);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &RequestView::selectCurrent);
    connect(&m_model, &RequestModel::modelReset, this, &RequestView::showPage);
    connect(&m_model, &RequestModel::rowsInserted, this, &RequestView::showPage);
    connect(&m_model, &RequestModel::rowsRemoved, this, &RequestView::showPage);
    connect(&m_model, &RequestModel::searchingChanged, this, &RequestView::showPage);
    connect(m_details, &RequestDetails::ruleRequested, this, &RequestView::ruleRequested);
    connect(m_details, &RequestDetails::failed, this, &RequestView::failed);
}

void RequestView::focusFirst()
{
    m_pages->currentIndex() == EmptyPage ? m_empty->setFocus() : m_list->setFocus();
}

void RequestView::setExample(const QString &commandLine)
{
    m_empty->setLine(commandLine);
}

void RequestView::select(const QString &name)
{
    const auto row = m_agent->journal()->request(name);
    if (!row)
        return;
    m_list->setCurrentIndex(m_model.find(row->serial));
    m_details->showRequest(*row);
}

// The same request stays selected where it is still listed.
void RequestView::applyFilter()
{
    m_model.setFilter(m_filter->filter());
    const QModelIndex index = m_model.find(m_details->serial());
    if (index.isValid())
        m_list->setCurrentIndex(index);
}

void RequestView::releaseRows(const QModelIndex &, int first, int last)
{
    const int current = m_list->currentIndex().row();
    if (first <= current && current <= last)
        m_list->setCurrentIndex({});
}

// The focus alone makes the first row the current one, which looks selected.
void RequestView::selectCurrent(const QModelIndex &current)
{
    QItemSelectionModel *selection = m_list->selectionModel();
    if (current.isValid() && !selection->isSelected(current))
        selection->select(current, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void RequestView::showSelected()
{
    const QModelIndexList selected = m_list->selectionModel()->selectedRows();
    if (selected.isEmpty())
        return;
    if (const auto row = m_agent->journal()->requestAt(m_model.serial(selected.constFirst())))
        m_details->showRequest(*row);
}

void RequestView::showPage()
{
    const bool isEmpty = m_model.rowCount() == 0;
    const bool isFiltered = m_filter->isActive();
    m_filter->setVisible(!isEmpty || isFiltered);
    m_filter->setExportEnabled(!isEmpty);
    m_nothing->setText(m_model.isSearching()
                           ? tr("Searching…")
                           : tr("No request passes these filters. Change the words, the state or "
                                "the days above."));
    m_pages->setCurrentIndex(!isEmpty ? ListPage : isFiltered ? NothingFoundPage : EmptyPage);
    if (isEmpty && !isFiltered)
        m_details->clear();
}
