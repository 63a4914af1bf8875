// SPDX-License-Identifier: Apache-2.0
#include "requestparser.h"

#include "wire.h"

#include <QSet>
#include <QStringDecoder>

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

using namespace Qt::StringLiterals;

namespace {

using Json = nlohmann::json;

constexpr int maximumTargetLength = 64; // characters of the name in {"op":"result","request":R}
constexpr int maximumIgnoredName = 64; // characters that are kept of a member's name
constexpr int outOfRangeError = 406; // nlohmann's number for a number that no double can hold

// Never null. fromUtf8() would drop a byte order mark at the beginning.
QString toText(const std::string &utf8)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
    const QString text = decoder(QByteArrayView(utf8));
    return text.isEmpty() ? u""_s : text;
}

qsizetype characterCount(const QString &text)
{
    return text.toUcs4().size();
}

QString shortened(const std::string &name)
{
    // A name of a mebibyte is not taken apart to its end just to be cut.
    const QString text = toText(name.substr(0, 4 * maximumIgnoredName + 8));
    qsizetype end = 0;
    for (int count = 0; count < maximumIgnoredName && end < text.size(); ++count)
        end += text.at(end).isHighSurrogate() ? 2 : 1;
    return end < text.size() ? text.first(end) + u'…' : text;
}

Refusal invalidJson(const QString &detail)
{
    return {Refusal::Kind::InvalidJson, detail, {}};
}

Refusal invalidCommand(const QString &detail)
{
    return {Refusal::Kind::InvalidCommand, detail, {}};
}

QString unusableCommand(QByteArrayView command)
{
    if (command.size() > MaximumCommand)
        return u"the command is longer than %1 bytes"_s.arg(MaximumCommand);
    if (command.contains('\0'))
        return u"the command holds a NUL"_s;
    if (QString::fromUtf8(command).trimmed().isEmpty())
        return u"the command is empty"_s;
    return {};
}

// Sees the JSON token by token, keeps what a request is made of and nothing else.
class RequestBuilder
{
public:
    using number_integer_t = Json::number_integer_t;
    using number_unsigned_t = Json::number_unsigned_t;
    using number_float_t = Json::number_float_t;
    using string_t = Json::string_t;
    using binary_t = Json::binary_t;

    bool null() { return takeOther(); }
    bool boolean(bool) { return takeOther(); }
    bool number_integer(number_integer_t value) { return takeInteger(value); }
    bool number_unsigned(number_unsigned_t value)
    {
        return takeInteger(qint64(std::min<quint64>(value, MaximumTimeout + 1U)));
    }
    bool number_float(number_float_t, const string_t &) { return takeOther(); }
    bool string(string_t &value);
    bool binary(binary_t &) { return false; }
    bool start_object(std::size_t);
    bool key(string_t &name);
    bool end_object();
    bool start_array(std::size_t);
    bool end_array();
    bool parse_error(std::size_t position, const std::string &token,
                     const nlohmann::detail::exception &error);

    [[nodiscard]] std::variant<Request, Refusal> result(bool parsed);

private:
    enum class Member { Command, Operation, Reply, Timeout, Reason, Id, Target, Other };

    static Member memberOf(const std::string &name);
    bool refuseJson(const QString &detail);
    void refuseCommand(const QString &detail);
    bool enter();
    bool takeOther();
    bool takeInteger(qint64 value);
    void takeCommand(const std::string &value);
    void takeOperation(const std::string &value);
    void takeReplyForm(const std::string &value);
    void takeText(const std::string &value, int maximum, QLatin1StringView name, QString *target);
    void wrongType();
    void checkWhole();

    Request m_request;
    std::optional<Refusal> m_jsonRefusal;
    std::optional<Refusal> m_commandRefusal;
    std::vector<QSet<QByteArray>> m_names; // of each open object
    Member m_member = Member::Other;
    int m_depth = 0;
    int m_members = 0;
    bool m_hasCommand = false;
    bool m_hasOperation = false;
    bool m_hasTarget = false;
};

RequestBuilder::Member RequestBuilder::memberOf(const std::string &name)
{
    if (name == "cmd")
        return Member::Command;
    if (name == "op")
        return Member::Operation;
    if (name == "reply")
        return Member::Reply;
    if (name == "timeout")
        return Member::Timeout;
    if (name == "reason")
        return Member::Reason;
    if (name == "id")
        return Member::Id;
    if (name == "request")
        return Member::Target;
    return Member::Other;
}

bool RequestBuilder::refuseJson(const QString &detail)
{
    m_jsonRefusal = invalidJson(detail);
    return false;
}

// The first fault is reported; the rest of the message must be JSON all the same.
void RequestBuilder::refuseCommand(const QString &detail)
{
    if (!m_commandRefusal)
        m_commandRefusal = invalidCommand(detail);
}

bool RequestBuilder::enter()
{
    if (m_depth == MaximumDepth)
        return refuseJson(u"nested deeper than %1"_s.arg(MaximumDepth));
    ++m_depth;
    return true;
}

bool RequestBuilder::start_object(std::size_t)
{
    if (m_depth == 1)
        wrongType();
    if (!enter())
        return false;
    m_names.emplace_back();
    return true;
}

bool RequestBuilder::end_object()
{
    m_names.pop_back();
    --m_depth;
    return true;
}

bool RequestBuilder::start_array(std::size_t)
{
    if (m_depth == 0)
        return refuseJson(u"not an object"_s);
    if (m_depth == 1)
        wrongType();
    return enter();
}

bool RequestBuilder::end_array()
{
    --m_depth;
    return true;
}

bool RequestBuilder::key(string_t &name)
{
    if (++m_members > MaximumMembers)
        return refuseJson(u"more than %1 members"_s.arg(MaximumMembers));
    const auto bytes = QByteArray::fromStdString(name);
    QSet<QByteArray> &names = m_names.back();
    if (names.contains(bytes))
        return refuseJson(u"a member appears twice"_s);
    names.insert(bytes);
    if (m_depth == 1) {
        m_member = memberOf(name);
        if (m_member == Member::Other)
            m_request.ignored += shortened(name);
    }
    return true;
}

bool RequestBuilder::string(string_t &value)
{
    if (m_depth == 0)
        return refuseJson(u"not an object"_s);
    if (m_depth > 1)
        return true;
    switch (m_member) {
    case Member::Command:
        takeCommand(value);
        break;
    case Member::Operation:
        takeOperation(value);
        break;
    case Member::Reply:
        takeReplyForm(value);
        break;
    case Member::Reason:
        takeText(value, MaximumReason, "reason"_L1, &m_request.reason);
        break;
    case Member::Id:
        takeText(value, MaximumRequesterId, "id"_L1, &m_request.requesterId);
        break;
    case Member::Target:
        m_hasTarget = !value.empty();
        takeText(value, maximumTargetLength, "request"_L1, &m_request.target);
        break;
    case Member::Timeout:
        wrongType();
        break;
    case Member::Other:
        break;
    }
    return true;
}

bool RequestBuilder::takeOther()
{
    if (m_depth == 0)
        return refuseJson(u"not an object"_s);
    if (m_depth == 1)
        wrongType();
    return true;
}

bool RequestBuilder::takeInteger(qint64 value)
{
    if (m_depth != 1 || m_member != Member::Timeout)
        return takeOther();
    if (value < 1 || value > MaximumTimeout)
        wrongType();
    else
        m_request.timeout = std::chrono::seconds(value);
    return true;
}

void RequestBuilder::takeCommand(const std::string &value)
{
    m_hasCommand = true;
    if (const QString fault = unusableCommand(value); !fault.isEmpty())
        refuseCommand(fault);
    else
        m_request.command = QByteArray::fromStdString(value);
}

void RequestBuilder::takeOperation(const std::string &value)
{
    m_hasOperation = true;
    if (value == "status")
        m_request.kind = Request::Kind::Status;
    else if (value == "result")
        m_request.kind = Request::Kind::Result;
    else if (value == "cancel")
        m_request.kind = Request::Kind::Cancel;
    else
        refuseCommand(u"\"op\" must be \"status\", \"result\" or \"cancel\""_s);
}

void RequestBuilder::takeReplyForm(const std::string &value)
{
    if (value == "json")
        m_request.replyForm = Request::ReplyForm::Json;
    else if (value != "raw")
        wrongType();
}

void RequestBuilder::takeText(const std::string &value, int maximum, QLatin1StringView name,
                              QString *target)
{
    const QString text = value.size() > 4 * std::size_t(maximum) ? QString() : toText(value);
    if (text.isNull() || characterCount(text) > maximum)
        refuseCommand(u"\"%1\" is longer than %2 characters"_s.arg(name).arg(maximum));
    else
        *target = text;
}

void RequestBuilder::wrongType()
{
    switch (m_member) {
    case Member::Command:
        m_hasCommand = true;
        return refuseCommand(u"\"cmd\" must be a string"_s);
    case Member::Operation:
        m_hasOperation = true;
        return refuseCommand(u"\"op\" must be \"status\", \"result\" or \"cancel\""_s);
    case Member::Reply:
        return refuseCommand(u"\"reply\" must be \"raw\" or \"json\""_s);
    case Member::Timeout:
        return refuseCommand(
            u"\"timeout\" must be a whole number from 1 to %1"_s.arg(MaximumTimeout));
    case Member::Reason:
        return refuseCommand(u"\"reason\" must be a string"_s);
    case Member::Id:
        return refuseCommand(u"\"id\" must be a string"_s);
    case Member::Target:
        return refuseCommand(u"\"request\" must be a string"_s);
    case Member::Other:
        return;
    }
}

bool RequestBuilder::parse_error(std::size_t position, const std::string &,
                                 const nlohmann::detail::exception &error)
{
    if (error.id == outOfRangeError)
        refuseCommand(u"a number is out of range"_s);
    else
        m_jsonRefusal = invalidJson(u"no valid JSON at byte %1"_s.arg(position));
    return false;
}

void RequestBuilder::checkWhole()
{
    if (m_hasCommand && m_hasOperation)
        refuseCommand(u"both \"cmd\" and \"op\""_s);
    if (!m_hasCommand && !m_hasOperation)
        refuseCommand(u"neither \"cmd\" nor \"op\""_s);
    const bool needsTarget =
        m_request.kind == Request::Kind::Result || m_request.kind == Request::Kind::Cancel;
    if (needsTarget && !m_hasTarget)
        refuseCommand(u"\"request\" is missing"_s);
    if (m_hasCommand && !m_request.target.isNull()) {
        m_request.ignored += u"request"_s;
        m_request.target.clear();
    }
}

std::variant<Request, Refusal> RequestBuilder::result(bool parsed)
{
    if (m_jsonRefusal)
        return *m_jsonRefusal;
    if (parsed)
        checkWhole();
    if (!m_commandRefusal)
        return m_request;
    m_commandRefusal->requesterId = m_request.requesterId;
    return *m_commandRefusal;
}

// The C SDK's dialect: neither an object nor a control character at the beginning.
bool isPlainText(QByteArrayView message)
{
    qsizetype first = 0;
    while (first < message.size() && QByteArrayView(" \t\r\n").contains(message[first]))
        ++first;
    if (first == message.size())
        return false;
    const auto byte = uchar(message[first]);
    return byte != '{' && byte >= 0x20 && byte != 0x7F && message.isValidUtf8();
}

} // namespace

std::variant<Request, Refusal> parseRequest(QByteArrayView message, bool acceptText)
{
    if (message.size() > Wire::MaximumMessage)
        return invalidJson(u"longer than %1 bytes"_s.arg(Wire::MaximumMessage));
    // The parser would skip the one and take the other for the end of the message.
    if (message.startsWith("\xEF\xBB\xBF"))
        return invalidJson(u"it begins with a byte order mark"_s);
    if (acceptText && isPlainText(message)) {
        if (const QString fault = unusableCommand(message); !fault.isEmpty())
            return invalidCommand(fault);
        Request request;
        request.command = message.toByteArray();
        return request;
    }
    if (message.contains('\0'))
        return invalidJson(u"it holds a NUL"_s);
    RequestBuilder builder;
    const bool parsed = Json::sax_parse(message.begin(), message.end(), &builder);
    return builder.result(parsed);
}
