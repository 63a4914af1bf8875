// SPDX-License-Identifier: Apache-2.0
#include "firststart.h"

#include "agent.h"
#include "connectiontest.h"
#include "deviceid.h"
#include "dialogsize.h"
#include "localserver.h"
#include "notice.h"
#include "plain.h"
#include "readypage.h"
#include "settingspage.h"
#include "settingspecs.h"
#include "welcomepage.h"

#include <QCheckBox>
#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

FirstStart::FirstStart(Agent *agent, const QString &serverProgram, QWidget *parent)
    : QDialog(parent), m_agent(agent), m_serverProgram(serverProgram), m_draft(agent->settings()),
      m_autostart(Autostart::ownProgram(), agent->settings().placeArguments()),
      m_title(Plain::label({}, true)), m_pages(new QStackedWidget),
      m_test(new ConnectionTest(agent)), m_atLogin(new QCheckBox(tr("Start when I &log in"))),
      m_ready(new ReadyPage(agent)), m_notice(new Notice), m_step(Plain::label()),
      m_try(new QPushButton(tr("Tr&y it with a server on this computer"))),
      m_later(new QPushButton(tr("Set &up later"))), m_back(new QPushButton(tr("&Back"))),
      m_next(new QPushButton)
{
    setObjectName(u"firstStart"_s);
    setWindowTitle(tr("Set up Cometa Agent"));
    QFont font = m_title->font();
    font.setBold(true);
    font.setPointSizeF(font.pointSizeF() * 1.3);
    m_title->setFont(font);
    m_title->setObjectName(u"title"_s);
    m_notice->setObjectName(u"notice"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 16);
    column->setSpacing(16);
    column->addWidget(m_title);
    column->addWidget(m_pages, 1);
    column->addWidget(m_notice);
    m_draft.setPatient(true);
    addPages();
    addButtons();
    connect(&m_draft, &SettingsDraft::edited, this, &FirstStart::handleEdited);
    connect(m_ready, &ReadyPage::changed, this, &FirstStart::updateButtons);
    resize(DialogSize::fitting(this, 100, 40));
    handleEdited();
    showPage(Welcome);
}

FirstStart::~FirstStart() = default;

bool FirstStart::isNeeded(const Settings &settings)
{
    const QList<Settings::Problem> problems = settings.problems();
    return !problems.isEmpty()
        && std::all_of(problems.begin(), problems.end(), [](const Settings::Problem &problem) {
               return problem.option == "server"_L1 || problem.option == "app"_L1;
           });
}

void FirstStart::offer(const QHash<QString, QString> &values)
{
    const SettingsDraft::Filled filled = m_draft.fill(values);
    QStringList later;
    for (const QString &option : Settings::optionNames()) {
        if (values.contains(option) && !m_draft.field(option))
            later.append(u"--"_s + option);
    }
    if (filled.isEmpty() && later.isEmpty())
        return;
    showPage(Server);
    QString text = filled.taken.isEmpty()
        ? tr("Cometa Agent was started once more. Nothing was filled in.")
        : tr("Cometa Agent was started once more, with these settings: %1. Nothing is saved "
             "before you press Attach.")
              .arg(filled.names());
    text += filled.lockedText();
    if (!later.isEmpty())
        text += tr(" Not asked for here, but to be found in the settings: %1.")
                    .arg(later.join(u", "_s));
    m_notice->say(filled.taken.isEmpty() ? Notice::Kind::Note : Notice::Kind::Done, text);
}

void FirstStart::addPages()
{
    m_pages->addWidget(new WelcomePage);
    addServerPage();
    m_pages->addWidget(makeOptionsPage());
    m_pages->addWidget(m_ready);
}

void FirstStart::addServerPage()
{
    m_address = new SettingsPage(SettingPage::address(), &m_draft);
    m_address->setAccessibleName(tr("Server"));
    m_draft.field(u"device"_s)->setPlaceholder(defaultDeviceId(m_draft.settings().dataDirectory));
    m_address->addBelow(m_test);
    m_address->addBelow(makeTrial());
    connect(m_test, &ConnectionTest::lineAdded, m_address, &SettingsPage::reveal);
    m_pages->addWidget(m_address);
}

QWidget *FirstStart::makeTrial()
{
    auto *trial = new QWidget;
    auto *column = new QVBoxLayout(trial);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(Plain::label(
        tr("No server at hand? A small one can run on this computer until you quit."), true));
    column->addWidget(m_try, 0, Qt::AlignLeft);
    m_try->setObjectName(u"try"_s);
    m_try->setAutoDefault(false);
    connect(m_try, &QPushButton::clicked, this, &FirstStart::startServer);
    const QSet<QString> &locked = m_draft.settings().lockedOptions;
    const QSet<QString> needed{u"server"_s, u"port"_s, u"app"_s, u"tls"_s};
    trial->setVisible(!m_serverProgram.isEmpty() && !locked.intersects(needed));
    return trial;
}

QWidget *FirstStart::makeOptionsPage()
{
    m_options = new SettingsPage(SettingPage::application(), &m_draft);
    m_options->setAccessibleName(tr("Start and notifications"));
    m_atLogin->setObjectName(u"autostart"_s);
    m_atLogin->setChecked(m_autostart.isEnabled());
    m_options->addCheck(m_atLogin);
    return m_options;
}

void FirstStart::addButtons()
{
    m_later->setObjectName(u"later"_s);
    m_back->setObjectName(u"back"_s);
    m_next->setObjectName(u"next"_s);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_step);
    row->addStretch(1);
    row->addWidget(m_later);
    row->addWidget(m_back);
    row->addWidget(m_next);
    static_cast<QVBoxLayout *>(layout())->addLayout(row);
    m_later->setAutoDefault(false);
    m_back->setAutoDefault(false);
    m_next->setDefault(true);
    connect(m_later, &QPushButton::clicked, this, &FirstStart::reject);
    connect(m_back, &QPushButton::clicked, this, &FirstStart::goBack);
    connect(m_next, &QPushButton::clicked, this, &FirstStart::goNext);
}

void FirstStart::showPage(Page page)
{
    const QStringList titles{tr("Commands for this computer, on your terms"), tr("Which server?"),
                             tr("How it starts, and how it tells you"), tr("Ready")};
    m_pages->setCurrentIndex(page);
    m_title->setText(titles.value(page));
    m_step->setText(page == Ready ? QString() : tr("Step %1 of 3").arg(page + 1));
    m_notice->say(Notice::Kind::Note, {});
    m_atLogin->setVisible(!m_isTrial);
    if (page == Options && m_isTrial)
        m_notice->say(Notice::Kind::Note,
                      tr("A server runs on this computer, on port %1. It ends when you quit, and "
                         "the next start asks again: nothing is saved.")
                          .arg(m_localServer->application().port));
    updateButtons();
    QWidget *const first[] = {m_next, m_draft.field(u"server"_s), m_draft.field(u"notifications"_s),
                              m_ready};
    first[page]->setFocus();
}

void FirstStart::updateButtons()
{
    const int page = m_pages->currentIndex();
    if (page == Ready)
        m_title->setText(m_ready->title());
    const bool failed = page == Ready && !m_ready->isAttached() && !m_isTrial;
    m_later->setVisible(page != Ready);
    m_back->setVisible(page == Server || page == Options || failed);
    m_next->setText(page == Options ? tr("&Attach") : page == Ready ? tr("&Done") : tr("&Next"));
    m_next->setEnabled(page != Server || m_draft.isGood());
}

void FirstStart::handleEdited()
{
    m_test->setSettings(m_draft.settings());
    m_test->setPossible(m_draft.isGood());
    m_address->setFieldVisible(u"ca-file"_s, // also while what it says is wrong
                               m_agent->wantsTls(m_draft.settings())
                                   || !m_draft.field(u"ca-file"_s)->value().isEmpty());
    updateButtons();
}

void FirstStart::goNext()
{
    switch (m_pages->currentIndex()) {
    case Welcome:
        return showPage(Server);
    case Server:
        m_isTrial = false;
        return showPage(Options);
    case Options:
        return m_isTrial ? finishTrial() : finish();
    default:
        return accept();
    }
}

void FirstStart::goBack()
{
    showPage(m_pages->currentIndex() == Server ? Welcome : Server);
}

void FirstStart::startServer()
{
    if (!m_localServer) {
        m_localServer = std::make_unique<LocalServer>(m_serverProgram);
        connect(m_localServer.get(), &LocalServer::ready, this, &FirstStart::handleServerReady);
        connect(m_localServer.get(), &LocalServer::failed, this, [this](const QString &reason) {
            m_try->setEnabled(true);
            m_notice->say(Notice::Kind::Problem, reason);
        });
    }
    m_try->setEnabled(false);
    m_notice->say(Notice::Kind::Busy, tr("Starting a server on this computer…"));
    m_localServer->start(QDir(m_draft.settings().dataDirectory).filePath(u"trial-server"_s));
}

void FirstStart::handleServerReady()
{
    m_try->setEnabled(true);
    m_isTrial = true;
    showPage(Options);
}

void FirstStart::finish()
{
    QString error;
    if (!m_draft.save(&error) || !m_autostart.setEnabled(m_atLogin->isChecked(), &error))
        return m_notice->say(Notice::Kind::Problem, error);
    m_agent->setSettings(m_draft.settings());
    showPage(Ready);
    m_ready->prepare({});
}

// Not saved: that server is there no longer at the next start.
void FirstStart::finishTrial()
{
    const LocalServer::Application application = m_localServer->application();
    Settings settings = m_agent->settings();
    settings.server = u"127.0.0.1"_s;
    settings.port = application.port;
    settings.application = application.id;
    settings.tls.reset();
    if (m_agent->wantsTls(settings))
        settings.tls = false;
    settings.caFile.clear();
    settings.pin.clear();
    settings.certFile.clear();
    settings.keyFile.clear();
    settings.notifications = m_draft.settings().notifications;
    m_localServer.release()->setParent(m_agent); // until the program ends
    m_agent->setSettings(settings);
    showPage(Ready);
    m_ready->prepare(application.secret);
}
