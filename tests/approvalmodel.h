// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

// What the gate ought to do, told once more as plainly as possible and without a line of it. Time
// is in milliseconds, requests are numbers.
struct ApprovalModel
{
    enum class At { Refused, ToBeShown, Shown, Granted, Deciding, Running };
    enum class Mode { Ask, Rules, All };
    enum class RuleIs { None, Allow, Deny };
    struct Item
    {
        At at = At::Refused;
        long generation = 0;
        bool pending = false; // its requester was told so
        long firstShown = 0;
        long deadline = 0; // the first one
        long due = 0;
    };

    Mode mode = Mode::Ask;
    bool ownerIsThere = true;
    bool denyWhenAway = false;
    bool linkIsTrusted = true;
    bool ending = false;
    int mayWait = 8;
    int mayRun = 4;
    int automaticAMinute = 10;
    long now = 0;
    long windowEnds = 0;
    long generation = 1;
    long lastLost = 0; // generation
    std::vector<long> automaticRuns; // when
    std::map<int, Item> items; // those alive

    [[nodiscard]] int number(std::initializer_list<At> where) const
    {
        return int(std::count_if(items.begin(), items.end(), [&](const auto &entry) {
            return std::find(where.begin(), where.end(), entry.second.at) != where.end();
        }));
    }
    [[nodiscard]] int waiting() const { return number({At::ToBeShown, At::Shown}); }
    [[nodiscard]] int running() const { return number({At::Granted, At::Deciding, At::Running}); }
    [[nodiscard]] const Item *item(int request) const
    {
        const auto found = items.find(request);
        return found == items.end() ? nullptr : &found->second;
    }
    [[nodiscard]] bool isAt(int request, At at) const
    {
        return item(request) && item(request)->at == at;
    }
    [[nodiscard]] bool linkIsGone(const Item &one) const
    {
        return !one.pending && one.generation <= lastLost;
    }

    // "run", "ask", "denied" or "busy".
    std::string receive(int request, RuleIs rule, bool ruleIsUsable)
    {
        const std::string word = verdict(rule, ruleIsUsable);
        items[request] = {word == "run"       ? At::Granted
                              : word == "ask" ? At::ToBeShown
                                              : At::Refused,
                          generation};
        return word;
    }
    std::string verdict(RuleIs rule, bool ruleIsUsable)
    {
        const std::string question = denyWhenAway && !ownerIsThere ? "denied"
            : mode == Mode::Rules                                  ? "denied"
            : ending || waiting() >= mayWait                       ? "busy"
                                                                   : "ask";
        if (rule == RuleIs::Deny)
            return "denied";
        const bool everything = mode == Mode::All;
        const bool byWindow = rule == RuleIs::None && now < windowEnds;
        if (!linkIsTrusted || !(everything || rule == RuleIs::Allow || byWindow))
            return question;
        if (ending || running() >= mayRun)
            return "busy";
        if (everything)
            return "run";
        const auto isRecent = [this](long time) { return now - time < 60'000; };
        if (std::count_if(automaticRuns.begin(), automaticRuns.end(), isRecent) >= automaticAMinute)
            return mode == Mode::Rules ? "busy" : question;
        automaticRuns.push_back(now);
        return byWindow || ruleIsUsable ? "run" : question;
    }
    void show(int request, long time)
    {
        Item *one = item(request) ? &items[request] : nullptr;
        if (one && one->at == At::ToBeShown)
            *one = {At::Shown, one->generation, one->pending, now, time, now + time};
        else if (one && one->at == At::Shown && now < one->due) // else it is over for good
            one->due = std::min(now + time, one->firstShown + 2 * one->deadline);
    }
    void tellPending(int request)
    {
        if (item(request) && !linkIsGone(*item(request)))
            items[request].pending = true;
    }
    void loseLink()
    {
        lastLost = generation;
        windowEnds = 0;
    }
    [[nodiscard]] bool mayBeApproved(int request, bool rightHash) const
    {
        return isAt(request, At::Shown) && now < item(request)->due && !linkIsGone(*item(request))
            && rightHash && !ending && running() < mayRun;
    }
    [[nodiscard]] bool mayBeAdmitted(int request) const
    {
        return isAt(request, At::Granted) && !linkIsGone(*item(request)) && !ending;
    }
    // The decision was made, and it was recorded or not. True: it runs.
    bool decided(int request, bool recorded, At before)
    {
        if (!isAt(request, At::Deciding))
            return false; // it has ended meanwhile
        const bool runs = recorded && !linkIsGone(*item(request));
        items[request].at = runs ? At::Running : recorded ? At::Refused : before;
        return runs;
    }
    bool drop(int request) // false: too late
    {
        return item(request) && !isAt(request, At::Running) && items.erase(request) > 0;
    }
};
