// SPDX-License-Identifier: Apache-2.0
#include "linktrial.h"

#include "visibletext.h"

#include <QSslCertificate>

#include <utility>

using namespace std::chrono_literals;

namespace {

// The client's own limits come with a remedy; the last is for what they do not cover.
constexpr std::chrono::milliseconds StepLimit = 10s;
constexpr std::chrono::milliseconds TrialLimit = 45s;

QString shown(const QString &words)
{
    return VisibleText::encodeShort(words.toUtf8(), 120);
}

} // namespace

LinkTrial::LinkTrial(const Target &target, QObject *parent)
    : QObject(parent), m_target(target), m_steps(steps(target.encrypted, target.proxy.isUsed()))
{
    connect(&m_client, &CometaClient::stepReached, this, &LinkTrial::handleStep);
    connect(&m_client, &CometaClient::stateChanged, this, &LinkTrial::handleState);
    connect(&m_client, &CometaClient::errorOccurred, this, &LinkTrial::handleError);
    connect(&m_client, &CometaClient::eventDelivered, this, &LinkTrial::handleDelivered);
    connect(&m_limit, &Deadline::expired, this,
            [this] { fail(tr("There was no answer in time: check server and port.")); });
}

LinkTrial::~LinkTrial() = default;

QList<LinkTrial::Step> LinkTrial::steps(bool encrypted, bool viaProxy)
{
    QList<Step> steps{viaProxy ? Step::Proxy : Step::Name, Step::Connection, Step::Attach,
                      Step::Heartbeat};
    if (encrypted)
        steps.insert(2, Step::Encryption);
    return steps;
}

QString LinkTrial::title(Step step)
{
    switch (step) {
    case Step::Name:
        return tr("Name");
    case Step::Proxy:
        return tr("Proxy");
    case Step::Connection:
        return tr("Connection");
    case Step::Encryption:
        return tr("Encryption");
    case Step::Attach:
        return tr("Attach");
    case Step::Heartbeat:
        return tr("Heartbeat");
    }
    Q_UNREACHABLE();
}

void LinkTrial::start()
{
    const Settings &settings = m_target.settings;
    m_client.setReconnect(false);
    m_client.setTimeouts({StepLimit, StepLimit, StepLimit});
    m_client.setServer(settings.server, settings.port);
    m_client.setApplication(settings.application);
    m_client.setTls(
        {m_target.encrypted, settings.caFile, settings.pin, settings.certFile, settings.keyFile});
    m_client.setProxy(m_target.proxy);
    m_limit.start(TrialLimit);
    m_client.attach(m_target.device, QByteArrayLiteral("connection test"));
}

void LinkTrial::handleStep(CometaClient::Step reached, const QString &detail)
{
    switch (reached) {
    case CometaClient::Step::Resolved:
        return pass(tr("%1 is %2").arg(shown(m_target.settings.server), shown(detail)));
    case CometaClient::Step::ProxyReached:
        return pass(tr("%1 answers").arg(shown(m_target.proxy.toText())));
    case CometaClient::Step::Connected:
        return pass(tr("%1 port %2 answers").arg(shown(detail)).arg(m_target.settings.port));
    case CometaClient::Step::Encrypted:
        pass(tr("the certificate is good (%1)").arg(shown(detail)));
        if (const auto certificate = m_client.peerCertificate())
            Q_EMIT certificateSeen(*certificate, true);
        return;
    case CometaClient::Step::AttachSent:
    case CometaClient::Step::Attached:
        return; // its state follows
    }
}

void LinkTrial::handleState(CometaClient::State state)
{
    if (state != CometaClient::State::Attached || m_ended)
        return;
    pass(tr("accepted as device %1").arg(m_target.device));
    m_heartbeat = m_client.sendHeartbeat();
}

void LinkTrial::handleDelivered(quint64 ticket)
{
    if (ticket != m_heartbeat || std::exchange(m_ended, true))
        return;
    pass(tr("it arrived; the server wants one every %1 s")
             .arg(m_client.heartbeatInterval().count()));
    m_limit.stop();
    const bool inTheClear = !m_client.isEncrypted() && !m_client.isLoopback();
    m_client.detach();
    QMetaObject::invokeMethod(
        this, [this, inTheClear] { Q_EMIT succeeded(inTheClear); }, Qt::QueuedConnection);
}

void LinkTrial::handleError()
{
    const auto certificate = m_client.peerCertificate();
    if (certificate && current() == Step::Encryption)
        Q_EMIT certificateSeen(*certificate, false);
    fail(m_client.errorString());
}

void LinkTrial::pass(const QString &detail)
{
    const Step step = current();
    ++m_next;
    Q_EMIT passed(step, detail);
}

// Queued, since whoever hears it may delete this and the client, which has more to do.
void LinkTrial::fail(const QString &reason)
{
    if (std::exchange(m_ended, true))
        return;
    m_limit.stop();
    const Step step = current();
    QMetaObject::invokeMethod(
        this, [this, step, reason] { Q_EMIT failed(step, reason); }, Qt::QueuedConnection);
}
