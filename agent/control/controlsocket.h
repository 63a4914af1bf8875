// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLocalServer>
#include <QObject>

class Agent;
class QLocalSocket;

// cometactl's end in the agent: one JSON object a line in, one out. Only processes of our own uid
// (SO_PEERCRED). It cannot change settings or rules; it approves only for the headless agent, and
// only with the SHA-256 of the command that was shown.
//   {"do":"status"} {"do":"requests"} {"do":"approve","request":R,"sha256":…}
//   {"do":"deny","request":R,"reason":…} {"do":"stop","request":R|null} {"do":"pause"} {"do":"resume"}
//   {"do":"event","payload":base64}
//   -> {"ok":true,…} or {"ok":false,"error":"one line that says what to do"}
class ControlSocket final : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype MaximumLine = 128 * 1024; // bytes; a longer one closes the connection
    static constexpr int MaximumConnections = 32;        // more are closed at once

    // allowApprove: cometactl review may approve (the headless agent).
    ControlSocket(Agent *agent, bool allowApprove, QObject *parent = nullptr);

    [[nodiscard]] bool listen(const QString &path, QString *errorString);
    [[nodiscard]] QString path() const;

private:
    Agent *m_agent;
    bool m_allowApprove;
    QLocalServer m_server;
};
