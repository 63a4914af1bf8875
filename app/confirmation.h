// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "terminalrows.h"
#include "terminalsize.h"

#include <optional>

// A question to the owner on the terminal that this program was started from, whatever standard
// input and output are. Waits for the answer, however long it takes.
class Confirmation final
{
public:
    Confirmation();
    ~Confirmation();
    Q_DISABLE_COPY_MOVE(Confirmation)

    [[nodiscard]] bool isPossible() const { return m_terminal >= 0; } // there is a terminal
    [[nodiscard]] TerminalSize size() const { return TerminalSize::of({m_terminal}); }
    // Shows text, by PagedQuestion, and the question. True only when "yes" and nothing else was
    // entered, and was typed when both had stood there for AnswerDelay.
    [[nodiscard]] bool ask(const TerminalRows &text, const TerminalRows &question) const;

private:
    [[nodiscard]] bool show(const QString &text) const;
    [[nodiscard]] std::optional<QByteArray> answer() const;

    int m_terminal;
};
