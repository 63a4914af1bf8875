// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proxyoptions.h"
#include "requestid.h"

#include <QByteArray>
#include <QDateTime>
#include <QObject>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

class Backoff;
class Connection;
class Deadline;
class QSslCertificate;
struct LinkFailure;

// TLS of the link. There is no switch that ignores errors.
struct TlsOptions
{
    bool enabled = false;
    QString caFile; // PEM; empty: the system's certificates
    QString pin; // 64 hex digits, SHA-256 of the DER SubjectPublicKeyInfo, in addition to the chain
    QString certificateFile; // PEM, client certificate; empty: none
    QString keyFile; // PEM, its key

    friend bool operator==(const TlsOptions &, const TlsOptions &) = default;
};

// How long a server may take for each step. All are counted from the beginning of the step.
struct LinkTimeouts
{
    std::chrono::milliseconds connect{20'000}; // name, TCP and TLS together
    std::chrono::milliseconds head{
        15'000}; // from the attach request to the end of the answer's head
    std::chrono::milliseconds chunk{60'000}; // from a chunk's first byte to its last

    friend bool operator==(const LinkTimeouts &, const LinkTimeouts &) = default;
};

// A Cometa device: attaches to a server, keeps the link alive, hands out requests and takes
// replies and events. The counterpart of the SDK's Cometa class, driven by signals. After attach()
// it comes back by itself after every loss, until detach(). Lives in the thread it is moved to.
class CometaClient final : public QObject
{
    Q_OBJECT
    Q_PROPERTY(State state READ state NOTIFY stateChanged)

public:
    // What the user can act on.
    enum class State { Disconnected, Connecting, Attaching, Attached, Waiting, Paused };
    Q_ENUM(State)
    // The SDK's numbers.
    enum class Error {
        None = 0,
        Timeout = 1,
        Network = 2,
        Protocol = 3,
        Authorization = 4,
        Parameters = 5,
        Internal = 9,
    };
    Q_ENUM(Error)
    // The steps of an attach, for those who show progress. Through a proxy there is ProxyReached
    // instead of Resolved: who the server is, is the proxy's to find out.
    enum class Step { Resolved, ProxyReached, Connected, Encrypted, AttachSent, Attached };
    Q_ENUM(Step)
    // Why a request can no longer be answered.
    enum class Abandoned { LinkLost, ServerGaveUp };
    Q_ENUM(Abandoned)

    using Handler = std::function<QByteArray(const QByteArray &)>;

    explicit CometaClient(QObject *parent = nullptr);
    ~CometaClient() override;

    [[nodiscard]] State state() const;
    [[nodiscard]] Error error() const;
    [[nodiscard]] QString errorString() const; // one sentence that says what to do
    [[nodiscard]] int statusCode() const; // HTTP status of the last refusal; 0 when there was none
    [[nodiscard]] QString server() const;
    [[nodiscard]] quint16 port() const;
    [[nodiscard]] QString deviceId() const;
    [[nodiscard]] bool isEncrypted() const;
    [[nodiscard]] bool isLoopback() const; // the address that we are connected to, not its name;
                                           // never through a proxy, wherever that is
    // Of the server, good or not: known in the slots of stepReached() and errorOccurred() and while
    // attached; nothing without TLS.
    [[nodiscard]] std::optional<QSslCertificate> peerCertificate() const;
    [[nodiscard]] std::chrono::seconds
    heartbeatInterval() const; // the server's hint, 1..300 s, default 60
    [[nodiscard]] QDateTime serverTime() const; // from the attach reply; invalid when it had none
    // The server's request time-out from the attach reply ("timeout", an addition); 0 when unknown.
    [[nodiscard]] std::chrono::milliseconds serverTimeout() const;
    [[nodiscard]] std::chrono::milliseconds timeToRetry() const; // in Waiting
    [[nodiscard]] quint64 generation() const; // counts attaches from 1

    // Take effect at the next attach.
    void setServer(const QString &host, quint16 port);
    void setApplication(const QString &applicationId);
    void setTls(const TlsOptions &tls);
    void setProxy(const ProxyOptions &proxy); // default: none
    void setReconnect(bool enabled); // default true; false: one attempt, then Disconnected
    void setTimeouts(const LinkTimeouts &timeouts);

    // info: free text about the platform, sent with the attach. Error::Parameters when an id or the
    // server is not usable; then it stays Disconnected.
    void attach(const QString &deviceId, const QByteArray &info);
    void detach(); // Disconnected at once; detached() follows
    void pause(); // Paused: detached until resume()
    void resume();
    void retryNow(); // in Waiting: the network is back or the machine woke

    // One handler instead of requestReceived: what it returns is the reply.
    void setRequestHandler(Handler handler);
    // False when that request can no longer be answered. Replies go out in the order in which their
    // requests came: one given early waits for those before it. data: 1..1 MiB, not ambiguous.
    bool reply(RequestId id, const QByteArray &data);
    // A number for eventDelivered(), or 0: not attached, too long, or the link is full; then try
    // later.
    quint64 sendEvent(const QByteArray &payload);
    // One more than is due, to see whether it arrives: a number for eventDelivered(), or 0.
    quint64 sendHeartbeat();

Q_SIGNALS:
    void stateChanged(CometaClient::State state);
    void errorOccurred(CometaClient::Error error);
    void stepReached(CometaClient::Step step, const QString &detail);
    void requestReceived(RequestId id, const QByteArray &message);
    // It was not answered and cannot be any more. age: from its arrival to now.
    void requestAbandoned(RequestId id, CometaClient::Abandoned why, std::chrono::milliseconds age);
    void heartbeatSent();
    void detached(); // after detach(): what was buffered has been written, or 2 s have passed
    // The peer's TCP has acknowledged the event.
    void eventDelivered(quint64 ticket);

private:
    void setState(State state);
    void setError(const LinkFailure &failure);
    void connectNow();
    // Drops the connection, which still writes what is buffered; null when there was none.
    const Connection *retire(State next);
    void abandonOpenRequests();
    void handleAttached();
    void handleMessage(quint64 number, const QByteArray &message);
    void handleClosed(const LinkFailure &failure);
    [[nodiscard]] std::chrono::milliseconds delayAfter(const LinkFailure &failure);
    [[nodiscard]] QString parameterProblem() const;

    QString m_server;
    quint16 m_port = 443;
    QString m_applicationId;
    QString m_deviceId;
    QByteArray m_info;
    TlsOptions m_tls;
    ProxyOptions m_proxy;
    LinkTimeouts m_timeouts;
    bool m_reconnect = true;
    Handler m_handler;

    State m_state = State::Disconnected;
    Error m_error = Error::None;
    QString m_errorString;
    int m_statusCode = 0;
    quint64 m_generation = 0;
    quint64 m_lastTicket = 0;
    std::chrono::seconds m_heartbeat{60};
    std::unique_ptr<Connection> m_connection;
    std::unique_ptr<Backoff> m_backoff;
    std::unique_ptr<Deadline> m_retry;
    std::chrono::nanoseconds m_conflictSince{
        0}; // BootClock time of the first 409 in a row; 0: none
};
