// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "request.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <optional>

// What is kept in memory of one output stream: all of it while it is short, else both ends.
struct KeptOutput
{
    QByteArray head;
    QByteArray tail; // follows head directly unless bytes were left out between them
    qint64 total = 0; // bytes that the command wrote

    [[nodiscard]] qint64 leftOut() const { return total - head.size() - tail.size(); }
    [[nodiscard]] QByteArray first(qint64 bytes) const; // at most what is kept there
    [[nodiscard]] QByteArray last(qint64 bytes) const;
    friend bool operator==(const KeptOutput &, const KeptOutput &) = default;
};

// How a request ended. Made once, by whoever ended it.
struct Outcome
{
    RequestState state = RequestState::Failed; // one of the ends
    std::optional<int> exitCode; // 0..255; none when killed, timed out or never run
    int signal = 0; // of the command's shell; 0 when it was not killed
    KeptOutput standardOutput;
    KeptOutput standardError;
    bool keepsOutput = true; // false: for the reply alone, neither stored nor sent later
    bool hasRun = false; // the command was started
    std::chrono::milliseconds duration{0}; // from start to end of the command
    std::chrono::seconds limit{0}; // time limit that was in force
    int leftBehind = 0; // processes still there at the end of the shell, ended
    QString by; // who decided: "user", "rule", "policy", …
    QString detail; // why it failed; the reason that the owner typed

    [[nodiscard]] Outcome withoutOutput() const; // with the sizes alone
    friend bool operator==(const Outcome &, const Outcome &) = default;
};

// "SIGSEGV"; "signal 40" for one without a name.
[[nodiscard]] QString signalName(int signal);
[[nodiscard]] int signalOf(QStringView name); // 0: there is none of that name
