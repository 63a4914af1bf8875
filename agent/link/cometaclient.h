// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "requestid.h"

#include <QByteArray>
#include <QDateTime>
#include <QObject>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>

class LinkPrivate;

// TLS of the link. There is no switch that ignores errors.
struct TlsOptions
{
    bool enabled = false;
    QString caFile; // PEM; empty: the system's certificates
    QString pin;    // 64 hex digits, SHA-256 of the DER SubjectPublicKeyInfo, in addition to the chain
    QString certificateFile; // PEM, client certificate; empty: none
    QString keyFile;         // PEM, its key

    friend bool operator==(const TlsOptions &, const TlsOptions &) = default;
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
    // The steps of an attach, for those who show progress.
    enum class Step { Resolved, Connected, Encrypted, AttachSent, Attached };
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
    [[nodiscard]] int statusCode() const;      // HTTP status of the last refusal; 0 when there was none
    [[nodiscard]] QString server() const;
    [[nodiscard]] quint16 port() const;
    [[nodiscard]] QString deviceId() const;
    [[nodiscard]] bool isEncrypted() const;
    [[nodiscard]] bool isLoopback() const; // the address that we are connected to, not its name
    [[nodiscard]] std::chrono::seconds heartbeatInterval() const; // the server's hint, 1..300 s, default 60
    [[nodiscard]] QDateTime serverTime() const; // from the attach reply; invalid when it had none
    // The server's request time-out from the attach reply ("timeout", an addition); 0 when unknown.
    [[nodiscard]] std::chrono::milliseconds serverTimeout() const;
    [[nodiscard]] std::chrono::milliseconds timeToRetry() const; // in Waiting
    [[nodiscard]] quint64 generation() const;  // counts attaches from 1

    // Take effect at the next attach.
    void setServer(const QString &host, quint16 port);
    void setApplication(const QString &applicationId);
    void setTls(const TlsOptions &tls);
    void setReconnect(bool enabled); // default true; false: one attempt, then Disconnected

    // info: free text about the platform, sent with the attach. Errors::Parameters when an id or the
    // server is not usable.
    void attach(const QString &deviceId, const QByteArray &info);
    void detach();   // Disconnected; writes what is buffered
    void pause();    // Paused: detached until resume()
    void resume();
    void retryNow(); // in Waiting: the network is back or the machine woke

    // One handler instead of requestReceived: what it returns is the reply.
    void setRequestHandler(Handler handler);
    // False when that request can no longer be answered. Replies go out in the order in which their
    // requests came: one given early waits for those before it. data: 1..1 MiB, not ambiguous.
    bool reply(RequestId id, const QByteArray &data);
    // A number for eventDelivered(), or 0: not attached, too long, or the link is full; then try later.
    quint64 sendEvent(const QByteArray &payload);

Q_SIGNALS:
    void stateChanged(CometaClient::State state);
    void errorOccurred(CometaClient::Error error);
    void stepReached(CometaClient::Step step, const QString &detail);
    void requestReceived(RequestId id, const QByteArray &message);
    // It was not answered and cannot be any more. age: from its arrival to now.
    void requestAbandoned(RequestId id, CometaClient::Abandoned why, std::chrono::milliseconds age);
    void heartbeatSent();
    // The peer's TCP has acknowledged the event.
    void eventDelivered(quint64 ticket);

private:
    std::unique_ptr<LinkPrivate> d;
};
