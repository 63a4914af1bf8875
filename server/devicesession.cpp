// SPDX-License-Identifier: Apache-2.0
#include "devicesession.h"

#include "peersocket.h"
#include "wire.h"

#include <QDateTime>

#include <utility>

using namespace Qt::StringLiterals;
using std::chrono::duration_cast;

namespace {

ChunkDecoder::Limits frameLimits()
{
    ChunkDecoder::Limits limits;
    limits.chunk = Wire::MaximumMessage + 1; // a whole message behind the event byte
    return limits;
}

QByteArray attachReply(const DeviceSession::Timing &timing, qint64 now)
{
    // The SDK's Python client looks for "msg":"200" at this very place, without blanks.
    const auto seconds = [](std::chrono::milliseconds time) {
        return QByteArray::number(
            qMax<qint64>(1, duration_cast<std::chrono::seconds>(time).count()));
    };
    const QByteArray json = R"({"msg":"200","heartbeat":)" + seconds(timing.heartbeat)
        + R"(,"timestamp":)" + QByteArray::number(now) + R"(,"timeout":)" + seconds(timing.timeout)
        + '}';
    return "HTTP/1.1 200 OK\r\n"
           "Content-Type: application/json\r\n"
           "Transfer-Encoding: chunked\r\n\r\n"
        + Wire::frame(json);
}

} // namespace

DeviceSession::DeviceSession(PeerSocket *socket, const QString &id, const QByteArray &info,
                             const Timing &timing, Statistics *total, QObject *parent)
    : QObject(parent), m_socket(socket), m_id(id), m_info(info), m_timing(timing), m_total(total),
      m_decoder(ChunkDecoder::ZeroChunk::IsMessage, frameLimits()), m_lastSeen(Clock::now()),
      m_connectedAt(QDateTime::currentSecsSinceEpoch()), m_lastHeartbeat(m_connectedAt)
{
    m_socket->setParent(this);
    connect(m_socket, &PeerSocket::readyRead, this, &DeviceSession::handleReadyRead);
    connect(m_socket, &PeerSocket::disconnected, this,
            [this] { finish(u"the device closed the connection"_s); });
}

DeviceSession::~DeviceSession()
{
    m_socket->disconnect(this);
}

QString DeviceSession::address() const
{
    return m_socket->peerAddress().toString() + u':' + QString::number(m_socket->peerPort());
}

void DeviceSession::start(const QByteArray &early)
{
    m_socket->write(attachReply(m_timing, m_connectedAt));
    takeBytes(early);
    handleReadyRead();
}

void DeviceSession::send(const QByteArray &message, Answer answer)
{
    Q_ASSERT(!isBusy() && !message.isEmpty());
    m_request = RequestState::Open;
    m_answer = std::move(answer);
    m_sentAt = Clock::now();
    m_statistics.countRequest(message.size());
    m_total->countRequest(message.size());
    m_socket->write(Wire::frame(message));
}

void DeviceSession::detach()
{
    finish(u"detached by an application"_s);
}

void DeviceSession::checkDeadlines(Clock::time_point now)
{
    if (now - m_lastSeen > 2 * m_timing.heartbeat)
        return finish(u"silent for two heartbeats"_s);
    if (m_request == RequestState::Open && now - m_sentAt >= m_timing.timeout) {
        m_request = RequestState::Late;
        answerRequest(Outcome::TimedOut, {});
    }
}

void DeviceSession::handleReadyRead()
{
    while (!m_hasEnded && m_socket->hasBytes())
        takeBytes(m_socket->read());
}

void DeviceSession::takeBytes(const QByteArray &bytes)
{
    if (m_hasEnded || bytes.isEmpty())
        return;
    m_lastSeen = Clock::now();
    const QList<QByteArray> messages = m_decoder.feed(bytes);
    for (const QByteArray &message : messages) {
        takeMessage(message);
        if (m_hasEnded)
            return;
    }
    if (m_decoder.error() != ChunkDecoder::Error::None)
        finish(u"broken frame: "_s + m_decoder.errorString());
}

void DeviceSession::takeMessage(const QByteArray &data)
{
    if (data.size() == 1 && data.front() == Wire::HeartbeatByte) {
        m_lastHeartbeat = QDateTime::currentSecsSinceEpoch();
    } else if (data.startsWith(Wire::EventByte)) {
        m_statistics.countEvent(data.size() - 1);
        m_total->countEvent(data.size() - 1);
        Q_EMIT eventReceived(data.sliced(1));
    } else {
        takeReply(data);
    }
}

void DeviceSession::takeReply(const QByteArray &data)
{
    switch (std::exchange(m_request, RequestState::None)) {
    case RequestState::None: // nobody asked
    case RequestState::Late: // its requester was told 408
        return;
    case RequestState::Open:
        const auto latency = duration_cast<std::chrono::microseconds>(Clock::now() - m_sentAt);
        m_statistics.countReply(data.size(), latency);
        m_total->countReply(data.size(), latency);
        answerRequest(Outcome::Replied, data);
        return;
    }
}

void DeviceSession::finish(const QString &reason)
{
    if (m_hasEnded)
        return;
    m_hasEnded = true;
    m_socket->disconnect(this);
    m_socket->abort();
    // First the device is gone for everybody, then its requester is told so.
    Q_EMIT ended(reason);
    if (std::exchange(m_request, RequestState::None) == RequestState::Open)
        answerRequest(Outcome::Lost, {});
}

void DeviceSession::answerRequest(Outcome outcome, const QByteArray &data)
{
    if (outcome != Outcome::Replied) {
        m_statistics.countError();
        m_total->countError();
    }
    const Answer answer = std::exchange(m_answer, {});
    answer(outcome, data);
}
