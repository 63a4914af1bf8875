// SPDX-License-Identifier: Apache-2.0
#include "agent.h"

#include "controlpath.h"
#include "controlsocket.h"
#include "deviceid.h"
#include "eventsender.h"
#include "hostname.h"
#include "knownservers.h"
#include "wire.h"

#include <QDir>
#include <QJsonArray>

#include <algorithm>

using namespace std::chrono;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr milliseconds ShutDownDeadline = 4s;
constexpr milliseconds PruneInterval = 10min;

} // namespace

Agent::Agent(const Settings &settings, Owner owner, QObject *parent)
    : QObject(parent), m_settings(settings), m_owner(owner)
{
    connectLink();
    connect(&m_journal, &Journal::writableChanged, this, &Agent::stateChanged);
    connect(&m_network, &NetworkWatch::addressAdded, &m_client, &CometaClient::retryNow);
    connectLogin();
    connect(&m_window, &Deadline::expired, this, &Agent::endWindow);
    connect(&m_shutDown, &Deadline::expired, this, &Agent::finishShutDown);
    connect(&m_rules, &RuleBook::changed, this, [this] {
        if (!m_rules.problem().isEmpty())
            endWindow(); // nothing is run without asking now
        Q_EMIT stateChanged();
    });
    connect(&m_prune, &QTimer::timeout, this, [this] {
        (void)m_journal.prune(retention());
        m_rules.tidy();
        if (m_knownServers)
            m_knownServers->save();
    });
}

Agent::~Agent() = default;

void Agent::connectLink()
{
    connect(&m_client, &CometaClient::stateChanged, this, &Agent::handleStateChanged);
    connect(&m_client, &CometaClient::requestReceived, this, &Agent::handleMessage);
    connect(&m_client, &CometaClient::requestAbandoned, this, &Agent::handleAbandoned);
    connect(&m_client, &CometaClient::detached, this, [this] {
        if (m_isShuttingDown && m_requests.isEmpty())
            finishShutDown();
    });
}

bool Agent::open(QString *errorString)
{
    if (!m_journal.open(m_settings.dataDirectory, errorString))
        return false;
    const QString socketPath = controlSocketPath(m_settings.dataDirectory, errorString);
    m_control = std::make_unique<ControlSocket>(this, m_owner == Owner::Headless);
    if (socketPath.isEmpty() || !m_control->listen(socketPath, errorString))
        return false;
    m_knownServers =
        std::make_unique<KnownServers>(QDir(m_settings.dataDirectory).filePath(u"tls-servers"_s));
    m_events = std::make_unique<EventSender>(
        &m_client, &m_journal, Outbox::Limits{m_settings.outboxEvents, m_settings.outboxBytes});
    connect(m_events.get(), &EventSender::countChanged, this, &Agent::outboxChanged);
    m_rules.open(m_settings.dataDirectory,
                 m_journal.wasOpenToOthers() ? RuleBook::Others::CouldWrite
                                             : RuleBook::Others::CouldNot);
    tellInterrupted();
    m_prune.start(PruneInterval);
    if (!m_journal.note(u"agent"_s,
                        {{u"started"_s, QStringLiteral(COMETA_VERSION)},
                         {u"set_up"_s, m_settings.problems().isEmpty()},
                         {u"approve"_s, approvalName(m_settings.approval)}})) {
        *errorString = m_journal.errorString();
        return false;
    }
    return true;
}

// Whoever was told "pending" before the agent died is owed an outcome.
void Agent::tellInterrupted()
{
    for (const RequestRow &row : m_journal.interrupted()) {
        if (row.pendingSent)
            sendResult(row.request, row.scope, m_journal.outcome(row));
    }
}

void Agent::start()
{
    if (m_settings.problems().isEmpty())
        attach();
}

bool Agent::wantsTls(const Settings &settings) const
{
    const bool known = m_knownServers && m_knownServers->contains(normalisedHost(settings.server));
    return settings.tls.value_or(settings.port == 443 || settings.usesCertificates() || known);
}

void Agent::shutDown()
{
    if (std::exchange(m_isShuttingDown, true))
        return;
    m_shutDown.start(ShutDownDeadline);
    dropLogin();
    m_spare.release();
    stopAll();
    if (m_requests.isEmpty())
        m_client.detach();
}

void Agent::finishShutDown()
{
    if (std::exchange(m_isShutDown, true))
        return;
    m_shutDown.stop();
    m_rules.tidy();
    (void)m_journal.note(u"agent"_s, {{u"ended"_s, true}});
    Q_EMIT shutDownDone();
}

void Agent::setSettings(const Settings &settings, bool newPassword)
{
    const QStringList changed = settings.differencesTo(m_settings);
    if (!changed.isEmpty())
        (void)m_journal.note(u"settings"_s, {{u"changed"_s, QJsonArray::fromStringList(changed)}});
    const bool linkChanged = std::any_of(changed.begin(), changed.end(), [](const QString &name) {
        return Settings::linkOptions().contains(name);
    });
    m_settings = settings;
    m_events->setTarget(scope(), deviceId(), m_settings.eventInterval);
    Q_EMIT settingsChanged();
    const bool isIdle =
        m_client.state() == CometaClient::State::Disconnected && !m_login.isFinding();
    if (linkChanged || newPassword || isIdle) {
        dropLogin();
        m_learntBudget.reset();
        m_isInTheClear = false;
        start();
    }
    Q_EMIT stateChanged();
}

QString Agent::scope() const
{
    return m_settings.scope();
}

QString Agent::deviceId() const
{
    return m_settings.device.isEmpty() ? defaultDeviceId(m_settings.dataDirectory)
                                       : m_settings.device;
}

int Agent::outboxCount() const
{
    return m_events ? m_events->count() : 0;
}

void Agent::openWindow(minutes length)
{
    if (state() != CometaClient::State::Attached || !mayApproveAutomatically())
        return;
    const minutes bounded = std::clamp(length, minutes(1), minutes(60));
    m_window.start(bounded);
    m_gate.openWindow(bounded);
    m_windowUntil = QDateTime::currentDateTimeUtc().addSecs(seconds(bounded).count());
    (void)m_journal.note(u"window"_s, {{u"minutes"_s, qint64(bounded.count())}});
    Q_EMIT stateChanged();
}

void Agent::endWindow()
{
    m_gate.endWindow();
    if (!m_windowUntil.isValid())
        return;
    m_window.stop();
    m_windowUntil = {};
    (void)m_journal.note(u"window"_s, {{u"minutes"_s, 0}});
    Q_EMIT stateChanged();
}

void Agent::setOwnerPresent(bool present)
{
    if (std::exchange(m_isOwnerPresent, present) == present)
        return;
    (void)m_journal.note(u"owner"_s, {{u"present"_s, present}});
    if (!present)
        endWindow();
    m_gate.setConditions(conditions());
    if (!present && m_gate.deniesUnasked()) {
        const QList<ActiveRequest *> requests = m_requests; // ending one takes it out of the list
        for (ActiveRequest *request : requests)
            request->deny(u"policy"_s, {});
    }
    Q_EMIT stateChanged();
}

void Agent::wakeUp()
{
    m_client.retryNow();
}

QDateTime Agent::windowUntil() const
{
    return m_windowUntil;
}

ActiveRequest *Agent::request(const QString &name) const
{
    const auto found =
        std::find_if(m_requests.begin(), m_requests.end(),
                     [&](const ActiveRequest *r) { return r->request().name == name; });
    return found == m_requests.end() ? nullptr : *found;
}

int Agent::count(RequestState first, RequestState second) const
{
    return static_cast<int>(
        std::count_if(m_requests.begin(), m_requests.end(), [=](const ActiveRequest *r) {
            return r->state() == first || r->state() == second;
        }));
}

int Agent::awaitingCount() const
{
    return count(RequestState::AwaitingApproval, RequestState::AwaitingApproval);
}

int Agent::runningCount() const
{
    return count(RequestState::Approved, RequestState::Running);
}

Journal::Retention Agent::retention() const
{
    return {m_settings.keepDays, m_settings.keepMegabytes * 1024LL * 1024};
}

void Agent::stopAll()
{
    const QList<ActiveRequest *> requests = m_requests; // ending one takes it out of the list
    for (ActiveRequest *request : requests)
        request->stop(RequestState::Stopped);
}

void Agent::stopRunning()
{
    const QList<ActiveRequest *> requests = m_requests; // ending one takes it out of the list
    for (ActiveRequest *request : requests) {
        if (request->state() != RequestState::AwaitingApproval)
            request->stop(RequestState::Stopped);
    }
}

void Agent::pause()
{
    dropLogin();
    m_client.pause();
}

void Agent::resume()
{
    if (m_client.state() == CometaClient::State::Paused)
        start();
}

bool Agent::sendEvent(const QByteArray &payload, QString *errorString)
{
    if (payload.isEmpty() || payload.size() >= Wire::MaximumEvent) {
        *errorString = tr("An event has 1 to %1 bytes; this one has %2.")
                           .arg(Wire::MaximumEvent - 1)
                           .arg(payload.size());
        return false;
    }
    if (!m_events->add(Outbox::Kind::Event, scope(), payload)) {
        *errorString = tr("The event could not be stored: %1").arg(m_journal.errorString());
        return false;
    }
    return true;
}
