// SPDX-License-Identifier: Apache-2.0
#include "rules.h"

#include "visibletext.h"

bool Rules::add(const Rule &rule)
{
    if (rule.command.isEmpty() || rule.scope.isEmpty())
        return false;
    // The owner cannot have seen what it allows.
    if (rule.verdict == Rule::Verdict::Allow && VisibleText(rule.command).hasHidden())
        return false;
    if (!m_rules.contains(rule))
        m_rules.append(rule);
    return true;
}

bool Rules::remove(const Rule &rule)
{
    return m_rules.removeOne(rule);
}

std::optional<Rule::Verdict> Rules::match(const QByteArray &command, const QString &scope) const
{
    std::optional<Rule::Verdict> verdict;
    for (const Rule &rule : m_rules) {
        if (rule.command != command || rule.scope != scope)
            continue;
        if (rule.verdict == Rule::Verdict::Deny)
            return Rule::Verdict::Deny;
        verdict = Rule::Verdict::Allow;
    }
    return verdict;
}
