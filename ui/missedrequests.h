// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QObject>

class ActiveRequest;
class Agent;
struct Outcome;

// What has expired in this run of the agent, since nobody decided, and of which the owner has not
// taken note yet.
class MissedRequests final : public QObject
{
    Q_OBJECT

public:
    struct Newest
    {
        QString name;
        QByteArray command;
        QDateTime expired;
    };

    explicit MissedRequests(const Agent *agent, QObject *parent = nullptr);

    [[nodiscard]] int count() const { return m_count; }
    [[nodiscard]] const Newest &newest() const { return m_newest; } // while count() > 0
    void dismiss(); // the owner has taken note

Q_SIGNALS:
    void changed();

private:
    void handleEnded(const ActiveRequest *request, const Outcome &outcome);

    int m_count = 0;
    Newest m_newest;
};
