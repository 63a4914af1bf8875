// SPDX-License-Identifier: Apache-2.0
#include "reply.h"

#include "outputcut.h"
#include "rawreply.h"
#include "wire.h"

#include <nlohmann/json.hpp>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

using Json = nlohmann::ordered_json; // members in the order in which they are documented

enum class Encoding { WhereNeeded, Base64 };

constexpr qsizetype smallestLimit = 1024; // bytes; room for everything but output and free text

Json text(const QString &string)
{
    return string.toUtf8().toStdString();
}

QByteArray dumped(const Json &object)
{
    return QByteArray::fromStdString(object.dump(-1, ' ', false, Json::error_handler_t::replace));
}

qsizetype sizeOf(const Json &object)
{
    return dumped(object).size();
}

QLatin1StringView message(RequestState state)
{
    switch (state) {
    case RequestState::Received:
    case RequestState::AwaitingApproval:
    case RequestState::Approved:
    case RequestState::Running:
        return "Pending."_L1;
    case RequestState::Finished:
        return "Finished."_L1;
    case RequestState::Invalid:
        return "Invalid command."_L1;
    case RequestState::Busy:
        return "Busy."_L1;
    case RequestState::Denied:
        return "Denied."_L1;
    case RequestState::Expired:
        return "Expired."_L1;
    case RequestState::Withdrawn:
        return "Withdrawn."_L1;
    case RequestState::Failed:
        return "Failed."_L1;
    case RequestState::TimedOut:
        return "Timed out."_L1;
    case RequestState::Stopped:
        return "Stopped."_L1;
    case RequestState::Cancelled:
        return "Cancelled."_L1;
    case RequestState::Interrupted:
        return "Interrupted."_L1;
    }
    Q_UNREACHABLE();
}

bool hasOutput(const Outcome &outcome)
{
    return outcome.hasRun || outcome.state == RequestState::Finished
        || outcome.state == RequestState::TimedOut;
}

// Whose decision it was, where the decision is why nothing ran.
bool tellsDecision(const Outcome &outcome)
{
    return !outcome.hasRun && !outcome.by.isEmpty() && outcome.state != RequestState::Failed
        && outcome.state != RequestState::Interrupted;
}

void addNames(Json &object, const QString &requestName, const QString &requesterId)
{
    if (!requestName.isEmpty())
        object["request"] = text(requestName);
    if (!requesterId.isNull())
        object["id"] = text(requesterId);
}

// The free text that the owner or the system gave, as far as there is room for it.
void addDetail(Json &object, const QString &detail, qsizetype limit)
{
    if (detail.isEmpty())
        return;
    object["detail"] = text(detail);
    if (sizeOf(object) <= limit)
        return;
    object["detail"] = "";
    const QByteArray ellipsis = u"…"_s.toUtf8();
    const qsizetype room = limit - sizeOf(object) - ellipsis.size();
    const QByteArray utf8 = detail.toUtf8();
    const QByteArray cut = OutputCut::beginning(utf8, room).toByteArray();
    object["detail"] = (cut + ellipsis).toStdString();
}

// The members of a command that ran, with empty streams.
void addResult(Json &object, const Request &request, const Outcome &outcome, bool base64)
{
    const bool hasExit = outcome.exitCode && outcome.state != RequestState::TimedOut;
    object["exit"] = hasExit ? Json(*outcome.exitCode) : Json(nullptr);
    object["signal"] = outcome.signal != 0 ? text(signalName(outcome.signal)) : Json(nullptr);
    object["stdout"] = "";
    object["stderr"] = "";
    object["encoding"] = base64 ? "base64" : "utf-8";
    object["stdout_bytes"] = outcome.standardOutput.total;
    object["stderr_bytes"] = outcome.standardError.total;
    object["truncated"] = false;
    object["ignored"] = Json::array();
    for (const QString &name : request.ignored)
        object["ignored"].push_back(text(name));
    object["duration_ms"] = outcome.duration.count();
}

// Names that a requester made up must not crowd out the output.
void limitIgnored(Json &object, qsizetype limit)
{
    while (!object["ignored"].empty() && sizeOf(object) > limit / 2) {
        object["ignored"].erase(object["ignored"].size() - 1);
        object["truncated"] = true;
    }
}

qsizetype encodedSize(const KeptOutput &output, bool base64)
{
    const qsizetype bytes = output.head.size() + output.tail.size();
    return base64 ? (bytes + 2) / 3 * 4 : OutputCut::escapedSize(OutputCut::kept(output).bytes);
}

// False when bytes of the stream are missing.
bool setStream(Json &member, const KeptOutput &output, qsizetype room, bool base64)
{
    const OutputCut::Part part =
        base64 ? OutputCut::binary(output, room / 4 * 3) : OutputCut::text(output, room);
    member = (base64 ? part.bytes.toBase64() : part.bytes).toStdString();
    return part.isWhole;
}

// Each stream gets half of the room, and what the other one leaves of its half.
void fillStreams(Json &object, const Outcome &outcome, qsizetype limit, bool base64)
{
    const qsizetype room = std::max<qsizetype>(limit - sizeOf(object), 0);
    const qsizetype outputSize = encodedSize(outcome.standardOutput, base64);
    const qsizetype errorSize = encodedSize(outcome.standardError, base64);
    const qsizetype outputRoom = std::max(room / 2, room - errorSize);
    const qsizetype errorRoom = std::max(room / 2, room - outputSize);
    const bool wholeOutput =
        setStream(object["stdout"], outcome.standardOutput, outputRoom, base64);
    const bool wholeError = setStream(object["stderr"], outcome.standardError, errorRoom, base64);
    if (!wholeOutput || !wholeError)
        object["truncated"] = true;
}

void addOutcome(Json &object, const Request &request, const Outcome &outcome, qsizetype limit,
                Encoding encoding)
{
    object["msg"] = text(message(outcome.state));
    object["code"] = text(stateName(outcome.state));
    addNames(object, request.name, request.requesterId);
    if (tellsDecision(outcome))
        object["by"] = text(outcome.by);
    if (!hasOutput(outcome)) {
        addDetail(object, outcome.detail, limit);
        return;
    }
    addDetail(object, outcome.detail, limit / 4);
    const bool base64 = encoding == Encoding::Base64 || !OutputCut::isUtf8(outcome.standardOutput)
        || !OutputCut::isUtf8(outcome.standardError);
    addResult(object, request, outcome, base64);
    limitIgnored(object, limit);
    fillStreams(object, outcome, limit, base64);
}

qsizetype usable(qsizetype limit)
{
    return std::clamp(limit, smallestLimit, Wire::MaximumMessage);
}

} // namespace

QByteArray Reply::ended(const Request &request, const Outcome &outcome, qsizetype limit)
{
    const bool raw = request.replyForm == Request::ReplyForm::Raw
        && (outcome.state == RequestState::Finished || outcome.state == RequestState::TimedOut);
    if (!raw)
        return json(request, outcome, limit);
    const QByteArray bytes = RawReply(request.name, outcome).bytes(usable(limit));
    if (bytes.isEmpty())
        return QByteArrayLiteral("\n");
    if (!Wire::isAmbiguousReply(bytes))
        return bytes;
    Json object;
    addOutcome(object, request, outcome, usable(limit), Encoding::Base64);
    return dumped(object);
}

QByteArray Reply::json(const Request &request, const Outcome &outcome, qsizetype limit)
{
    Json object;
    addOutcome(object, request, outcome, usable(limit), Encoding::WhereNeeded);
    return dumped(object);
}

QByteArray Reply::resultEvent(const Request &request, const Outcome &outcome)
{
    Json object;
    object["event"] = "result";
    addOutcome(object, request, outcome, Wire::MaximumEvent - 1, Encoding::WhereNeeded);
    return dumped(object);
}

QByteArray Reply::pending(const Request &request, RequestState state)
{
    Json object;
    object["msg"] = "Pending.";
    object["code"] = "pending";
    addNames(object, request.name, request.requesterId);
    object["state"] = text(stateName(state));
    return dumped(object);
}

QByteArray Reply::refused(const QString &requestName, const Refusal &refusal)
{
    const bool json = refusal.kind == Refusal::Kind::InvalidJson;
    Json object;
    object["msg"] = json ? "Invalid JSON object." : "Invalid command.";
    object["code"] = "invalid";
    addNames(object, requestName, refusal.requesterId);
    addDetail(object, refusal.detail, smallestLimit);
    return dumped(object);
}

QByteArray Reply::unknown(const QString &target, const QString &requesterId)
{
    Json object;
    object["msg"] = "Unknown request.";
    object["code"] = "unknown";
    addNames(object, target, requesterId);
    return dumped(object);
}

QByteArray Reply::status(const Status &status, const QString &requesterId)
{
    Json object;
    object["msg"] = "Status.";
    object["code"] = "status";
    if (!requesterId.isNull())
        object["id"] = text(requesterId);
    object["state"] = "attached"; // nobody could ask otherwise
    object["version"] = text(status.version);
    object["approval"] = text(status.approval);
    object["window_until"] =
        status.windowUntil.isValid() ? Json(status.windowUntil.toSecsSinceEpoch()) : Json(nullptr);
    object["awaiting"] = status.awaiting;
    object["running"] = status.running;
    object["answerable"] = status.answerable;
    return dumped(object);
}
