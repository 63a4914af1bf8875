// SPDX-License-Identifier: Apache-2.0
#include "promptfacts.h"

#include "plain.h"
#include "visibletext.h"

#include <QCoreApplication>

#include <algorithm>

#include <pwd.h>
#include <unistd.h>

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("PromptFacts", text);
}

QString visible(const QString &text)
{
    return VisibleText::encode(text.toUtf8());
}

QString link(const PromptPlace &place)
{
    if (place.encrypted)
        return tr("encrypted");
    return place.isLocal ? tr("on this computer") : tr("not encrypted");
}

// Letters that are shown as they are; what is shown as an escape deceives nobody.
bool hasForeignLetters(const VisibleText &text)
{
    const QList<QList<VisibleText::Segment>> lines = text.lines();
    return std::any_of(lines.cbegin(), lines.cend(), [](const QList<VisibleText::Segment> &line) {
        return std::any_of(line.cbegin(), line.cend(), [](const VisibleText::Segment &segment) {
            return segment.kind == VisibleText::Kind::NonAscii;
        });
    });
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
    return tr("from %1 · application “%2” · %3")
        .arg(visible(place.server), visible(place.application), link(place));
}

QString measure(const Request &request, const PromptPlace &place)
{
    const int lines = VisibleText(request.command).lineCount();
    std::chrono::seconds limit = place.timeLimit;
    if (request.timeout.count() > 0)
        limit = std::min(limit, request.timeout);
    return tr("%1, %2 · runs as %3 in %4, at most %5")
        .arg(lines == 1 ? tr("1 line") : tr("%1 lines").arg(lines),
             Plain::size(request.command.size()), visible(place.user), visible(place.home),
             Plain::duration(limit));
}

QStringList warnings(const Request &request, const PromptPlace &place)
{
    const VisibleText text(request.command);
    QStringList found;
    if (text.hasHidden())
        found.append(tr(
            "It contains hidden characters. They are shown as marked escapes, such as \\u{202E}."));
    if (hasForeignLetters(text))
        found.append(
            tr("It contains letters that are not ASCII (underlined). They can look like others."));
    if (!place.encrypted && !place.isLocal)
        found.append(
            tr("The link is not encrypted: anyone on the way could have sent or changed this."));
    if (!request.ignored.isEmpty())
        found.append(tr("Parts of the request that are not understood and have no effect: %1")
                         .arg(visible(request.ignored.join(QLatin1String(", ")))));
    return found;
}

QString reason(const Request &request)
{
    if (request.reason.isEmpty())
        return {};
    return tr("Says the requester (unverified): %1").arg(visible(request.reason));
}

QString ending(RequestState state, const QString &by)
{
    switch (state) {
    case RequestState::Expired:
        return tr("Expired: nobody decided in time. It was not run.");
    case RequestState::Withdrawn:
        return tr("Withdrawn: the connection was lost. It was not run.");
    case RequestState::Cancelled:
        return tr("Cancelled by the requester. It was not run.");
    case RequestState::Denied:
        return tr("Denied. It was not run.");
    case RequestState::Stopped:
        return tr("Stopped. It was not run.");
    case RequestState::Approved:
    case RequestState::Running:
    case RequestState::Finished:
    case RequestState::TimedOut:
        return tr("Approved already (by %1).").arg(by);
    case RequestState::Failed:
    case RequestState::Interrupted:
        return tr("It has failed. See the window for the reason.");
    case RequestState::Received:
    case RequestState::AwaitingApproval:
    case RequestState::Invalid:
    case RequestState::Busy:
        return tr("It was refused and was not run.");
    }
    Q_UNREACHABLE();
}

} // namespace PromptFacts
