// SPDX-License-Identifier: Apache-2.0
#include "connectiontest.h"

#include "agent.h"
#include "certificateview.h"
#include "deviceid.h"
#include "notice.h"

#include <QPushButton>
#include <QSslCertificate>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace {

constexpr qsizetype MaximumDeviceId = 32;

bool sameLink(const Settings &one, const Settings &other, bool withPin)
{
    const QStringList different = one.differencesTo(other);
    return std::none_of(different.begin(), different.end(), [withPin](const QString &name) {
        return (withPin || name != QLatin1String("pin")) && Settings::linkOptions().contains(name);
    });
}

} // namespace

QString testDeviceId(const QString &device, bool isInUse)
{
    const QString suffix = QStringLiteral(".test");
    return isInUse ? device.left(MaximumDeviceId - suffix.size()) + suffix : device;
}

ConnectionTest::ConnectionTest(const Agent *agent, QWidget *parent)
    : QWidget(parent), m_agent(agent), m_button(new QPushButton), m_lines(new QVBoxLayout)
{
    m_button->setObjectName(QStringLiteral("testConnection"));
    m_button->setAutoDefault(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_button, 0, Qt::AlignLeft);
    m_lines->setSpacing(4);
    column->addLayout(m_lines);
    connect(m_button, &QPushButton::clicked, this, &ConnectionTest::toggle);
    connect(&m_login, &ProxyLogin::found, this, &ConnectionTest::startTrial);
    connect(&m_login, &ProxyLogin::failed, this,
            [this](Keychain::Trouble, const QString &reason) { handleLoginMissing(reason); });
    setResult(Result::None);
}

ConnectionTest::~ConnectionTest() = default;

void ConnectionTest::setSettings(const Settings &settings)
{
    m_settings = settings;
    // The key that a good test found may be pinned without another test.
    if (m_result == Result::None || sameLink(m_settings, m_tested, m_result != Result::Good))
        return;
    forgetResult();
}

void ConnectionTest::setPassword(const QString &password)
{
    if (std::exchange(m_password, password) != password && m_result != Result::None)
        forgetResult();
}

void ConnectionTest::forgetResult()
{
    m_login.cancel();
    m_trial.reset();
    clear();
    setResult(Result::None);
}

void ConnectionTest::setPossible(bool possible)
{
    m_possible = possible;
    m_button->setEnabled(possible || m_result == Result::Running);
}

void ConnectionTest::setResult(Result result)
{
    const bool running = result == Result::Running;
    m_button->setText(running ? tr("Cancel &test") : tr("&Test connection"));
    m_button->setEnabled(running || m_possible);
    if (std::exchange(m_result, result) != result)
        Q_EMIT resultChanged(result);
}

void ConnectionTest::toggle()
{
    if (m_result == Result::Running)
        cancel();
    else
        start();
}

bool ConnectionTest::isAttachedAlready() const
{
    return m_agent->state() == CometaClient::State::Attached && m_password.isEmpty()
        && sameLink(m_settings, m_agent->settings(), true);
}

void ConnectionTest::start()
{
    clear();
    m_tested = m_settings;
    if (isAttachedAlready()) {
        addNotice()->say(Notice::Kind::Done,
                         tr("The agent is attached with these settings already."));
        setResult(Result::Good);
    } else {
        findLogin();
    }
}

void ConnectionTest::findLogin()
{
    ProxyOptions proxy = m_settings.proxyOptions();
    proxy.password = m_password;
    if (!m_password.isEmpty())
        return startTrial(proxy);
    setResult(Result::Running);
    m_login.find(m_settings);
    if (!m_login.isFinding())
        return;
    m_notices.append(addNotice());
    m_notices.constLast()->say(Notice::Kind::Busy, tr("The keychain is asked for the password"));
}

void ConnectionTest::handleLoginMissing(const QString &reason)
{
    m_notices.constLast()->say(Notice::Kind::Problem, reason);
    setResult(Result::Failed);
}

void ConnectionTest::startTrial(const ProxyOptions &proxy)
{
    clear();
    const QString device =
        m_settings.device.isEmpty() ? defaultDeviceId(m_settings.dataDirectory) : m_settings.device;
    const bool inUse = m_agent->state() == CometaClient::State::Attached
        && m_agent->scope() == m_settings.scope() && m_agent->deviceId() == device;
    LinkTrial::Target target{m_settings, testDeviceId(device, inUse),
                             m_agent->wantsTls(m_settings)};
    target.proxy = proxy.resolvedFor(m_settings.server, m_settings.port, target.encrypted);
    m_steps = LinkTrial::steps(target.encrypted, target.proxy.isUsed());
    for (const LinkTrial::Step step : std::as_const(m_steps)) {
        Notice *notice = addNotice();
        notice->say(m_notices.isEmpty() ? Notice::Kind::Busy : Notice::Kind::Pending,
                    LinkTrial::title(step));
        m_notices.append(notice);
    }
    if (inUse)
        addNotice()->say(Notice::Kind::Note,
                         tr("Tried as device %1, since the agent is attached as %2.")
                             .arg(target.device, device));
    m_trial = std::make_unique<LinkTrial>(target);
    connect(m_trial.get(), &LinkTrial::passed, this, &ConnectionTest::handlePassed);
    connect(m_trial.get(), &LinkTrial::certificateSeen, this, &ConnectionTest::handleCertificate);
    connect(m_trial.get(), &LinkTrial::succeeded, this, &ConnectionTest::handleSucceeded);
    connect(m_trial.get(), &LinkTrial::failed, this, &ConnectionTest::handleFailed);
    setResult(Result::Running);
    m_trial->start();
}

void ConnectionTest::handlePassed(LinkTrial::Step step, const QString &detail)
{
    const qsizetype index = m_steps.indexOf(step);
    m_notices.at(index)->say(Notice::Kind::Done, tr("%1: %2").arg(LinkTrial::title(step), detail));
    if (index + 1 < m_steps.size())
        m_notices.at(index + 1)->say(Notice::Kind::Busy, LinkTrial::title(m_steps.at(index + 1)));
}

void ConnectionTest::handleCertificate(const QSslCertificate &certificate, bool good)
{
    auto *view = new CertificateView(certificate);
    if (good)
        view->offerPin(!m_settings.pin.isEmpty());
    connect(view, &CertificateView::pinClicked, this, &ConnectionTest::pinChosen);
    const Notice *above = m_notices.at(m_steps.indexOf(LinkTrial::Step::Encryption));
    for (int i = 0; i < m_lines->count(); ++i) {
        if (m_lines->itemAt(i)->widget() == above)
            m_lines->insertWidget(i + 1, view);
    }
    Q_EMIT lineAdded(m_notices.constLast());
}

void ConnectionTest::handleSucceeded(bool inTheClear)
{
    m_trial.release()->deleteLater(); // it still writes what is buffered
    if (inTheClear)
        addNotice()->say(Notice::Kind::Warning,
                         tr("The link is not encrypted: anyone on the way can read it and send "
                            "commands. Turn encryption on if the server has it."));
    else
        addNotice()->say(Notice::Kind::Note, tr("Everything works."));
    setResult(Result::Good);
}

void ConnectionTest::handleFailed(LinkTrial::Step step, const QString &reason)
{
    m_trial.release()->deleteLater();
    Notice *notice = m_notices.at(m_steps.indexOf(step));
    notice->say(Notice::Kind::Problem, tr("%1: %2").arg(LinkTrial::title(step), reason));
    Q_EMIT lineAdded(notice);
    setResult(Result::Failed);
}

void ConnectionTest::cancel()
{
    m_login.cancel();
    m_trial.reset();
    for (Notice *notice : std::as_const(m_notices)) {
        if (notice->kind() == Notice::Kind::Busy)
            notice->say(Notice::Kind::Pending, tr("%1: cancelled").arg(notice->text()));
    }
    setResult(Result::Cancelled);
}

Notice *ConnectionTest::addNotice()
{
    auto *notice = new Notice;
    m_lines->addWidget(notice);
    Q_EMIT lineAdded(notice);
    return notice;
}

void ConnectionTest::clear()
{
    m_steps.clear();
    m_notices.clear();
    while (QLayoutItem *item = m_lines->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // a button in it may have been pressed just now
        delete item;
    }
}
