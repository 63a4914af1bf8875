// SPDX-License-Identifier: Apache-2.0
// The input is what a server sends: a head and chunks, or chunks alone.
#include "check.h"
#include "chunkdecoder.h"
#include "responsehead.h"
#include "wire.h"

#include <algorithm>
#include <cstdint>
#include <random>

using Limits = ChunkDecoder::Limits;
using ZeroChunk = ChunkDecoder::ZeroChunk;

namespace {

struct Decoding
{
    QList<QByteArray> chunks;
    ChunkDecoder::Error error = ChunkDecoder::Error::None;
    bool hasEnded = false;
    bool isBetweenChunks = false;

    bool operator==(const Decoding &) const = default;
};

struct HeadReading
{
    qsizetype taken = 0;
    bool isComplete = false;
    ResponseHead::Error error = ResponseHead::Error::None;
    int statusCode = 0;
    QByteArray reason;
    QByteArray fields;
    ResponseHead::Body body = ResponseHead::Body::None;

    bool operator==(const HeadReading &) const = default;
};

// Pieces of an input: few and large, or many and small, always the same for the same input.
QList<QByteArrayView> piecesOf(QByteArrayView input)
{
    std::minstd_rand random(static_cast<unsigned>(qHash(input) | 1U));
    const std::uint32_t longest = 1U << random() % 11U;
    QList<QByteArrayView> pieces;
    while (!input.isEmpty()) {
        const auto size = std::min<qsizetype>(1 + random() % longest, input.size());
        pieces.append(input.first(size));
        input = input.sliced(size);
    }
    return pieces;
}

HeadReading readHead(const QList<QByteArrayView> &pieces)
{
    ResponseHead head;
    HeadReading reading;
    for (const QByteArrayView piece : pieces)
        reading.taken += head.feed(piece);
    reading.isComplete = head.isComplete();
    reading.error = head.error();
    reading.statusCode = head.statusCode();
    reading.reason = head.reason();
    for (const ResponseHead::Field &field : head.fields())
        reading.fields += field.name + '=' + field.value + '\n';
    reading.body = head.body();
    check(head.errorString().isEmpty() == (head.error() == ResponseHead::Error::None),
          "a head has an error text when it has an error");
    return reading;
}

void checkHead(const HeadReading &head)
{
    using Error = ResponseHead::Error;
    check(!head.isComplete || head.error == Error::None, "no head is complete and wrong");
    check(!head.isComplete || (head.statusCode >= 200 && head.statusCode <= 599),
          "a complete head is final");
    check(!head.reason.contains('\n') && !head.reason.contains('\0'), "a reason is one line");
    check(!head.fields.contains('\r') && !head.fields.contains('\0'), "a field is one line");
}

Decoding decode(const QList<QByteArrayView> &pieces, ZeroChunk zeroChunk, const Limits &limits)
{
    ChunkDecoder decoder(zeroChunk, limits);
    Decoding decoding;
    for (const QByteArrayView piece : pieces)
        decoding.chunks += decoder.feed(piece);
    decoding.error = decoder.error();
    decoding.hasEnded = decoder.hasEnded();
    decoding.isBetweenChunks = decoder.isBetweenChunks();
    check(decoder.errorString().isEmpty() == (decoder.error() == ChunkDecoder::Error::None),
          "a decoder has an error text when it has an error");
    return decoding;
}

void checkReencoding(const QList<QByteArray> &chunks, ZeroChunk zeroChunk, const Limits &limits)
{
    QByteArray stream;
    for (const QByteArray &chunk : chunks)
        stream += chunk.isEmpty() ? QByteArray("0\r\n\r\n") : Wire::frame(chunk);
    const Decoding again = decode({stream}, zeroChunk, limits);
    check(again.chunks == chunks, "chunks survive encoding and decoding");
    check(again.error == ChunkDecoder::Error::None && again.isBetweenChunks,
          "what we encode we accept");
}

void tryChunks(QByteArrayView input, ZeroChunk zeroChunk, const Limits &limits)
{
    const Decoding whole = decode({input}, zeroChunk, limits);
    check(decode(piecesOf(input), zeroChunk, limits) == whole, "splits do not matter to chunks");
    check(!whole.hasEnded || whole.error == ChunkDecoder::Error::None, "no end is a fault");
    check(!whole.hasEnded || zeroChunk == ZeroChunk::EndsStream, "a server's stream goes on");
    qsizetype total = 0;
    for (const QByteArray &chunk : whole.chunks) {
        check(chunk.size() <= limits.chunk, "no chunk is larger than the limit");
        check(!chunk.isEmpty() || zeroChunk == ZeroChunk::IsMessage, "no message is empty");
        total += chunk.size();
    }
    check(total <= input.size(), "chunks hold nothing that did not come");
    checkReencoding(whole.chunks, zeroChunk, limits);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView input(data, static_cast<qsizetype>(size));
    const HeadReading head = readHead({input});
    check(readHead(piecesOf(input)) == head, "splits do not matter to heads");
    checkHead(head);

    const QByteArrayView body = head.isComplete ? input.sliced(head.taken) : input;
    tryChunks(body, ZeroChunk::EndsStream, {});
    tryChunks(body, ZeroChunk::IsMessage, {.chunk = 40, .extension = 10, .trailer = 20});
    tryChunks(body, ZeroChunk::EndsStream, {.chunk = 40, .extension = 10, .trailer = 20});
    return 0;
}
