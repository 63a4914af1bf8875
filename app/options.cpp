// SPDX-License-Identifier: Apache-2.0
#include "options.h"

#include <QCommandLineParser>
#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace {

struct Description
{
    QStringList names;
    const char *value; // null: a switch
    const char *text;
};

QList<Description> settingDescriptions()
{
    return {
        {{u"s"_s, u"server"_s}, "HOST", "The Cometa server: a name or an address."},
        {{u"p"_s, u"port"_s}, "N", "Its port (default 443)."},
        {{u"a"_s, u"app"_s}, "ID", "The application id that the server knows."},
        {{u"d"_s, u"device"_s},
         "ID",
         "The id of this device (default: MAC address, 12 hex digits)."},
        {{u"i"_s, u"info"_s}, "TEXT", "What this device is, told to the server when attaching."},
        {{u"ca-file"_s}, "PEM", "Trust the certificate authorities in this file, and no others."},
        {{u"pin"_s}, "SHA256", "The server's public key must have this SHA-256 (64 hex digits)."},
        {{u"cert-file"_s}, "PEM", "Show this client certificate to the server."},
        {{u"key-file"_s}, "PEM", "The key of the client certificate."},
        {{u"proxy"_s},
         "none|system|URL",
         "Link through a proxy: that of the system, http://HOST:PORT or socks5://HOST:PORT "
         "(default none)."},
        {{u"proxy-user"_s}, "NAME", "Log in to the proxy with this user name."},
        {{u"proxy-password-file"_s},
         "FILE",
         "And with the password in the first line of this file, which is yours alone (0600)."},
        {{u"proxy-keychain"_s},
         nullptr,
         "Or with the password that the settings keep in the keychain."},
        {{u"approve"_s},
         "ask|rules|all",
         "Who decides: you (default); your rules and otherwise nobody; or nobody "
         "at all: everything runs (cometa-agentd only)."},
        {{u"locked"_s},
         "hold|deny",
         "Requests while nobody can be asked: wait until their deadline (default), "
         "or are denied."},
        {{u"event-interval"_s},
         "SECONDS",
         "Send a time stamp event so often; 0 for never (default 60)."},
        {{u"reply-budget"_s},
         "SECONDS",
         "Answer \"pending\" when a request takes longer (default: 0.7 of the server's time-out, "
         "20 where it tells none)."},
        {{u"approval-deadline"_s},
         "SECONDS",
         "A request that nobody decides expires after this (default 300)."},
        {{u"time-limit"_s}, "SECONDS", "A command may run so long (default 300)."},
        {{u"max-awaiting"_s}, "N", "So many requests may wait for approval (default 8)."},
        {{u"max-running"_s}, "N", "So many commands may run at a time (default 4)."},
        {{u"process-limit"_s},
         "N",
         "A command may start so many processes and threads; 0 for no limit (default 1024)."},
        {{u"automatic-runs"_s},
         "N",
         "Rules and windows let so many commands run a minute; you are asked about the rest "
         "(default 10)."},
        {{u"reply-limit"_s}, "BYTES", "A longer reply is cut in its middle (default 1048576)."},
        {{u"outbox-events"_s}, "N", "So many events wait for the link at most (default 10000)."},
        {{u"outbox-bytes"_s}, "BYTES", "And so many bytes of them (default 16777216)."},
        {{u"keep-days"_s}, "N", "The journal goes back so far (default 90)."},
        {{u"keep-megabytes"_s}, "N", "And takes so much space at most (default 512)."},
        {{u"notifications"_s},
         "yes|no",
         "Tell on the desktop when a command waits, and when nobody decided in time (default "
         "yes)."},
        {{u"language"_s},
         "system|en|de",
         "The language of the windows (default that of the system)."},
        {{u"tray-icon"_s},
         "colours|light|dark",
         "How the icon in the panel is drawn: light is for a dark panel (default colours)."},
        {{u"accept-text"_s}, nullptr, "Take a message that is not JSON as the command itself."},
        {{u"trust-plaintext"_s},
         nullptr,
         "Approve automatically on an unencrypted link to another computer, too."},
    };
}

QList<Description> programDescriptions(Options::Program program)
{
    QList<Description> descriptions{
        {{u"e"_s, u"tls"_s},
         nullptr,
         "Encrypt the link (default when the port is 443, when a CA file, pin or "
         "certificate is given, and for every server that was reached that way before)."},
        {{u"no-tls"_s}, nullptr, "Do not encrypt the link."},
        {{u"config"_s},
         "FILE",
         "The configuration file (default ~/.config/cometa-agent/agent.conf)."},
        {{u"data-dir"_s},
         "DIR",
         "Where journal and outputs are (default ~/.local/share/cometa-agent)."},
        {{u"v"_s, u"verbose"_s}, nullptr, "Tell on standard error what happens."},
    };
    if (program == Options::Program::Agentd)
        descriptions.append({{u"json"_s},
                             nullptr,
                             "Write a JSON object a line on standard output for each change."});
    else
        descriptions.append(
            {{u"minimised"_s}, nullptr, "Start in the tray, without opening the window."});
    return descriptions;
}

void add(QCommandLineParser *parser, const QList<Description> &descriptions)
{
    for (const Description &d : descriptions) {
        QCommandLineOption option(d.names, QCoreApplication::translate("Options", d.text));
        if (d.value)
            option.setValueName(QString::fromLatin1(d.value));
        parser->addOption(option);
    }
}

QString about(Options::Program program)
{
    return program == Options::Program::Agentd
        ? QCoreApplication::translate(
            "Options",
            "Makes this computer a device of a Cometa server, without a display. "
            "Each command waits until you decide with \"cometactl review\".")
        : QCoreApplication::translate(
            "Options",
            "Makes this computer a device of a Cometa server. Each command waits "
            "in the tray until you approve or deny it.");
}

QHash<QString, QString> givenOptions(const QCommandLineParser &parser)
{
    QHash<QString, QString> given;
    for (const Description &d : settingDescriptions()) {
        const QString name = d.names.last();
        if (parser.isSet(name))
            given.insert(name, d.value ? parser.value(name) : u"yes"_s);
    }
    for (const QString &name : {u"config"_s, u"data-dir"_s}) {
        if (parser.isSet(name))
            given.insert(name, parser.value(name));
    }
    if (parser.isSet(u"tls"_s))
        given.insert(u"tls"_s, u"yes"_s);
    if (parser.isSet(u"no-tls"_s))
        given.insert(u"tls"_s, u"no"_s);
    return given;
}

Options::Exit wrong(const QString &line)
{
    return {2, line};
}

} // namespace

std::variant<Options, Options::Exit> Options::parse(Program program, const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(about(program));
    add(&parser, settingDescriptions());
    add(&parser, programDescriptions(program));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version(u"version"_s,
                                     QCoreApplication::translate("Options", "Tell the version."));
    parser.addOption(version); // not addVersionOption(): -v is the sample's "verbose"
    if (!parser.parse(arguments))
        return wrong(parser.errorText() + u' '
                     + QCoreApplication::translate("Options", "See --help."));
    if (parser.isSet(help))
        return Exit{
            0,
            parser.helpText().replace("<executable_name>"_L1, QCoreApplication::applicationName())};
    if (parser.isSet(version))
        return Exit{0,
                    u"%1 %2\n"_s.arg(QCoreApplication::applicationName(),
                                     QCoreApplication::applicationVersion())};
    if (!parser.positionalArguments().isEmpty())
        return wrong(QCoreApplication::translate(
                         "Options", "“%1” is no option: all of them begin with --. See --help.")
                         .arg(parser.positionalArguments().first()));
    if (parser.isSet(u"tls"_s) && parser.isSet(u"no-tls"_s))
        return wrong(QCoreApplication::translate(
            "Options", "--tls and --no-tls exclude each other: give one of them."));

    QString error;
    // Who has a window mends a wrong value in the settings, which open by themselves.
    const auto mistakes =
        program == Program::Agent ? Settings::Mistakes::Keep : Settings::Mistakes::Refuse;
    const QHash<QString, QString> given = givenOptions(parser);
    const std::optional<Settings> settings = Settings::load(given, &error, mistakes);
    if (!settings)
        return wrong(error);
    if (program == Program::Agent && settings->approval == Settings::Approval::All)
        return wrong(
            QCoreApplication::translate("Options",
                                        "--approve all is for cometa-agentd only: the tray "
                                        "application always asks; use ask or rules."));
    Options options;
    options.settings = *settings;
    options.given = given;
    options.verbose = parser.isSet(u"verbose"_s);
    options.json = program == Program::Agentd && parser.isSet(u"json"_s);
    options.minimised = program == Program::Agent && parser.isSet(u"minimised"_s);
    return options;
}
