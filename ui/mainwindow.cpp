// SPDX-License-Identifier: Apache-2.0
#include "mainwindow.h"

#include "agent.h"
#include "banner.h"
#include "connectionheader.h"
#include "curlline.h"
#include "dialogsize.h"
#include "eventview.h"
#include "missedline.h"
#include "questions.h"
#include "requestview.h"
#include "ruleview.h"
#include "scrolledpage.h"
#include "stateicon.h"
#include "statuswatch.h"
#include "waitinglist.h"

#include <QAction>
#include <QCloseEvent>
#include <QDialog>
#include <QTabWidget>
#include <QVBoxLayout>

namespace {

enum Tab { RequestsTab, EventsTab, RulesTab };

} // namespace

MainWindow::MainWindow(Agent *agent, const StatusWatch *watch, MissedRequests *missed)
    : m_agent(agent), m_header(new ConnectionHeader), m_banner(new Banner(this)),
      m_waiting(new WaitingList(agent)), m_missed(new MissedLine(missed)), m_tabs(new QTabWidget),
      m_requests(new RequestView(agent))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(tr("Cometa Agent"));
    setWindowIcon(applicationIcon());
    m_tabs->setAccessibleName(tr("Pages"));
    m_tabs->insertTab(RequestsTab, new ScrolledPage(m_requests), tr("&Requests"));
    m_tabs->insertTab(EventsTab, new ScrolledPage(new EventView(m_agent)), tr("&Events"));
    m_tabs->insertTab(RulesTab, new ScrolledPage(rulePage()), tr("Ru&les"));
    auto *column = new QVBoxLayout(this);
    const int margin = 2 * DialogSize::spacing(this);
    column->setContentsMargins(margin, margin, margin, margin);
    column->setSpacing(margin);
    column->addWidget(m_header);
    column->addWidget(m_banner);
    column->addWidget(m_waiting);
    column->addWidget(m_missed);
    column->addWidget(m_tabs, 1);
    resize(DialogSize::fitting(this, 160, 48));
    connectParts();
    addShortcuts();
    connect(watch, &StatusWatch::changed, this, &MainWindow::showStatus);
    showStatus(watch->status());
    m_requests->focusFirst(); // not a button, which the next key would press
}

QWidget *MainWindow::front()
{
    QWidget *front = this;
    const auto dialogs = findChildren<QDialog *>();
    for (QDialog *dialog : dialogs) {
        if (dialog->isVisible() && dialog->isModal())
            front = dialog;
    }
    return front;
}

void MainWindow::connectParts()
{
    connect(m_header, &ConnectionHeader::allowClicked, this, &MainWindow::windowRequested);
    connect(m_header, &ConnectionHeader::endWindowClicked, m_agent, &Agent::endWindow);
    connect(m_header, &ConnectionHeader::pauseClicked, m_agent, &Agent::pause);
    connect(m_header, &ConnectionHeader::resumeClicked, m_agent, &Agent::resume);
    connect(m_header, &ConnectionHeader::settingsClicked, this, &MainWindow::settingsRequested);
    connect(m_header, &ConnectionHeader::stopAllClicked, m_agent, &Agent::stopRunning);
    connect(m_header, &ConnectionHeader::quitClicked, this, &MainWindow::quitRequested);
    connect(m_banner, &Banner::settingsClicked, this, &MainWindow::settingsRequested);
    connect(m_banner, &Banner::rulesClicked, this, [this] { m_tabs->setCurrentIndex(RulesTab); });
    connect(m_waiting, &WaitingList::reviewRequested, this, &MainWindow::reviewRequested);
    connect(m_waiting, &WaitingList::denyFailed, this, &MainWindow::showProblem);
    connect(m_missed, &MissedLine::showRequested, this, &MainWindow::showRequest);
    connect(m_requests, &RequestView::ruleRequested, this, &MainWindow::ruleRequested);
    connect(m_requests, &RequestView::failed, this, &MainWindow::showProblem);
}

QWidget *MainWindow::rulePage()
{
    auto *page = new RuleView(m_agent);
    connect(page, &RuleView::ruleRequested, this, &MainWindow::ruleRequested);
    connect(page, &RuleView::failed, this, &MainWindow::showProblem);
    return page;
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

void MainWindow::showStatus(const AgentStatus &status)
{
    m_header->showStatus(status);
    const bool problem = status.configured && !status.problem.isEmpty();
    m_banner->setText(problem ? status.problem : status.warning,
                      problem ? Banner::Kind::Problem : Banner::Kind::Warning,
                      !problem && status.rulesAreOff ? Banner::Remedy::Rules
                                                     : Banner::Remedy::Settings);
    m_requests->setExample(exampleLine(*m_agent));
}

void MainWindow::showRequest(const QString &name)
{
    m_tabs->setCurrentIndex(RequestsTab);
    m_requests->select(name);
    m_requests->focusFirst();
}

void MainWindow::showProblem(const QString &text)
{
    Questions::problem(this, tr("That did not work."), text);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    event->ignore();
    Q_EMIT closeRequested();
}
