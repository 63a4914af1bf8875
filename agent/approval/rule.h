// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deadline.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <optional>

// A decision that the owner made beforehand: for exactly these command bytes, from one server and
// application. No prefix, pattern or normalisation.
struct Rule
{
    enum class Verdict { Allow, Deny };

    QString id; // for as long as it exists; letters and digits
    Verdict verdict = Verdict::Deny;
    QByteArray command;
    QString scope; // "host:port/application"
    bool forSession = false; // gone when the agent ends
    QDateTime until; // UTC; invalid: without end
    // The same end on the clock that nobody can set back; nothing after a restart of the machine.
    std::optional<BootClock::time_point> untilBoot;
    std::optional<int> usesLeft; // nothing: any number
    // false: what the command writes goes into its reply and nowhere else. Only of Allow.
    bool keepsOutput = true;
    QDateTime created; // UTC

    friend bool operator==(const Rule &, const Rule &) = default;
};
