// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

// So long a question stands whole on the terminal before an answer to it can be typed. What was
// typed until then was on its way before its writer could have read the question.
constexpr std::chrono::milliseconds AnswerDelay{700};
