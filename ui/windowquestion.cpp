// SPDX-License-Identifier: Apache-2.0
#include "windowquestion.h"

#include "agent.h"
#include "appearance.h"
#include "questions.h"

#include <QDialog>

void WindowQuestion::ask(Agent *agent, QWidget *parent, std::chrono::minutes length)
{
    const AgentStatus asked = AgentStatus::of(agent);
    const auto holds = [agent, attachment = asked.attachment, scope = agent->scope()] {
        const AgentStatus now = AgentStatus::of(agent);
        return now.mayAllowAll && now.attachment == attachment && agent->scope() == scope;
    };
    if (!holds())
        return;
    const auto allow = [agent, length, holds] {
        if (holds())
            agent->openWindow(length);
    };
    QDialog *question = Questions::allowEverything(parent, asked, length, allow);
    const auto check = [question, holds] {
        if (!holds())
            question->reject();
    };
    QObject::connect(agent, &Agent::stateChanged, question, check);
    QObject::connect(agent, &Agent::settingsChanged, question, check);
}
