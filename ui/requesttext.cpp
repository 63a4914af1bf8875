// SPDX-License-Identifier: Apache-2.0
#include "requesttext.h"

#include "colours.h"
#include "journalrows.h"
#include "plain.h"
#include "visibletext.h"

#include <QCoreApplication>

namespace RequestText {
namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RequestText)
};

QString visible(const QString &text)
{
    return VisibleText::encode(text.toUtf8());
}

bool isDeniedByOwner(const RequestRow &row)
{
    return row.state == RequestState::Denied && row.by == QLatin1String("user");
}

QString ignored(const Request &request)
{
    return VisibleText::encode(request.ignored.join(QLatin1String(", ")).toUtf8());
}

} // namespace

QString state(RequestState state)
{
    switch (state) {
    case RequestState::Received:
        return Text::tr("received");
    case RequestState::AwaitingApproval:
        return Text::tr("waiting for you");
    case RequestState::Approved:
        return Text::tr("approved");
    case RequestState::Running:
        return Text::tr("running");
    case RequestState::Finished:
        return Text::tr("finished");
    case RequestState::Invalid:
        return Text::tr("invalid");
    case RequestState::Busy:
        return Text::tr("refused, too many");
    case RequestState::Denied:
        return Text::tr("denied");
    case RequestState::Expired:
        return Text::tr("expired");
    case RequestState::Withdrawn:
        return Text::tr("withdrawn");
    case RequestState::Failed:
        return Text::tr("failed");
    case RequestState::TimedOut:
        return Text::tr("timed out");
    case RequestState::Stopped:
        return Text::tr("stopped");
    case RequestState::Cancelled:
        return Text::tr("cancelled");
    case RequestState::Interrupted:
        return Text::tr("interrupted");
    }
    Q_UNREACHABLE();
}

QString symbol(RequestState state)
{
    switch (state) {
    case RequestState::Received:
    case RequestState::AwaitingApproval:
        return QStringLiteral("?");
    case RequestState::Approved:
    case RequestState::Running:
        return QStringLiteral("▶");
    case RequestState::Finished:
        return QStringLiteral("●");
    case RequestState::Invalid:
    case RequestState::Busy:
    case RequestState::Denied:
        return QStringLiteral("✕");
    case RequestState::Expired:
    case RequestState::Withdrawn:
    case RequestState::Cancelled:
        return QStringLiteral("○");
    case RequestState::Stopped:
        return QStringLiteral("■");
    case RequestState::Failed:
    case RequestState::TimedOut:
    case RequestState::Interrupted:
        return QStringLiteral("!");
    }
    Q_UNREACHABLE();
}

QString symbolAndState(RequestState which)
{
    return symbol(which) + u' ' + state(which);
}

QColor colour(RequestState state, const QPalette &palette)
{
    switch (state) {
    case RequestState::Received:
    case RequestState::AwaitingApproval:
        return Colours::of(Colours::Amber, palette);
    case RequestState::Approved:
    case RequestState::Running:
        return Colours::of(Colours::Blue, palette);
    case RequestState::Finished:
        return Colours::of(Colours::Green, palette);
    case RequestState::Failed:
    case RequestState::TimedOut:
    case RequestState::Interrupted:
    case RequestState::Invalid:
        return Colours::of(Colours::Red, palette);
    case RequestState::Busy:
    case RequestState::Denied:
    case RequestState::Expired:
    case RequestState::Withdrawn:
    case RequestState::Stopped:
    case RequestState::Cancelled:
        return Colours::of(Colours::Grey, palette);
    }
    Q_UNREACHABLE();
}

QString decidedBy(const QString &by)
{
    if (by == QLatin1String("user"))
        return Text::tr("you");
    if (by == QLatin1String("window"))
        return Text::tr("“allow everything”");
    if (by == QLatin1String("all"))
        return Text::tr("approve all");
    if (by == QLatin1String("policy"))
        return Text::tr("settings");
    if (by == QLatin1String("rule"))
        return Text::tr("rule");
    return visible(by);
}

QString exit(const Outcome &outcome)
{
    if (!outcome.hasRun)
        return {};
    if (outcome.exitCode)
        return Text::tr("exit %1").arg(*outcome.exitCode);
    return outcome.signal > 0 ? signalName(outcome.signal) : QString();
}

QString facts(const RequestRow &row)
{
    QStringList parts{state(row.state), Plain::dateTime(row.received), visible(row.scope)};
    if (!row.by.isEmpty())
        parts.append(Text::tr("decided by %1").arg(decidedBy(row.by)));
    if (!exit(row.outcome).isEmpty())
        parts.append(exit(row.outcome));
    if (row.outcome.hasRun)
        parts.append(Plain::duration(row.outcome.duration));
    if (!row.outcome.detail.isEmpty())
        parts.append(isDeniedByOwner(row)
                         ? Text::tr("your reason: %1").arg(visible(row.outcome.detail))
                         : visible(row.outcome.detail));
    if (!row.request.reason.isEmpty())
        parts.append(
            Text::tr("says the requester (unverified): %1").arg(visible(row.request.reason)));
    if (!row.request.ignored.isEmpty())
        parts.append(Text::tr("not understood, without effect: %1").arg(ignored(row.request)));
    return parts.join(QStringLiteral(" · "));
}

QString report(const RequestRow &row)
{
    QStringList lines{Text::tr("Request: %1").arg(visible(row.request.name)),
                      Text::tr("Command: %1").arg(VisibleText::encode(row.request.command)),
                      Text::tr("State: %1").arg(state(row.state)),
                      Text::tr("Received: %1").arg(Plain::dateTime(row.received)),
                      Text::tr("From: %1").arg(visible(row.scope))};
    if (!row.request.reason.isEmpty())
        lines.append(
            Text::tr("Says the requester (unverified): %1").arg(visible(row.request.reason)));
    if (!row.request.ignored.isEmpty())
        lines.append(Text::tr("Not understood, without effect: %1").arg(ignored(row.request)));
    if (!row.by.isEmpty())
        lines.append(Text::tr("Decided by: %1").arg(decidedBy(row.by)));
    if (row.outcome.hasRun) {
        if (!exit(row.outcome).isEmpty())
            lines.append(Text::tr("Ended: %1").arg(exit(row.outcome)));
        lines.append(Text::tr("Duration: %1").arg(Plain::duration(row.outcome.duration)));
        lines.append(Text::tr("Output: %1").arg(Plain::size(row.outputBytes)));
        lines.append(Text::tr("Errors: %1").arg(Plain::size(row.errorBytes)));
    }
    if (!row.outcome.detail.isEmpty())
        lines.append(Text::tr("Detail: %1").arg(visible(row.outcome.detail)));
    return lines.join(u'\n') + u'\n';
}

} // namespace RequestText
