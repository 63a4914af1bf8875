// SPDX-License-Identifier: Apache-2.0
#include "websocketconnection.h"

#include "httpresponse.h"
#include "peersocket.h"

#include <utility>

WebSocketConnection::WebSocketConnection(PeerSocket *socket, DeviceSession *device, QObject *parent)
    : QObject(parent), m_socket(socket), m_device(device), m_lastSeen(Clock::now())
{
    m_socket->setParent(this);
    connect(m_socket, &PeerSocket::readyRead, this, &WebSocketConnection::handleReadyRead);
    connect(m_socket, &PeerSocket::disconnected, this, &WebSocketConnection::handleDisconnected);
    connect(device, &DeviceSession::eventReceived, this, &WebSocketConnection::sendMessage);
    connect(device, &DeviceSession::ended, this, &WebSocketConnection::handleDeviceEnded);
}

WebSocketConnection::~WebSocketConnection()
{
    m_socket->disconnect(this);
}

void WebSocketConnection::start(const QByteArray &acceptance, const QByteArray &early)
{
    m_socket->write(acceptance);
    takeBytes(early);
    handleReadyRead();
}

void WebSocketConnection::checkDeadlines(Clock::time_point now)
{
    if (m_isClosing ? now - m_closedAt > LingerTime : now - m_lastSeen > Silence) {
        m_socket->abort();
    } else if (!m_isClosing && now - m_lastSeen > PingInterval
               && !std::exchange(m_hasPinged, true)) {
        write(WebSocketFrame::ping());
    }
}

void WebSocketConnection::handleReadyRead()
{
    while (!m_hasEnded && m_socket->hasBytes())
        takeBytes(m_socket->read());
}

void WebSocketConnection::handleDisconnected()
{
    if (!std::exchange(m_hasEnded, true))
        Q_EMIT ended();
}

void WebSocketConnection::handleDeviceEnded()
{
    if (m_isAsking)
        sendMessage(HttpResponse::message(418).body);
    close(CloseCode::GoingAway);
}

void WebSocketConnection::takeBytes(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return;
    m_lastSeen = Clock::now();
    m_hasPinged = false;
    const QList<WebSocketDecoder::Item> items = m_decoder.feed(bytes);
    for (const WebSocketDecoder::Item &item : items)
        takeItem(item);
    if (m_decoder.hasFailed())
        close(m_decoder.error());
}

void WebSocketConnection::takeItem(const WebSocketDecoder::Item &item)
{
    switch (item.kind) {
    case WebSocketDecoder::Kind::Message:
        return takeMessage(item.data);
    case WebSocketDecoder::Kind::Ping:
        return write(WebSocketFrame::pong(item.data));
    case WebSocketDecoder::Kind::Pong:
        return;
    case WebSocketDecoder::Kind::Close:
        close(CloseCode::Normal);
        m_socket->close();
        return;
    }
}

void WebSocketConnection::takeMessage(const QByteArray &message)
{
    if (m_isClosing)
        return;
    if (message.isEmpty())
        return sendMessage(HttpResponse::message(400).body);
    if (m_device->isBusy())
        return sendMessage(HttpResponse::message(423).body);
    m_isAsking = true;
    // A client who leaves does not stop the device's request.
    const QPointer<WebSocketConnection> self(this);
    m_device->send(message, [self](DeviceSession::Outcome outcome, const QByteArray &reply) {
        if (self)
            self->handleAnswer(outcome, reply);
    });
}

void WebSocketConnection::handleAnswer(DeviceSession::Outcome outcome, const QByteArray &reply)
{
    m_isAsking = false;
    switch (outcome) {
    case DeviceSession::Outcome::Replied:
        return sendMessage(reply);
    case DeviceSession::Outcome::TimedOut:
        return sendMessage(HttpResponse::message(408).body);
    case DeviceSession::Outcome::Lost: // said before the close
        return;
    }
}

void WebSocketConnection::sendMessage(const QByteArray &message)
{
    if (!m_isClosing)
        write(WebSocketFrame::message(message));
}

void WebSocketConnection::write(const QByteArray &frame)
{
    if (m_isClosing)
        return;
    if (m_socket->backlog() >= MaximumBehind)
        return close(CloseCode::TooSlow);
    m_socket->write(frame);
}

void WebSocketConnection::close(CloseCode code)
{
    if (std::exchange(m_isClosing, true))
        return;
    m_closedAt = Clock::now();
    m_socket->write(WebSocketFrame::close(code));
}
