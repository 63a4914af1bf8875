// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rulemodel.h"

#include <QTimer>
#include <QWidget>

class Agent;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTreeView;

// The page of the rules: what they decide, what becomes of everything else, and what to do when
// their file was changed by somebody else.
class RuleView final : public QWidget
{
    Q_OBJECT

public:
    explicit RuleView(Agent *agent, QWidget *parent = nullptr);

Q_SIGNALS:
    void ruleRequested(const Rule &rule); // to be made, from this; with an id: to be changed
    void failed(const QString &problem);

private:
    void buildList();
    void build();
    QWidget *doubtBox();
    void keepPlace();
    void takePlace();
    void fitEnds();
    void showState();
    void showUse();
    void requestNew();
    void changeSelected();
    void removeSelected();

    Agent *m_agent;
    RuleModel m_model;
    QTreeView *m_list;
    QString m_selected; // id, while the list is made anew
    int m_scrolled = 0;
    QTimer m_useSoon;
    QLabel *m_rest;
    QLabel *m_empty;
    QLabel *m_use; // of the selected one
    QStackedWidget *m_pages;
    QWidget *m_doubt;
    QLabel *m_doubtText;
    QPushButton *m_trust;
    QPushButton *m_add;
    QPushButton *m_change;
    QPushButton *m_remove;
};
