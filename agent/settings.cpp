// SPDX-License-Identifier: Apache-2.0
#include "settings.h"

#include "hostname.h"
#include "inifile.h"
#include "settingoption.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr auto AdministratorDirectory = "/etc/xdg"_L1;
constexpr auto FileName = "/cometa-agent/agent.conf"_L1;
constexpr auto LockedGroup = "locked"_L1;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Settings)
};

QString defaultConfigFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + FileName;
}

QString defaultDataDirectory()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
        + "/cometa-agent"_L1;
}

// The administrator's files, the one that counts most at the end. That is /etc/xdg, whatever
// XDG_CONFIG_DIRS says: what is locked there stays locked.
QStringList administratorFiles()
{
    QStringList files;
    for (const QString &directory : qEnvironmentVariable("XDG_CONFIG_DIRS").split(u':')) {
        if (QDir::isAbsolutePath(directory))
            files.prepend(QDir::cleanPath(directory) + FileName);
    }
    files.removeAll(AdministratorDirectory + FileName);
    files.append(AdministratorDirectory + FileName);
    files.removeIf([](const QString &path) { return !QFileInfo::exists(path); });
    return files;
}

std::optional<QString> setFromFile(Settings *settings, const QString &option, const QString &value)
{
    Settings trial;
    if (!trial.set(option, value) && trial.approval == Settings::Approval::All)
        return Text::tr(
            "approving everything cannot be kept in a file: start with --approve all each "
            "time.");
    return settings->set(option, value);
}

// Sets the entries of one group. Keys that nobody knows are mistakes of spelling: refused.
bool apply(Settings *settings, const IniFile &file, const QString &path, bool locked,
           Settings::Mistakes mistakes, QString *errorString)
{
    for (const IniFile::Group &group : file.groups()) {
        if (group.name != LockedGroup) {
            *errorString = Text::tr("%1 line %2: there is no group “[%3]”: remove the line.")
                               .arg(path, QString::number(group.line), group.name);
            return false;
        }
    }
    for (const IniFile::Entry &entry : file.entries()) {
        if ((entry.group == LockedGroup) != locked)
            continue;
        const std::optional<QString> problem = setFromFile(settings, entry.key, entry.value);
        if (problem && !locked && mistakes == Settings::Mistakes::Keep
            && SettingOption::find(entry.key)) {
            settings->refused.insert(entry.key, entry.value);
        } else if (problem) {
            *errorString = Text::tr("%1 line %2, %3: %4")
                               .arg(path, QString::number(entry.line), entry.key, *problem);
            return false;
        }
        if (locked)
            settings->lockedOptions.insert(entry.key);
    }
    return true;
}

bool applyFile(Settings *settings, const QString &path, bool locked, QString *errorString)
{
    const std::optional<IniFile> file = IniFile::read(path, errorString);
    return file && apply(settings, *file, path, locked, Settings::Mistakes::Refuse, errorString);
}

bool applyAdministrator(Settings *settings, bool locked, QString *errorString)
{
    const QStringList files = administratorFiles();
    return std::all_of(files.begin(), files.end(), [=](const QString &path) {
        return applyFile(settings, path, locked, errorString);
    });
}

} // namespace

QStringList Settings::optionNames()
{
    QStringList names;
    for (const SettingOption &option : SettingOption::all())
        names.append(option.name);
    return names;
}

const QStringList &Settings::linkOptions()
{
    static const QStringList options{u"server"_s,
                                     u"port"_s,
                                     u"app"_s,
                                     u"device"_s,
                                     u"info"_s,
                                     u"tls"_s,
                                     u"ca-file"_s,
                                     u"pin"_s,
                                     u"cert-file"_s,
                                     u"key-file"_s,
                                     u"proxy"_s,
                                     u"proxy-user"_s,
                                     u"proxy-password-file"_s,
                                     u"proxy-keychain"_s};
    return options;
}

std::optional<QString> Settings::set(const QString &option, const QString &value)
{
    const SettingOption *known = SettingOption::find(option);
    if (!known)
        return Text::tr("there is no such setting: check the spelling, or give it on the "
                        "command line.");
    const std::optional<QString> problem = known->set(*this, value);
    if (!problem)
        refused.remove(option);
    return problem;
}

QString Settings::get(const QString &option) const
{
    const SettingOption *known = SettingOption::find(option);
    return known ? known->get(*this) : QString();
}

QList<Settings::Problem> Settings::problems() const
{
    QList<Problem> problems;
    for (const QString &option : optionNames()) {
        if (!refused.contains(option))
            continue;
        Settings trial;
        const std::optional<QString> problem = setFromFile(&trial, option, refused.value(option));
        problems.append(
            {option,
             problem.value_or(Text::tr("It could not be used at the start; it can by now: "
                                       "open the settings and press OK."))});
    }
    if (server.isEmpty())
        problems.append(
            {u"server"_s,
             Text::tr("No server is set: give its name, for example --server cometa.example.org")});
    if (application.isEmpty())
        problems.append(
            {u"app"_s,
             Text::tr("No application is set: give the id that the server knows, with --app")});
    if (certFile.isEmpty() != keyFile.isEmpty())
        problems.append(
            {certFile.isEmpty() ? u"cert-file"_s : u"key-file"_s,
             Text::tr("A client certificate needs both: give --cert-file and --key-file.")});
    if (tls == false && usesCertificates())
        problems.append(
            {u"tls"_s,
             Text::tr(
                 "Certificates and a pin (--ca-file, --pin, --cert-file) are of use only with TLS: "
                 "turn it on, or clear them.")});
    if (proxyUser.isEmpty() && (proxyKeychain || !proxyPasswordFile.isEmpty()))
        problems.append(
            {u"proxy-user"_s, Text::tr("A password for the proxy needs a user name as well.")});
    if (proxyKeychain && !proxyPasswordFile.isEmpty())
        problems.append({u"proxy-keychain"_s,
                         Text::tr("The password for the proxy is in one place: a file "
                                  "(--proxy-password-file) or the keychain.")});
    return problems;
}

QString Settings::scope() const
{
    return QString::fromLatin1(hostField(normalisedHost(server), port)) + u'/' + application;
}

ProxyOptions Settings::proxyOptions() const
{
    ProxyOptions options = ProxyOptions::fromText(proxy).value_or(ProxyOptions());
    options.user = proxyUser;
    return options;
}

bool Settings::usesCertificates() const
{
    return !(caFile.isEmpty() && pin.isEmpty() && certFile.isEmpty());
}

QStringList Settings::placeArguments() const
{
    QStringList arguments;
    if (configFile != defaultConfigFile())
        arguments << u"--config"_s << configFile;
    if (dataDirectory != defaultDataDirectory())
        arguments << u"--data-dir"_s << dataDirectory;
    return arguments;
}

std::optional<Settings> Settings::load(const QHash<QString, QString> &options, QString *errorString,
                                       Mistakes mistakes)
{
    Settings settings;
    if (!applyAdministrator(&settings, false, errorString))
        return std::nullopt;
    const bool named = options.contains(u"config"_s);
    // Mostly a variable of a script that is not set: without its pin a link would not be encrypted.
    const auto empty = std::find(options.cbegin(), options.cend(), QString());
    if (empty != options.cend()) {
        *errorString =
            Text::tr("--%1: it is empty; give a value, or leave it out.").arg(empty.key());
        return std::nullopt;
    }
    settings.configFile =
        QFileInfo(options.value(u"config"_s, defaultConfigFile())).absoluteFilePath();
    settings.dataDirectory =
        QFileInfo(options.value(u"data-dir"_s, defaultDataDirectory())).absoluteFilePath();
    if (named && !QFileInfo::exists(settings.configFile)) {
        *errorString =
            Text::tr("--config: there is no file %1; check the path.").arg(settings.configFile);
        return std::nullopt;
    }
    if (QFileInfo::exists(settings.configFile)) {
        const std::optional<IniFile> own = IniFile::read(settings.configFile, errorString);
        if (!own || !apply(&settings, *own, settings.configFile, false, mistakes, errorString))
            return std::nullopt;
    }
    for (const SettingOption &option : SettingOption::all()) {
        const auto given = options.constFind(option.name);
        if (given == options.constEnd())
            continue;
        const std::optional<QString> problem = settings.set(option.name, *given);
        if (problem) {
            *errorString = u"--"_s + option.name + u": "_s + *problem;
            return std::nullopt;
        }
    }
    if (!applyAdministrator(&settings, true, errorString))
        return std::nullopt;
    return settings;
}

QStringList Settings::differencesTo(const Settings &other) const
{
    QStringList names;
    for (const SettingOption &option : SettingOption::all()) {
        if (option.get(*this) != option.get(other))
            names.append(option.name);
    }
    return names;
}

bool Settings::save(const QStringList &options, QString *errorString) const
{
    Settings otherwise; // what holds without an entry in the file
    if (!applyAdministrator(&otherwise, false, errorString))
        return false;
    std::optional<IniFile> file = IniFile();
    if (QFileInfo::exists(configFile))
        file = IniFile::read(configFile, errorString);
    if (!file)
        return false;
    for (const QString &option : options) {
        const bool never = approval == Approval::All && option == "approve"_L1;
        if (never || lockedOptions.contains(option))
            continue;
        if (get(option) == otherwise.get(option))
            file->remove({}, option);
        else
            file->set({}, option, get(option));
    }
    return file->write(configFile, errorString);
}
