// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

// Bytes in, whole chunks out: the chunked coding of RFC 9112 section 7.1 and nothing looser.
// What it gives never depends on how the bytes were split. It holds at most one unfinished chunk.
class ChunkDecoder final
{
public:
    enum class Error {
        None,
        BadSize,          // no hex digit, a sign, a prefix, a blank, or something else behind the digits
        SizeTooLong,      // more than 8 digits
        TooLarge,         // more than Limits::chunk bytes announced
        BadExtension,     // not RFC 9112 chunk-ext
        ExtensionTooLong, // more than Limits::extension bytes
        BadLineEnd,       // a bare CR or LF where CR LF belongs
        MissingDataEnd,   // no CR LF behind the announced number of bytes
        BadTrailer,       // not a field line, a NUL, or a folded line
        TrailerTooLong,   // more than Limits::trailer bytes
    };
    // A chunk of size zero ends the stream (server to device). A server takes it as a message
    // without bytes instead, since the SDK's clients send an empty reply that way.
    enum class ZeroChunk { EndsStream, IsMessage };

    struct Limits
    {
        qsizetype chunk = 1024 * 1024;
        qsizetype extension = 256;
        qsizetype trailer = 4096;
    };

    explicit ChunkDecoder(ZeroChunk zeroChunk = ZeroChunk::EndsStream);
    ChunkDecoder(ZeroChunk zeroChunk, const Limits &limits);

    // The chunks that became complete with these bytes, those before a fault included.
    // After a fault or the end of the stream all further bytes are dropped.
    [[nodiscard]] QList<QByteArray> feed(QByteArrayView bytes);

    [[nodiscard]] Error error() const { return m_error; }
    [[nodiscard]] QString errorString() const; // one sentence for the owner; empty without an error
    [[nodiscard]] bool hasEnded() const;       // the last chunk and its trailer came
    [[nodiscard]] bool isBetweenChunks() const; // nothing of the next chunk has come yet

    // (private part: to be written)
private:
    Error m_error = Error::None;
};
