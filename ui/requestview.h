// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "requestmodel.h"

#include <QTimer>
#include <QWidget>

class Agent;
class EmptyView;
class QLineEdit;
class QStackedWidget;
class QTreeView;
class RequestDetails;

// The tab "Requests": search, list, and below it the whole of what is selected.
class RequestView final : public QWidget
{
    Q_OBJECT

public:
    explicit RequestView(Agent *agent, QWidget *parent = nullptr);

    void setExample(const QString &commandLine); // that makes a first request
    void focusFirst();
    void select(const QString &name); // when it is among the rows that are loaded

Q_SIGNALS:
    void failed(const QString &errorString);

private:
    void buildList();
    void build();
    void showSelected();
    void showPage();

    RequestModel m_model;
    QTimer m_searchSoon;
    QLineEdit *m_search;
    QTreeView *m_list;
    RequestDetails *m_details;
    EmptyView *m_empty;
    QStackedWidget *m_pages;
};
