// SPDX-License-Identifier: Apache-2.0
// The input is one message of a server. Qt's JSON parser, which shares nothing with ours, looks on.
#include "check.h"
#include "requestparser.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <cstdint>

using namespace Qt::StringLiterals;

namespace {

using Parsed = std::variant<Request, Refusal>;

bool isSame(const Request &a, const Request &b)
{
    return a.kind == b.kind && a.command == b.command && a.replyForm == b.replyForm
        && a.timeout == b.timeout && a.reason == b.reason && a.requesterId == b.requesterId
        && a.target == b.target && a.ignored == b.ignored;
}

// A refusal's detail may name a place in the message, which white space can move.
bool isSame(const Parsed &a, const Parsed &b)
{
    const auto *request = std::get_if<Request>(&a);
    const auto *otherRequest = std::get_if<Request>(&b);
    if (request && otherRequest)
        return isSame(*request, *otherRequest);
    const auto *refusal = std::get_if<Refusal>(&a);
    const auto *otherRefusal = std::get_if<Refusal>(&b);
    return refusal && otherRefusal && refusal->kind == otherRefusal->kind;
}

void checkRequest(const Request &request)
{
    check(request.id == RequestId() && request.name.isEmpty(), "a parsed request has no name yet");
    check(request.timeout.count() >= 0 && request.timeout.count() <= MaximumTimeout,
          "a time-out is within its range");
    check(request.reason.toUcs4().size() <= MaximumReason, "a reason is within its limit");
    check(request.requesterId.toUcs4().size() <= MaximumRequesterId, "an id is within its limit");
    check(request.ignored.size() <= MaximumMembers, "no more members than allowed");
    if (request.kind != Request::Kind::Command) {
        check(request.command.isEmpty(), "only a command has a command");
        return;
    }
    check(!request.command.isEmpty(), "no command is empty");
    check(request.command.size() <= MaximumCommand, "no command is too long");
    check(!request.command.contains('\0'), "no command holds a NUL");
    check(request.command.isValidUtf8(), "every command is UTF-8");
}

void checkJson(QByteArrayView message, const Request &request)
{
    const QByteArray bytes = message.toByteArray();
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (error.error == QJsonParseError::IllegalNumber)
        return; // Qt takes no number that is too small for a double; JSON knows no such limit
    check(error.error == QJsonParseError::NoError, "what is accepted is JSON");
    check(document.isObject(), "what is accepted is an object");
    const QJsonObject object = document.object();
    // Qt drops a byte order mark that begins a string and is not escaped; it is one of the command.
    const QByteArray cmd = object.value("cmd"_L1).toString().toUtf8();
    if (request.kind == Request::Kind::Command)
        check(cmd == request.command || "\xEF\xBB\xBF" + cmd == request.command,
              "the command is what another parser reads");
    else
        check(object.contains("op"_L1) && !object.contains("cmd"_L1), "one of cmd and op");
}

void tryJson(QByteArrayView message)
{
    const Parsed parsed = parseRequest(message, false);
    check(isSame(parseRequest(message.toByteArray() + " \n\t\r", false), parsed),
          "white space behind a message changes nothing");
    if (const auto *request = std::get_if<Request>(&parsed)) {
        checkRequest(*request);
        checkJson(message, *request);
    } else {
        check(!std::get<Refusal>(parsed).detail.isEmpty(), "a refusal says why");
    }
}

void tryText(QByteArrayView message)
{
    const Parsed parsed = parseRequest(message, true);
    const auto *request = std::get_if<Request>(&parsed);
    if (request)
        checkRequest(*request);
    const bool isObject = message.trimmed().startsWith('{');
    if (isObject)
        check(isSame(parsed, parseRequest(message, false)), "an object is JSON, text or no text");
    else if (request)
        check(request->command == message, "text is run as it came");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView message(data, static_cast<qsizetype>(size));
    tryJson(message);
    tryText(message);
    return 0;
}
