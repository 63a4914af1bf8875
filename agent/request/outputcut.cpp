// SPDX-License-Identifier: Apache-2.0
#include "outputcut.h"

#include <algorithm>
#include <bit>

namespace OutputCut {

namespace {

constexpr qsizetype longestCharacter = 4; // bytes, in UTF-8

bool isContinuation(char byte)
{
    return (uchar(byte) & 0xC0) == 0x80;
}

qsizetype escapedSize(char byte)
{
    switch (byte) {
    case '"':
    case '\\':
    case '\b':
    case '\t':
    case '\n':
    case '\f':
    case '\r':
        return 2;
    default:
        return uchar(byte) < 0x20 ? 6 : 1;
    }
}

QByteArrayView ending(QByteArrayView text, qsizetype limit)
{
    qsizetype size = 0;
    for (qsizetype used = 0; size < text.size(); ++size) {
        used += escapedSize(text[text.size() - size - 1]);
        if (used > limit)
            break;
    }
    return withoutHalfBegin(text.last(size));
}

} // namespace

QByteArrayView beginning(QByteArrayView text, qsizetype limit)
{
    qsizetype size = 0;
    for (qsizetype used = 0; size < text.size(); ++size) {
        used += escapedSize(text[size]);
        if (used > limit)
            break;
    }
    return withoutHalfEnd(text.first(size));
}

QByteArrayView withoutHalfEnd(QByteArrayView text)
{
    const qsizetype most = std::min(longestCharacter, text.size());
    for (qsizetype back = 1; back <= most; ++back) {
        const char byte = text[text.size() - back];
        if (isContinuation(byte))
            continue;
        const int length = std::countl_one(uchar(byte)); // 0 for ASCII
        return length > back ? text.chopped(back) : text;
    }
    return text;
}

QByteArrayView withoutHalfBegin(QByteArrayView text)
{
    qsizetype skipped = 0;
    while (skipped < text.size() && skipped < longestCharacter - 1 && isContinuation(text[skipped]))
        ++skipped;
    return text.sliced(skipped);
}

bool isUtf8(const KeptOutput &output)
{
    if (output.leftOut() > 0)
        return withoutHalfEnd(output.head).isValidUtf8()
            && withoutHalfBegin(output.tail).isValidUtf8();
    return (output.head + output.tail).isValidUtf8();
}

qsizetype escapedSize(QByteArrayView text)
{
    qsizetype size = 0;
    for (const char byte : text)
        size += escapedSize(byte);
    return size;
}

Part kept(const KeptOutput &output)
{
    if (output.leftOut() > 0)
        return {withoutHalfEnd(output.head).toByteArray()
                    + withoutHalfBegin(output.tail).toByteArray(),
                false};
    return {output.head + output.tail, true};
}

Part text(const KeptOutput &output, qsizetype limit)
{
    Part all = kept(output);
    if (escapedSize(all.bytes) <= limit)
        return all;
    const bool gap = output.leftOut() > 0;
    const QByteArrayView front = gap ? QByteArrayView(output.head) : QByteArrayView(all.bytes);
    const QByteArrayView back = gap ? QByteArrayView(output.tail) : QByteArrayView(all.bytes);
    const QByteArrayView first = beginning(front, limit / 2);
    const QByteArrayView last = ending(back, limit / 2);
    return {first.toByteArray() + last.toByteArray(), false};
}

Part binary(const KeptOutput &output, qsizetype limit)
{
    const qsizetype size = output.head.size() + output.tail.size();
    if (size <= limit)
        return {output.head + output.tail, output.leftOut() <= 0};
    const qsizetype half = std::max<qsizetype>(limit, 0) / 2;
    return {output.first(half) + output.last(half), false};
}

} // namespace OutputCut
