// SPDX-License-Identifier: Apache-2.0
#include "rules.h"

#include "visibletext.h"

#include <algorithm>
#include <utility>

namespace {

bool isSameDecision(const Rule &a, const Rule &b)
{
    return a.verdict == b.verdict && a.command == b.command && a.scope == b.scope;
}

auto named(const QString &id)
{
    return [&id](const Rule &rule) { return rule.id == id; };
}

} // namespace

Rules::Now Rules::systemNow()
{
    return {QDateTime::currentDateTimeUtc(), BootClock::now()};
}

Rules::Rules(Clock clock) : m_clock(std::move(clock)) { }

QString Rules::problem(const Rule &rule) const
{
    if (rule.command.isEmpty() || rule.scope.isEmpty() || rule.id.isEmpty())
        return tr("A rule needs a command and a server.");
    // The owner cannot have seen what it allows.
    if (rule.verdict == Rule::Verdict::Allow && VisibleText(rule.command).hasHidden())
        return tr("A command with hidden characters cannot be allowed for good.");
    if (isOver(rule))
        return tr("The rule would already be over.");
    return {};
}

bool Rules::add(const Rule &rule)
{
    if (!problem(rule).isEmpty())
        return false;
    m_rules.removeIf([&rule](const Rule &other) { return isSameDecision(other, rule); });
    m_rules.append(rule);
    return true;
}

bool Rules::remove(const QString &id)
{
    return m_rules.removeIf(named(id)) > 0;
}

void Rules::clearKept()
{
    m_rules.removeIf([](const Rule &rule) { return !rule.forSession; });
}

bool Rules::isOver(const Rule &rule) const
{
    const Now now = m_clock();
    return (rule.until.isValid() && now.wall >= rule.until)
        || (rule.untilBoot && now.boot >= *rule.untilBoot)
        || (rule.usesLeft && *rule.usesLeft <= 0);
}

const Rule *Rules::match(const QByteArray &command, const QString &scope) const
{
    const Rule *decides = nullptr;
    for (const Rule &rule : m_rules) {
        if (rule.command != command || rule.scope != scope || isOver(rule))
            continue;
        if (rule.verdict == Rule::Verdict::Deny)
            return &rule;
        decides = &rule;
    }
    return decides;
}

bool Rules::use(const QString &id)
{
    const auto rule = std::find_if(m_rules.begin(), m_rules.end(), named(id));
    if (rule == m_rules.end() || !rule->usesLeft)
        return false;
    --*rule->usesLeft;
    return true;
}

bool Rules::hasOver() const
{
    return std::any_of(m_rules.cbegin(), m_rules.cend(),
                       [this](const Rule &rule) { return isOver(rule); });
}

QList<Rule> Rules::takeOver()
{
    QList<Rule> over;
    m_rules.removeIf([this, &over](const Rule &rule) {
        if (!isOver(rule))
            return false;
        over.append(rule);
        return true;
    });
    return over;
}
