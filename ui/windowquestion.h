// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

class Agent;
class QWidget;

// Whether everything shall be allowed for a time. A yes is one for the attachment that the question
// names: it closes when the link is lost, another server may send, or nothing may be allowed.
namespace WindowQuestion {

void ask(Agent *agent, QWidget *parent, std::chrono::minutes length);

} // namespace WindowQuestion
