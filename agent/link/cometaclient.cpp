// SPDX-License-Identifier: Apache-2.0
#include "cometaclient.h"

#include "backoff.h"
#include "connection.h"
#include "hostname.h"
#include "wire.h"

#include <QSslCertificate>

#include <utility>

using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

constexpr seconds StableAfter = 60s; // a link that held so long resets the back-off
constexpr milliseconds RefusedRetry = 60s; // 401, 403, 407: not more often
constexpr milliseconds ConflictMargin = 30s; // beyond 2 x heartbeat a 409 is another device

} // namespace

CometaClient::CometaClient(QObject *parent)
    : QObject(parent), m_backoff(std::make_unique<Backoff>()), m_retry(std::make_unique<Deadline>())
{
    connect(m_retry.get(), &Deadline::expired, this, &CometaClient::connectNow);
}

CometaClient::~CometaClient() = default;

CometaClient::State CometaClient::state() const
{
    return m_state;
}

CometaClient::Error CometaClient::error() const
{
    return m_error;
}

QString CometaClient::errorString() const
{
    return m_errorString;
}

int CometaClient::statusCode() const
{
    return m_statusCode;
}

QString CometaClient::server() const
{
    return m_server;
}

quint16 CometaClient::port() const
{
    return m_port;
}

QString CometaClient::deviceId() const
{
    return m_deviceId;
}

bool CometaClient::isEncrypted() const
{
    return (m_state == State::Attaching || m_state == State::Attached)
        && m_connection->isEncrypted();
}

bool CometaClient::isLoopback() const
{
    return m_state == State::Attached && m_connection->isLoopback();
}

std::optional<QSslCertificate> CometaClient::peerCertificate() const
{
    return m_connection ? m_connection->peerCertificate() : std::nullopt;
}

seconds CometaClient::heartbeatInterval() const
{
    return m_heartbeat;
}

QDateTime CometaClient::serverTime() const
{
    return m_connection ? m_connection->attachReply().serverTime : QDateTime();
}

milliseconds CometaClient::serverTimeout() const
{
    return m_connection ? m_connection->attachReply().timeout : 0ms;
}

milliseconds CometaClient::timeToRetry() const
{
    return m_retry->remaining();
}

quint64 CometaClient::generation() const
{
    return m_generation;
}

void CometaClient::setServer(const QString &host, quint16 port)
{
    m_server = host;
    m_port = port;
}

void CometaClient::setApplication(const QString &applicationId)
{
    m_applicationId = applicationId;
}

void CometaClient::setTls(const TlsOptions &tls)
{
    m_tls = tls;
}

void CometaClient::setProxy(const ProxyOptions &proxy)
{
    m_proxy = proxy;
}

void CometaClient::setReconnect(bool enabled)
{
    m_reconnect = enabled;
}

void CometaClient::setTimeouts(const LinkTimeouts &timeouts)
{
    m_timeouts = timeouts;
}

QString CometaClient::parameterProblem() const
{
    if (normalisedHost(m_server).isEmpty())
        return tr("“%1” is no server: give a name or an address.").arg(m_server);
    if (m_port == 0)
        return tr("Port 0 is no port: use a number from 1 to 65535.");
    if (!Wire::isApplicationId(m_applicationId))
        return tr("The application id is not usable: 1 to 64 letters, digits and _ . : -");
    if (!Wire::isDeviceId(m_deviceId))
        return tr("The device id is not usable: 1 to 32 letters, digits and _ . : -");
    return {};
}

void CometaClient::attach(const QString &deviceId, const QByteArray &info)
{
    m_deviceId = deviceId;
    m_info = info;
    retire(State::Disconnected);
    const QString problem = parameterProblem();
    if (!problem.isEmpty()) {
        setError({Error::Parameters, 0, problem, std::nullopt});
        return;
    }
    m_backoff->reset();
    m_conflictSince = 0ns;
    connectNow();
}

void CometaClient::detach()
{
    if (const Connection *closing = retire(State::Disconnected))
        connect(closing, &Connection::finished, this, &CometaClient::detached);
    else
        QMetaObject::invokeMethod(this, &CometaClient::detached, Qt::QueuedConnection);
}

void CometaClient::pause()
{
    retire(State::Paused);
}

void CometaClient::resume()
{
    if (m_state == State::Paused)
        attach(m_deviceId, m_info);
}

void CometaClient::retryNow()
{
    if (m_state == State::Waiting)
        connectNow();
}

void CometaClient::setRequestHandler(Handler handler)
{
    m_handler = std::move(handler);
}

bool CometaClient::reply(RequestId id, const QByteArray &data)
{
    if (m_state != State::Attached || id.generation != m_generation
        || data.size() > Wire::MaximumMessage || Wire::isAmbiguousReply(data))
        return false;
    return m_connection->reply(id.number, data);
}

quint64 CometaClient::sendEvent(const QByteArray &payload)
{
    if (m_state != State::Attached || payload.size() >= Wire::MaximumEvent)
        return 0;
    return m_connection->sendEvent(payload, m_lastTicket + 1) ? ++m_lastTicket : 0;
}

quint64 CometaClient::sendHeartbeat()
{
    if (m_state != State::Attached)
        return 0;
    return m_connection->sendHeartbeat(m_lastTicket + 1) ? ++m_lastTicket : 0;
}

void CometaClient::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged(state);
}

void CometaClient::setError(const LinkFailure &failure)
{
    m_error = failure.error;
    m_errorString = failure.text;
    m_statusCode = failure.status;
    Q_EMIT errorOccurred(m_error);
}

void CometaClient::connectNow()
{
    m_retry->stop();
    const AttachTarget target{
        normalisedHost(m_server), m_port, m_applicationId, m_deviceId, m_info, m_tls, m_proxy};
    m_connection = std::make_unique<Connection>(target, m_timeouts);
    Connection *connection = m_connection.get();
    connect(connection, &Connection::stepReached, this, &CometaClient::stepReached);
    connect(connection, &Connection::attaching, this, [this] { setState(State::Attaching); });
    connect(connection, &Connection::attached, this, &CometaClient::handleAttached);
    connect(connection, &Connection::messageReceived, this, &CometaClient::handleMessage);
    connect(connection, &Connection::serverGaveUp, this, [this](quint64 number, milliseconds age) {
        Q_EMIT requestAbandoned({m_generation, number}, Abandoned::ServerGaveUp, age);
    });
    connect(connection, &Connection::heartbeatSent, this, &CometaClient::heartbeatSent);
    connect(connection, &Connection::eventDelivered, this, &CometaClient::eventDelivered);
    connect(connection, &Connection::closed, this, &CometaClient::handleClosed);
    setState(State::Connecting);
    if (m_connection.get() == connection) // a slot may have detached us
        connection->open();
}

const Connection *CometaClient::retire(State next)
{
    m_retry->stop();
    abandonOpenRequests();
    Connection *connection = m_connection.release();
    if (connection) {
        disconnect(connection, nullptr, this, nullptr);
        connect(connection, &Connection::finished, connection, &QObject::deleteLater);
        connection->setParent(this);
        connection->close();
    }
    setState(next);
    return connection;
}

void CometaClient::abandonOpenRequests()
{
    if (!m_connection)
        return;
    const BootClock::time_point now = BootClock::now();
    for (const ReplyQueue::Open &open : m_connection->takeOpenRequests())
        Q_EMIT requestAbandoned({m_generation, open.number}, Abandoned::LinkLost,
                                duration_cast<milliseconds>(now - open.arrived));
}

void CometaClient::handleAttached()
{
    ++m_generation;
    m_heartbeat = m_connection->attachReply().heartbeat;
    m_conflictSince = 0ns;
    m_error = Error::None;
    m_errorString.clear();
    m_statusCode = 0;
    setState(State::Attached);
}

void CometaClient::handleMessage(quint64 number, const QByteArray &message)
{
    const RequestId id{m_generation, number};
    if (m_handler)
        reply(id, m_handler(message));
    else
        Q_EMIT requestReceived(id, message);
}

void CometaClient::handleClosed(const LinkFailure &failure)
{
    if (m_state == State::Attached && BootClock::now() - m_connection->attachedAt() >= StableAfter)
        m_backoff->reset();
    LinkFailure told = failure;
    const milliseconds delay = delayAfter(failure);
    if (failure.status == 409 && delay > 10s)
        told.text =
            tr("Another device uses the id %1 on this server: choose another device id in the "
               "settings, or stop the other device.")
                .arg(m_deviceId);
    setError(told);
    abandonOpenRequests();
    if (!m_connection || m_connection.get() != sender())
        return; // a slot has detached or attached anew
    m_connection.release()->deleteLater();
    if (!m_reconnect)
        return setState(State::Disconnected);
    m_retry->start(delay);
    setState(State::Waiting);
}

milliseconds CometaClient::delayAfter(const LinkFailure &failure)
{
    if (failure.status == 409) {
        const nanoseconds now = BootClock::now().time_since_epoch();
        if (m_conflictSince == 0ns)
            m_conflictSince = now;
        const bool oldLink = now - m_conflictSince < 2 * m_heartbeat + ConflictMargin;
        return oldLink ? m_backoff->between(5s, 10s) : m_backoff->between(30s, Backoff::Cap);
    }
    m_conflictSince = 0ns;
    const milliseconds delay = m_backoff->next();
    if (failure.status == 401 || failure.status == 403 || failure.status == 407)
        return RefusedRetry + delay / 10;
    return std::max<milliseconds>(delay, failure.retryAfter.value_or(0s));
}
