// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QtEndian>

// WebSocket as a client of the server speaks it: masked frames, and the server's taken apart.
namespace WebSocketTalk {

constexpr int Final = 0x80;
enum Opcode { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

inline QByteArray lengthOf(qsizetype size, int mask)
{
    QByteArray bytes;
    if (size < 126)
        return bytes += static_cast<char>(size | mask);
    const bool isShort = size < 65'536;
    bytes += static_cast<char>((isShort ? 126 : 127) | mask);
    for (int shift = isShort ? 8 : 56; shift >= 0; shift -= 8)
        bytes += static_cast<char>(static_cast<quint64>(size) >> shift & 0xff);
    return bytes;
}

// first: opcode, with Final and reserved bits where they are wanted.
inline QByteArray masked(int first, const QByteArray &data,
                         const QByteArray &mask = "\x11\x22\x33\x44")
{
    QByteArray bytes = static_cast<char>(first) + lengthOf(data.size(), 0x80) + mask;
    for (qsizetype i = 0; i < data.size(); ++i)
        bytes += static_cast<char>(data[i] ^ mask[i % 4]);
    return bytes;
}

inline QByteArray text(const QByteArray &data)
{
    return masked(Final | Text, data);
}

inline QByteArray closing(int code, const QByteArray &reason = {})
{
    QByteArray data(2, '\0');
    qToBigEndian(static_cast<quint16>(code), data.data());
    return masked(Final | Close, data + reason);
}

struct Frame
{
    int first = 0;
    QByteArray data;

    bool operator==(const Frame &) const = default;
};

// The whole frames at the beginning of what a server wrote, which are never masked.
inline QList<Frame> framesIn(const QByteArray &stream)
{
    QList<Frame> frames;
    for (qsizetype at = 0; at + 2 <= stream.size();) {
        const auto byte = [&](qsizetype i) { return static_cast<quint8>(stream[at + i]); };
        const int extra = byte(1) == 127 ? 8 : byte(1) == 126 ? 2 : 0;
        if (at + 2 + extra > stream.size())
            break;
        quint64 size = extra > 0 ? 0 : byte(1);
        for (int i = 0; i < extra; ++i)
            size = size << 8 | byte(2 + i);
        const qsizetype end = at + 2 + extra + static_cast<qsizetype>(size);
        if (end > stream.size())
            break;
        frames.append({byte(0), stream.sliced(at + 2 + extra, static_cast<qsizetype>(size))});
        at = end;
    }
    return frames;
}

// The code of the close frame that ends them; 0 when none does, 1005 when it has no code.
inline int closeCode(const QList<Frame> &frames)
{
    if (frames.isEmpty() || frames.last().first != (Final | Close))
        return 0;
    const QByteArray &data = frames.last().data;
    return data.size() < 2 ? 1005 : qFromBigEndian<quint16>(data.constData());
}

} // namespace WebSocketTalk
