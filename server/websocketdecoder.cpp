// SPDX-License-Identifier: Apache-2.0
#include "websocketdecoder.h"

#include <QtEndian>

#include <algorithm>
#include <utility>

namespace {

constexpr quint8 Masked = 0x80;
constexpr qsizetype MaskSize = 4;
constexpr quint64 LargestControl = 125;

quint8 byteAt(const QByteArray &bytes, qsizetype index)
{
    return static_cast<quint8>(bytes.at(index));
}

// RFC 6455 section 7.4 and the IANA registry: codes that may stand in a close frame.
bool isCloseCode(quint16 code)
{
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014)
        || (code >= 3000 && code <= 4999);
}

} // namespace

QList<WebSocketDecoder::Item> WebSocketDecoder::feed(QByteArrayView bytes)
{
    while (!m_hasEnded && !bytes.isEmpty())
        bytes = bytes.sliced(m_isInPayload ? takePayload(bytes) : takeHead(bytes));
    return std::exchange(m_items, {});
}

qsizetype WebSocketDecoder::takeHead(QByteArrayView bytes)
{
    const qsizetype taken = std::min(headSize() - m_head.size(), bytes.size());
    m_head.append(bytes.first(taken));
    if (m_head.size() == 2 && !isSoundStart())
        fail(CloseCode::ProtocolError);
    else if (m_head.size() == headSize())
        finishHead();
    return taken;
}

qsizetype WebSocketDecoder::headSize() const
{
    if (m_head.size() < 2)
        return 2;
    const int length = byteAt(m_head, 1) & ~Masked;
    return 2 + (length == 127 ? 8 : length == 126 ? 2 : 0) + MaskSize;
}

bool WebSocketDecoder::isSoundStart() const
{
    const quint8 first = byteAt(m_head, 0);
    const quint8 second = byteAt(m_head, 1);
    if ((first & 0x70) != 0 || (second & Masked) == 0) // reserved bits; clients must mask
        return false;
    switch (opcode()) {
    case Opcode::Continuation:
        return m_isInMessage;
    case Opcode::Text:
    case Opcode::Binary:
        return !m_isInMessage;
    case Opcode::Close:
    case Opcode::Ping:
    case Opcode::Pong:
        return isFinal() && (second & ~Masked) <= int{LargestControl};
    }
    return false; // reserved opcodes
}

void WebSocketDecoder::finishHead()
{
    const int length = byteAt(m_head, 1) & ~Masked;
    m_missing = static_cast<quint64>(length);
    if (length == 126)
        m_missing = qFromBigEndian<quint16>(m_head.constData() + 2);
    else if (length == 127)
        m_missing = qFromBigEndian<quint64>(m_head.constData() + 2);
    // The shortest form of a length is the only one.
    const bool isShortest = length < 126 || (length == 126 && m_missing > 125)
        || (length == 127 && m_missing > 0xffff && m_missing >> 63 == 0);
    if (!isShortest)
        return fail(CloseCode::ProtocolError);
    if (!isControl() && m_missing > static_cast<quint64>(MaximumMessage - m_message.size()))
        return fail(CloseCode::TooLarge);
    if (opcode() == Opcode::Text || opcode() == Opcode::Binary)
        m_isText = opcode() == Opcode::Text;
    m_taken = 0;
    m_isInPayload = m_missing > 0;
    if (!m_isInPayload)
        finishFrame();
}

qsizetype WebSocketDecoder::takePayload(QByteArrayView bytes)
{
    const auto taken = std::min<qsizetype>(static_cast<qsizetype>(m_missing), bytes.size());
    const char *mask = m_head.constData() + m_head.size() - MaskSize;
    QByteArray &target = payload();
    const qsizetype start = target.size();
    target.append(bytes.first(taken));
    char *data = target.data() + start;
    for (qsizetype i = 0; i < taken; ++i)
        data[i] = static_cast<char>(data[i] ^ mask[(m_taken + static_cast<quint64>(i)) % MaskSize]);
    m_taken += static_cast<quint64>(taken);
    m_missing -= static_cast<quint64>(taken);
    if (m_missing == 0)
        finishFrame();
    return taken;
}

void WebSocketDecoder::finishFrame()
{
    switch (opcode()) {
    case Opcode::Continuation:
    case Opcode::Text:
    case Opcode::Binary:
        m_isInMessage = !isFinal();
        if (isFinal())
            finishMessage();
        break;
    case Opcode::Close:
        finishClose();
        break;
    case Opcode::Ping:
        m_items.append({Kind::Ping, std::exchange(m_control, {})});
        break;
    case Opcode::Pong:
        m_items.append({Kind::Pong, std::exchange(m_control, {})});
        break;
    }
    m_isInPayload = false;
    m_head.clear();
}

void WebSocketDecoder::finishMessage()
{
    if (m_isText && !m_message.isValidUtf8())
        return fail(CloseCode::NotUtf8);
    m_items.append({Kind::Message, std::exchange(m_message, {})});
}

void WebSocketDecoder::finishClose()
{
    const bool hasCode = m_control.size() >= 2;
    if (m_control.size() == 1
        || (hasCode && !isCloseCode(qFromBigEndian<quint16>(m_control.constData()))))
        return fail(CloseCode::ProtocolError);
    if (hasCode && !QByteArrayView(m_control).sliced(2).isValidUtf8())
        return fail(CloseCode::NotUtf8);
    m_items.append({Kind::Close, std::exchange(m_control, {})});
    m_hasEnded = true;
}

void WebSocketDecoder::fail(CloseCode code)
{
    m_error = code;
    m_hasEnded = true;
    m_message.clear();
    m_control.clear();
}

bool WebSocketDecoder::isFinal() const
{
    return (byteAt(m_head, 0) & 0x80) != 0;
}

bool WebSocketDecoder::isControl() const
{
    return (byteAt(m_head, 0) & 0x08) != 0;
}

WebSocketFrame::Opcode WebSocketDecoder::opcode() const
{
    return static_cast<Opcode>(byteAt(m_head, 0) & 0x0f);
}
