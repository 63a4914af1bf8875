// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rule.h"

#include <QCoreApplication>
#include <QList>

#include <functional>

// The rules and which of them decides. Deny wins. Knows no file and no journal: see RuleBook.
class Rules final
{
    Q_DECLARE_TR_FUNCTIONS(Rules)

public:
    struct Now
    {
        QDateTime wall; // UTC
        BootClock::time_point boot;
    };
    using Clock = std::function<Now()>;
    [[nodiscard]] static Now systemNow();

    explicit Rules(Clock clock = systemNow);

    // Empty when it can be one; else one line that says why: no command, hidden characters in one
    // to allow, already over.
    [[nodiscard]] QString problem(const Rule &rule) const;

    // Takes the place of one with the same verdict, command and scope. False: problem().
    bool add(const Rule &rule);
    bool remove(const QString &id); // false: there is none
    void clear() { m_rules.clear(); }
    void clearKept(); // leaves those of the session

    [[nodiscard]] const QList<Rule> &all() const { return m_rules; } // those that are over, too
    [[nodiscard]] bool isOver(const Rule &rule) const; // by either clock, or used up
    // The one that decides; null: none does.
    [[nodiscard]] const Rule *match(const QByteArray &command, const QString &scope) const;
    // It has decided. True when it counts its uses, and so has changed.
    bool use(const QString &id);
    [[nodiscard]] bool hasOver() const;
    // Those that are over, which are in force no more and are not kept.
    QList<Rule> takeOver();

private:
    Clock m_clock;
    QList<Rule> m_rules;
};
