// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "request.h"

#include <QStringList>

#include <chrono>

struct Outcome;

// Where a request came from and what it would run as; taken when it arrived.
struct PromptPlace
{
    QString server;
    QString application;
    bool encrypted = false;
    bool isLocal = false; // the server is on this computer
    QString user;
    QString home;
    std::chrono::seconds timeLimit{300};
    QString scope; // "host:port/application"
    bool mayRemember = false; // a rule could let it run

    [[nodiscard]] static QString currentUser();
};

// What the prompt says about a request. All of it is plain text in which nothing untrusted is raw.
namespace PromptFacts {

[[nodiscard]] QString origin(const PromptPlace &place);
[[nodiscard]] QString measure(const Request &request, const PromptPlace &place);
// Each a sentence: what is in the command that could deceive.
[[nodiscard]] QStringList warnings(const Request &request, const PromptPlace &place);
[[nodiscard]] QString reason(const Request &request); // empty: none was given
// What has become of it, as a title.
[[nodiscard]] QString endingTitle(RequestState state);
// Why there is nothing to decide any more, and that it was not run.
[[nodiscard]] QString ending(RequestState state, const QString &by);

} // namespace PromptFacts
