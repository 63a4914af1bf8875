// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

// What a device writes: one attach request, then chunk frames. Bytes only: no socket, no clock.
namespace Wire {

inline constexpr char HeartbeatByte = 0x06; // a frame of just this byte is a heartbeat
inline constexpr char EventByte = 0x07; // a frame that begins with this byte is an event

// Bytes of one message, either way.
inline constexpr qsizetype MaximumMessage = qsizetype{1024} * 1024;
// Bytes of an event's frame data, EventByte included.
inline constexpr qsizetype MaximumEvent = 32756;

// The attach request, one write: POST /v1/applications/{applicationId}/devices/{deviceId}.
// host is "name[:port]" as it belongs into the Host field; info is free text about the platform.
// Empty when an id is none or host is anything but visible ASCII: it could change the request.
[[nodiscard]] QByteArray attachRequest(const QByteArray &host, const QString &applicationId,
                                       const QString &deviceId, const QByteArray &info);

// One chunk frame. Empty for empty data: a frame of size zero would end the stream.
[[nodiscard]] QByteArray frame(QByteArrayView data);
[[nodiscard]] QByteArray heartbeat();
// payload is at most MaximumEvent - 1 bytes; empty for a longer one.
[[nodiscard]] QByteArray event(QByteArrayView payload);

// Whether data, sent as a reply, would be taken for a heartbeat or an event, or would end the
// stream.
[[nodiscard]] bool isAmbiguousReply(QByteArrayView data);

// Ids go into a path: [A-Za-z0-9_.:-], but neither "." nor "..".
[[nodiscard]] bool isApplicationId(QStringView id); // 1..64 characters
[[nodiscard]] bool isDeviceId(QStringView id); // 1..32 characters

} // namespace Wire
