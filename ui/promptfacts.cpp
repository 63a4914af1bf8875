// SPDX-License-Identifier: Apache-2.0
#include "promptfacts.h"

#include "foreignletters.h"
#include "plain.h"
#include "visibletext.h"

#include <QCoreApplication>

#include <algorithm>

#include <pwd.h>
#include <unistd.h>

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PromptFacts)
};

QString visible(const QString &text)
{
    return VisibleText::encode(text.toUtf8());
}

QString link(const PromptPlace &place)
{
    if (place.encrypted)
        return Text::tr("encrypted");
    return place.isLocal ? Text::tr("on this computer") : Text::tr("not encrypted");
}

} // namespace

QString PromptPlace::currentUser()
{
    const passwd *entry = getpwuid(geteuid());
    return entry ? QString::fromLocal8Bit(entry->pw_name) : QString::number(geteuid());
}

namespace PromptFacts {

QString origin(const PromptPlace &place)
{
    return Text::tr("from %1 · application “%2” · %3")
        .arg(visible(place.server), visible(place.application), link(place));
}

QString measure(const Request &request, const PromptPlace &place)
{
    const int lines = VisibleText(request.command).lineCount();
    std::chrono::seconds limit = place.timeLimit;
    if (request.timeout.count() > 0)
        limit = std::min(limit, request.timeout);
    return Text::tr("%1, %2 · runs as %3 in %4, at most %5")
        .arg(lines == 1 ? Text::tr("1 line") : Text::tr("%1 lines").arg(lines),
             Plain::size(request.command.size()), visible(place.user), visible(place.home),
             Plain::duration(limit));
}

QStringList warnings(const Request &request, const PromptPlace &place)
{
    QStringList found;
    if (VisibleText(request.command).hasHidden())
        found.append(Text::tr(
            "It contains hidden characters. They are shown as marked escapes, such as \\u{202E}."));
    const QStringList letters = ForeignLetters::named(request.command);
    if (!letters.isEmpty())
        found.append(Text::tr("It contains letters that are not ASCII (underlined) and can look "
                              "like others: %1.")
                         .arg(letters.join(QLatin1String(", "))));
    if (!place.encrypted && !place.isLocal)
        found.append(Text::tr(
            "The link is not encrypted: anyone on the way could have sent or changed this."));
    if (!request.ignored.isEmpty())
        found.append(Text::tr("Parts of the request that are not understood and have no effect: %1")
                         .arg(visible(request.ignored.join(QLatin1String(", ")))));
    return found;
}

QString reason(const Request &request)
{
    if (request.reason.isEmpty())
        return {};
    return Text::tr("Says the requester (unverified): %1").arg(visible(request.reason));
}

QString endingTitle(RequestState state)
{
    switch (state) {
    case RequestState::Approved:
    case RequestState::Running:
    case RequestState::Finished:
    case RequestState::TimedOut:
        return Text::tr("This command was approved already");
    case RequestState::Failed:
    case RequestState::Interrupted:
        return Text::tr("This command has failed");
    case RequestState::Denied:
        return Text::tr("This command was denied and not run");
    case RequestState::Withdrawn:
        return Text::tr("This command was withdrawn and not run");
    case RequestState::Cancelled:
        return Text::tr("This command was cancelled and not run");
    case RequestState::Expired:
    case RequestState::Stopped:
    case RequestState::Received:
    case RequestState::AwaitingApproval:
    case RequestState::Invalid:
    case RequestState::Busy:
        return Text::tr("This command was not run");
    }
    Q_UNREACHABLE();
}

QString ending(RequestState state, const QString &by)
{
    switch (state) {
    case RequestState::Expired:
        return Text::tr("Expired: nobody decided in time. It was not run.");
    case RequestState::Withdrawn:
        return Text::tr("Withdrawn: the connection was lost. It was not run.");
    case RequestState::Cancelled:
        return Text::tr("Cancelled by the requester. It was not run.");
    case RequestState::Denied:
        return Text::tr("Denied. It was not run.");
    case RequestState::Stopped:
        return Text::tr("Stopped. It was not run.");
    case RequestState::Approved:
    case RequestState::Running:
    case RequestState::Finished:
    case RequestState::TimedOut:
        return Text::tr("Approved already (by %1).").arg(by);
    case RequestState::Failed:
    case RequestState::Interrupted:
        return Text::tr("It has failed. See the window for the reason.");
    case RequestState::Received:
    case RequestState::AwaitingApproval:
    case RequestState::Invalid:
    case RequestState::Busy:
        return Text::tr("It was refused and was not run.");
    }
    Q_UNREACHABLE();
}

} // namespace PromptFacts
