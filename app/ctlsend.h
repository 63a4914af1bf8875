// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "resultwatch.h"
#include "sendprogress.h"
#include "sendrequest.h"

#include <QObject>

#include <cstdio>

// cometactl send: sends one command to a device, waits for its outcome and prints it. Talks to a
// server, not to an agent on this machine.
class CtlSend final : public QObject
{
    Q_OBJECT

public:
    explicit CtlSend(const SendOptions &options, QObject *parent = nullptr);

    void start();
    // Ctrl+C: ends; what is waited for by then is cancelled at the device first. Again: at once.
    void interrupt();

Q_SIGNALS:
    void finished(int exitCode); // once

private:
    enum class Step { Sending, Waiting, Cancelling, Ended };

    void handleAnswer(const SendRequest::Answer &answer);
    void handleFailure(const QString &error);
    void handleReply(const SendReply &reply);
    void handleState(const QString &state);
    void handleTrouble(const QString &why);
    void handleRefusal(const SendRefusal &refusal);
    void handleWaited();
    void waitFor(const SendReply &pending);
    void finish(const SendReply &reply);
    void finishCancelled(SendReply reply);
    void end(int exitCode, const QString &error); // error: one line, or empty
    // False: the medium does not take it.
    [[nodiscard]] bool print(const QByteArray &bytes, FILE *file) const;

    SendOptions m_options;
    SendRequest m_server;
    ResultWatch m_watch;
    SendProgress m_progress;
    Deadline m_limit; // --wait, and of cancelling
    Step m_step = Step::Sending;
    SendReply m_pending; // Waiting, Cancelling
    QString m_state; // of m_pending, as the device told it last
};
