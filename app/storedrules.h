// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journal.h"
#include "rulebook.h"

// The rules of a data directory as they are on disk, also while an agent runs, and why they are not
// in force (empty: they are).
struct StoredRules
{
    QList<Rule> rules;
    QString problem;

    [[nodiscard]] static StoredRules read(const QString &directory);
    // Empty, or why no rule can be made there now; before the owner takes the trouble of an answer.
    [[nodiscard]] static QString obstacle(const QString &directory);
    [[nodiscard]] static QString path(const QString &directory); // of their file
};

// The rules of a data directory that no agent uses, to be changed.
class OpenRules final
{
public:
    enum class Doubtful { Refuse, Show }; // those that something else has changed
    // False with one line: an agent runs, the rules are off, …
    [[nodiscard]] bool open(const QString &directory, Doubtful doubtful, QString *errorString);
    [[nodiscard]] RuleBook *book() { return &m_book; }

private:
    Journal m_journal;
    RuleBook m_book{&m_journal};
};
