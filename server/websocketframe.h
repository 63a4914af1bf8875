// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

// Frames of RFC 6455 as a server writes them: whole messages, never masked.
namespace WebSocketFrame {

enum class Opcode : quint8 {
    Continuation = 0x0,
    Text = 0x1,
    Binary = 0x2,
    Close = 0x8,
    Ping = 0x9,
    Pong = 0xA,
};

// What a server says when it closes.
enum class CloseCode : quint16 {
    Normal = 1000,
    GoingAway = 1001, // the device has left
    ProtocolError = 1002,
    NotUtf8 = 1007,
    TooSlow = 1008,
    TooLarge = 1009,
};

// Text when it is UTF-8, else binary.
[[nodiscard]] QByteArray message(const QByteArray &data);
[[nodiscard]] QByteArray close(CloseCode code);
[[nodiscard]] QByteArray ping();
[[nodiscard]] QByteArray pong(const QByteArray &data); // of the ping; at most 125 bytes

} // namespace WebSocketFrame
