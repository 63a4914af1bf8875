// SPDX-License-Identifier: Apache-2.0
#include "report.h"

#include "agent.h"
#include "errorline.h"
#include "jsontext.h"
#include "visibletext.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QMetaEnum>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

void tell(const QString &line)
{
    ErrorLine::write(line.toUtf8());
}

template<typename Enum>
QString nameOf(Enum value)
{
    return QString::fromLatin1(QMetaEnum::fromType<Enum>().valueToKey(static_cast<int>(value)))
        .toLower();
}

} // namespace

Report::Report(Agent *agent, bool json, bool verbose, QObject *parent)
    : QObject(parent), m_agent(agent), m_json(json), m_isVerbose(verbose)
{
    connect(agent, &Agent::stateChanged, this, &Report::handleStateChanged);
    connect(agent, &Agent::requestAdded, this, &Report::handleRequest);
    connect(agent, &Agent::requestChanged, this, &Report::handleRequest);
    connect(agent, &Agent::requestEnded, this, &Report::handleEnded);
}

void Report::handleStateChanged()
{
    tellState();
    QString line;
    switch (m_agent->state()) {
    case CometaClient::State::Attached:
        line = tr("attached to %1 as device %2").arg(m_agent->scope(), m_agent->deviceId());
        break;
    case CometaClient::State::Waiting:
        line = m_agent->problem();
        break;
    case CometaClient::State::Paused:
        line = tr("paused: resume with cometactl resume");
        break;
    case CometaClient::State::Disconnected:
        line = m_agent->problem();
        break;
    case CometaClient::State::Connecting:
        if (m_isVerbose)
            tell(tr("connecting to %1").arg(m_agent->scope()));
        return;
    case CometaClient::State::Attaching:
        return; // said when it is known how it ended
    }
    if (!line.isEmpty() && line != m_lastLine)
        tell(line);
    m_lastLine = line;
    if (!m_agent->warning().isEmpty() && m_agent->warning() != m_lastWarning)
        tell(tr("warning: %1").arg(m_agent->warning()));
    m_lastWarning = m_agent->warning();
}

void Report::tellState()
{
    const QString state = nameOf(m_agent->state());
    const QString detail = m_agent->problem();
    if (!m_json || m_lastState == state + u' ' + detail)
        return;
    m_lastState = state + u' ' + detail;
    write({{u"event"_s, u"state"_s},
           {u"state"_s, state},
           {u"error"_s, nameOf(m_agent->client().error())},
           {u"detail"_s, detail}});
}

void Report::handleRequest(const ActiveRequest *request)
{
    if (!hasEnded(request->state())) // an end is told with its outcome
        tellRequest(request, nullptr);
    if (request->state() == RequestState::AwaitingApproval)
        tell(tr("request %1 waits for your approval: cometactl review %1")
                 .arg(request->request().name));
}

void Report::handleEnded(const ActiveRequest *request, const Outcome &outcome)
{
    tellRequest(request, &outcome);
}

void Report::tellRequest(const ActiveRequest *request, const Outcome *outcome)
{
    if (m_isVerbose)
        ErrorLine::write(tr("request %1 is %2: ")
                             .arg(request->request().name, stateName(request->state()))
                             .toUtf8()
                         + request->request().command);
    if (!m_json)
        return;
    const QString by = request->decidedBy();
    QJsonObject object{{u"event"_s, u"request"_s},
                       {u"request"_s, request->request().name},
                       {u"state"_s, stateName(request->state())},
                       {u"cmd"_s, VisibleText::encode(request->request().command)},
                       {u"by"_s, by.isEmpty() ? QJsonValue() : QJsonValue(by)},
                       {u"exit"_s, QJsonValue()},
                       {u"signal"_s, QJsonValue()}};
    if (outcome && outcome->exitCode)
        object[u"exit"_s] = *outcome->exitCode;
    if (outcome && outcome->signal != 0)
        object[u"signal"_s] = signalName(outcome->signal);
    write(object);
}

void Report::write(QJsonObject object) const
{
    object[u"t"_s] = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
    const QByteArray line = JsonText::line(QJsonDocument(object)) + '\n';
    std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stdout);
    std::fflush(stdout);
}
