// SPDX-License-Identifier: Apache-2.0
#include "serveroptions.h"

#include "wire.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QSslKey>
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
        {u"bind"_s, text("Listen on this address (default 127.0.0.1)."), u"ADDR"_s},
        {u"port"_s, text("And on this port; 0 for any that is free (default 7007)."), u"N"_s},
        {u"data-dir"_s,
         text("Where a made-up application is kept (default ~/.local/share/cometa-server)."),
         u"DIR"_s},
        {u"app"_s, text("The id of the application (default: made up at the first start)."),
         u"ID"_s},
        {u"secret"_s, text("Its secret; others on this computer can see it while the server runs."),
         u"S"_s},
        {u"heartbeat"_s, text("Devices send one so often, 1 to 300 (default 60)."), u"SECONDS"_s},
        {u"timeout"_s, text("A device may take so long for a reply, 1 to 3600 (default 60)."),
         u"SECONDS"_s},
        {u"cert"_s, text("Serve over TLS with this certificate chain."), u"PEM"_s},
        {u"key"_s, text("The key of the certificate."), u"PEM"_s},
        {u"json"_s, text("Write one line of JSON on standard output when it listens.")},
        {u"version"_s, text("Tell the version.")},
    });
}

// False with one line.
bool readNumber(const QCommandLineParser &parser, const QString &name, qint64 lowest,
                qint64 highest, qint64 *number, QString *error)
{
    if (!parser.isSet(name))
        return true;
    const QString value = parser.value(name);
    const bool digits = !value.isEmpty()
        && std::all_of(value.begin(), value.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    *number = value.toLongLong();
    if (digits && *number >= lowest && *number <= highest)
        return true;
    *error = text("--%1: use a whole number from %2 to %3.").arg(name).arg(lowest).arg(highest);
    return false;
}

std::optional<QSslConfiguration> readTls(const QString &certificateFile, const QString &keyFile,
                                         QString *error)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    const QList<QSslCertificate> chain = QSslCertificate::fromPath(certificateFile);
    QFile file(keyFile);
    const QByteArray pem = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    QSslKey key(pem, QSsl::Ec);
    if (key.isNull())
        key = QSslKey(pem, QSsl::Rsa);
    if (chain.isEmpty())
        *error = text("--cert: %1 holds no certificate in PEM form.").arg(certificateFile);
    else if (key.isNull())
        *error = text("--key: %1 holds no private key in PEM form.").arg(keyFile);
    if (chain.isEmpty() || key.isNull())
        return std::nullopt;
    configuration.setLocalCertificateChain(chain);
    configuration.setPrivateKey(key);
    return configuration;
}

bool readValues(const QCommandLineParser &parser, ServerOptions *options, QString *error)
{
    qint64 port = options->port;
    qint64 heartbeat = 60;
    qint64 timeout = 60;
    if (!readNumber(parser, u"port"_s, 0, 65535, &port, error)
        || !readNumber(parser, u"heartbeat"_s, 1, 300, &heartbeat, error)
        || !readNumber(parser, u"timeout"_s, 1, 3600, &timeout, error))
        return false;
    options->port = static_cast<quint16>(port);
    options->timing = {std::chrono::seconds(heartbeat), std::chrono::seconds(timeout)};
    if (parser.isSet(u"bind"_s) && !options->address.setAddress(parser.value(u"bind"_s)))
        *error = text("--bind: “%1” is no address, for example 127.0.0.1 or 0.0.0.0.")
                     .arg(parser.value(u"bind"_s));
    else if (parser.isSet(u"app"_s) != parser.isSet(u"secret"_s))
        *error = text("--app and --secret belong together: give both or none.");
    else if (parser.isSet(u"app"_s) && !Wire::isApplicationId(parser.value(u"app"_s)))
        *error = text("--app: use 1 to 64 letters, digits and _ . : -");
    else if (parser.isSet(u"secret"_s) && parser.value(u"secret"_s).trimmed().isEmpty())
        *error = text("--secret: it must not be empty.");
    else if (parser.isSet(u"cert"_s) != parser.isSet(u"key"_s))
        *error = text("--cert and --key belong together: give both or none.");
    if (!error->isEmpty())
        return false;
    if (parser.isSet(u"cert"_s))
        options->tls = readTls(parser.value(u"cert"_s), parser.value(u"key"_s), error);
    options->applicationId = parser.value(u"app"_s);
    options->secret = parser.value(u"secret"_s).toUtf8();
    return error->isEmpty();
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
    QString error;
    if (!readValues(parser, &options, &error))
        return Exit{2, error};
    options.json = parser.isSet(u"json"_s);
    options.dataDirectory = parser.isSet(u"data-dir"_s)
        ? parser.value(u"data-dir"_s)
        : QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
            + "/cometa-server"_L1;
    return options;
}
