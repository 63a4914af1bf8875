// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "attachreply.h"
#include "chunkdecoder.h"
#include "connector.h"
#include "deadline.h"
#include "refusal.h"
#include "replyqueue.h"
#include "responsehead.h"

#include <QObject>

#include <memory>

class DeliveryWatch;
class Tunnel;
class QSslCertificate;
class QSslError;
class QTcpSocket;

// Where to attach and as whom.
struct AttachTarget
{
    QString host; // as normalisedHost() gave it
    quint16 port = 0;
    QString applicationId;
    QString deviceId;
    QByteArray info;
    TlsOptions tls;
    ProxyOptions proxy;
};

// One connection, from the look-up of the name to its loss: TCP, TLS, attach, then chunk frames
// both ways and the heartbeat. Used once; closed() comes exactly once unless close() was called.
class Connection final : public QObject
{
    Q_OBJECT

public:
    enum class Phase { Connecting, Attaching, Attached, Closed };

    Connection(const AttachTarget &target, const LinkTimeouts &timeouts, QObject *parent = nullptr);
    ~Connection() override;

    void open();
    // No signal but finished() follows; what is buffered is still written, for at most 2 s.
    void close();

    [[nodiscard]] bool isEncrypted() const { return m_target.tls.enabled; }
    [[nodiscard]] bool isLoopback() const;
    // Of the server, good or not, once it was seen.
    [[nodiscard]] std::optional<QSslCertificate> peerCertificate() const;
    [[nodiscard]] const AttachReply &attachReply() const { return m_reply; }
    [[nodiscard]] BootClock::time_point attachedAt() const { return m_attachedAt; }
    [[nodiscard]] QList<ReplyQueue::Open> takeOpenRequests() { return m_requests.takeAll(); }

    bool reply(quint64 number, const QByteArray &data);
    bool sendEvent(const QByteArray &payload, quint64 ticket); // false: not attached, or full
    bool sendHeartbeat(quint64 ticket); // one more than is due; false: not attached

Q_SIGNALS:
    void stepReached(CometaClient::Step step, const QString &detail);
    void attaching();
    void attached();
    void messageReceived(quint64 number, const QByteArray &message);
    void serverGaveUp(quint64 number, std::chrono::milliseconds age);
    void heartbeatSent();
    void eventDelivered(quint64 ticket);
    void closed(const LinkFailure &failure);
    void finished(); // after close(): the socket is gone

private:
    void fail(const LinkFailure &failure);
    void fail(CometaClient::Error error, const QString &text);
    void handleConnected();
    void openTunnel();
    void beginLink();
    void handleEncrypted();
    void handleTlsErrors(const QList<QSslError> &errors);
    void handleSocketError();
    void handleDisconnected();
    void sendAttach();
    void handleReadyRead();
    [[nodiscard]] bool canRead() const;
    void readPiece();
    void readRest(); // all of it in this turn
    [[nodiscard]] QString wantsTls() const;
    [[nodiscard]] QString notCometa() const;
    void readHead(QByteArrayView *bytes);
    void readRefusal(QByteArrayView bytes);
    void finishRefusal();
    void readChunks(QByteArrayView bytes);
    void handleFirstChunk(const QByteArray &body);
    void handleMessage(const QByteArray &message);
    void handleHeartbeat();
    void handleDeadline();
    void armChunkDeadline();
    [[nodiscard]] bool isStalled() const;
    void scheduleHeartbeat();
    [[nodiscard]] QString silence() const; // of the one that we wait for while connecting
    [[nodiscard]] QString place() const; // "host port N", for sentences

    AttachTarget m_target;
    LinkTimeouts m_timeouts;
    Phase m_phase = Phase::Connecting;
    ProxyOptions m_proxy; // of this connection: never System
    Connector m_connector;
    std::unique_ptr<QTcpSocket> m_socket;
    std::unique_ptr<Tunnel> m_tunnel; // through the proxy; null: there is none
    DeliveryWatch *m_deliveries = nullptr; // child of this
    ResponseHead m_head;
    QByteArray m_refusal; // body of an answer other than 200
    ChunkDecoder m_chunks;
    AttachReply m_reply;
    ReplyQueue m_requests;
    quint64 m_lastNumber = 0;
    BootClock::time_point m_attachedAt;
    Deadline m_deadline; // of the step under way: connect, head, chunk, refusal
    Deadline m_heartbeat;
    quint64 m_acknowledgedAtBeat = 0;
    bool m_handshakeExplained = false;
};
