// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

struct JournalEntry;

// Which of the rows that are about no request are listed.
namespace EventChoice {

enum class Show { All, Connection, Events, Settings, Problems };

[[nodiscard]] QStringList kinds(Show show); // that may be among them; empty: all
[[nodiscard]] bool includes(Show show, const JournalEntry &entry); // entry: of such a kind
[[nodiscard]] bool includesHeartbeats(Show show);

} // namespace EventChoice
