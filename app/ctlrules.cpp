// SPDX-License-Identifier: Apache-2.0
#include "ctlrules.h"

#include "confirmation.h"
#include "ctlprint.h"
#include "ctlusage.h"
#include "datadirectory.h"
#include "journal.h"
#include "journalfile.h"
#include "requestparser.h"
#include "rulebook.h"
#include "ruleoptions.h"
#include "sha256.h"
#include "standardinput.h"
#include "visibletext.h"

#include <QDir>
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

// The rules of a directory as they are on disk, and why they are not in force.
struct StoredRules
{
    QList<Rule> rules;
    QString problem;
};

StoredRules storedRules(const QString &directory)
{
    StoredRules stored;
    const RuleFile file(QDir(directory).filePath(u"rules.json"_s));
    if (!file.exists())
        return stored;
    const std::optional<RuleFile::Content> content = file.read(&stored.problem);
    if (!content)
        return stored;
    stored.rules = content->rules;
    const auto row = JournalFile::newest(directory, u"rule"_s, &stored.problem);
    if (row && row->value("file"_L1).toString().toLatin1() != content->sha256)
        stored.problem =
            u"These rules were changed by something else than the agent and are not "
            "used: look at them in its window, under Rules, or remove %1."_s.arg(file.path());
    return stored;
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

QString line(const Rule &rule, int number, bool isOver)
{
    return u"%1  %2  %3  %4  %5\n"_s.arg(number, 3)
        .arg(verdictOf(rule), -5)
        .arg(isOver ? u"over"_s : endOf(rule), -22)
        .arg(CtlPrint::escaped(rule.scope), VisibleText::encodeShort(rule.command, ListedCommand));
}

int list(const CtlUsage &usage)
{
    const StoredRules stored = storedRules(usage.dataDirectory);
    const Rules clock;
    QJsonArray array;
    QString text;
    for (const Rule &rule : stored.rules) {
        const int number = int(array.size()) + 1;
        const bool isOver = clock.isOver(rule);
        array.append(describe(rule, number, !isOver && stored.problem.isEmpty()));
        text += line(rule, number, isOver);
    }
    if (usage.has(u"json"_s))
        CtlPrint::json(array);
    else
        CtlPrint::out(text.isEmpty() && stored.problem.isEmpty() ? u"No rules.\n"_s : text);
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

QString describe(const Rule &rule)
{
    const bool allows = rule.verdict == Rule::Verdict::Allow;
    return u"\n  command      %1:\n"_s.arg(CtlPrint::measure(rule.command))
        + CtlPrint::lines(rule.command)
        + u"  from         %1\n  then         %2\n  in force     %3\n"_s.arg(
            CtlPrint::escaped(rule.scope),
            allows ? u"RUN IT WITHOUT ASKING"_s : u"deny it without asking"_s, endOf(rule));
}

QString runningAgent(const QString &error)
{
    return error
        + u" A running agent keeps its rules to itself: with cometa-agent change them in its "
          "window, under Rules."_s;
}

// The rules of a data directory that no agent uses: opened, trusted, and to be changed.
class OpenRules final
{
public:
    // False with one line: an agent runs, the rules are off, …
    [[nodiscard]] bool open(const QString &directory, QString *errorString)
    {
        // What an agent left alive is left to the next one, which tells those who asked.
        if (!m_journal.open(directory, errorString, Journal::Alive::Leave)) {
            *errorString = runningAgent(*errorString);
            return false;
        }
        if (!m_journal.warning().isEmpty())
            CtlPrint::error(m_journal.warning());
        m_book.open(directory);
        *errorString = m_book.problem();
        return errorString->isEmpty();
    }
    [[nodiscard]] RuleBook *book() { return &m_book; }

private:
    Journal m_journal;
    RuleBook m_book{&m_journal};
};

// Empty, or why no rule can be made there now; before the owner takes the trouble of an answer.
QString obstacle(const QString &directory)
{
    QString error;
    if (QDir(directory).exists() && !DataDirectory().open(directory, &error))
        return runningAgent(error);
    return storedRules(directory).problem;
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
        CtlPrint::out(CtlPrint::lines(*command));
        return fail(u"A command with hidden characters cannot be allowed for good."_s);
    }
    const Confirmation terminal;
    if (!terminal.isPossible())
        return fail(u"There is no terminal to confirm the rule on, so that none was made."_s);
    if (const QString why = obstacle(usage.dataDirectory); !why.isEmpty())
        return fail(why);
    if (!terminal.ask(u"\nA rule for exactly this command, in %1:\n"_s.arg(
                          CtlPrint::escaped(QDir(usage.dataDirectory).filePath(u"rules.json"_s)))
                          + describe(*rule),
                      u"Make this rule? Enter yes, anything else leaves it: "_s))
        return fail(u"No rule was made."_s);
    OpenRules rules;
    if (!rules.open(usage.dataDirectory, &error) || !rules.book()->add(*rule, &error))
        return fail(error);
    CtlPrint::out(u"Rule %1 was made. It is in force from the agent's next start.\n"_s.arg(
        rules.book()->all().size()));
    return 0;
}

int remove(const CtlUsage &usage)
{
    const QList<Rule> stored = storedRules(usage.dataDirectory).rules;
    const int number = usage.arguments.constFirst().toInt();
    if (number < 1 || number > stored.size())
        return fail(u"There is no rule \"%1\": see cometactl rules list."_s.arg(
            usage.arguments.constFirst()));
    QString error;
    OpenRules rules;
    if (!rules.open(usage.dataDirectory, &error))
        return fail(error);
    const Rule &rule = stored.at(number - 1);
    if (rule.verdict == Rule::Verdict::Deny
        && !Confirmation().ask(u"\nA rule that denies:\n"_s + describe(rule),
                               u"Remove this rule? Enter yes, anything else leaves it: "_s))
        return fail(u"The rule denies, and was not removed without a yes on the terminal."_s);
    if (!rules.book()->remove(rule.id, &error))
        return fail(error);
    CtlPrint::out(u"Removed: %1"_s.arg(line(rule, number, false).trimmed()) + u'\n');
    return 0;
}

} // namespace

int runRulesCommand(const CtlUsage &usage)
{
    if (usage.command == "rules add"_L1)
        return add(usage);
    if (!QDir(usage.dataDirectory).exists())
        return fail(u"There is no data directory %1: check --data-dir."_s.arg(usage.dataDirectory));
    return usage.command == "rules list"_L1 ? list(usage) : remove(usage);
}
