// SPDX-License-Identifier: Apache-2.0
#include "chunkdecoder.h"

#include "fieldline.h"
#include "httpgrammar.h"

#include <algorithm>
#include <utility>

namespace {

constexpr int MaximumDigits = 8;
// Set aside at once for a chunk; beyond it memory follows what came, not what was announced.
constexpr qsizetype FirstReservation = qsizetype{64} * 1024;

} // namespace

ChunkDecoder::ChunkDecoder(ZeroChunk zeroChunk) : ChunkDecoder(zeroChunk, Limits()) { }

ChunkDecoder::ChunkDecoder(ZeroChunk zeroChunk, const Limits &limits)
    : m_zeroChunk(zeroChunk), m_limits(limits), m_trailerLine(limits.trailer)
{
}

QList<QByteArray> ChunkDecoder::feed(QByteArrayView bytes)
{
    QList<QByteArray> chunks;
    while (!bytes.isEmpty() && m_state != State::Ended && m_state != State::Failed) {
        if (m_state == State::Data) {
            bytes = bytes.sliced(takeData(bytes));
            continue;
        }
        const bool endsChunk = m_state == State::DataLineFeed;
        takeByte(bytes.front());
        bytes = bytes.sliced(1);
        if (endsChunk && m_state == State::Size)
            chunks.append(std::exchange(m_chunk, {}));
    }
    return chunks;
}

bool ChunkDecoder::hasEnded() const
{
    return m_state == State::Ended;
}

bool ChunkDecoder::isBetweenChunks() const
{
    return hasEnded() || (m_state == State::Size && m_digits == 0);
}

qsizetype ChunkDecoder::takeData(QByteArrayView bytes)
{
    const auto missing = static_cast<qsizetype>(m_size) - m_chunk.size();
    const QByteArrayView data = bytes.first(std::min(missing, bytes.size()));
    if (m_chunk.isEmpty())
        m_chunk.reserve(std::max(data.size(), std::min(missing, FirstReservation)));
    m_chunk.append(data);
    if (data.size() == missing)
        m_state = State::DataReturn;
    return data.size();
}

void ChunkDecoder::takeByte(char c)
{
    switch (m_state) {
    case State::Size:
        return takeSize(c);
    case State::Extension:
        return takeExtension(c);
    case State::SizeLineFeed:
        return expectLineFeed(c) ? beginData() : void();
    case State::DataReturn:
        return takeDataReturn(c);
    case State::DataLineFeed:
        m_state = expectLineFeed(c) ? State::Size : State::Failed;
        return;
    case State::Trailer:
        return takeTrailer(c);
    case State::Data:
    case State::Ended:
    case State::Failed:
        return;
    }
}

void ChunkDecoder::takeSize(char c)
{
    const int value = HttpGrammar::hexValue(c);
    if (value >= 0) {
        if (++m_digits > MaximumDigits)
            return fail(Error::SizeTooLong);
        m_size = m_size * 16 + value;
        return;
    }
    if (m_digits == 0)
        return fail(Error::BadSize);
    m_extension = {};
    m_extensionSize = 0;
    m_state = State::Extension;
    takeExtension(c);
}

void ChunkDecoder::takeExtension(char c)
{
    if (c == '\r')
        return endSizeLine();
    if (c == '\n')
        return fail(Error::BadLineEnd);
    if (++m_extensionSize > m_limits.extension)
        return fail(Error::ExtensionTooLong);
    if (!m_extension.take(c))
        fail(m_extension.hasBegun() ? Error::BadExtension : Error::BadSize);
}

void ChunkDecoder::endSizeLine()
{
    if (m_extensionSize > 0 && !m_extension.canEnd())
        return fail(m_extension.hasBegun() ? Error::BadExtension : Error::BadSize);
    if (m_size > m_limits.chunk)
        return fail(Error::TooLarge);
    m_state = State::SizeLineFeed;
}

void ChunkDecoder::beginData()
{
    if (m_size > 0)
        m_state = State::Data;
    else
        m_state = m_zeroChunk == ZeroChunk::IsMessage ? State::DataReturn : State::Trailer;
}

void ChunkDecoder::takeDataReturn(char c)
{
    if (c != '\r')
        return fail(c == '\n' ? Error::BadLineEnd : Error::MissingDataEnd);
    m_digits = 0;
    m_size = 0;
    m_state = State::DataLineFeed;
}

void ChunkDecoder::takeTrailer(char c)
{
    constexpr qsizetype lastLineEnd = 2;
    if (++m_trailerSize > m_limits.trailer + lastLineEnd)
        return fail(Error::TrailerTooLong);
    switch (m_trailerLine.take(c)) {
    case LineReader::Result::Incomplete:
        return;
    case LineReader::Result::Line:
        if (m_trailerLine.line().isEmpty())
            m_state = State::Ended;
        else if (!FieldLine::parse(m_trailerLine.line()))
            fail(Error::BadTrailer);
        return;
    case LineReader::Result::BareEnd:
        return fail(Error::BadLineEnd);
    case LineReader::Result::BadByte:
        return fail(Error::BadTrailer);
    case LineReader::Result::TooLong:
        return fail(Error::TrailerTooLong);
    }
}

bool ChunkDecoder::expectLineFeed(char c)
{
    if (c != '\n')
        fail(Error::BadLineEnd);
    return c == '\n';
}

void ChunkDecoder::fail(Error error)
{
    m_error = error;
    m_state = State::Failed;
    m_chunk = {};
}

QString ChunkDecoder::errorString() const
{
    switch (m_error) {
    case Error::None:
        return {};
    case Error::BadSize:
        return tr("The other side sent a chunk size that is no hexadecimal number; "
                  "it may not speak Cometa.");
    case Error::SizeTooLong:
        return tr("The other side sent a chunk size of more than 8 digits.");
    case Error::TooLarge:
        return tr("The other side announced a message larger than %1 bytes, which is the limit.")
            .arg(m_limits.chunk);
    case Error::BadExtension:
        return tr("The other side sent a chunk extension that breaks the rules of HTTP.");
    case Error::ExtensionTooLong:
        return tr("The other side sent a chunk extension longer than %1 bytes.")
            .arg(m_limits.extension);
    case Error::BadLineEnd:
        return tr("The other side ended a line with something other than CR LF.");
    case Error::MissingDataEnd:
        return tr("The other side sent a message that is longer than it had announced.");
    case Error::BadTrailer:
        return tr("The other side ended the stream with a malformed trailer.");
    case Error::TrailerTooLong:
        return tr("The other side ended the stream with a trailer longer than %1 bytes.")
            .arg(m_limits.trailer);
    }
    return {};
}
