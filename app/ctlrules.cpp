// SPDX-License-Identifier: Apache-2.0
#include "ctlrules.h"

#include "confirmation.h"
#include "ctlprint.h"
#include "ctlusage.h"
#include "requestparser.h"
#include "ruleoptions.h"
#include "sha256.h"
#include "standardinput.h"
#include "storedrules.h"
#include "visibletext.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype ListedCommand = 60; // characters

int fail(const QString &error)
{
    CtlPrint::error(error);
    return 1;
}

QString verdictOf(const Rule &rule)
{
    return rule.verdict == Rule::Verdict::Allow ? u"allow"_s : u"deny"_s;
}

QString endOf(const Rule &rule)
{
    QStringList parts;
    if (rule.until.isValid())
        parts += u"until "_s + rule.until.toLocalTime().toString(u"yyyy-MM-dd HH:mm"_s);
    if (rule.usesLeft)
        parts += *rule.usesLeft == 1 ? u"once"_s : u"%1 times"_s.arg(*rule.usesLeft);
    if (parts.isEmpty())
        parts += u"until removed"_s;
    if (!rule.keepsOutput)
        parts += u"output not kept"_s;
    return parts.join(u", "_s);
}

QJsonValue timeOrNull(const QDateTime &time)
{
    return time.isValid() ? QJsonValue(time.toString(Qt::ISODateWithMs)) : QJsonValue();
}

QJsonObject describe(const Rule &rule, int number, bool inForce)
{
    return {{u"number"_s, number},
            {u"verdict"_s, verdictOf(rule)},
            {u"cmd"_s, VisibleText::encode(rule.command)},
            {u"sha256"_s, QString::fromLatin1(Sha256::hex(rule.command))},
            {u"scope"_s, rule.scope},
            {u"created"_s, timeOrNull(rule.created)},
            {u"until"_s, timeOrNull(rule.until)},
            {u"uses_left"_s, rule.usesLeft ? QJsonValue(*rule.usesLeft) : QJsonValue()},
            {u"keep_output"_s, rule.keepsOutput},
            {u"in_force"_s, inForce}};
}

void addListed(const Rule &rule, int number, bool isOver, TerminalRows *rows)
{
    rows->addListed(u"%1  %2  %3  %4  "_s.arg(number, 3)
                        .arg(verdictOf(rule), -5)
                        .arg(isOver ? u"over"_s : endOf(rule), -22)
                        .arg(CtlPrint::escaped(rule.scope)),
                    VisibleText::encodeShort(rule.command, ListedCommand));
}

int list(const CtlUsage &usage)
{
    const StoredRules stored = StoredRules::read(usage.dataDirectory);
    const Rules clock;
    QJsonArray array;
    TerminalRows rows = TerminalRows::forOutput();
    for (const Rule &rule : stored.rules) {
        const int number = int(array.size()) + 1;
        const bool isOver = clock.isOver(rule);
        array.append(describe(rule, number, !isOver && stored.problem.isEmpty()));
        addListed(rule, number, isOver, &rows);
    }
    if (usage.has(u"json"_s))
        CtlPrint::json(array);
    else
        CtlPrint::out(array.isEmpty() && stored.problem.isEmpty() ? u"No rules.\n"_s : rows.text());
    if (!stored.problem.isEmpty())
        CtlPrint::error(stored.problem);
    return 0;
}

// All of standard input but for one newline at its end; nothing with one line when it is no
// command.
std::optional<QByteArray> readCommand(QString *errorString)
{
    const auto input = readStandardInput(MaximumCommand + 1, errorString); // and the newline
    if (!input)
        return std::nullopt;
    QByteArray command = *input;
    if (command.endsWith('\n'))
        command.chop(1);
    if (command.trimmed().isEmpty())
        *errorString = u"There is no command on standard input: printf 'df -h' | cometactl …"_s;
    else if (command.size() > MaximumCommand)
        *errorString = u"A command has at most %1 bytes."_s.arg(MaximumCommand);
    else if (command.contains('\0'))
        *errorString = u"A command has no NUL."_s;
    else
        return command;
    return std::nullopt;
}

bool isConfirmed(const Confirmation &terminal, const QString &head, const Rule &rule,
                 const QString &question)
{
    const int columns = terminal.size().columns;
    TerminalRows text(columns);
    text.add(QString());
    text.add(head);
    text.addField(u"command"_s, CtlPrint::measure(rule.command) + u':');
    text.addCommand(rule.command);
    TerminalRows below(columns);
    below.addField(u"command"_s, u"ends here: "_s + CtlPrint::measure(rule.command));
    below.addField(u"from"_s, CtlPrint::escaped(rule.scope));
    below.addField(u"then"_s,
                   rule.verdict == Rule::Verdict::Allow ? u"RUN IT WITHOUT ASKING"_s
                                                        : u"deny it without asking"_s);
    below.addField(u"in force"_s, endOf(rule));
    below.add(question + u" Enter yes, anything else leaves it: "_s);
    return terminal.ask(text, below);
}

int add(const CtlUsage &usage)
{
    QString error;
    std::optional<Rule> rule = RuleOptions::read(usage, &error);
    if (!rule) {
        CtlPrint::error(error);
        return 2;
    }
    const std::optional<QByteArray> command = readCommand(&error);
    if (!command)
        return fail(error);
    rule->command = *command;
    if (rule->verdict == Rule::Verdict::Allow && VisibleText(*command).hasHidden()) {
        TerminalRows rows = TerminalRows::forOutput();
        rows.addCommand(*command);
        CtlPrint::out(rows.text());
        return fail(u"A command with hidden characters cannot be allowed for good."_s);
    }
    const Confirmation terminal;
    if (!terminal.isPossible())
        return fail(u"There is no terminal to confirm the rule on, so that none was made."_s);
    if (const QString why = StoredRules::obstacle(usage.dataDirectory); !why.isEmpty())
        return fail(why);
    if (!isConfirmed(terminal,
                     u"A rule for exactly this command, in %1:"_s.arg(
                         CtlPrint::escaped(QDir(usage.dataDirectory).filePath(u"rules.json"_s))),
                     *rule, u"Make this rule?"_s))
        return fail(u"No rule was made."_s);
    OpenRules rules;
    if (!rules.open(usage.dataDirectory, OpenRules::Doubtful::Refuse, &error)
        || !rules.book()->add(*rule, &error))
        return fail(error);
    CtlPrint::out(u"Rule %1 was made. It is in force from the agent's next start.\n"_s.arg(
        rules.book()->all().size()));
    return 0;
}

int remove(const CtlUsage &usage)
{
    const QList<Rule> stored = StoredRules::read(usage.dataDirectory).rules;
    const int number = usage.arguments.constFirst().toInt();
    if (number < 1 || number > stored.size())
        return fail(u"There is no rule \"%1\": see cometactl rules list."_s.arg(
            usage.arguments.constFirst()));
    QString error;
    OpenRules rules;
    if (!rules.open(usage.dataDirectory, OpenRules::Doubtful::Refuse, &error))
        return fail(error);
    const Rule &rule = stored.at(number - 1);
    if (rule.verdict == Rule::Verdict::Deny
        && !isConfirmed(Confirmation(), u"A rule that denies:"_s, rule, u"Remove this rule?"_s))
        return fail(u"The rule denies, and was not removed without a yes on the terminal."_s);
    if (!rules.book()->remove(rule.id, &error))
        return fail(error);
    TerminalRows rows = TerminalRows::forOutput();
    addListed(rule, number, false, &rows);
    CtlPrint::out(u"Removed:\n"_s + rows.text());
    return 0;
}

// What the owner is to look at: all of them, and what has become of the file.
TerminalRows doubtful(const QString &path, const QList<Rule> &rules, int columns)
{
    const bool isGone = !QFileInfo::exists(path);
    TerminalRows text(columns);
    text.add(QString());
    text.add((isGone ? u"Something else than the agent has removed %1."_s
                     : u"Something else than the agent has changed %1. It holds:"_s)
                 .arg(CtlPrint::escaped(path)));
    for (const Rule &rule : rules) {
        text.addField(verdictOf(rule), CtlPrint::measure(rule.command) + u':');
        text.addCommand(rule.command);
        text.addField(u"from"_s, CtlPrint::escaped(rule.scope));
        text.addField(u"in force"_s, endOf(rule));
    }
    return text;
}

int trust(const CtlUsage &usage)
{
    const Confirmation terminal;
    if (!terminal.isPossible())
        return fail(u"There is no terminal to confirm the rules on."_s);
    QString error;
    OpenRules open;
    if (!open.open(usage.dataDirectory, OpenRules::Doubtful::Show, &error))
        return fail(error);
    RuleBook *book = open.book();
    if (book->problem().isEmpty()) {
        CtlPrint::out(u"The rules are in force already.\n"_s);
        return 0;
    }
    const QString path = StoredRules::path(usage.dataDirectory);
    if (QFileInfo::exists(path) && !RuleFile(path).read(&error))
        return fail(error);
    const int columns = terminal.size().columns;
    TerminalRows below(columns);
    below.addField(u"rules"_s, QString::number(book->doubtful().size()));
    below.add(u"Use these and no others? Enter yes, anything else leaves it: "_s);
    if (!terminal.ask(doubtful(path, book->doubtful(), columns), below))
        return fail(u"The rules stay off."_s);
    if (!book->trust(&error))
        return fail(error);
    CtlPrint::out(u"They are in force from the agent's next start.\n"_s);
    return 0;
}

} // namespace

int runRulesCommand(const CtlUsage &usage)
{
    if (usage.command == "rules add"_L1)
        return add(usage);
    if (!QDir(usage.dataDirectory).exists())
        return fail(u"There is no data directory %1: check --data-dir."_s.arg(usage.dataDirectory));
    if (usage.command == "rules trust"_L1)
        return trust(usage);
    return usage.command == "rules list"_L1 ? list(usage) : remove(usage);
}
