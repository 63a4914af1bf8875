// SPDX-License-Identifier: Apache-2.0
#include "storedrequest.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace {

constexpr auto Columns =
    "r.serial, r.name, r.state, r.scope, r.received, r.ended, r.decided_by, r.pending, "
    "r.generation, r.number, r.command, r.reply, r.timeout, r.reason, r.requester_id, r.ignored, "
    "r.exit, r.signal, r.has_run, r.duration_ms, r.time_limit, r.left_behind, r.detail, "
    "r.stdout_bytes, r.stderr_bytes, r.ended_seq "_L1;

QDateTime timeOf(const QVariant &value)
{
    return value.isNull() ? QDateTime()
                          : QDateTime::fromMSecsSinceEpoch(value.toLongLong(), Qt::UTC);
}

Request requestOf(const Statement &row)
{
    Request request;
    request.name = row.value(1).toString();
    request.id = {row.value(8).toULongLong(), row.value(9).toULongLong()};
    request.command = row.value(10).toByteArray();
    request.replyForm =
        row.value(11).toString() == "json"_L1 ? Request::ReplyForm::Json : Request::ReplyForm::Raw;
    request.timeout = std::chrono::seconds(row.value(12).toLongLong());
    request.reason = row.value(13).toString();
    request.requesterId = row.value(14).isNull() ? QString() : row.value(14).toString();
    const QJsonArray ignored = QJsonDocument::fromJson(row.value(15).toString().toUtf8()).array();
    for (const QJsonValue member : ignored)
        request.ignored.append(member.toString());
    return request;
}

Outcome outcomeOf(const Statement &row, RequestState state)
{
    Outcome outcome;
    outcome.state = state;
    if (!row.value(16).isNull())
        outcome.exitCode = row.value(16).toInt();
    outcome.signal = row.value(17).toInt();
    outcome.hasRun = row.value(18).toBool();
    outcome.duration = std::chrono::milliseconds(row.value(19).toLongLong());
    outcome.limit = std::chrono::seconds(row.value(20).toLongLong());
    outcome.leftBehind = row.value(21).toInt();
    outcome.detail = row.value(22).toString();
    outcome.by = row.value(6).toString();
    return outcome;
}

} // namespace

QString StoredRequest::columns()
{
    return Columns;
}

RequestRow StoredRequest::row(const Statement &row)
{
    RequestRow result;
    result.serial = row.value(0).toLongLong();
    result.request = requestOf(row);
    // A state that we do not know was not written by us.
    result.state = stateFromName(row.value(2).toString()).value_or(RequestState::Invalid);
    result.scope = row.value(3).toString();
    result.received = timeOf(row.value(4));
    result.ended = timeOf(row.value(5));
    result.by = row.value(6).toString();
    result.pendingSent = row.value(7).toBool();
    result.outcome = outcomeOf(row, result.state);
    result.outputBytes = row.value(23).toLongLong();
    result.errorBytes = row.value(24).toLongLong();
    result.endedSeq = row.value(25).toLongLong();
    return result;
}
