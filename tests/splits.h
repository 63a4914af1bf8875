// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>

// The ways in which a stream is fed to a parser: whole, one byte at a time, and in two pieces at
// every place; of a stream longer than 2 KiB at the places near its ends and a few between.
inline QList<QList<QByteArray>> splitsOf(const QByteArray &stream)
{
    constexpr qsizetype allUpTo = 2048;
    constexpr qsizetype nearEnd = 16;
    QList<QByteArray> single;
    for (const char c : stream)
        single.append(QByteArray(1, c));
    QList<QList<QByteArray>> splits = {{stream}, single};
    for (qsizetype at = 1; at < stream.size(); ++at) {
        const bool isNearEnd = at < nearEnd || at > stream.size() - nearEnd;
        if (stream.size() <= allUpTo || isNearEnd || at % (stream.size() / nearEnd) == 0)
            splits.append({stream.first(at), stream.sliced(at)});
    }
    return splits;
}
