// SPDX-License-Identifier: Apache-2.0
#include "connection.h"

#include "deliverywatch.h"
#include "hostname.h"
#include "socketstatus.h"
#include "tlssetup.h"
#include "tunnel.h"
#include "wire.h"

#include <QElapsedTimer>
#include <QSslCipher>
#include <QSslSocket>

using namespace std::chrono;
using namespace std::chrono_literals;
using Error = CometaClient::Error;
using Step = CometaClient::Step;

namespace {

constexpr qint64 ReadBuffer = 256 * 1024; // bytes that Qt may hold for us
constexpr qint64 PieceSize = 512; // bytes, taken at a time
constexpr qint64 TurnLength = 20; // ms; what is there after it has to wait for the next turn
constexpr qint64 WriteBuffer = 1024 * 1024; // bytes waiting to be written above which events wait
constexpr qsizetype MaximumRefusal = 4096; // bytes of a refusal's body that are looked at
constexpr milliseconds RefusalDeadline = 2s; // for its body
constexpr milliseconds CloseDeadline = 2s;

} // namespace

Connection::Connection(const AttachTarget &target, const LinkTimeouts &timeouts, QObject *parent)
    : QObject(parent), m_target(target), m_timeouts(timeouts), m_connector(target.tls.enabled)
{
    connect(&m_connector, &Connector::resolved, this, [this](const QString &addresses) {
        if (!m_proxy.isUsed())
            Q_EMIT stepReached(Step::Resolved, addresses);
    });
    connect(&m_connector, &Connector::connected, this, &Connection::handleConnected);
    connect(&m_connector, &Connector::failed, this,
            [this](const QString &text) { fail(Error::Network, text); });
    connect(&m_deadline, &Deadline::expired, this, &Connection::handleDeadline);
    connect(&m_heartbeat, &Deadline::expired, this, &Connection::handleHeartbeat);
}

Connection::~Connection()
{
    if (m_socket)
        m_socket->disconnect(this);
}

void Connection::open()
{
    m_deadline.start(m_timeouts.connect);
    m_proxy = m_target.proxy.resolvedFor(m_target.host, m_target.port, m_target.tls.enabled);
    if (m_proxy.isUsed())
        m_connector.start(m_proxy.host, m_proxy.port, Connector::Peer::Proxy);
    else
        m_connector.start(m_target.host, m_target.port);
}

void Connection::close()
{
    m_phase = Phase::Closed;
    m_heartbeat.stop();
    m_deadline.stop();
    m_connector.disconnect(this); // an attempt under way must not attach any more
    if (!m_socket || m_socket->state() == QAbstractSocket::UnconnectedState) {
        QMetaObject::invokeMethod(this, &Connection::finished, Qt::QueuedConnection);
        return;
    }
    m_socket->disconnect(this);
    if (m_tunnel) {
        m_socket->disconnect(m_tunnel.get());
        m_tunnel->disconnect(this);
    }
    connect(m_socket.get(), &QTcpSocket::disconnected, &m_deadline, &Deadline::stop);
    connect(m_socket.get(), &QTcpSocket::disconnected, this, &Connection::finished,
            Qt::QueuedConnection);
    m_deadline.start(CloseDeadline);
    m_socket->disconnectFromHost();
}

bool Connection::isLoopback() const
{
    return m_socket && !m_tunnel && m_socket->peerAddress().isLoopback();
}

std::optional<QSslCertificate> Connection::peerCertificate() const
{
    const auto *tls = qobject_cast<const QSslSocket *>(m_socket.get());
    if (!tls || tls->peerCertificate().isNull())
        return std::nullopt;
    return tls->peerCertificate();
}

QString Connection::place() const
{
    return CometaClient::tr("%1 port %2").arg(m_target.host).arg(m_target.port);
}

void Connection::fail(Error error, const QString &text)
{
    fail({error, 0, text, std::nullopt});
}

void Connection::fail(const LinkFailure &failure)
{
    if (m_phase == Phase::Closed)
        return;
    m_phase = Phase::Closed;
    m_deadline.stop();
    m_heartbeat.stop();
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->abort();
    }
    Q_EMIT closed(failure);
}

void Connection::handleConnected()
{
    m_socket = m_connector.takeSocket();
    m_socket->setReadBufferSize(ReadBuffer);
    SocketStatus::setTimeout(*m_socket, m_timeouts.connect);
    if (m_proxy.isUsed())
        return openTunnel();
    Q_EMIT stepReached(Step::Connected, m_socket->peerAddress().toString());
    beginLink();
}

void Connection::openTunnel()
{
    m_tunnel = std::make_unique<Tunnel>(m_socket.get(), m_proxy, m_target.host, m_target.port);
    connect(m_tunnel.get(), &Tunnel::failed, this,
            [this](const LinkFailure &failure) { fail(failure); });
    connect(m_tunnel.get(), &Tunnel::opened, this, [this] {
        Q_EMIT stepReached(Step::Connected, m_target.host);
        beginLink();
    });
    Q_EMIT stepReached(Step::ProxyReached, m_socket->peerAddress().toString());
    m_tunnel->open();
}

void Connection::beginLink()
{
    if (m_phase == Phase::Closed) // by a slot
        return;
    connect(m_socket.get(), &QTcpSocket::errorOccurred, this, &Connection::handleSocketError);
    connect(m_socket.get(), &QTcpSocket::disconnected, this, &Connection::handleDisconnected);
    connect(m_socket.get(), &QTcpSocket::readyRead, this, &Connection::handleReadyRead);
    auto *tls = qobject_cast<QSslSocket *>(m_socket.get());
    if (!tls)
        return sendAttach();

    QString error;
    const std::optional<QSslConfiguration> configuration =
        TlsSetup::configuration(m_target.tls, &error);
    if (!configuration)
        return fail(Error::Parameters, error);
    tls->setSslConfiguration(*configuration);
    tls->setPeerVerifyName(m_target.host);
    connect(tls, &QSslSocket::encrypted, this, &Connection::handleEncrypted);
    connect(tls, &QSslSocket::sslErrors, this, &Connection::handleTlsErrors);
    tls->startClientEncryption();
}

void Connection::handleTlsErrors(const QList<QSslError> &errors)
{
    fail(Error::Authorization, TlsSetup::explain(errors, m_target.host));
}

void Connection::handleEncrypted()
{
    const auto *tls = qobject_cast<const QSslSocket *>(m_socket.get());
    const QSslCertificate certificate = tls->peerCertificate();
    const QString problem = TlsSetup::peerProblem(certificate, m_target.host, m_target.tls.pin);
    if (!problem.isEmpty())
        return fail(Error::Authorization, problem);
    Q_EMIT stepReached(Step::Encrypted, tls->sessionCipher().name());
    sendAttach();
}

void Connection::sendAttach()
{
    m_phase = Phase::Attaching;
    m_deadline.start(m_timeouts.head);
    m_socket->write(Wire::attachRequest(hostField(m_target.host, m_target.port),
                                        m_target.applicationId, m_target.deviceId, m_target.info));
    Q_EMIT stepReached(Step::AttachSent, {});
    Q_EMIT attaching();
}

void Connection::handleSocketError()
{
    if (m_socket->error() == QAbstractSocket::RemoteHostClosedError)
        return; // disconnected() follows, after what is still to be read
    readRest(); // what came before the error counts
    if (m_phase == Phase::Connecting && m_target.tls.enabled)
        return fail(
            Error::Protocol,
            CometaClient::tr("No encrypted link to %1 (%2): check the port, and whether that "
                             "server uses TLS.")
                .arg(place(), TlsSetup::shortReason(m_socket->errorString())));
    fail(Error::Network,
         CometaClient::tr("The link to %1 was lost: %2.")
             .arg(place(), TlsSetup::shortReason(m_socket->errorString())));
}

void Connection::handleDisconnected()
{
    readRest();
    if (m_phase == Phase::Closed)
        return;
    if (m_phase == Phase::Attached)
        return fail(Error::Network, CometaClient::tr("The server closed the link."));
    if (m_head.isComplete() && m_head.statusCode() != 200)
        return finishRefusal();
    if (m_phase == Phase::Connecting)
        return fail(
            Error::Protocol,
            CometaClient::tr("No encrypted link to %1: the server hung up; check the port, and "
                             "whether that server uses TLS.")
                .arg(place()));
    fail(Error::Protocol,
         CometaClient::tr(
             "%1 hung up before it answered the attach: check server and port, and whether "
             "it wants encryption (TLS).")
             .arg(place()));
}

// A thousand requests at once are taken in several turns of the event loop.
void Connection::handleReadyRead()
{
    QElapsedTimer turn;
    turn.start();
    while (canRead()) {
        if (turn.hasExpired(TurnLength)) {
            QMetaObject::invokeMethod(this, &Connection::handleReadyRead, Qt::QueuedConnection);
            return;
        }
        readPiece();
    }
}

bool Connection::canRead() const
{
    return (m_phase == Phase::Attaching || m_phase == Phase::Attached) && m_socket
        && m_socket->bytesAvailable() > 0;
}

void Connection::readPiece()
{
    const QByteArray bytes = m_socket->read(PieceSize);
    QByteArrayView rest(bytes);
    if (!m_head.isComplete())
        readHead(&rest);
    if (m_phase == Phase::Closed || !m_head.isComplete())
        return;
    if (m_head.statusCode() == 200)
        readChunks(rest);
    else
        readRefusal(rest);
}

void Connection::readRest()
{
    while (canRead())
        readPiece();
}

QString Connection::wantsTls() const
{
    return CometaClient::tr("%1 wants encryption: turn TLS on in the settings (--tls).")
        .arg(place());
}

QString Connection::notCometa() const
{
    if (m_head.error() == ResponseHead::Error::BadStatusLine && !isEncrypted())
        return CometaClient::tr("%1 is not a Cometa server, or it expects encryption: check server "
                                "and port, or turn TLS on in the settings (--tls).")
            .arg(place());
    QString why = m_head.errorString();
    why.chop(1); // the full stop
    return CometaClient::tr("%1 is not a Cometa server: check server and port. (%2)")
        .arg(place(), why);
}

void Connection::readHead(QByteArrayView *bytes)
{
    const bool firstBytes = m_phase == Phase::Attaching;
    const bool looksLikeTls = firstBytes && !bytes->isEmpty() && bytes->front() == 0x15;
    *bytes = bytes->sliced(m_head.feed(*bytes));
    if (m_head.error() != ResponseHead::Error::None)
        return fail(Error::Protocol, looksLikeTls ? wantsTls() : notCometa());
    if (!m_head.isComplete())
        return;
    if (m_head.statusCode() != 200)
        return m_deadline.start(RefusalDeadline);
    if (m_head.body() != ResponseHead::Body::Chunked)
        return fail(
            Error::Protocol,
            CometaClient::tr("%1 answers, but not as a Cometa server does (its reply is not "
                             "chunked): check server and port.")
                .arg(place()));
    m_deadline.start(m_timeouts.chunk);
}

void Connection::readRefusal(QByteArrayView bytes)
{
    if (m_head.body() == ResponseHead::Body::Chunked) {
        for (const QByteArray &chunk : m_chunks.feed(bytes))
            m_refusal += chunk;
        if (m_chunks.hasEnded() || m_chunks.error() != ChunkDecoder::Error::None)
            return finishRefusal();
    } else {
        m_refusal += bytes.first(std::min(bytes.size(), MaximumRefusal));
    }
    const qint64 wanted =
        m_head.body() == ResponseHead::Body::Length ? m_head.contentLength() : MaximumRefusal;
    if (m_refusal.size() >= std::min<qint64>(wanted, MaximumRefusal)
        || m_head.body() == ResponseHead::Body::None)
        finishRefusal();
}

void Connection::finishRefusal()
{
    const AttachReply body = AttachReply::parse(m_refusal);
    const QString words = body.words.isEmpty() ? shownWords(m_head.reason()) : body.words;
    LinkFailure failure = refusedAttach(m_head.statusCode(), words, place());
    failure.retryAfter = retryAfter(m_head.value("retry-after"));
    fail(failure);
}

void Connection::readChunks(QByteArrayView bytes)
{
    for (const QByteArray &chunk : m_chunks.feed(bytes)) {
        if (m_phase == Phase::Attaching)
            handleFirstChunk(chunk);
        else
            handleMessage(chunk);
        if (m_phase == Phase::Closed)
            return;
    }
    if (m_chunks.error() != ChunkDecoder::Error::None)
        return fail(
            Error::Protocol,
            CometaClient::tr("%1 broke the protocol: %2").arg(place(), m_chunks.errorString()));
    if (m_chunks.hasEnded())
        return m_phase == Phase::Attaching
            ? fail(Error::Protocol,
                   CometaClient::tr("%1 ended its answer to the attach without a word: "
                                    "check server and port.")
                       .arg(place()))
            : fail(Error::Network, CometaClient::tr("The server ended the link."));
    if (m_phase == Phase::Attached)
        armChunkDeadline();
}

// The deadline of a chunk counts from its first byte and is not moved by the ones that follow.
void Connection::armChunkDeadline()
{
    if (m_chunks.isBetweenChunks())
        m_deadline.stop();
    else if (!m_deadline.isActive())
        m_deadline.start(m_timeouts.chunk);
}

void Connection::handleFirstChunk(const QByteArray &body)
{
    m_deadline.stop();
    m_reply = AttachReply::parse(body);
    if (!m_reply.accepted) {
        if (m_reply.status != 0)
            return fail(refusedAttach(m_reply.status, m_reply.words, place()));
        return fail(
            Error::Protocol,
            CometaClient::tr("%1 answers the attach with something that is no Cometa reply: check "
                             "server and port.")
                .arg(place()));
    }
    m_phase = Phase::Attached;
    m_attachedAt = BootClock::now();
    SocketStatus::setTimeout(*m_socket, 2 * m_reply.heartbeat);
    m_deliveries = new DeliveryWatch(m_socket.get(), this);
    connect(m_deliveries, &DeliveryWatch::delivered, this, &Connection::eventDelivered);
    scheduleHeartbeat();
    Q_EMIT stepReached(Step::Attached, m_reply.words);
    Q_EMIT attached();
}

void Connection::handleMessage(const QByteArray &message)
{
    const BootClock::time_point now = BootClock::now();
    const QList<ReplyQueue::Open> givenUp = m_requests.arrived(++m_lastNumber, now);
    const quint64 number = m_lastNumber;
    for (const ReplyQueue::Open &open : givenUp)
        Q_EMIT serverGaveUp(open.number, duration_cast<milliseconds>(now - open.arrived));
    Q_EMIT messageReceived(number, message);
}

bool Connection::reply(quint64 number, const QByteArray &data)
{
    if (m_phase != Phase::Attached || !m_requests.reply(number, data))
        return false;
    for (const QByteArray &ready : m_requests.takeReady())
        m_socket->write(Wire::frame(ready));
    m_socket->flush(); // now, not when the event loop comes round
    return true;
}

bool Connection::sendEvent(const QByteArray &payload, quint64 ticket)
{
    if (m_phase != Phase::Attached || m_socket->bytesToWrite() > WriteBuffer)
        return false;
    m_socket->write(Wire::event(payload));
    m_deliveries->add(ticket);
    return true;
}

bool Connection::sendHeartbeat(quint64 ticket)
{
    if (m_phase != Phase::Attached)
        return false;
    m_socket->write(Wire::heartbeat());
    m_deliveries->add(ticket);
    return true;
}

void Connection::scheduleHeartbeat()
{
    m_heartbeat.start(duration_cast<milliseconds>(m_reply.heartbeat) * 8 / 10);
}

// Nothing answers a heartbeat. But the one before, at least, must have been acknowledged by now.
bool Connection::isStalled() const
{
    return m_acknowledgedAtBeat > 0 && SocketStatus::unacknowledged(*m_socket) > 0
        && SocketStatus::acknowledged(*m_socket) == m_acknowledgedAtBeat;
}

void Connection::handleHeartbeat()
{
    if (isStalled())
        return fail(
            Error::Network,
            CometaClient::tr("%1 does not answer any more: the network or the server is down.")
                .arg(place()));
    m_socket->write(Wire::heartbeat());
    m_socket->flush();
    m_acknowledgedAtBeat = SocketStatus::acknowledged(*m_socket);
    scheduleHeartbeat();
    Q_EMIT heartbeatSent();
}

QString Connection::silence() const
{
    if (!m_proxy.isUsed())
        return CometaClient::tr("%1 does not answer: check server, port and firewall.")
            .arg(place());
    if (!m_tunnel)
        return CometaClient::tr("The proxy %1 does not answer: check the proxy in the settings.")
            .arg(m_proxy.toText());
    return CometaClient::tr("There is no answer from %1 through the proxy %2: check server and "
                            "port, and the proxy in the settings.")
        .arg(place(), m_proxy.toText());
}

void Connection::handleDeadline()
{
    if (m_phase == Phase::Closed) { // close() has waited long enough
        if (m_socket) {
            m_socket->disconnect(this); // or finished() would come twice
            m_socket->abort();
        }
        Q_EMIT finished();
    } else if (m_phase == Phase::Connecting) {
        fail(Error::Timeout, silence());
    } else if (m_phase == Phase::Attached) {
        fail(Error::Protocol,
             CometaClient::tr("%1 stopped in the middle of a message.").arg(place()));
    } else if (m_head.isComplete() && m_head.statusCode() != 200) {
        finishRefusal();
    } else {
        fail(Error::Timeout,
             CometaClient::tr("%1 accepts the connection but does not answer the attach: "
                              "check server and port.")
                 .arg(place()));
    }
}
