// SPDX-License-Identifier: Apache-2.0
#include "ctlcommands.h"

#include "ctlprint.h"
#include "wire.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

CtlCommands::CtlCommands(const CtlUsage &usage, const QString &socketPath, QObject *parent)
    : QObject(parent), m_usage(usage), m_client(socketPath)
{
    connect(&m_client, &ControlClient::answered, this, &CtlCommands::handleAnswer);
    connect(&m_client, &ControlClient::failed, this, &CtlCommands::handleFailure);
    connect(&m_input, &LineInput::lineRead, this, &CtlCommands::handleLine);
    connect(&m_input, &LineInput::ended, this, [this] { Q_EMIT finished(0); });
}

void CtlCommands::start()
{
    if (readsEvents())
        m_input.readLine();
    else if (m_usage.command == "event"_L1)
        sendEvent(m_usage.arguments.constFirst().toUtf8());
    else
        m_client.send(request());
}

bool CtlCommands::readsEvents() const
{
    return m_usage.command == "event"_L1 && m_usage.arguments.isEmpty();
}

QJsonObject CtlCommands::request() const
{
    QJsonObject object{{u"do"_s, m_usage.command}};
    if (m_usage.command == "deny"_L1 || m_usage.command == "stop"_L1)
        object[u"request"_s] =
            m_usage.arguments.isEmpty() ? QJsonValue() : m_usage.arguments.constFirst();
    if (m_usage.command == "deny"_L1)
        object[u"reason"_s] = m_usage.options.value(u"reason"_s);
    if (m_usage.command == "review"_L1) {
        object[u"do"_s] = u"approve"_s;
        object[u"request"_s] = m_usage.arguments.constFirst();
        object[u"sha256"_s] = m_usage.options.value(u"approve"_s);
    }
    return object;
}

void CtlCommands::handleLine(const QByteArray &line)
{
    ++m_lineNumber;
    if (line.isEmpty())
        m_input.readLine();
    else
        sendEvent(line);
}

void CtlCommands::sendEvent(const QByteArray &payload)
{
    if (payload.size() >= Wire::MaximumEvent)
        return handleFailure(
            u"An event has at most %1 bytes; this one has %2."_s.arg(Wire::MaximumEvent - 1)
                .arg(payload.size()));
    m_client.send({{u"do"_s, u"event"_s}, {u"payload"_s, QString::fromLatin1(payload.toBase64())}});
}

void CtlCommands::handleAnswer(const QJsonObject &answer)
{
    if (!answer.value("ok"_L1).toBool())
        return handleFailure(answer.value("error"_L1).toString());
    if (readsEvents())
        return m_input.readLine();
    printAnswer(answer);
    Q_EMIT finished(0);
}

void CtlCommands::printAnswer(const QJsonObject &answer) const
{
    const bool json = m_usage.has(u"json"_s);
    if (m_usage.command == "status"_L1 && json) {
        QJsonObject status = answer;
        status.remove("ok"_L1);
        CtlPrint::json(status);
    } else if (m_usage.command == "status"_L1) {
        CtlPrint::out(CtlPrint::status(answer));
    } else if (m_usage.command == "requests"_L1 && json) {
        CtlPrint::json(answer.value("requests"_L1));
    } else if (m_usage.command == "requests"_L1) {
        CtlPrint::out(CtlPrint::requests(answer.value("requests"_L1).toArray()));
    }
}

void CtlCommands::handleFailure(const QString &error)
{
    CtlPrint::error(m_lineNumber > 0 ? u"line %1: %2"_s.arg(m_lineNumber).arg(error) : error);
    Q_EMIT finished(1);
}
