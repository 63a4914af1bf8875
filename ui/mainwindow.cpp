// SPDX-License-Identifier: Apache-2.0
#include "mainwindow.h"

#include "agent.h"
#include "banner.h"
#include "connectionheader.h"
#include "eventmodel.h"
#include "questions.h"
#include "requestview.h"
#include "stateicon.h"
#include "statuswatch.h"
#include "waitinglist.h"

#include <QAction>
#include <QCloseEvent>
#include <QHeaderView>
#include <QTabWidget>
#include <QTreeView>
#include <QVBoxLayout>

MainWindow::MainWindow(Agent *agent, const StatusWatch *watch)
    : m_agent(agent), m_header(new ConnectionHeader), m_banner(new Banner(this)),
      m_waiting(new WaitingList(agent)), m_tabs(new QTabWidget), m_requests(new RequestView(agent))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(tr("Cometa Agent"));
    setWindowIcon(applicationIcon());
    m_tabs->addTab(m_requests, tr("&Requests"));
    m_tabs->addTab(eventPage(), tr("&Events"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(16);
    column->addWidget(m_header);
    column->addWidget(m_banner);
    column->addWidget(m_waiting);
    column->addWidget(m_tabs, 1);
    resize(960, 680);
    connectParts();
    addShortcuts();
    connect(watch, &StatusWatch::changed, this, &MainWindow::showStatus);
    showStatus(watch->status());
    m_requests->focusFirst(); // not a button, which the next key would press
}

void MainWindow::connectParts()
{
    connect(m_header, &ConnectionHeader::allowClicked, this, &MainWindow::windowRequested);
    connect(m_header, &ConnectionHeader::endWindowClicked, m_agent, &Agent::endWindow);
    connect(m_header, &ConnectionHeader::pauseClicked, m_agent, &Agent::pause);
    connect(m_header, &ConnectionHeader::resumeClicked, m_agent, &Agent::resume);
    connect(m_header, &ConnectionHeader::settingsClicked, this, &MainWindow::settingsRequested);
    connect(m_banner, &Banner::settingsClicked, this, &MainWindow::settingsRequested);
    connect(m_waiting, &WaitingList::reviewRequested, this, &MainWindow::reviewRequested);
    connect(m_waiting, &WaitingList::denyFailed, this, &MainWindow::showProblem);
    connect(m_requests, &RequestView::failed, this, &MainWindow::showProblem);
}

void MainWindow::addShortcuts()
{
    const auto add = [this](const QKeySequence &keys, auto slot) {
        auto *action = new QAction(this);
        action->setShortcut(keys);
        connect(action, &QAction::triggered, this, slot);
        addAction(action);
    };
    add(QKeySequence::Quit, &MainWindow::quitRequested);
    add(QKeySequence::Preferences, &MainWindow::settingsRequested);
    add(QKeySequence::Close, &QWidget::close);
}

QWidget *MainWindow::eventPage()
{
    auto *page = new QWidget;
    auto *list = new QTreeView;
    auto *model = new EventModel(m_agent->journal(), list);
    list->setModel(model);
    list->setObjectName(QStringLiteral("events"));
    list->setAccessibleName(tr("Events"));
    list->setRootIsDecorated(false);
    list->setUniformRowHeights(true);
    list->setAllColumnsShowFocus(true);
    list->setAlternatingRowColors(true);
    const QFontMetrics metrics = list->fontMetrics();
    list->header()->resizeSection(EventModel::Time,
                                  metrics.horizontalAdvance(QStringLiteral("00 Mmm 00:00")) + 24);
    list->header()->resizeSection(EventModel::Kind,
                                  metrics.horizontalAdvance(tr("Connection")) + 40);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(8, 8, 8, 8);
    column->addWidget(list);
    return page;
}

void MainWindow::showStatus(const AgentStatus &status)
{
    m_header->showStatus(status);
    const bool problem = status.configured && !status.problem.isEmpty();
    m_banner->setText(problem ? status.problem : status.warning,
                      problem ? Banner::Kind::Problem : Banner::Kind::Warning);
    m_requests->setExample(exampleLine(m_agent));
}

QString MainWindow::exampleLine(const Agent *agent)
{
    const Settings &settings = agent->settings();
    if (!settings.problems().isEmpty())
        return {};
    const bool encrypted = settings.tls.value_or(settings.port == 443);
    return QStringLiteral(
               "curl -H 'Authorization: OAuth APPLICATION-SECRET' -d '{\"cmd\":\"uptime\"}' "
               "%1://%2:%3/v1/applications/%4/devices/%5/send")
        .arg(encrypted ? QStringLiteral("https") : QStringLiteral("http"), settings.server)
        .arg(settings.port)
        .arg(settings.application, agent->deviceId());
}

void MainWindow::showProblem(const QString &text)
{
    Questions::problem(this, tr("That did not work."), text);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    event->accept();
    Q_EMIT closed();
}
