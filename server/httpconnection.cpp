// SPDX-License-Identifier: Apache-2.0
#include "httpconnection.h"

#include "application.h"
#include "peersocket.h"
#include "router.h"
#include "serverlog.h"
#include "websocketbridge.h"
#include "websockethandshake.h"

#include <QPointer>

#include <utility>

HttpConnection::HttpConnection(PeerSocket *socket, const Router *router, QObject *parent)
    : QObject(parent), m_socket(socket), m_router(router), m_since(Clock::now())
{
    m_socket->setParent(this);
    connect(m_socket, &PeerSocket::readyRead, this, &HttpConnection::handleReadyRead);
    connect(m_socket, &PeerSocket::disconnected, this, &HttpConnection::handleDisconnected);
    connect(m_socket, &PeerSocket::written, this, &HttpConnection::handleWritten);
}

void HttpConnection::start()
{
    if (m_socket->isOpen())
        handleReadyRead();
    else
        deleteLater();
}

void HttpConnection::checkDeadlines(Clock::time_point now)
{
    if (m_isAnswering || !m_socket)
        return;
    if (now - m_since < patience())
        return;
    if (m_request.hasStarted() && !m_isClosing)
        answer(HttpResponse::message(408));
    else
        m_socket->abort();
}

std::chrono::seconds HttpConnection::patience() const
{
    if (m_isClosing && m_socket->isOpen())
        return LingerTime;
    if (m_socket->backlog() > 0)
        return ReadTime;
    return m_request.state() == HttpRequest::State::Body ? BodyTime : HeadTime;
}

void HttpConnection::handleReadyRead()
{
    // What comes while a device is asked waits in the requester's TCP.
    while (m_socket && !m_isAnswering && m_socket->backlog() <= MaximumUnread) {
        if (m_socket->hasBytes())
            m_bytes += m_socket->read();
        if (m_isClosing)
            m_bytes.clear();
        if (m_bytes.isEmpty())
            return;
        takeBytes();
    }
}

void HttpConnection::handleWritten()
{
    if (m_isClosing || m_isAnswering || !m_socket)
        return;
    // Whoever did not read is heard again when there is room.
    if (m_socket->backlog() <= MaximumUnread && (!m_bytes.isEmpty() || m_socket->hasBytes()))
        QMetaObject::invokeMethod(this, &HttpConnection::handleReadyRead, Qt::QueuedConnection);
}

void HttpConnection::handleDisconnected()
{
    m_isClosing = true; // a device that is asked may still answer before this is deleted
    deleteLater();
}

void HttpConnection::takeBytes()
{
    while (m_socket && !m_isAnswering && !m_isClosing && !m_bytes.isEmpty()
           && m_socket->backlog() <= MaximumUnread) {
        if (!m_request.hasStarted())
            m_since = Clock::now();
        m_bytes.remove(0, m_request.feed(m_bytes));
        if (m_request.state() == HttpRequest::State::Body && m_request.expectsContinue()
            && !std::exchange(m_hasContinued, true))
            m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
        if (m_request.state() == HttpRequest::State::Refused)
            return answer(HttpResponse::message(m_request.errorStatus()));
        if (m_request.state() == HttpRequest::State::Complete)
            decide();
    }
}

void HttpConnection::decide()
{
    const Router::Decision decision = m_router->decide(m_request);
    if (const auto *response = std::get_if<HttpResponse>(&decision))
        return answer(*response);
    if (const auto *target = std::get_if<Router::Attach>(&decision))
        return attach(target->application, target->device);
    if (const auto *target = std::get_if<Router::Upgrade>(&decision))
        return openWebSocket(target->application, target->device);
    m_isAnswering = true;
    // A requester who leaves does not stop the device's request.
    const QPointer<HttpConnection> self(this);
    std::get<Router::Send>(decision).device->send(
        m_request.body(), [self](DeviceSession::Outcome outcome, const QByteArray &data) {
            if (self)
                self->handleAnswer(outcome, data);
        });
}

void HttpConnection::attach(Application *application, const QString &device)
{
    PeerSocket *socket = std::exchange(m_socket, nullptr);
    socket->disconnect(this);
    DeviceSession *session = application->attach(socket, device, m_request.body());
    session->start(m_bytes);
    deleteLater();
}

void HttpConnection::openWebSocket(Application *application, DeviceSession *device)
{
    logRequest(101);
    PeerSocket *socket = std::exchange(m_socket, nullptr);
    socket->disconnect(this);
    WebSocketConnection *webSocket = application->webSockets().open(socket, device);
    webSocket->start(WebSocketHandshake::acceptance(m_request), m_bytes);
    deleteLater();
}

void HttpConnection::logRequest(int status) const
{
    m_router->countAnswer(status);
    qCInfo(lcRequest).noquote() << m_socket->peerAddress().toString() << m_request.method()
                                << Route::shown(m_request.path()) << status;
}

void HttpConnection::handleAnswer(DeviceSession::Outcome outcome, const QByteArray &data)
{
    m_isAnswering = false;
    if (m_isClosing)
        return;
    switch (outcome) {
    case DeviceSession::Outcome::Replied:
        answer(HttpResponse::reply(data));
        break;
    case DeviceSession::Outcome::TimedOut:
        answer(HttpResponse::message(408));
        break;
    case DeviceSession::Outcome::Lost:
        answer(HttpResponse::message(418));
        break;
    }
    handleReadyRead();
}

void HttpConnection::answer(const HttpResponse &response)
{
    const bool isRefused = m_request.state() != HttpRequest::State::Complete;
    const bool keepsAlive = !isRefused && m_request.keepsAlive();
    logRequest(response.status);
    m_socket->write(response.toBytes(keepsAlive, m_request.method() == "HEAD"));
    m_request = HttpRequest();
    m_hasContinued = false;
    m_since = Clock::now();
    m_isClosing = !keepsAlive;
    // Behind a refused request more may come. A close would answer it by a reset, which takes the
    // answer with it; so it is dropped for a while.
    if (m_isClosing && !isRefused)
        m_socket->close();
}
