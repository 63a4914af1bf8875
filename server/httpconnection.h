// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "devicesession.h"
#include "httprequest.h"
#include "httpresponse.h"

#include <QObject>

class Application;
class PeerSocket;
class Router;

// One connection of somebody who speaks HTTP: requests one after the other, answered in order. When
// the request is an attach, the socket passes on to a DeviceSession and this ends; when it asks for
// a WebSocket, to a WebSocketConnection.
class HttpConnection final : public QObject
{
    Q_OBJECT

public:
    using Clock = DeviceSession::Clock;

    static constexpr std::chrono::seconds HeadTime{10}; // for a head, and between two requests
    static constexpr std::chrono::seconds BodyTime{30}; // for head and body together
    static constexpr std::chrono::seconds ReadTime{30}; // to read the last answer
    static constexpr qint64 MaximumUnread = 1024 * 1024; // bytes of answers; then no more requests
    static constexpr std::chrono::seconds LingerTime{2}; // to read why a request was refused

    // Takes the socket over. The router outlives this.
    HttpConnection(PeerSocket *socket, const Router *router, QObject *parent);

    void start(); // reads what has come already
    void checkDeadlines(Clock::time_point now);

private:
    void handleReadyRead();
    void handleWritten();
    void handleDisconnected();
    void takeBytes();
    void decide();
    void attach(Application *application, const QString &device);
    void openWebSocket(Application *application, DeviceSession *device);
    void logRequest(int status) const;
    void handleAnswer(DeviceSession::Outcome outcome, const QByteArray &data);
    void answer(const HttpResponse &response);
    [[nodiscard]] std::chrono::seconds patience() const;

    PeerSocket *m_socket; // child, or null when it was passed on
    const Router *m_router;
    HttpRequest m_request;
    QByteArray m_bytes; // received and not taken yet
    Clock::time_point m_since; // when the request under way began, or the last answer was given
    bool m_isAnswering = false; // a device is asked
    bool m_hasContinued = false;
    bool m_isClosing = false; // no request is taken any more
};
