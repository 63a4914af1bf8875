// SPDX-License-Identifier: Apache-2.0
#include "ruletext.h"

#include "plain.h"

#include <QCoreApplication>
#include <QStringList>

namespace {

QString tr(const char *text, int n = -1)
{
    return QCoreApplication::translate("RuleText", text, nullptr, n);
}

} // namespace

namespace RuleText {

QString decision(Rule::Verdict verdict)
{
    return verdict == Rule::Verdict::Allow ? tr("● allow") : tr("✕ deny");
}

QString end(const Rule &rule)
{
    QStringList parts;
    if (rule.forSession)
        parts.append(tr("this session"));
    if (rule.until.isValid())
        parts.append(tr("until %1").arg(Plain::shortTime(rule.until)));
    if (rule.usesLeft)
        parts.append(*rule.usesLeft == 1 ? tr("once more")
                                         : tr("%1 more times").arg(*rule.usesLeft));
    return parts.isEmpty() ? tr("until removed") : parts.join(QStringLiteral(", "));
}

} // namespace RuleText
