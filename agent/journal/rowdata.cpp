// SPDX-License-Identifier: Apache-2.0
#include "rowdata.h"

#include "sha256.h"
#include "visibletext.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype ShownOfMessage = 1024; // bytes

void addCommand(QJsonObject *data, const Request &request)
{
    if (const std::optional<QString> text = request.commandText())
        data->insert("cmd"_L1, *text);
    else
        data->insert("cmd_base64"_L1, QString::fromLatin1(request.command.toBase64()));
    data->insert("sha256"_L1, QString::fromLatin1(request.commandSha256()));
    const bool json = request.replyForm == Request::ReplyForm::Json;
    data->insert("reply"_L1, json ? "json"_L1 : "raw"_L1);
    if (request.timeout.count() > 0)
        data->insert("timeout"_L1, qint64(request.timeout.count()));
    if (!request.reason.isEmpty())
        data->insert("reason"_L1, request.reason);
}

QJsonObject ofMessage(const QByteArray &message)
{
    const QByteArray hash = Sha256::hex(message);
    return {
        {u"bytes"_s, message.size()},
        {u"sha256"_s, QString::fromLatin1(hash)},
        {u"begin"_s, VisibleText::encode(message.first(std::min(ShownOfMessage, message.size())))}};
}

QString operation(Request::Kind kind)
{
    switch (kind) {
    case Request::Kind::Command:
        return u"command"_s;
    case Request::Kind::Status:
        return u"status"_s;
    case Request::Kind::Result:
        return u"result"_s;
    case Request::Kind::Cancel:
        return u"cancel"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

QJsonObject RowData::received(const Request &request, const QString &scope,
                              const QByteArray &message)
{
    QJsonObject data = {{u"scope"_s, scope},
                        {u"connection"_s, qint64(request.id.generation)},
                        {u"number"_s, qint64(request.id.number)}};
    if (request.kind != Request::Kind::Command) {
        data.insert("op"_L1, operation(request.kind));
        if (!request.target.isEmpty())
            data.insert("target"_L1, request.target);
    } else if (request.command.isEmpty()) {
        data.insert("message"_L1, ofMessage(message));
    } else {
        addCommand(&data, request);
    }
    if (!request.requesterId.isNull())
        data.insert("id"_L1, request.requesterId);
    if (!request.ignored.isEmpty())
        data.insert("ignored"_L1, QJsonArray::fromStringList(request.ignored));
    return data;
}

QJsonObject RowData::approved(const Request &request, const QString &by)
{
    return {{u"by"_s, by}, {u"sha256"_s, QString::fromLatin1(request.commandSha256())}};
}

QJsonObject RowData::ended(const Outcome &outcome)
{
    QJsonObject data;
    if (!outcome.by.isEmpty())
        data.insert("by"_L1, outcome.by);
    if (!outcome.detail.isEmpty())
        data.insert("detail"_L1, outcome.detail);
    if (!outcome.hasRun)
        return data;
    if (outcome.exitCode)
        data.insert("exit"_L1, *outcome.exitCode);
    if (outcome.signal != 0)
        data.insert("signal"_L1, signalName(outcome.signal));
    if (outcome.limit.count() > 0)
        data.insert("limit_s"_L1, qint64(outcome.limit.count()));
    if (outcome.leftBehind > 0)
        data.insert("left_behind"_L1, outcome.leftBehind);
    data.insert("duration_ms"_L1, qint64(outcome.duration.count()));
    data.insert("stdout_bytes"_L1, outcome.standardOutput.total);
    data.insert("stderr_bytes"_L1, outcome.standardError.total);
    return data;
}

QJsonObject RowData::file(qint64 bytes, const QByteArray &sha256)
{
    return {{u"bytes"_s, bytes}, {u"sha256"_s, QString::fromLatin1(sha256)}};
}

Request RowData::requestOf(const QString &name, const QJsonObject &received)
{
    Request request;
    request.name = name;
    request.id = {quint64(received["connection"_L1].toInteger()),
                  quint64(received["number"_L1].toInteger())};
    request.command = commandOf(received).value_or(QByteArray());
    if (received["reply"_L1] == "json"_L1)
        request.replyForm = Request::ReplyForm::Json;
    request.timeout = std::chrono::seconds(received["timeout"_L1].toInteger());
    request.reason = received["reason"_L1].toString();
    if (received.contains("id"_L1))
        request.requesterId = u""_s + received["id"_L1].toString(); // never null
    const QJsonArray ignored = received["ignored"_L1].toArray();
    for (const QJsonValue member : ignored)
        request.ignored.append(member.toString());
    return request;
}

Outcome RowData::outcomeOf(RequestState state, const QJsonObject &ended)
{
    Outcome outcome;
    outcome.state = state;
    outcome.by = ended["by"_L1].toString();
    outcome.detail = ended["detail"_L1].toString();
    outcome.hasRun = ended.contains("duration_ms"_L1);
    if (ended.contains("exit"_L1))
        outcome.exitCode = ended["exit"_L1].toInt();
    if (ended.contains("signal"_L1))
        outcome.signal = signalOf(ended["signal"_L1].toString());
    outcome.limit = std::chrono::seconds(ended["limit_s"_L1].toInteger());
    outcome.leftBehind = ended["left_behind"_L1].toInt();
    outcome.duration = std::chrono::milliseconds(ended["duration_ms"_L1].toInteger());
    outcome.standardOutput.total = ended["stdout_bytes"_L1].toInteger();
    outcome.standardError.total = ended["stderr_bytes"_L1].toInteger();
    return outcome;
}

std::optional<QByteArray> RowData::commandOf(const QJsonObject &received)
{
    if (received.contains("cmd_base64"_L1))
        return QByteArray::fromBase64(received["cmd_base64"_L1].toString().toLatin1());
    if (received.contains("cmd"_L1))
        return received["cmd"_L1].toString().toUtf8();
    return std::nullopt;
}
