// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chunkdecoder.h"
#include "statistics.h"

#include <QObject>
#include <QString>

#include <chrono>
#include <functional>

class PeerSocket;

// One attached device on its socket, from the attach reply until the connection ends. It has at
// most one request at a time. After a time-out it stays busy until the late reply came, since
// nothing on the wire would tell that reply from the next one.
class DeviceSession final : public QObject
{
    Q_OBJECT

public:
    using Clock = std::chrono::steady_clock;
    enum class Outcome { Replied, TimedOut, Lost };
    using Answer = std::function<void(Outcome, const QByteArray &)>; // called exactly once

    struct Timing
    {
        std::chrono::milliseconds heartbeat =
            std::chrono::seconds(60); // silent for twice that: detached
        std::chrono::milliseconds timeout = std::chrono::seconds(60); // of a request
    };

    // Takes the socket over. total counts what goes through and must outlive the session.
    DeviceSession(PeerSocket *socket, const QString &id, const QByteArray &info,
                  const Timing &timing, Statistics *total, QObject *parent);
    ~DeviceSession() override;

    [[nodiscard]] const QString &id() const { return m_id; }
    [[nodiscard]] const QByteArray &info() const { return m_info; }
    [[nodiscard]] QString address() const; // "address:port"
    [[nodiscard]] const Statistics &statistics() const { return m_statistics; }
    [[nodiscard]] qint64 connectedAt() const { return m_connectedAt; } // epoch seconds
    [[nodiscard]] qint64 lastHeartbeat() const { return m_lastHeartbeat; } // epoch seconds
    [[nodiscard]] bool isBusy() const { return m_request != RequestState::None; }

    // Writes the attach reply; early are bytes that came right behind the attach request.
    void start(const QByteArray &early);
    // message is 1 byte to 1 MiB; only when not busy.
    void send(const QByteArray &message, Answer answer);
    void detach();
    void checkDeadlines(Clock::time_point now);

Q_SIGNALS:
    void eventReceived(const QByteArray &event);
    void ended(const QString &reason);

private:
    enum class RequestState { None, Open, Late };

    void handleReadyRead();
    void takeBytes(const QByteArray &bytes);
    void takeMessage(const QByteArray &data);
    void takeReply(const QByteArray &data);
    void finish(const QString &reason);
    void answerRequest(Outcome outcome, const QByteArray &data);

    PeerSocket *m_socket;
    QString m_id;
    QByteArray m_info;
    Timing m_timing;
    Statistics *m_total;
    Statistics m_statistics;
    ChunkDecoder m_decoder;
    Clock::time_point m_lastSeen;
    Clock::time_point m_sentAt;
    qint64 m_connectedAt;
    qint64 m_lastHeartbeat;
    RequestState m_request = RequestState::None;
    bool m_hasEnded = false;
    Answer m_answer;
};
