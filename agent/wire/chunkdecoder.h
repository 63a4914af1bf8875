// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chunkextension.h"
#include "linereader.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QList>
#include <QString>

// Bytes in, whole chunks out: the chunked coding of RFC 9112 section 7.1 and nothing looser.
// What it gives never depends on how the bytes were split. It holds at most one unfinished chunk.
class ChunkDecoder final
{
    Q_DECLARE_TR_FUNCTIONS(ChunkDecoder)

public:
    enum class Error {
        None,
        BadSize, // no hex digit, a sign, a prefix, a blank, or something else behind the digits
        SizeTooLong, // more than 8 digits
        TooLarge, // more than Limits::chunk bytes announced
        BadExtension, // not RFC 9112 chunk-ext
        ExtensionTooLong, // more than Limits::extension bytes
        BadLineEnd, // a bare CR or LF where CR LF belongs
        MissingDataEnd, // no CR LF behind the announced number of bytes
        BadTrailer, // not a field line, a NUL, or a folded line
        TrailerTooLong, // more than Limits::trailer bytes, the empty line that ends it not counted
    };
    // A chunk of size zero ends the stream (server to device). A server takes it as a message
    // without bytes instead, since the SDK's clients send an empty reply that way.
    enum class ZeroChunk { EndsStream, IsMessage };

    struct Limits
    {
        qsizetype chunk = qsizetype{1024} * 1024; // bytes, as all of these
        qsizetype extension = 256; // all between the digits and the CR LF
        qsizetype trailer = 4096;
    };

    explicit ChunkDecoder(ZeroChunk zeroChunk = ZeroChunk::EndsStream);
    ChunkDecoder(ZeroChunk zeroChunk, const Limits &limits);

    // The chunks that became complete with these bytes, those before a fault included.
    // After a fault or the end of the stream all further bytes are dropped.
    [[nodiscard]] QList<QByteArray> feed(QByteArrayView bytes);

    [[nodiscard]] Error error() const { return m_error; }
    [[nodiscard]] QString errorString() const; // one sentence for the owner; empty without an error
    [[nodiscard]] bool hasEnded() const; // the last chunk and its trailer came
    // Nothing of the next chunk has come yet; also true at the end, but not after a fault.
    [[nodiscard]] bool isBetweenChunks() const;

private:
    enum class State {
        Size,
        Extension,
        SizeLineFeed,
        Data,
        DataReturn,
        DataLineFeed,
        Trailer,
        Ended,
        Failed
    };

    [[nodiscard]] qsizetype takeData(QByteArrayView bytes);
    void takeByte(char c);
    void takeSize(char c);
    void takeExtension(char c);
    void takeDataReturn(char c);
    void takeTrailer(char c);
    void endSizeLine();
    void beginData();
    [[nodiscard]] bool expectLineFeed(char c);
    void fail(Error error);

    ZeroChunk m_zeroChunk;
    Limits m_limits;
    State m_state = State::Size;
    Error m_error = Error::None;
    int m_digits = 0; // of the size so far
    qint64 m_size = 0; // of the chunk, as announced
    qsizetype m_extensionSize = 0; // bytes between the digits and the CR LF
    qsizetype m_trailerSize = 0;
    ChunkExtension m_extension;
    LineReader m_trailerLine;
    QByteArray m_chunk; // what came of the unfinished chunk
};
