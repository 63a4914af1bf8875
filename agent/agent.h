// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "activerequest.h"
#include "approvalgate.h"
#include "cometaclient.h"
#include "journal.h"
#include "linklog.h"
#include "networkwatch.h"
#include "proxylogin.h"
#include "rulebook.h"
#include "settings.h"
#include "warmspare.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <memory>

class ControlSocket;
class EventSender;
class KnownServers;
struct CommandJob;
struct Refusal;

// The device agent: link, requests, approval, execution, journal and outbox tied together. The only
// class that knows all of them. The window and the control socket listen to it and call approve,
// deny, stop; without them it works all the same.
class Agent final : public QObject
{
    Q_OBJECT

public:
    // Who can be asked. Headless: cometactl review. Window: the prompt, and nothing else approves.
    enum class Owner { Headless, Window };

    Agent(const Settings &settings, Owner owner, QObject *parent = nullptr);
    ~Agent() override;

    // Opens journal and control socket. False with one line that says what to do.
    [[nodiscard]] bool open(QString *errorString);
    void start(); // attaches, or stays Disconnected when the settings have problems
    // Stops what runs, answers it where the link is up, detaches. shutDownDone() follows within 4
    // s.
    void shutDown();

    [[nodiscard]] const Settings &settings() const { return m_settings; }
    // Records the change and attaches anew when the link is concerned. newPassword: there is
    // another for the proxy, wherever the settings say.
    void setSettings(const Settings &settings, bool newPassword = false);

    [[nodiscard]] CometaClient::State state() const { return m_client.state(); }
    [[nodiscard]] const CometaClient &client() const { return m_client; }
    [[nodiscard]] QString scope() const; // "host:port/application"
    [[nodiscard]] QString problem() const; // one line with the remedy: link, journal; empty: none
    [[nodiscard]] QString
    warning() const; // lasting: the link is in the clear, everything is approved, …
    // Not in the clear beyond loopback, and not while rules that may deny are off.
    [[nodiscard]] bool mayApproveAutomatically() const;
    [[nodiscard]] bool isLinkTrusted() const; // encrypted, loopback, or the owner says so
    [[nodiscard]] QString deviceId() const; // as set, or the default
    // With these settings: as set, else on port 443, where a CA, a pin or a
    // certificate is set, and where it was encrypted before.
    [[nodiscard]] bool wantsTls(const Settings &settings) const;
    // The password for the proxy is not there, so that nothing is attached; problem() says why.
    [[nodiscard]] bool lacksLogin() const { return !m_loginProblem.isEmpty(); }
    [[nodiscard]] Journal *journal() { return &m_journal; }
    [[nodiscard]] RuleBook *rules() { return &m_rules; }
    [[nodiscard]] const LinkLog &linkLog() const { return m_linkLog; }
    [[nodiscard]] int outboxCount() const;

    // A window: everything is approved until then. 1..60 min. Only while attached, where something
    // may be approved by itself. Ended by endWindow(), loss of the link.
    void openWindow(std::chrono::minutes length);
    void endWindow();
    [[nodiscard]] QDateTime windowUntil() const; // invalid: none is open

    // The screen is locked or another session is in front: the window ends, and where the settings
    // say so what waits and what comes is denied. Present until told otherwise.
    void setOwnerPresent(bool present);
    void wakeUp(); // attaches at once where the link is down

    // Alive, in the order of arrival. The pointers are valid until requestEnded().
    [[nodiscard]] QList<ActiveRequest *> requests() const { return m_requests; }
    [[nodiscard]] ActiveRequest *request(const QString &name) const; // null: not alive
    [[nodiscard]] int awaitingCount() const;
    [[nodiscard]] int runningCount() const;

    // sha256: of the command that was shown. False with one line that says why.
    bool approve(const QString &name, const QByteArray &sha256, QString *errorString);
    bool deny(const QString &name, const QString &reason, QString *errorString);
    bool stop(const QString &name, QString *errorString);
    void stopAll(); // also what waits
    void stopRunning();
    void pause();
    void resume();
    // Queues an event of the owner's; false with one line when it is too long or cannot be stored.
    bool sendEvent(const QByteArray &payload, QString *errorString);

Q_SIGNALS:
    void stateChanged(); // link, problem, warning or window
    // Each request for a command, in state Received; what becomes of it follows at once.
    void requestAdded(ActiveRequest *request);
    void requestChanged(ActiveRequest *request);
    // It is gone from requests(); the pointer is valid until the slots have returned.
    void requestEnded(ActiveRequest *request, const Outcome &outcome);
    void settingsChanged();
    void outboxChanged(int count);
    void shutDownDone();

private:
    void connectLink();
    void connectLogin();
    void attach();
    void attachThrough(const ProxyOptions &proxy);
    void handleLoginMissing(Keychain::Trouble trouble, const QString &problem);
    void handleLoginTimer();
    void tellLoginProblem(const QString &problem);
    void dropLogin();
    void handleStateChanged(CometaClient::State state);
    void handleMessage(RequestId id, const QByteArray &message);
    void handleCommand(const Request &request, const QByteArray &message);
    void handleQuery(const Request &request);
    void handleCancel(const Request &request);
    [[nodiscard]] ApprovalGate::Conditions conditions() const;
    void prepareSpare();
    [[nodiscard]] CommandJob jobOf(const Request &request, const Rule *rule) const;
    void handleReplyDue(ActiveRequest *request);
    void handleEnded(ActiveRequest *request, const Outcome &outcome);
    void forgetAnswered();
    void handleAbandoned(RequestId id, CometaClient::Abandoned why, std::chrono::milliseconds age);
    void sendResult(const Request &request, const QString &scope, const Outcome &outcome);
    void refuse(RequestId id, const QByteArray &message, const Refusal &refusal);
    void tellInterrupted();
    void finishShutDown();
    [[nodiscard]] std::chrono::milliseconds replyBudget() const;
    [[nodiscard]] Journal::Retention retention() const;
    [[nodiscard]] int count(RequestState first, RequestState second) const;

    Settings m_settings;
    Owner m_owner;
    CometaClient m_client;
    Journal m_journal;
    LinkLog m_linkLog{&m_client, &m_journal};
    RuleBook m_rules{&m_journal};
    ApprovalGate m_gate{[this](const QString &id) { return m_rules.use(id); }};
    WarmSpare m_spare;
    NetworkWatch m_network;
    ProxyLogin m_login;
    QString m_loginProblem; // why there is none; empty: there is, or it is looked for
    QTimer m_loginTimer;
    bool m_mayAskToUnlock = true; // for this search
    std::unique_ptr<KnownServers> m_knownServers;
    std::unique_ptr<EventSender> m_events;
    std::unique_ptr<ControlSocket> m_control;
    QList<ActiveRequest *> m_requests; // children of this
    // Requests of this connection by id, ended ones too: a reply that was given may still wait for
    // those before it when the link is lost.
    QHash<RequestId, QString> m_names;
    std::optional<std::chrono::milliseconds>
        m_learntBudget; // the server gave up sooner than we thought
    Deadline m_window;
    QDateTime m_windowUntil;
    Deadline m_shutDown;
    bool m_isInTheClear = false; // the link was, when it was last attached
    bool m_isShuttingDown = false;
    bool m_isShutDown = false;
    bool m_isOwnerPresent = true;
    QTimer m_prune;
};
