// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journalrows.h"

// How rows of the journal that are about no request are written for people.
namespace EventText {

[[nodiscard]] QString kind(const QString &kind); // "Connection"
[[nodiscard]] QString sentence(const JournalEntry &entry); // "attached to …"; VisibleText, one line

} // namespace EventText
