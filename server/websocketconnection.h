// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "devicesession.h"
#include "websocketdecoder.h"

#include <QObject>
#include <QPointer>

class PeerSocket;

// One open WebSocket of a device: what its client sends is a request to the device, replies and the
// device's events go out. Closed when the device leaves.
class WebSocketConnection final : public QObject
{
    Q_OBJECT

public:
    using Clock = DeviceSession::Clock;
    using CloseCode = WebSocketFrame::CloseCode;

    static constexpr qint64 MaximumBehind = 1024 * 1024; // bytes that its client has not taken
    static constexpr std::chrono::seconds PingInterval{30}; // of silence
    static constexpr std::chrono::seconds Silence{75}; // then it is dropped
    static constexpr std::chrono::seconds LingerTime{2}; // for the client's end of a close

    // Takes the socket over.
    WebSocketConnection(PeerSocket *socket, DeviceSession *device, QObject *parent);
    ~WebSocketConnection() override;

    // acceptance: the head that ends the handshake. early: what came right behind the handshake.
    void start(const QByteArray &acceptance, const QByteArray &early);
    void checkDeadlines(Clock::time_point now);

Q_SIGNALS:
    void ended(); // once; the connection is of no use any more

private:
    void handleReadyRead();
    void handleDisconnected();
    void handleDeviceEnded();
    void takeBytes(const QByteArray &bytes);
    void takeItem(const WebSocketDecoder::Item &item);
    void takeMessage(const QByteArray &message);
    void handleAnswer(DeviceSession::Outcome outcome, const QByteArray &reply);
    void sendMessage(const QByteArray &message);
    void write(const QByteArray &frame);
    void close(CloseCode code);

    PeerSocket *m_socket;
    QPointer<DeviceSession> m_device;
    WebSocketDecoder m_decoder;
    Clock::time_point m_lastSeen;
    Clock::time_point m_closedAt;
    bool m_isAsking = false; // a request of this client is with the device
    bool m_hasPinged = false; // since it was last seen
    bool m_isClosing = false; // a close frame was written, nothing follows it
    bool m_hasEnded = false;
};
