// SPDX-License-Identifier: Apache-2.0
#include "ruletext.h"

#include "plain.h"

#include <QCoreApplication>
#include <QStringList>

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RuleText)
};

} // namespace

namespace RuleText {

QString decision(Rule::Verdict verdict)
{
    return verdict == Rule::Verdict::Allow ? Text::tr("● allow") : Text::tr("✕ deny");
}

QString end(const Rule &rule)
{
    QStringList parts;
    if (rule.forSession)
        parts.append(Text::tr("this session"));
    if (rule.until.isValid())
        parts.append(Text::tr("until %1").arg(Plain::shortTime(rule.until)));
    if (rule.usesLeft)
        parts.append(*rule.usesLeft == 1 ? Text::tr("once more")
                                         : Text::tr("%1 more times").arg(*rule.usesLeft));
    if (parts.isEmpty())
        parts.append(Text::tr("until removed"));
    if (!rule.keepsOutput)
        parts.append(Text::tr("output not kept"));
    return parts.join(QStringLiteral(", "));
}

} // namespace RuleText
