// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "websocketframe.h"

#include <QByteArray>
#include <QList>

// Bytes of a WebSocket client in, whole messages and control frames out: RFC 6455 and nothing
// looser. What comes out never depends on how the bytes were split.
class WebSocketDecoder final
{
public:
    using CloseCode = WebSocketFrame::CloseCode;
    enum class Kind { Message, Ping, Pong, Close };
    struct Item
    {
        Kind kind;
        QByteArray data; // of a close: empty, or its code and reason

        bool operator==(const Item &) const = default;
    };

    static constexpr qsizetype MaximumMessage = 1024 * 1024; // all its fragments together

    // After a close or an error nothing comes any more.
    [[nodiscard]] QList<Item> feed(QByteArrayView bytes);

    [[nodiscard]] bool hasFailed() const { return m_error != CloseCode::Normal; }
    // ProtocolError, NotUtf8 or TooLarge once it has failed.
    [[nodiscard]] CloseCode error() const { return m_error; }

private:
    using Opcode = WebSocketFrame::Opcode;

    [[nodiscard]] qsizetype takeHead(QByteArrayView bytes);
    [[nodiscard]] qsizetype takePayload(QByteArrayView bytes);
    [[nodiscard]] qsizetype headSize() const;
    [[nodiscard]] bool isSoundStart() const; // the first two bytes of a head
    void finishHead();
    void finishFrame();
    void finishMessage();
    void finishClose();
    void fail(CloseCode code);
    [[nodiscard]] bool isFinal() const;
    [[nodiscard]] bool isControl() const;
    [[nodiscard]] Opcode opcode() const;
    [[nodiscard]] QByteArray &payload() { return isControl() ? m_control : m_message; }

    QByteArray m_head; // of the frame under way
    quint64 m_missing = 0; // of its payload
    quint64 m_taken = 0;
    bool m_isInPayload = false;
    bool m_isInMessage = false; // a fragment came, the last one did not
    bool m_isText = false;
    bool m_hasEnded = false;
    QByteArray m_message;
    QByteArray m_control;
    QList<Item> m_items;
    CloseCode m_error = CloseCode::Normal;
};
