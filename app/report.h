// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QString>

class ActiveRequest;
class Agent;
class QJsonObject;
struct Outcome;

// What cometa-agentd tells: a line for people on standard error whenever something changes that the
// owner should know, and with --json an object a line for each change on standard output.
class Report final : public QObject
{
    Q_OBJECT

public:
    // verbose: each step of a request is told, too.
    Report(Agent *agent, bool json, bool verbose, QObject *parent = nullptr);

private:
    void handleStateChanged();
    void handleRequest(const ActiveRequest *request);
    void handleEnded(const ActiveRequest *request, const Outcome &outcome);
    void tellState();
    void tellRequest(const ActiveRequest *request, const Outcome *outcome);
    void write(QJsonObject object) const;

    Agent *m_agent;
    bool m_json;
    bool m_isVerbose;
    QString m_lastState; // as it was told last, with its detail
    QString m_lastLine;
    QString m_lastWarning;
};
