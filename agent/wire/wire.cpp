// SPDX-License-Identifier: Apache-2.0
#include "wire.h"

#include <algorithm>

namespace {

constexpr qsizetype MaximumApplicationId = 64;
constexpr qsizetype MaximumDeviceId = 32;

bool isIdCharacter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9')
        || c == u'_' || c == u'.' || c == u':' || c == u'-';
}

bool isId(QStringView id, qsizetype maximum)
{
    return !id.isEmpty() && id.size() <= maximum && id != u"." && id != u".."
        && std::all_of(id.begin(), id.end(), isIdCharacter);
}

// Visible ASCII only: a blank or a line end would begin something else in the head.
bool isHost(QByteArrayView host)
{
    return !host.isEmpty()
        && std::all_of(host.begin(), host.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

} // namespace

namespace Wire {

QByteArray attachRequest(const QByteArray &host, const QString &applicationId,
                         const QString &deviceId, const QByteArray &info)
{
    if (!isHost(host) || !isApplicationId(applicationId) || !isDeviceId(deviceId))
        return {};
    return "POST /v1/applications/" + applicationId.toLatin1() + "/devices/" + deviceId.toLatin1()
        + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: " + QByteArray::number(info.size())
        + "\r\n\r\n" + info;
}

QByteArray frame(QByteArrayView data)
{
    if (data.isEmpty())
        return {};
    constexpr int hex = 16;
    constexpr qsizetype framing = 12; // 8 digits and two CR LF at the most
    QByteArray bytes;
    bytes.reserve(data.size() + framing);
    bytes.append(QByteArray::number(data.size(), hex)).append("\r\n");
    return bytes.append(data).append("\r\n");
}

QByteArray heartbeat()
{
    return frame(QByteArrayView(&HeartbeatByte, 1));
}

QByteArray event(QByteArrayView payload)
{
    if (payload.size() >= MaximumEvent)
        return {};
    return frame(QByteArray(1, EventByte).append(payload));
}

bool isAmbiguousReply(QByteArrayView data)
{
    return data.isEmpty() || data.front() == EventByte
        || (data.size() == 1 && data.front() == HeartbeatByte);
}

bool isApplicationId(QStringView id)
{
    return isId(id, MaximumApplicationId);
}

bool isDeviceId(QStringView id)
{
    return isId(id, MaximumDeviceId);
}

} // namespace Wire
