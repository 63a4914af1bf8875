// SPDX-License-Identifier: Apache-2.0
#include "attachreply.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <optional>

using namespace std::chrono;
using namespace Qt::StringLiterals;

namespace {

constexpr double MaximumHeartbeat = 300; // seconds
constexpr int LowestStatus = 100; // of HTTP
constexpr double MaximumTimeout = 86'400; // seconds

QJsonValue firstOf(const QJsonObject &object, std::initializer_list<QLatin1StringView> names)
{
    for (const QLatin1StringView name : names) {
        const auto member = object.constFind(name);
        if (member != object.constEnd())
            return *member;
    }
    return QJsonValue::Undefined;
}

// A number, or a string that is one.
std::optional<double> number(const QJsonValue &value)
{
    bool ok = value.isDouble();
    const double n = value.isString() ? value.toString().trimmed().toDouble(&ok) : value.toDouble();
    return ok && std::isfinite(n) ? std::optional(n) : std::nullopt;
}

QString textOf(const QJsonValue &value)
{
    return value.isDouble() ? QString::number(value.toDouble(), 'g', 15) : value.toString();
}

} // namespace

QString shownWords(const QByteArray &words)
{
    QString shown;
    for (const char c : words.left(120))
        shown += c >= 0x20 && c < 0x7f ? QLatin1Char(c) : QLatin1Char('?');
    return shown.trimmed();
}

AttachReply AttachReply::parse(const QByteArray &body)
{
    AttachReply reply;
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (!document.isObject())
        return reply;
    const QJsonObject object = document.object();

    reply.accepted = true;
    for (const QLatin1StringView name : {"msg"_L1, "status"_L1, "response"_L1}) {
        const QJsonValue message = object.value(name);
        const QString text = textOf(message).trimmed();
        // The first decides, unless another one has the number of a refusal.
        const bool isFirst = reply.words.isEmpty();
        const bool isNumber = QStringView(text).left(3).toInt() >= LowestStatus;
        if (message.isUndefined() || !reply.accepted || !(isFirst || isNumber))
            continue;
        reply.words = shownWords(text.toUtf8());
        reply.status = QStringView(text).left(3).toInt();
        reply.accepted = text.startsWith("200"_L1);
    }

    const std::optional<double> hint = number(object.value("heartbeat"_L1));
    if (hint && *hint > 0)
        reply.heartbeat = seconds(qint64(std::clamp(*hint, 1.0, MaximumHeartbeat)));
    const std::optional<double> time =
        number(firstOf(object, {"timestamp"_L1, "time"_L1, "epoch"_L1}));
    if (time && *time > 0 && *time < 1e11)
        reply.serverTime = QDateTime::fromMSecsSinceEpoch(qint64(*time * 1000), Qt::UTC);
    const std::optional<double> timeout = number(object.value("timeout"_L1));
    if (timeout && *timeout > 0)
        reply.timeout = milliseconds(qint64(std::min(*timeout, MaximumTimeout) * 1000));
    return reply;
}
