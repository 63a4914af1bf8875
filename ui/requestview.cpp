// SPDX-License-Identifier: Apache-2.0
#include "requestview.h"

#include "agent.h"
#include "emptyview.h"
#include "plain.h"
#include "requestdetails.h"

#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSplitter>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

using namespace std::chrono_literals;

namespace {

enum Page { ListPage, EmptyPage, NothingFoundPage };

} // namespace

RequestView::RequestView(Agent *agent, QWidget *parent)
    : QWidget(parent), m_model(agent->journal()), m_search(new QLineEdit), m_list(new QTreeView),
      m_details(new RequestDetails(agent)),
      m_empty(new EmptyView(
          tr("Commands that are sent to this computer will be listed here."),
          tr("To send a first one, from anywhere; you will be asked before it runs:"))),
      m_pages(new QStackedWidget)
{
    buildList();
    build();
    m_searchSoon.setSingleShot(true);
    m_searchSoon.setInterval(200ms);
    connect(m_search, &QLineEdit::textChanged, &m_searchSoon, qOverload<>(&QTimer::start));
    connect(&m_searchSoon, &QTimer::timeout, this, [this] {
        m_model.setSearch(m_search->text().trimmed());
        showPage();
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &RequestView::showSelected);
    connect(&m_model, &RequestModel::dataChanged, this, &RequestView::showSelected);
    connect(&m_model, &RequestModel::modelReset, this, &RequestView::showSelected);
    connect(&m_model, &RequestModel::rowsInserted, this, &RequestView::showPage);
    connect(m_details, &RequestDetails::stopFailed, this, &RequestView::failed);
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
    QHeaderView *header = m_list->header();
    header->setStretchLastSection(false);
    header->setSectionsMovable(false);
    header->setSectionResizeMode(RequestModel::Command, QHeaderView::Stretch);
    const auto width = [this](const QString &widest) {
        return m_list->fontMetrics().horizontalAdvance(widest) + 24;
    };
    header->resizeSection(RequestModel::Time, width(QStringLiteral("00 Mmm 00:00")));
    header->resizeSection(RequestModel::State, width(tr("● waiting for you")));
    header->resizeSection(RequestModel::DecidedBy, width(tr("Decided by")));
    header->resizeSection(RequestModel::Exit, width(QStringLiteral("SIGSEGV")));
    header->resizeSection(RequestModel::Duration, width(tr("Duration")));
    header->resizeSection(RequestModel::Output, width(QStringLiteral("1000 bytes")));
}

void RequestView::build()
{
    m_search->setPlaceholderText(tr("Search commands and reasons"));
    m_search->setAccessibleName(tr("Search"));
    m_search->setClearButtonEnabled(true);
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_list);
    splitter->addWidget(m_details);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({200, 260});
    QLabel *nothing = Plain::label(tr("No request contains that."));
    nothing->setAlignment(Qt::AlignCenter);
    m_pages->addWidget(splitter);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(nothing);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(8);
    column->addWidget(m_search);
    column->addWidget(m_pages, 1);
}

void RequestView::focusFirst()
{
    m_pages->currentIndex() == ListPage ? m_list->setFocus() : m_empty->setFocus();
}

void RequestView::setExample(const QString &commandLine)
{
    m_empty->setLine(commandLine);
}

void RequestView::select(const QString &name)
{
    for (int line = 0; line < m_model.rowCount(); ++line) {
        const QModelIndex index = m_model.index(line, 0);
        if (m_model.row(index)->request.name == name)
            return m_list->setCurrentIndex(index);
    }
}

void RequestView::showSelected()
{
    if (const RequestRow *row = m_model.row(m_list->currentIndex()))
        m_details->showRequest(*row);
    else
        m_details->clear();
}

void RequestView::showPage()
{
    const bool empty = m_model.rowCount() == 0;
    const bool searching = !m_model.search().isEmpty();
    m_search->setVisible(!empty || searching);
    m_pages->setCurrentIndex(!empty ? ListPage : searching ? NothingFoundPage : EmptyPage);
}
