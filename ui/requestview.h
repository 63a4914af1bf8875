// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "requestmodel.h"

#include <QWidget>

class Agent;
class EmptyView;
class ExportBar;
class FilterBar;
class QLabel;
class QSplitter;
class QStackedWidget;
class QTreeView;
class RequestDetails;
struct Rule;

// The tab "Requests": filters, list, and below it the whole of what is selected. What was selected
// stays in view when it no longer passes the filter.
class RequestView final : public QWidget
{
    Q_OBJECT

public:
    explicit RequestView(Agent *agent, QWidget *parent = nullptr);

    void setExample(const QString &commandLine); // that makes a first request
    void focusFirst();
    void select(const QString &name); // also when it is not listed

Q_SIGNALS:
    void ruleRequested(const Rule &rule);
    void failed(const QString &errorString);

private:
    void buildList();
    void build();
    [[nodiscard]] QWidget *nothingFoundPage();
    void connectParts();
    void applyFilter();
    void releaseRows(const QModelIndex &parent, int first, int last);
    void selectCurrent(const QModelIndex &current);
    void showSelected();
    void showPage();

    Agent *m_agent;
    RequestModel m_model;
    FilterBar *m_filter;
    ExportBar *m_export;
    QTreeView *m_list;
    RequestDetails *m_details;
    EmptyView *m_empty;
    QLabel *m_nothing;
    QStackedWidget *m_pages; // above the details
    QSplitter *m_splitter;
};
