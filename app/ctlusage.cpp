// SPDX-License-Identifier: Apache-2.0
#include "ctlusage.h"

#include "ctlprint.h"
#include "ctlspecs.h"
#include "sendexit.h"

#include <QCommandLineParser>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

QString helpText()
{
    QString text =
        u"Usage: cometactl [--data-dir DIR] COMMAND\n\n"
        "Talks to the Cometa agent (cometa-agent or cometa-agentd) that runs for you on this "
        "machine.\n\nCommands:\n"_s;
    for (const CommandSpec &spec : commandSpecs())
        text += u"  %1 %2\n"_s.arg(QString::fromLatin1(spec.name), -12)
                    .arg(QString::fromUtf8(spec.summary));
    text +=
        u"\nOptions:\n"
        "  --data-dir DIR  the agent's data directory (default: ~/.local/share/cometa-agent)\n"
        "  --help          this text; cometactl COMMAND --help says more about a command\n"
        "  --version       the version\n\n"
        "Exit codes: 0 done; 1 could not (no agent, refused, journal broken); 2 wrong usage.\n"_s;
    return text;
}

QString helpText(const CommandSpec &spec)
{
    QString text = u"Usage: cometactl [--data-dir DIR] %1 %2"_s
                       .arg(QString::fromLatin1(spec.name), QString::fromLatin1(spec.synopsis))
                       .trimmed()
        + u"\n\n"_s;
    const QString summary = QString::fromUtf8(spec.summary);
    text += summary.left(1).toUpper() + summary.mid(1) + u".\n"_s;
    if (spec.details[0] != '\0')
        text += u'\n' + QString::fromUtf8(spec.details);
    if (!spec.options[0].name)
        return text;
    text += u"\nOptions:\n"_s;
    for (const OptionSpec &option : spec.options) {
        if (!option.name)
            continue;
        const QString name =
            u"--%1 %2"_s.arg(QString::fromLatin1(option.name), QString::fromLatin1(option.value));
        text += u"  %1  %2\n"_s.arg(name.trimmed(), -18).arg(QString::fromUtf8(option.text));
    }
    return text;
}

// Qt's words end with a full stop, ours do not.
QString unstopped(const QString &text)
{
    return text.endsWith(u'.') ? text.chopped(1) : text;
}

// What was given may hold anything; this stays one line and harmless to a terminal.
CtlUsage::Exit wrong(const QString &text, const QString &command = {}, int code = 2)
{
    return {code,
            u"cometactl: %1; see cometactl %2--help\n"_s.arg(CtlPrint::escaped(unstopped(text)),
                                                             command)};
}

CtlUsage::Exit wrong(const CommandSpec &spec, const QString &text)
{
    return wrong(text, QString::fromLatin1(spec.name) + u' ',
                 spec.maximum == MaximumWords ? SendExit::Failure : 2);
}

// "log verify" are two arguments.
const CommandSpec *takeCommand(QStringList *arguments)
{
    for (const CommandSpec &spec : commandSpecs()) {
        const QStringList words = QString::fromLatin1(spec.name).split(u' ');
        if (arguments->first(std::min(words.size(), arguments->size())) == words) {
            arguments->remove(0, words.size());
            return &spec;
        }
    }
    return nullptr;
}

void addGlobalOptions(QCommandLineParser *parser)
{
    parser->addOption({{u"h"_s, u"help"_s}, {}});
    parser->addOption({u"version"_s, {}});
    parser->addOption({u"data-dir"_s, {}, u"DIR"_s});
}

void addOptions(QCommandLineParser *parser, const CommandSpec &spec)
{
    for (const OptionSpec &option : spec.options) {
        if (option.name)
            parser->addOption(
                {QString::fromLatin1(option.name), {}, QString::fromLatin1(option.value)});
    }
}

QString defaultDataDirectory()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
        + "/cometa-agent"_L1;
}

// Empty, or what is wrong with this combination.
QString faultOf(const CtlUsage &usage)
{
    if (usage.command == "stop"_L1 && usage.arguments.isEmpty() != usage.has(u"all"_s))
        return u"name the request to stop, or give --all"_s;
    if (usage.command == "review"_L1 && usage.has(u"approve"_s) && usage.arguments.isEmpty())
        return u"--approve needs the name of the request"_s;
    if (usage.command == "rules add"_L1 && usage.has(u"allow"_s) == usage.has(u"deny"_s))
        return u"give either --allow or --deny"_s;
    const QString format = usage.options.value(u"format"_s);
    if (usage.command == "log export"_L1 && format != "csv"_L1 && format != "json"_L1)
        return u"--format must be csv or json"_s;
    return {};
}

std::variant<CtlUsage, CtlUsage::Exit> parseCommand(const CommandSpec &spec, CtlUsage usage,
                                                    const QStringList &rest)
{
    QCommandLineParser parser;
    addGlobalOptions(&parser);
    addOptions(&parser, spec);
    if (spec.maximum == MaximumWords) // what follows the first word belongs to it
        parser.setOptionsAfterPositionalArgumentsMode(
            QCommandLineParser::ParseAsPositionalArguments);
    if (!parser.parse(QStringList{u"cometactl"_s} + rest))
        return wrong(spec, parser.errorText());
    if (parser.isSet(u"help"_s))
        return CtlUsage::Exit{0, helpText(spec)};
    usage.command = QString::fromLatin1(spec.name);
    usage.arguments = parser.positionalArguments();
    if (parser.isSet(u"data-dir"_s))
        usage.dataDirectory = parser.value(u"data-dir"_s);
    for (const OptionSpec &option : spec.options) {
        const QString name = QString::fromLatin1(option.name);
        if (option.name && parser.isSet(name))
            usage.options[name] = option.value ? parser.value(name) : QString();
    }
    if (usage.arguments.size() < spec.minimum)
        return wrong(spec,
                     u"%1 needs: %2"_s.arg(usage.command, QString::fromLatin1(spec.synopsis)));
    if (usage.arguments.size() > spec.maximum)
        return wrong(spec,
                     u"%1 takes no more arguments: \"%2\""_s.arg(usage.command,
                                                                 usage.arguments.constLast()));
    if (const QString fault = faultOf(usage); !fault.isEmpty())
        return wrong(spec, fault);
    if (usage.dataDirectory.isEmpty())
        return wrong(u"--data-dir needs a directory"_s);
    usage.dataDirectory = QFileInfo(usage.dataDirectory).absoluteFilePath();
    return usage;
}

} // namespace

std::variant<CtlUsage, CtlUsage::Exit> CtlUsage::parse(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setOptionsAfterPositionalArgumentsMode(QCommandLineParser::ParseAsPositionalArguments);
    addGlobalOptions(&parser);
    if (!parser.parse(arguments))
        return wrong(parser.errorText());
    if (parser.isSet(u"version"_s))
        return Exit{0, u"cometactl %1\n"_s.arg(QStringLiteral(COMETA_VERSION))};
    QStringList rest = parser.positionalArguments();
    if (rest.isEmpty() && parser.isSet(u"help"_s))
        return Exit{0, helpText()};
    if (rest.isEmpty())
        return Exit{2, helpText()};
    const bool isHelp = parser.isSet(u"help"_s) || rest.contains("--help"_L1);
    const CommandSpec *spec = takeCommand(&rest);
    if (!spec && isHelp && QStringList{u"log"_s, u"rules"_s, u"secret"_s}.contains(rest.first()))
        return Exit{0, helpText()};
    if (!spec && rest.constFirst() == "log"_L1)
        return wrong(u"log needs one of: search TEXT, verify, export"_s);
    if (!spec && rest.constFirst() == "rules"_L1)
        return wrong(u"rules needs one of: list, add, remove NUMBER, trust"_s);
    if (!spec && rest.constFirst() == "secret"_L1)
        return wrong(u"secret needs one of: store, forget"_s);
    if (!spec)
        return wrong(u"there is no command \"%1\""_s.arg(rest.constFirst()));
    if (parser.isSet(u"help"_s))
        return Exit{0, helpText(*spec)};
    CtlUsage usage;
    usage.dataDirectory =
        parser.isSet(u"data-dir"_s) ? parser.value(u"data-dir"_s) : defaultDataDirectory();
    return parseCommand(*spec, usage, rest);
}
