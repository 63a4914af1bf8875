// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>

#include <optional>

// What has to be removed from one text and added to get the other, line by line, as few lines as
// possible (Myers).
namespace LineDifference {

enum class Kind { Equal, Removed, Added };
struct Line
{
    Kind kind;
    QByteArray text; // without its line end

    [[nodiscard]] bool operator==(const Line &) const = default;
};

constexpr int MaximumChanges = 1000; // lines removed and added
constexpr qint64 MaximumBytes = 512 * 1024; // of each text

// Removed lines come before the added ones in their place. Nothing when there are more changes or
// bytes than that; it takes some 50 ms at the most.
[[nodiscard]] std::optional<QList<Line>> between(const QByteArray &before, const QByteArray &after);

} // namespace LineDifference
