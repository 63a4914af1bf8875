// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "outcome.h"

// Cuts output that is too long: its beginning and its end are kept, at the borders of characters.
namespace OutputCut {

struct Part
{
    QByteArray bytes;
    bool isWhole = false; // nothing of the stream is missing
};

// UTF-8, but for characters that were cut where output was left out.
[[nodiscard]] bool isUtf8(const KeptOutput &output);
// Bytes of UTF-8 text inside a JSON string.
[[nodiscard]] qsizetype escapedSize(QByteArrayView text);
// All that is kept in memory, without half characters where output was left out.
[[nodiscard]] Part kept(const KeptOutput &output);
// At most limit bytes once it is escaped. output must be UTF-8.
[[nodiscard]] Part text(const KeptOutput &output, qsizetype limit);
// As many whole characters from the beginning as have room once they are escaped.
[[nodiscard]] QByteArrayView beginning(QByteArrayView text, qsizetype limit);
// At most limit bytes as they are.
[[nodiscard]] Part binary(const KeptOutput &output, qsizetype limit);

// Without the character at the end (beginning) that is not all there.
[[nodiscard]] QByteArrayView withoutHalfEnd(QByteArrayView text);
[[nodiscard]] QByteArrayView withoutHalfBegin(QByteArrayView text);

} // namespace OutputCut
