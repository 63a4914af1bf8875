// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

struct TerminalSize;

// What is asked about, a screenful at a time, and the question: it comes when all of the rows have
// been on the screen.
class PagedQuestion final
{
public:
    PagedQuestion() = default;
    // goOn: what can be entered between two screenfuls; Return goes on.
    PagedQuestion(const QStringList &rows, const QStringList &question, const QString &goOn)
        : m_rows(rows), m_question(question), m_goOn(goOn)
    {
    }

    // What comes next, up to where something is entered. The last line is open.
    [[nodiscard]] QString next(const TerminalSize &size);
    [[nodiscard]] bool asks() const { return m_asks; } // that was the question itself
    [[nodiscard]] QString again() const { return m_prompt; } // only what is to be answered

private:
    QStringList m_rows;
    QStringList m_question;
    QString m_goOn;
    QString m_prompt;
    qsizetype m_shown = 0; // rows
    bool m_asks = false;
};
