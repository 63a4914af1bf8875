// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

// A decision that the owner made beforehand: for exactly these command bytes, from one server and
// application. No prefix, pattern or normalisation.
struct Rule
{
    enum class Verdict { Allow, Deny };
    Verdict verdict = Verdict::Deny;
    QByteArray command;
    QString scope; // "host:port/application"

    friend bool operator==(const Rule &, const Rule &) = default;
};

// The rules in force for this session. Deny wins.
class Rules final
{
public:
    // False when the rule is not one: no command, or one with hidden characters to allow.
    bool add(const Rule &rule);
    bool remove(const Rule &rule);
    void clear() { m_rules.clear(); }
    [[nodiscard]] QList<Rule> all() const { return m_rules; }
    [[nodiscard]] std::optional<Rule::Verdict> match(const QByteArray &command,
                                                     const QString &scope) const;

private:
    QList<Rule> m_rules;
};
