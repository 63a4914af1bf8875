// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "activerequest.h"
#include "cometaclient.h"
#include "journal.h"
#include "rules.h"
#include "settings.h"

#include <QObject>

#include <memory>

class ControlSocket;
class Outbox;

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
    // Records the change and attaches anew when the link is concerned.
    void setSettings(const Settings &settings);

    [[nodiscard]] CometaClient::State state() const { return m_client.state(); }
    [[nodiscard]] const CometaClient &client() const { return m_client; }
    [[nodiscard]] QString scope() const; // "host:port/application"
    [[nodiscard]] QString problem() const; // one line with the remedy: link, journal; empty: none
    [[nodiscard]] QString
    warning() const; // lasting: the link is in the clear, everything is approved, …
    [[nodiscard]] bool mayApproveAutomatically() const; // not in the clear beyond loopback
    [[nodiscard]] QString deviceId() const;
    [[nodiscard]] Journal *journal() { return &m_journal; }
    [[nodiscard]] Rules *rules() { return &m_rules; }
    [[nodiscard]] int outboxCount() const;

    // A window: everything is approved until then. 1..60 min. Ended by endWindow(), loss of the
    // link.
    void openWindow(std::chrono::minutes length);
    void endWindow();
    [[nodiscard]] QDateTime windowUntil() const; // invalid: none is open

    // Alive, in the order of arrival. The pointers are valid until requestEnded().
    [[nodiscard]] QList<ActiveRequest *> requests() const { return m_requests; }
    [[nodiscard]] ActiveRequest *request(const QString &name) const; // null: not alive
    [[nodiscard]] int awaitingCount() const;
    [[nodiscard]] int runningCount() const;

    // sha256: of the command that was shown. False with one line that says why.
    bool approve(const QString &name, const QByteArray &sha256, QString *errorString);
    bool deny(const QString &name, const QString &reason, QString *errorString);
    bool stop(const QString &name, QString *errorString);
    void stopAll();
    void pause();
    void resume();
    // Queues an event of the owner's; false with one line when it is too long or cannot be stored.
    bool sendEvent(const QByteArray &payload, QString *errorString);

Q_SIGNALS:
    void stateChanged(); // link, problem, warning or window
    void requestAdded(ActiveRequest *request); // a command that waits or runs
    void requestChanged(ActiveRequest *request);
    // It is gone from requests(); the pointer is valid until the slots have returned.
    void requestEnded(ActiveRequest *request, const Outcome &outcome);
    void settingsChanged();
    void shutDownDone();

private:
    Settings m_settings;
    Owner m_owner;
    CometaClient m_client;
    Journal m_journal;
    Rules m_rules;
    std::unique_ptr<Outbox> m_outbox;
    QList<ActiveRequest *> m_requests;
};
