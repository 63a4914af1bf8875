// SPDX-License-Identifier: Apache-2.0
#include "controlcommands.h"

#include "agent.h"
#include "commandrunner.h"
#include "visibletext.h"

#include <QCoreApplication>
#include <QMetaEnum>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int endedRequests = 100;
constexpr qsizetype maximumListed = 4 * 1024 * 1024; // characters of commands in one answer

QString tr(const char *text)
{
    return QCoreApplication::translate("ControlCommands", text);
}

QJsonObject done(QJsonObject object = {})
{
    object[u"ok"_s] = true;
    return object;
}

QJsonObject failed(const QString &error)
{
    return {{u"ok"_s, false}, {u"error"_s, error}};
}

template<typename Enum>
QString nameOf(Enum value)
{
    return QString::fromLatin1(QMetaEnum::fromType<Enum>().valueToKey(int(value))).toLower();
}

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QString utc(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

QJsonObject describe(const Request &request)
{
    return {{u"request"_s, request.name},
            {u"cmd"_s, VisibleText::encode(request.command)},
            {u"sha256"_s, QString::fromLatin1(request.commandSha256())},
            {u"reason"_s, orNull(request.reason)},
            {u"id"_s, request.requesterId.isNull() ? QJsonValue() : request.requesterId},
            {u"ignored"_s, QJsonArray::fromStringList(request.ignored)},
            {u"timeout"_s, qint64(request.timeout.count())}};
}

} // namespace

QJsonObject describe(const RequestRow &row)
{
    const Outcome &outcome = row.outcome;
    QJsonObject object = describe(row.request);
    object[u"received"_s] = utc(row.received);
    object[u"state"_s] = stateName(row.state);
    object[u"by"_s] = orNull(row.by);
    object[u"scope"_s] = row.scope;
    object[u"exit"_s] = outcome.exitCode ? QJsonValue(*outcome.exitCode) : QJsonValue();
    object[u"signal"_s] =
        outcome.signal != 0 ? QJsonValue(signalName(outcome.signal)) : QJsonValue();
    object[u"duration_ms"_s] = qint64(outcome.duration.count());
    object[u"stdout_bytes"_s] = row.outputBytes;
    object[u"stderr_bytes"_s] = row.errorBytes;
    return object;
}

QJsonObject describe(const ActiveRequest &request)
{
    QJsonObject object = describe(request.request());
    const CommandRunner *runner = request.runner();
    object[u"received"_s] = utc(request.receivedAt());
    object[u"state"_s] = stateName(request.state());
    object[u"by"_s] = orNull(request.decidedBy());
    object[u"scope"_s] = request.scope();
    object[u"exit"_s] = QJsonValue();
    object[u"signal"_s] = QJsonValue();
    object[u"duration_ms"_s] = QJsonValue();
    object[u"stdout_bytes"_s] = runner ? runner->standardOutput().total : 0;
    object[u"stderr_bytes"_s] = runner ? runner->standardError().total : 0;
    object[u"remaining_ms"_s] = qint64(request.approvalRemaining().count());
    return object;
}

ControlCommands::ControlCommands(Agent *agent, bool allowApprove)
    : m_agent(agent), m_allowApprove(allowApprove)
{
}

QJsonObject ControlCommands::answer(const QJsonObject &request) const
{
    const QString command = request.value("do"_L1).toString();
    if (command == "status"_L1)
        return status();
    if (command == "requests"_L1)
        return requests();
    if (command == "approve"_L1)
        return approve(request);
    if (command == "deny"_L1)
        return deny(request);
    if (command == "stop"_L1)
        return stop(request);
    if (command == "event"_L1)
        return event(request);
    if (command == "pause"_L1) {
        m_agent->pause();
        return done();
    }
    if (command == "resume"_L1) {
        m_agent->resume();
        return done();
    }
    return failed(
        tr("\"do\" must be status, requests, approve, deny, stop, pause, resume or event."));
}

QJsonObject ControlCommands::status() const
{
    const Settings &settings = m_agent->settings();
    const CometaClient &client = m_agent->client();
    const bool attached = m_agent->state() == CometaClient::State::Attached;
    const QDateTime window = m_agent->windowUntil();
    return done({
        {u"state"_s, nameOf(m_agent->state())},
        {u"server"_s, settings.server},
        {u"port"_s, settings.port},
        {u"tls"_s, attached ? client.isEncrypted() : m_agent->wantsTls(settings)},
        {u"app"_s, settings.application},
        {u"device"_s, m_agent->deviceId()},
        {u"approval"_s, settings.get(u"approve"_s)},
        {u"window_until"_s,
         window.isValid() ? QJsonValue(window.toSecsSinceEpoch()) : QJsonValue()},
        {u"awaiting"_s, m_agent->awaitingCount()},
        {u"running"_s, m_agent->runningCount()},
        {u"outbox"_s, m_agent->outboxCount()},
        {u"error"_s, nameOf(client.error())},
        {u"detail"_s, m_agent->problem()},
        {u"warning"_s, m_agent->warning()},
        {u"version"_s, QStringLiteral(COMETA_VERSION)},
        {u"pid"_s, QCoreApplication::applicationPid()},
        {u"approves"_s, m_allowApprove},
    });
}

QJsonObject ControlCommands::requests() const
{
    RequestFilter filter;
    filter.limit = endedRequests;
    for (int state = int(RequestState::Finished); state <= int(RequestState::Interrupted); ++state)
        filter.states += RequestState(state);
    qsizetype size = 0;
    QList<QJsonObject> ended;
    for (const RequestRow &row : m_agent->journal()->requests(filter)) {
        ended += describe(row);
        size += ended.constLast().value("cmd"_L1).toString().size();
        if (size > maximumListed)
            break;
    }
    QJsonArray list;
    std::for_each(ended.crbegin(), ended.crend(),
                  [&](const QJsonObject &object) { list.append(object); });
    for (const ActiveRequest *active : m_agent->requests())
        list.append(describe(*active));
    return done({{u"requests"_s, list}});
}

QJsonObject ControlCommands::approve(const QJsonObject &request) const
{
    if (!m_allowApprove)
        return failed(tr("This agent has a window: approve there."));
    const QByteArray sha256 = request.value("sha256"_L1).toString().toLatin1().toLower();
    if (sha256.size() != 64)
        return failed(tr("\"sha256\" must be the SHA-256 of the command, 64 hex digits."));
    QString error;
    const bool good = m_agent->approve(request.value("request"_L1).toString(), sha256, &error);
    return good ? done() : failed(error);
}

QJsonObject ControlCommands::deny(const QJsonObject &request) const
{
    QString error;
    const bool good = m_agent->deny(request.value("request"_L1).toString(),
                                    request.value("reason"_L1).toString(), &error);
    return good ? done() : failed(error);
}

QJsonObject ControlCommands::stop(const QJsonObject &request) const
{
    const QJsonValue name = request.value("request"_L1);
    QString error;
    if (name.isString())
        return m_agent->stop(name.toString(), &error) ? done() : failed(error);
    if (!name.isNull())
        return failed(tr("\"request\" must be the name of a request, or null for all of them."));
    m_agent->stopAll();
    return done();
}

QJsonObject ControlCommands::event(const QJsonObject &request) const
{
    const auto payload = QByteArray::fromBase64Encoding(
        request.value("payload"_L1).toString().toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    if (!payload)
        return failed(tr("\"payload\" must be base64."));
    QString error;
    return m_agent->sendEvent(*payload, &error) ? done() : failed(error);
}
