// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sendrefusal.h"
#include "sendreply.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

// Waits for the outcome of a request that was answered with "pending". Looks at the events that the
// server keeps, which does not disturb the device, and asks the device itself now and then, and
// where the server keeps none. Goes on when the device or the server is away for a while.
class ResultWatch final : public QObject
{
    Q_OBJECT

public:
    struct Pace
    {
        std::chrono::milliseconds events{1'000}; // between two looks at the server
        std::chrono::milliseconds device{30'000}; // between two questions to the device
        std::chrono::milliseconds deviceOnly{3'000}; // the same, when the server keeps no events
    };

    ResultWatch(const SendOptions &options, SendRequest *server, QObject *parent = nullptr);

    void setPace(const Pace &pace); // before start()
    void start(const QString &request); // the device's name for it
    void stop();

Q_SIGNALS:
    void stateChanged(const QString &state); // "awaiting-approval", "running"
    void troubled(const QString &why); // for now; it goes on. Empty: it is over
    void ended(const SendReply &reply); // Kind::Ended or Kind::Unknown; then it has stopped
    void refused(const SendRefusal &refusal); // the server does not talk to us any more

private:
    enum class Question { Events, Device };

    void lookNext();
    void ask(Question question);
    void handleAnswer(const SendRequest::Answer &answer);
    void handleFailure(const QString &error);
    void takeEvents(const QByteArray &body);
    void takeDeviceAnswer(const QByteArray &body);
    void takeRefusal(const SendRequest::Answer &answer);
    void setTrouble(const QString &why);
    void end(const SendReply &reply);

    SendOptions m_options;
    SendRequest *m_server;
    QTimer m_next;
    Pace m_pace;
    QString m_request;
    qint64 m_since = 0;
    Question m_question = Question::Events;
    bool m_hasEvents = true; // the server keeps them
    bool m_isWatching = false;
    QDeadlineTimer m_deviceDue; // the next question to the device
    std::optional<SendReply> m_cut; // from an event too short for all of it
    QString m_trouble;
};
