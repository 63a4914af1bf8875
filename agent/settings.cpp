// SPDX-License-Identifier: Apache-2.0
#include "settings.h"

#include "hostname.h"
#include "inifile.h"
#include "settingoption.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace {

constexpr auto AdministratorFile = "/etc/xdg/cometa-agent/agent.conf"_L1;
constexpr auto LockedGroup = "locked"_L1;

QString text(const char *source)
{
    return QCoreApplication::translate("Settings", source);
}

QString defaultConfigFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + "/cometa-agent/agent.conf"_L1;
}

QString defaultDataDirectory()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
        + "/cometa-agent"_L1;
}

// Sets the entries of one group. Keys that nobody knows are mistakes of spelling: refused.
bool apply(Settings *settings, const IniFile &file, const QString &path, bool locked,
           QString *errorString)
{
    for (const IniFile::Entry &entry : file.entries()) {
        if ((entry.group == LockedGroup) != locked)
            continue;
        std::optional<QString> problem = settings->set(entry.key, entry.value);
        if (settings->approval == Settings::Approval::All)
            problem = text("approving everything cannot be kept in a file: start with --approve "
                           "all each time.");
        if (problem) {
            *errorString = text("%1 line %2, %3: %4")
                               .arg(path, QString::number(entry.line), entry.key, *problem);
            return false;
        }
        if (locked)
            settings->lockedOptions.insert(entry.key);
    }
    return true;
}

} // namespace

QStringList Settings::optionNames()
{
    QStringList names;
    for (const SettingOption &option : SettingOption::all())
        names.append(option.name);
    return names;
}

std::optional<QString> Settings::set(const QString &option, const QString &value)
{
    const SettingOption *known = SettingOption::find(option);
    return known ? known->set(*this, value)
                 : text("there is no such setting: check the spelling, or give it on the "
                        "command line.");
}

QString Settings::get(const QString &option) const
{
    const SettingOption *known = SettingOption::find(option);
    return known ? known->get(*this) : QString();
}

QList<Settings::Problem> Settings::problems() const
{
    QList<Problem> problems;
    if (server.isEmpty())
        problems.append(
            {u"server"_s,
             text("No server is set: give its name, for example --server cometa.example.org")});
    if (application.isEmpty())
        problems.append(
            {u"app"_s,
             text("No application is set: give the id that the server knows, with --app")});
    if (certFile.isEmpty() != keyFile.isEmpty())
        problems.append({certFile.isEmpty() ? u"cert-file"_s : u"key-file"_s,
                         text("A client certificate needs both: certificate file and key file.")});
    if (tls == false && !(caFile.isEmpty() && pin.isEmpty() && certFile.isEmpty()))
        problems.append(
            {u"tls"_s,
             text("Certificate settings are of use only with TLS: turn it on, or clear them.")});
    return problems;
}

QString Settings::scope() const
{
    return QString::fromLatin1(hostField(normalisedHost(server), port)) + u'/' + application;
}

std::optional<Settings> Settings::load(const QHash<QString, QString> &options, QString *errorString)
{
    Settings settings;
    std::optional<IniFile> administrator;
    if (QFileInfo::exists(AdministratorFile)) {
        administrator = IniFile::read(AdministratorFile, errorString);
        if (!administrator
            || !apply(&settings, *administrator, AdministratorFile, false, errorString))
            return std::nullopt;
    }
    const bool named = options.contains(u"config"_s);
    settings.configFile =
        QFileInfo(options.value(u"config"_s, defaultConfigFile())).absoluteFilePath();
    settings.dataDirectory =
        QFileInfo(options.value(u"data-dir"_s, defaultDataDirectory())).absoluteFilePath();
    if (named && !QFileInfo::exists(settings.configFile)) {
        *errorString =
            text("--config: there is no file %1; check the path.").arg(settings.configFile);
        return std::nullopt;
    }
    if (QFileInfo::exists(settings.configFile)) {
        const std::optional<IniFile> own = IniFile::read(settings.configFile, errorString);
        if (!own || !apply(&settings, *own, settings.configFile, false, errorString))
            return std::nullopt;
    }
    for (const SettingOption &option : SettingOption::all()) {
        const auto given = options.constFind(option.name);
        if (given == options.constEnd())
            continue;
        const std::optional<QString> problem = option.set(settings, *given);
        if (problem) {
            *errorString = u"--"_s + option.name + u": "_s + *problem;
            return std::nullopt;
        }
    }
    if (administrator && !apply(&settings, *administrator, AdministratorFile, true, errorString))
        return std::nullopt;
    return settings;
}

bool Settings::save(QString *errorString) const
{
    const Settings defaults;
    IniFile file;
    for (const SettingOption &option : SettingOption::all()) {
        const bool saved =
            approval != Approval::All || option.name != "approve"_L1; // never a saved default
        if (saved && !lockedOptions.contains(option.name)
            && option.get(*this) != option.get(defaults))
            file.set({}, option.name, option.get(*this));
    }
    return file.write(configFile, errorString);
}
