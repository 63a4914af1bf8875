// SPDX-License-Identifier: Apache-2.0
#include "websocketframe.h"

#include <QtEndian>

namespace {

template<typename Number>
QByteArray bigEndian(Number number)
{
    QByteArray bytes(sizeof number, Qt::Uninitialized);
    qToBigEndian(number, bytes.data());
    return bytes;
}

QByteArray frame(WebSocketFrame::Opcode opcode, const QByteArray &data)
{
    QByteArray bytes;
    bytes.reserve(data.size() + 10);
    bytes += static_cast<char>(0x80 | static_cast<quint8>(opcode)); // FIN
    if (data.size() < 126)
        bytes += static_cast<char>(data.size());
    else if (data.size() <= 0xffff)
        bytes += '\x7e' + bigEndian(static_cast<quint16>(data.size()));
    else
        bytes += '\x7f' + bigEndian(static_cast<quint64>(data.size()));
    return bytes + data;
}

} // namespace

QByteArray WebSocketFrame::message(const QByteArray &data)
{
    return frame(data.isValidUtf8() ? Opcode::Text : Opcode::Binary, data);
}

QByteArray WebSocketFrame::close(CloseCode code)
{
    return frame(Opcode::Close, bigEndian(static_cast<quint16>(code)));
}

QByteArray WebSocketFrame::ping()
{
    return frame(Opcode::Ping, {});
}

QByteArray WebSocketFrame::pong(const QByteArray &data)
{
    return frame(Opcode::Pong, data);
}
