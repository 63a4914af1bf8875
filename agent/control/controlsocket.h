// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLocalServer>
#include <QObject>

#include <sys/types.h>

class Agent;

// cometactl's end in the agent: one JSON object a line in, one out. Only processes of our own uid
// (SO_PEERCRED). It cannot change settings or rules; it approves only for the headless agent, and
// only with the SHA-256 of the command that was shown. What it takes and answers: ControlCommands.
class ControlSocket final : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype MaximumLine =
        128 * 1024; // bytes; a longer one closes the connection
    static constexpr int MaximumConnections = 32; // more are closed at once

    // allowApprove: cometactl review may approve (the headless agent).
    ControlSocket(Agent *agent, bool allowApprove, QObject *parent = nullptr);
    ~ControlSocket() override; // removes the socket's file

    // False, with one line, when something else is at path or listens there. A socket that was left
    // behind is replaced.
    [[nodiscard]] bool listen(const QString &path, QString *errorString);
    [[nodiscard]] QString path() const { return m_path; } // empty: does not listen

    // Whether the other end of that socket belongs to a process of uid.
    [[nodiscard]] static bool isPeerOf(qintptr descriptor, uid_t uid);

private:
    void handleNewConnection();

    Agent *m_agent;
    bool m_allowApprove;
    int m_connections = 0;
    QString m_path;
    QLocalServer m_server;
};
