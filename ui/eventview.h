// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "eventmodel.h"
#include "linkreader.h"

#include <QPersistentModelIndex>
#include <QTimer>
#include <QWidget>

class Agent;
class EventDetails;
class LinkStrip;
class QComboBox;
class QLabel;
class QStackedWidget;
class QTreeView;

// The tab "Events": the link's last day as a picture, below it what happened, and the whole of what
// is selected. Reads nothing before it is shown.
class EventView final : public QWidget
{
    Q_OBJECT

public:
    explicit EventView(Agent *agent, QWidget *parent = nullptr);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void buildList();
    void buildFilter();
    void build();
    void connectModel();
    void connectAgent();
    void showStrip();
    void showOutbox(int count);
    void showHeartbeats();
    void showSelected();
    void showPage();
    void keepPlace(int first);
    void restorePlace();
    void copySelected();

    Agent *m_agent;
    EventModel m_model;
    LinkReader m_link;
    QTimer m_tick; // times grow older
    QPersistentModelIndex m_top; // where the list was scrolled to
    QLabel *m_summary;
    LinkStrip *m_strip;
    QComboBox *m_show;
    QLabel *m_outbox;
    QTreeView *m_list;
    QStackedWidget *m_pages;
    EventDetails *m_details;
};
