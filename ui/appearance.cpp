// SPDX-License-Identifier: Apache-2.0
#include "appearance.h"

#include "agent.h"
#include "plain.h"
#include "stateicon.h"
#include "visibletext.h"

#include <QCoreApplication>

#include <algorithm>

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Appearance)
};

QString waitingSentence(int awaiting)
{
    return awaiting == 1 ? Text::tr("A command waits for you")
                         : Text::tr("%1 commands wait for you").arg(awaiting);
}

QString runningSentence(int running)
{
    return running == 1 ? Text::tr("A command is running")
                        : Text::tr("%1 commands are running").arg(running);
}

QString retrySentence(const AgentStatus &status)
{
    const auto seconds = (status.timeToRetry.count() + 999) / 1000;
    if (seconds <= 0)
        return Text::tr("Not connected to %1").arg(status.server);
    return Text::tr("Not connected to %1, next try in %2 s").arg(status.server).arg(seconds);
}

// A lost network mends itself; a refusal needs the owner.
bool needsOwner(CometaClient::Error error)
{
    using Error = CometaClient::Error;
    return error == Error::Protocol || error == Error::Authorization || error == Error::Parameters
        || error == Error::Internal;
}

Appearance problem(const AgentStatus &status)
{
    return {Appearance::Kind::Problem, 0, Text::tr("Problem"), status.problem};
}

QString serverText(const Settings &settings)
{
    const bool usual = settings.port == 443 || settings.server.isEmpty();
    return usual ? settings.server
                 : QStringLiteral("%1:%2").arg(settings.server).arg(settings.port);
}

QString newestCommand(Agent *agent)
{
    RequestFilter filter;
    filter.limit = 1;
    const QList<RequestRow> rows = agent->journal()->requests(filter);
    return rows.isEmpty() ? QString() : VisibleText::encodeShort(rows.first().request.command, 60);
}

constexpr qsizetype MaximumColumns = 80; // of the tool tip

qint64 secondsLeft(const AgentStatus &status)
{
    return std::max<qint64>(0, QDateTime::currentDateTimeUtc().secsTo(status.windowUntil));
}

int minutesLeft(const AgentStatus &status)
{
    return int((secondsLeft(status) + 59) / 60);
}

QString windowSentence(const AgentStatus &status)
{
    return Text::tr("Everything is approved, %1").arg(windowLeft(status));
}

} // namespace

AgentStatus AgentStatus::of(Agent *agent)
{
    const CometaClient &client = agent->client();
    AgentStatus status;
    status.state = agent->state();
    status.error = agent->lacksLogin() ? CometaClient::Error::Authorization : client.error();
    status.configured = agent->settings().problems().isEmpty();
    status.server = serverText(agent->settings());
    status.application = agent->settings().application;
    status.device = agent->deviceId();
    status.encrypted = client.isEncrypted();
    status.attachment = client.generation();
    status.mayAllowAll =
        status.state == CometaClient::State::Attached && agent->mayApproveAutomatically();
    status.rulesAreOff = !agent->rules()->problem().isEmpty();
    status.problem = agent->problem();
    status.warning = agent->warning();
    status.awaiting = agent->awaitingCount();
    status.running = agent->runningCount();
    status.windowUntil = agent->windowUntil();
    status.timeToRetry = client.timeToRetry();
    status.lastRequest = newestCommand(agent);
    return status;
}

Appearance linkAppearance(const AgentStatus &status)
{
    using Kind = Appearance::Kind;
    switch (status.state) {
    case CometaClient::State::Disconnected:
        if (!status.configured && !status.server.isEmpty() && !status.application.isEmpty())
            return {Kind::Problem, 0, Text::tr("A setting is wrong"), status.problem};
        if (!status.configured)
            return {Kind::Disconnected, 0, Text::tr("Not set up"),
                    Text::tr("Not set up yet: enter server and application in the settings")};
        if (needsOwner(status.error) && !status.problem.isEmpty())
            return problem(status);
        return {Kind::Disconnected, 0, Text::tr("Not connected"), Text::tr("Not connected")};
    case CometaClient::State::Connecting:
    case CometaClient::State::Attaching:
        return {Kind::Connecting, 0, Text::tr("Connecting"),
                Text::tr("Connecting to %1").arg(status.server)};
    case CometaClient::State::Attached:
        return {Kind::Attached, 0, Text::tr("Attached"),
                Text::tr("Attached to %1").arg(status.server)};
    case CometaClient::State::Waiting:
        return {needsOwner(status.error) ? Kind::Problem : Kind::Disconnected, 0,
                Text::tr("Not connected"), retrySentence(status)};
    case CometaClient::State::Paused:
        return {Kind::Paused, 0, Text::tr("Paused"),
                Text::tr("Paused: detached, no commands come in")};
    }
    Q_UNREACHABLE();
}

Appearance windowAppearance(const AgentStatus &status)
{
    return {Appearance::Kind::WindowOpen, minutesLeft(status), Text::tr("“Allow everything” is on"),
            windowSentence(status)};
}

Appearance Appearance::of(const AgentStatus &status)
{
    if (status.awaiting > 0)
        return {Kind::WaitingForOwner, status.awaiting, Text::tr("Waiting for you"),
                waitingSentence(status.awaiting)};
    if (status.state == CometaClient::State::Attached && !status.problem.isEmpty())
        return problem(status);
    if (status.windowUntil.isValid())
        return windowAppearance(status);
    if (status.running > 0)
        return {Kind::Running, 0, Text::tr("Running"), runningSentence(status.running)};
    return linkAppearance(status);
}

QIcon Appearance::icon() const
{
    return stateIcon(*this);
}

QString windowLeft(const AgentStatus &status)
{
    const qint64 seconds = secondsLeft(status);
    return seconds > 60 ? Text::tr("%1 min left").arg(minutesLeft(status))
                        : Text::tr("%1 s left").arg(seconds);
}

QString trayToolTip(const AgentStatus &status)
{
    const Appearance appearance = Appearance::of(status);
    QStringList lines{Text::tr("Cometa Agent: %1").arg(appearance.word)};
    const auto add = [&lines](const QString &line) {
        const QString wrapped = Plain::wrapped(line, MaximumColumns);
        if (!line.isEmpty() && !lines.contains(wrapped))
            lines.append(wrapped);
    };
    add(linkAppearance(status).sentence);
    add(status.awaiting > 0 ? waitingSentence(status.awaiting) : QString());
    add(status.running > 0 ? runningSentence(status.running) : QString());
    if (status.windowUntil.isValid())
        add(windowSentence(status));
    add(status.missed > 0 ? Text::tr("%1 missed").arg(status.missed) : QString());
    add(status.problem);
    add(status.warning);
    if (!status.lastRequest.isEmpty())
        add(Text::tr("Last: %1").arg(status.lastRequest));
    return lines.join(u'\n');
}
