// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "controlclient.h"
#include "ctlusage.h"
#include "lineinput.h"
#include "pagedquestion.h"
#include "terminalrows.h"

#include <QJsonArray>
#include <QObject>

// cometactl review: shows each request that waits for approval and asks what to do with it. Only a
// line "a" or "approve" that was typed when the question had stood there for AnswerDelay approves,
// and only the command that was shown, to its end. Without a terminal it shows and decides nothing.
class CtlReview final : public QObject
{
    Q_OBJECT

public:
    CtlReview(const CtlUsage &usage, const QString &socketPath, QObject *parent = nullptr);

    void start();

Q_SIGNALS:
    void finished(int exitCode); // once

private:
    enum class Step { Status, Requests, Decision };

    void handleAnswer(const QJsonObject &answer);
    void handleFailure(const QString &error);
    void handleLine(const QByteArray &line);
    void takeRequests(const QJsonArray &requests);
    void showNext();
    [[nodiscard]] TerminalRows question(const QJsonObject &request, int columns) const;
    void ask(const QString &text);
    void decide(const QString &decision);

    CtlUsage m_usage;
    ControlClient m_client;
    LineInput m_input{LineInput::Rest::IsDropped};
    Step m_step = Step::Status;
    QJsonObject m_status;
    QJsonArray m_waiting; // the first one is shown
    PagedQuestion m_question; // of the first one
    QByteArray m_shown; // SHA-256 of the command that is on the screen
    QString m_decision; // under way: "approve" or "deny"
    bool m_isTerminal;
    int m_exitCode = 0;
};
