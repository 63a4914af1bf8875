// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journalrows.h"

#include <QColor>

#include <chrono>

class QPalette;

// How rows of the journal that are about no request are written for people. All text is
// VisibleText, one line.
namespace EventText {

[[nodiscard]] QString kind(const QString &kind); // "Connection"
[[nodiscard]] QString sentence(const JournalEntry &entry); // "Attached to …"
// What the owner can do about it, a sentence; empty: nothing, or the sentence says it.
[[nodiscard]] QString remedy(const JournalEntry &entry);
[[nodiscard]] bool isProblem(const JournalEntry &entry);
// A refusal or the like, which needs the owner; any other loss of the link mends itself.
[[nodiscard]] bool isRefusal(const JournalEntry &entry);
// A shape for each kind, so that the colour is not alone. Invalid: the colour of text.
[[nodiscard]] QString symbol(const JournalEntry &entry);
[[nodiscard]] QColor colour(const JournalEntry &entry, const QPalette &palette);
// The bytes of an event; empty for other kinds.
[[nodiscard]] QByteArray payload(const JournalEntry &entry);
// "124 heartbeats, the last at 09:31:05"; last may be invalid.
[[nodiscard]] QString heartbeats(int count, const QDateTime &last);

[[nodiscard]] QString when(const QDateTime &time, const QDateTime &now); // "2 min ago", "09:31:05"
[[nodiscard]] QString length(std::chrono::seconds length); // "2 h 3 min"

} // namespace EventText
