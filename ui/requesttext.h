// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "outcome.h"

#include <QColor>
#include <QString>

class QPalette;
struct RequestRow;

// How requests are written for people.
namespace RequestText {

[[nodiscard]] QString state(RequestState state); // "waiting for you"
[[nodiscard]] QString
symbol(RequestState state); // a shape for each kind, so that colour is not alone
[[nodiscard]] QString symbolAndState(RequestState which); // "? waiting for you"
[[nodiscard]] QColor colour(RequestState state, const QPalette &palette);
[[nodiscard]] QString decidedBy(const QString &by); // "you"
[[nodiscard]] QString exit(const Outcome &outcome); // "exit 3", "SIGSEGV", empty
[[nodiscard]] QString
facts(const RequestRow &row); // one line: when, from where, by whom, how it ended

// The whole of it in some lines, without the output.
[[nodiscard]] QString report(const RequestRow &row);

} // namespace RequestText
