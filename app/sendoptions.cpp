// SPDX-License-Identifier: Apache-2.0
#include "sendoptions.h"

#include "ctlusage.h"
#include "hostname.h"
#include "requestparser.h"
#include "sendsecret.h"
#include "settings.h"
#include "shellline.h"
#include "standardinput.h"

#include <QHostAddress>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace {

bool fail(const QString &error, QString *errorString)
{
    *errorString = error;
    return false;
}

// The agent's options, with the agent's words about what does not fit.
bool readTarget(const CtlUsage &usage, const QStringList &needed, Settings *settings,
                QString *errorString)
{
    for (const QString &name : needed) {
        if (usage.options.value(name).isEmpty())
            return fail(u"--%1 is missing"_s.arg(name), errorString);
    }
    for (const QString &name :
         {u"server"_s, u"port"_s, u"app"_s, u"device"_s, u"ca-file"_s, u"pin"_s}) {
        if (!usage.has(name))
            continue;
        if (const auto problem = settings->set(name, usage.options.value(name)))
            return fail(u"--%1: %2"_s.arg(name, *problem), errorString);
    }
    return true;
}

bool isLoopback(const QString &host)
{
    return host == "localhost"_L1 || QHostAddress(host).isLoopback();
}

bool readTls(const CtlUsage &usage, SendOptions *options, QString *errorString)
{
    const bool hasCertificates = usage.has(u"ca-file"_s) || usage.has(u"pin"_s);
    const bool isOff = usage.has(u"no-tls"_s);
    if (isOff && usage.has(u"tls"_s))
        return fail(u"--tls and --no-tls exclude each other: give one of them"_s, errorString);
    if (isOff && hasCertificates)
        return fail(u"--ca-file and --pin are of use only with TLS: leave out --no-tls"_s,
                    errorString);
    options->tls.enabled =
        !isOff && (usage.has(u"tls"_s) || hasCertificates || options->port == 443);
    if (!options->tls.enabled && !isOff && !isLoopback(options->host))
        return fail(u"port %1: give --tls, or --no-tls if the server has no encryption; then "
                    "others can read the secret and the output on the way"_s.arg(options->port),
                    errorString);
    return true;
}

bool readSeconds(const CtlUsage &usage, const QString &name, qint64 lowest,
                 std::optional<std::chrono::seconds> *value, QString *errorString)
{
    constexpr qint64 highest = 86'400;
    if (!usage.has(name))
        return true;
    bool ok = false;
    const qint64 number = usage.options.value(name).toLongLong(&ok);
    if (!ok || number < lowest || number > highest)
        return fail(
            u"--%1: use a whole number of seconds from %2 to %3"_s.arg(name).arg(lowest).arg(
                highest),
            errorString);
    *value = std::chrono::seconds(number);
    return true;
}

bool readCommand(const CtlUsage &usage, QByteArray *command, QString *errorString)
{
    const bool fromInput = usage.arguments == QStringList{u"-"_s};
    const auto given = fromInput ? readStandardInput(MaximumCommand, errorString)
                                 : ShellLine::joined(usage.arguments).toUtf8();
    if (!given)
        return false;
    *command = *given;
    if (command->trimmed().isEmpty())
        return fail(u"the command is empty"_s, errorString);
    if (command->size() > MaximumCommand)
        return fail(u"the command is too long: a device takes %1 bytes"_s.arg(MaximumCommand),
                    errorString);
    // What is no UTF-8 on the command line has become U+FFFD by now.
    const bool wasBroken = !fromInput && command->contains(QString(QChar(0xFFFD)).toUtf8());
    if (wasBroken || !QByteArrayView(*command).isValidUtf8() || command->contains('\0'))
        return fail(u"the command is not UTF-8 text"_s, errorString);
    if (command->startsWith("\xEF\xBB\xBF")) // it would get lost on the way through a string
        return fail(u"the command begins with a byte order mark: leave it out"_s, errorString);
    return true;
}

// A host has no @, so that it is clear where the application's id ends.
QString secretKeyOf(const Settings &settings)
{
    return u"application "_s + settings.application + u'@'
        + QLatin1StringView(hostField(normalisedHost(settings.server), settings.port));
}

bool readSecret(const CtlUsage &usage, const QString &key, QByteArray *secret, QString *errorString)
{
    std::optional<QByteArray> found;
    if (usage.has(u"keychain"_s) && usage.has(u"secret-file"_s))
        return fail(u"--keychain and --secret-file exclude each other: give one of them"_s,
                    errorString);
    if (usage.has(u"keychain"_s))
        found = SendSecret::fromKeychain(key, errorString);
    else if (usage.has(u"secret-file"_s))
        found = SendSecret::fromFile(usage.options.value(u"secret-file"_s), errorString);
    else
        found = SendSecret::fromEnvironment(errorString);
    if (!found && errorString->isEmpty())
        return fail(u"the application's secret is missing: name a file with --secret-file, give "
                    "--keychain, or set COMETA_SECRET"_s,
                    errorString);
    *secret = found.value_or(QByteArray());
    return found.has_value();
}

} // namespace

QByteArray SendOptions::message() const
{
    QJsonObject object{{u"cmd"_s, QString::fromUtf8(command)}, {u"reply"_s, u"json"_s}};
    if (!reason.isEmpty())
        object[u"reason"_s] = reason;
    if (timeout)
        object[u"timeout"_s] = qint64(timeout->count());
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

std::optional<QString> SendOptions::secretKey(const CtlUsage &usage, QString *errorString)
{
    Settings settings;
    if (!readTarget(usage, {u"server"_s, u"app"_s}, &settings, errorString))
        return std::nullopt;
    return secretKeyOf(settings);
}

std::optional<SendOptions> SendOptions::read(const CtlUsage &usage, QString *errorString)
{
    errorString->clear();
    Settings settings;
    if (!readTarget(usage, {u"server"_s, u"app"_s, u"device"_s}, &settings, errorString))
        return std::nullopt;
    SendOptions options;
    options.host = normalisedHost(settings.server);
    options.port = settings.port;
    options.tls.caFile = settings.caFile;
    options.tls.pin = settings.pin;
    options.application = settings.application;
    options.device = settings.device;
    options.reason = usage.options.value(u"reason"_s);
    options.json = usage.has(u"json"_s);
    options.raw = usage.has(u"raw"_s);
    if (!readTls(usage, &options, errorString)
        || !readSeconds(usage, u"timeout"_s, 1, &options.timeout, errorString)
        || !readSeconds(usage, u"wait"_s, 0, &options.wait, errorString)
        || !readSecret(usage, secretKeyOf(settings), &options.secret, errorString)
        || !readCommand(usage, &options.command, errorString))
        return std::nullopt;
    return options;
}
