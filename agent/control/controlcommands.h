// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonArray>
#include <QJsonObject>

class ActiveRequest;
class Agent;
struct RequestRow;

// What can be asked of the agent through its control socket:
//   {"do":"status"} {"do":"requests"} {"do":"approve","request":R,"sha256":…}
//   {"do":"deny","request":R,"reason":…} {"do":"stop","request":R|null} {"do":"pause"}
//   {"do":"resume"}
//   {"do":"event","payload":base64}
//   -> {"ok":true,…} or {"ok":false,"error":"one line that says what to do"}
// "requests" answers {"requests":[…]}: the last 100 that ended, then those that are alive, oldest
// first.
class ControlCommands final
{
public:
    ControlCommands(Agent *agent, bool allowApprove);

    [[nodiscard]] QJsonObject answer(const QJsonObject &request) const;

private:
    [[nodiscard]] QJsonObject status() const;
    [[nodiscard]] QJsonObject requests() const;
    [[nodiscard]] QJsonObject approve(const QJsonObject &request) const;
    [[nodiscard]] QJsonObject deny(const QJsonObject &request) const;
    [[nodiscard]] QJsonObject stop(const QJsonObject &request) const;
    [[nodiscard]] QJsonObject event(const QJsonObject &request) const;

    Agent *m_agent;
    bool m_allowApprove;
};

// The members that cometactl shows of a request; those of an alive one say more.
[[nodiscard]] QJsonObject describe(const RequestRow &row);
[[nodiscard]] QJsonObject describe(const ActiveRequest &request);
