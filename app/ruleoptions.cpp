// SPDX-License-Identifier: Apache-2.0
#include "ruleoptions.h"

#include "ctlusage.h"
#include "settings.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace {

constexpr int MaximumUses = 1'000'000;

// Seconds of "90m", "8h", "30d"; nothing when it is no such length.
std::optional<qint64> lengthOf(const QString &text)
{
    static const QRegularExpression form(u"\\A([1-9][0-9]{0,4})([mhd])\\z"_s);
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const QString unit = match.captured(2);
    const qint64 seconds = unit == "m"_L1 ? 60 : unit == "h"_L1 ? 3600 : 86'400;
    return match.captured(1).toLongLong() * seconds;
}

std::optional<int> usesOf(const QString &text)
{
    static const QRegularExpression form(u"\\A[1-9][0-9]{0,6}\\z"_s);
    const int uses = form.match(text).hasMatch() ? text.toInt() : 0;
    return uses > 0 && uses <= MaximumUses ? std::optional(uses) : std::nullopt;
}

// Of the settings that an agent would start with; empty when they name no server.
QString usualScope()
{
    QString ignored;
    const std::optional<Settings> settings = Settings::load({}, &ignored);
    return settings ? RuleOptions::normalisedScope(settings->scope()) : QString();
}

} // namespace

QString RuleOptions::normalisedScope(const QString &scope)
{
    const qsizetype slash = scope.lastIndexOf(u'/');
    const qsizetype colon = slash < 0 ? -1 : scope.left(slash).lastIndexOf(u':');
    if (colon < 0)
        return {};
    QString host = scope.left(colon);
    if (host.startsWith(u'[') && host.endsWith(u']'))
        host = host.mid(1, host.size() - 2);
    Settings settings;
    const bool taken = !host.isEmpty() && !settings.set(u"server"_s, host)
        && !settings.set(u"port"_s, scope.mid(colon + 1, slash - colon - 1))
        && !settings.set(u"app"_s, scope.mid(slash + 1)) && settings.problems().isEmpty();
    return taken ? settings.scope() : QString();
}

std::optional<Rule> RuleOptions::read(const CtlUsage &usage, QString *errorString)
{
    Rule rule;
    rule.verdict = usage.has(u"allow"_s) ? Rule::Verdict::Allow : Rule::Verdict::Deny;
    if (usage.has(u"for"_s)) {
        const std::optional<qint64> length = lengthOf(usage.options.value(u"for"_s));
        if (!length) {
            *errorString = u"--for: give minutes, hours or days, such as 90m, 8h or 30d."_s;
            return std::nullopt;
        }
        rule.until = QDateTime::currentDateTimeUtc().addSecs(*length);
    }
    if (usage.has(u"uses"_s)) {
        rule.usesLeft = usesOf(usage.options.value(u"uses"_s));
        if (!rule.usesLeft) {
            *errorString = u"--uses: give a number from 1 to %1."_s.arg(MaximumUses);
            return std::nullopt;
        }
    }
    rule.keepsOutput = !usage.has(u"discard-output"_s);
    if (!rule.keepsOutput && rule.verdict == Rule::Verdict::Deny) {
        *errorString = u"--discard-output: a command that is denied writes nothing."_s;
        return std::nullopt;
    }
    rule.scope =
        usage.has(u"scope"_s) ? normalisedScope(usage.options.value(u"scope"_s)) : usualScope();
    if (rule.scope.isEmpty()) {
        *errorString = usage.has(u"scope"_s)
            ? u"--scope: give server, port and application, such as cometa.example.org:443/ops."_s
            : u"The settings name no server: give --scope HOST:PORT/APP."_s;
        return std::nullopt;
    }
    return rule;
}
