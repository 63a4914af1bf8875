// SPDX-License-Identifier: Apache-2.0
// Agent: how it attaches, once it has what the proxy wants.
#include "agent.h"

#include "eventsender.h"

#include <QSysInfo>

#include <utility>

using namespace std::chrono_literals;

namespace {

constexpr auto LoginPatience = 1s; // a keychain that is open answers sooner
constexpr auto LoginRetry = 10s;

} // namespace

void Agent::connectLogin()
{
    m_loginTimer.setSingleShot(true);
    connect(&m_loginTimer, &QTimer::timeout, this, &Agent::handleLoginTimer);
    connect(&m_login, &ProxyLogin::found, this, &Agent::attachThrough);
    connect(&m_login, &ProxyLogin::failed, this, &Agent::handleLoginMissing);
}

// While the keychain is asked nothing is attached, least of all by the settings before: what came
// would be taken for a request of the new server.
void Agent::attach()
{
    dropLogin();
    if (ProxyLogin::needsKeychain(m_settings)) {
        if (m_client.state() != CometaClient::State::Disconnected)
            m_client.detach();
        m_loginTimer.start(LoginPatience);
    }
    m_login.find(m_settings);
}

void Agent::attachThrough(const ProxyOptions &proxy)
{
    dropLogin();
    m_client.setServer(m_settings.server, m_settings.port);
    m_client.setApplication(m_settings.application);
    m_client.setTls({wantsTls(m_settings), m_settings.caFile, m_settings.pin, m_settings.certFile,
                     m_settings.keyFile});
    m_client.setProxy(proxy);
    m_events->setTarget(scope(), deviceId(), m_settings.eventInterval);
    const QString info =
        m_settings.info.isEmpty() ? QSysInfo::prettyProductName() : m_settings.info;
    m_client.attach(deviceId(), info.toUtf8());
}

// Its owner is asked to unlock it once. From then on it is only looked at, so that whoever unlocks
// it later need not tell us, and whoever does not is left in peace.
void Agent::handleLoginMissing(Keychain::Trouble trouble, const QString &problem)
{
    const bool wasAsked = std::exchange(m_mayAskToUnlock, false);
    m_loginTimer.start(LoginRetry);
    if (wasAsked || trouble != Keychain::Trouble::NotFound) // which a closed one can look like
        tellLoginProblem(problem);
}

void Agent::handleLoginTimer()
{
    if (m_login.isFinding())
        return tellLoginProblem(
            tr("Waiting for the keychain, which has the password for the proxy: unlock it."));
    m_login.find(m_settings, Keychain::Unlock::Never);
}

void Agent::tellLoginProblem(const QString &problem)
{
    if (std::exchange(m_loginProblem, problem) != problem)
        Q_EMIT stateChanged();
}

void Agent::dropLogin()
{
    m_login.cancel();
    m_loginTimer.stop();
    m_loginProblem.clear();
    m_mayAskToUnlock = true;
}
