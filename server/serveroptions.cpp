// SPDX-License-Identifier: Apache-2.0
#include "serveroptions.h"

#include "configurationfile.h"
#include "wire.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QStandardPaths>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("ServerOptions", source);
}

void addOptions(QCommandLineParser *parser)
{
    parser->setApplicationDescription(text(
        "A small Cometa-compatible server: devices attach to it, and whoever has the application's "
        "secret sends them requests with curl."));
    parser->addOptions({
        {u"config"_s, text("Read this file first; SIGHUP reads it again."), u"FILE"_s},
        {u"bind"_s, text("Listen on this address (default 127.0.0.1)."), u"ADDR"_s},
        {u"port"_s, text("And on this port; 0 for any that is free (default 7007)."), u"N"_s},
        {u"data-dir"_s,
         text("Where a made-up application and the last events are kept (default "
              "~/.local/share/cometa-server)."),
         u"DIR"_s},
        {u"app"_s, text("The id of the application (default: made up at the first start)."),
         u"ID"_s},
        {u"secret"_s, text("Its secret; others on this computer can see it while the server runs."),
         u"S"_s},
        {u"heartbeat"_s, text("Devices send one so often, 1 to 300 (default 60)."), u"SECONDS"_s},
        {u"timeout"_s, text("A device may take so long for a reply, 1 to 3600 (default 60)."),
         u"SECONDS"_s},
        {u"webhook"_s, text("Post each event to this address."), u"URL"_s},
        {u"webhook-header"_s, text("With this field, “Name: value”."), u"FIELD"_s},
        {u"cert"_s, text("Serve over TLS with this certificate chain."), u"PEM"_s},
        {u"key"_s, text("The key of the certificate."), u"PEM"_s},
        {u"json"_s, text("Write one line of JSON on standard output when it listens.")},
        {u"version"_s, text("Tell the version.")},
    });
}

// Takes an option when it is there and in its range; false with one line.
bool readNumber(const QCommandLineParser &parser, const QString &name, qint64 lowest,
                qint64 highest, qint64 *number, QString *error)
{
    if (!parser.isSet(name))
        return true;
    const std::optional<qint64> value = ServerOptions::number(parser.value(name), lowest, highest);
    *number = value.value_or(lowest);
    if (!value)
        *error = text("--%1: use a whole number from %2 to %3.").arg(name).arg(lowest).arg(highest);
    return value.has_value();
}

bool readNumbers(const QCommandLineParser &parser, ServerOptions *options, QString *error)
{
    using std::chrono::duration_cast;
    using std::chrono::seconds;
    qint64 port = options->port;
    qint64 heartbeat = duration_cast<seconds>(options->timing.heartbeat).count();
    qint64 timeout = duration_cast<seconds>(options->timing.timeout).count();
    if (!readNumber(parser, u"port"_s, 0, 65535, &port, error)
        || !readNumber(parser, u"heartbeat"_s, 1, 300, &heartbeat, error)
        || !readNumber(parser, u"timeout"_s, 1, 3600, &timeout, error))
        return false;
    options->port = static_cast<quint16>(port);
    options->timing = {seconds(heartbeat), seconds(timeout)};
    return true;
}

bool readWebhook(const QCommandLineParser &parser, ServerOptions *options, QString *error)
{
    QString remedy;
    if (parser.isSet(u"webhook"_s) && !options->webhook.setUrl(parser.value(u"webhook"_s), &remedy))
        *error = "--webhook: "_L1 + remedy;
    else if (parser.isSet(u"webhook-header"_s)
             && !options->webhook.setField(parser.value(u"webhook-header"_s), &remedy))
        *error = "--webhook-header: "_L1 + remedy;
    else if (parser.isSet(u"webhook-header"_s) && !parser.isSet(u"webhook"_s))
        *error = text("--webhook-header belongs to --webhook: give both or only --webhook.");
    else if (parser.isSet(u"webhook"_s) && !parser.isSet(u"app"_s)
             && !options->applications.isEmpty())
        *error = text("--webhook: it is for --app or the made-up application; in the file it is "
                      "the key webhook.");
    return error->isEmpty();
}

bool readApplication(const QCommandLineParser &parser, ServerOptions *options, QString *error)
{
    const QString id = parser.value(u"app"_s);
    const QByteArray secret = parser.value(u"secret"_s).toUtf8();
    if (parser.isSet(u"app"_s) != parser.isSet(u"secret"_s))
        *error = text("--app and --secret belong together: give both or none.");
    else if (parser.isSet(u"app"_s) && !Wire::isApplicationId(id))
        *error = text("--app: use 1 to 64 letters, digits and _ . : -");
    else if (parser.isSet(u"secret"_s) && !ApplicationSettings::isSecret(secret))
        *error = text("--secret: use visible ASCII characters without blanks.");
    if (!error->isEmpty() || !readWebhook(parser, options, error))
        return false;
    if (!parser.isSet(u"app"_s))
        return true;
    options->applications.removeIf(
        [&id](const ApplicationSettings &settings) { return settings.id == id; });
    options->applications.prepend({id, {}, secret, options->webhook});
    options->hasGivenSecret = true;
    return true;
}

bool readTls(const QCommandLineParser &parser, ServerOptions *options, QString *error)
{
    if (parser.isSet(u"cert"_s) != parser.isSet(u"key"_s))
        *error = text("--cert and --key belong together: give both or none.");
    if (parser.isSet(u"cert"_s))
        options->tlsFiles = {parser.value(u"cert"_s), parser.value(u"key"_s)};
    if (!error->isEmpty() || options->tlsFiles.certificate.isEmpty())
        return error->isEmpty();
    const QString source = parser.isSet(u"cert"_s) ? u"--"_s : options->configurationFile + u": "_s;
    options->tls = options->tlsFiles.read(source + "cert"_L1, source + "key"_L1, error);
    return error->isEmpty();
}

bool readValues(const QCommandLineParser &parser, ServerOptions *options, QString *error)
{
    options->configurationFile = parser.value(u"config"_s);
    if (parser.isSet(u"config"_s) && options->configurationFile.isEmpty())
        *error = text("--config: it is empty; give a path, or leave it out.");
    else if (parser.isSet(u"data-dir"_s) && parser.value(u"data-dir"_s).isEmpty())
        *error = text("--data-dir: it is empty; give a path, or leave it out.");
    if (!error->isEmpty())
        return false;
    if (parser.isSet(u"config"_s)
        && !ConfigurationFile::readInto(options->configurationFile, options, error))
        return false;
    if (parser.isSet(u"bind"_s) && !options->address.setAddress(parser.value(u"bind"_s)))
        *error = text("--bind: “%1” is no address, for example 127.0.0.1 or 0.0.0.0.")
                     .arg(parser.value(u"bind"_s));
    if (parser.isSet(u"data-dir"_s))
        options->dataDirectory = parser.value(u"data-dir"_s);
    options->json = parser.isSet(u"json"_s);
    return error->isEmpty() && readNumbers(parser, options, error)
        && readApplication(parser, options, error) && readTls(parser, options, error);
}

} // namespace

std::variant<ServerOptions, ServerOptions::Exit> ServerOptions::parse(const QStringList &arguments)
{
    QCommandLineParser parser;
    addOptions(&parser);
    const QCommandLineOption help = parser.addHelpOption();
    if (!parser.parse(arguments))
        return Exit{2, parser.errorText() + text(" See --help.")};
    if (parser.isSet(help))
        return Exit{0, parser.helpText()};
    if (parser.isSet(u"version"_s))
        return Exit{0, u"cometa-server %1\n"_s.arg(QStringLiteral(COMETA_VERSION))};
    if (!parser.positionalArguments().isEmpty())
        return Exit{2,
                    text("“%1” is no option: all of them begin with --. See --help.")
                        .arg(parser.positionalArguments().first())};
    ServerOptions options;
    options.dataDirectory =
        QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + "/cometa-server"_L1;
    QString error;
    if (!readValues(parser, &options, &error))
        return Exit{2, error};
    return options;
}

std::optional<qint64> ServerOptions::number(const QString &text, qint64 lowest, qint64 highest)
{
    const bool digits = !text.isEmpty()
        && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    bool fits = false;
    const qint64 value = text.toLongLong(&fits);
    if (digits && fits && value >= lowest && value <= highest)
        return value;
    return std::nullopt;
}
