// SPDX-License-Identifier: Apache-2.0
#include "configurationfile.h"

#include "privatefile.h"
#include "wire.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 MaximumSecretFile = 4096; // bytes

QString text(const char *source)
{
    return QCoreApplication::translate("ConfigurationFile", source);
}

} // namespace

bool ConfigurationFile::readInto(const QString &path, ServerOptions *options, QString *errorString)
{
    const std::optional<IniFile> file = IniFile::read(path, errorString);
    if (!file)
        return false;
    ConfigurationFile configuration(path, options);
    const bool taken = configuration.take(*file) && configuration.isComplete();
    *errorString = configuration.m_error;
    return taken;
}

ConfigurationFile::ConfigurationFile(const QString &path, ServerOptions *options)
    : m_path(path), m_options(options)
{
}

bool ConfigurationFile::take(const IniFile &file)
{
    const QList<IniFile::Group> &groups = file.groups();
    const QList<IniFile::Entry> &entries = file.entries();
    return std::all_of(entries.begin(), entries.end(),
                       [this](const IniFile::Entry &entry) { return takeEntry(entry); })
        && std::all_of(groups.begin(), groups.end(),
                       [this](const IniFile::Group &group) { return takeGroup(group); });
}

// One without a key counts: an application that has no secret is told of.
bool ConfigurationFile::takeGroup(const IniFile::Group &group)
{
    const QString shown = u'[' + group.name + u']';
    return group.name == "server"_L1 || application({group.name, shown, {}, group.line});
}

bool ConfigurationFile::takeEntry(const IniFile::Entry &entry)
{
    const QString name = u'[' + entry.group + "] "_L1 + entry.key;
    if (m_known.contains(name))
        return refuse(entry, text("it stands there twice; keep one."));
    m_known.insert(name);
    if (entry.group == "server"_L1)
        return takeServer(entry);
    ApplicationSettings *settings = application(entry);
    return settings && takeApplication(entry, settings);
}

bool ConfigurationFile::takeServer(const IniFile::Entry &entry)
{
    qint64 number = 0;
    if (entry.key == "bind"_L1) {
        return m_options->address.setAddress(entry.value)
            || refuse(entry, text("use an address such as 127.0.0.1 or 0.0.0.0."));
    }
    if (entry.key == "port"_L1) {
        const bool taken = takeNumber(entry, 0, 65535, &number);
        m_options->port = static_cast<quint16>(number);
        return taken;
    }
    if (entry.key == "heartbeat"_L1) {
        const bool taken = takeNumber(entry, 1, 300, &number);
        m_options->timing.heartbeat = std::chrono::seconds(number);
        return taken;
    }
    if (entry.key == "timeout"_L1) {
        const bool taken = takeNumber(entry, 1, 3600, &number);
        m_options->timing.timeout = std::chrono::seconds(number);
        return taken;
    }
    if (entry.key == "max_connections"_L1)
        return takeNumber(entry, 1, 1'000'000, &m_options->limits.connections);
    if (entry.key == "max_devices"_L1)
        return takeNumber(entry, 1, 1'000'000, &m_options->limits.devices);
    return takeServerFile(entry);
}

bool ConfigurationFile::takeServerFile(const IniFile::Entry &entry)
{
    QString *path = nullptr;
    if (entry.key == "data"_L1)
        path = &m_options->dataDirectory;
    else if (entry.key == "cert"_L1)
        path = &m_options->tlsFiles.certificate;
    else if (entry.key == "key"_L1)
        path = &m_options->tlsFiles.key;
    else if (entry.key == "request_log"_L1)
        path = &m_options->requestLog;
    else if (entry.key == "error_log"_L1)
        path = &m_options->errorLog;
    if (!path)
        return refuse(entry, text("[server] knows no such key; correct or remove it."));
    if (entry.value.isEmpty())
        return refuse(entry, text("name a file or remove the line."));
    const bool isOff = entry.key == "request_log"_L1 && entry.value == "off"_L1;
    *path = isOff ? entry.value : resolved(entry.value);
    return true;
}

bool ConfigurationFile::takeApplication(const IniFile::Entry &entry, ApplicationSettings *settings)
{
    QString remedy;
    if (entry.key == "secret"_L1)
        return takeSecret(entry, settings);
    if (entry.key == "secret_file"_L1)
        return takeSecretFile(entry, settings);
    if (entry.key == "name"_L1)
        settings->name = entry.value;
    else if (entry.key == "webhook"_L1)
        return settings->webhook.setUrl(entry.value, &remedy) || refuse(entry, remedy);
    else if (entry.key == "webhook_header"_L1)
        return settings->webhook.setField(entry.value, &remedy) || refuse(entry, remedy);
    else
        return refuse(entry, text("an application has no such key; correct or remove it."));
    return true;
}

bool ConfigurationFile::takeSecret(const IniFile::Entry &entry, ApplicationSettings *settings)
{
    if (!isPrivate(m_path))
        return refuse(entry, text("others can read the file; run: chmod 600 %1").arg(m_path));
    if (!settings->secret.isEmpty())
        return refuse(entry, text("give either secret or secret_file."));
    settings->secret = entry.value.toUtf8();
    return ApplicationSettings::isSecret(settings->secret)
        || refuse(entry, text("use visible ASCII characters without blanks."));
}

bool ConfigurationFile::takeSecretFile(const IniFile::Entry &entry, ApplicationSettings *settings)
{
    QFile file(resolved(entry.value));
    if (!file.open(QIODevice::ReadOnly))
        return refuse(entry,
                      text("%1 cannot be read: %2.").arg(file.fileName(), file.errorString()));
    if (!isPrivate(file.fileName()))
        return refuse(entry,
                      text("others can read the secret; run: chmod 600 %1").arg(file.fileName()));
    if (!settings->secret.isEmpty())
        return refuse(entry, text("give either secret or secret_file."));
    settings->secret = file.read(MaximumSecretFile).trimmed();
    return ApplicationSettings::isSecret(settings->secret)
        || refuse(entry, text("%1 must hold one line of visible ASCII.").arg(file.fileName()));
}

bool ConfigurationFile::takeNumber(const IniFile::Entry &entry, qint64 lowest, qint64 highest,
                                   qint64 *number)
{
    const std::optional<qint64> value = ServerOptions::number(entry.value, lowest, highest);
    *number = value.value_or(lowest);
    return value
        || refuse(entry, text("use a whole number from %1 to %2.").arg(lowest).arg(highest));
}

bool ConfigurationFile::isComplete()
{
    for (const ApplicationSettings &settings : std::as_const(m_options->applications)) {
        if (settings.secret.isEmpty())
            m_error = text("%1: [application:%2] has no secret; give it a line “secret = …”.")
                          .arg(m_path, settings.id);
        else if (settings.webhook.url.isEmpty() && !settings.webhook.fieldName.isEmpty())
            m_error = text("%1: [application:%2] has a webhook_header but no webhook.")
                          .arg(m_path, settings.id);
    }
    if (m_options->tlsFiles.certificate.isEmpty() != m_options->tlsFiles.key.isEmpty())
        m_error = text("%1: cert and key belong together; give both or none.").arg(m_path);
    return m_error.isEmpty();
}

ApplicationSettings *ConfigurationFile::application(const IniFile::Entry &entry)
{
    static constexpr auto prefix = "application:"_L1;
    const QString id = entry.group.sliced(qMin(prefix.size(), entry.group.size())).trimmed();
    if (!entry.group.startsWith(prefix) || !Wire::isApplicationId(id)) {
        refuse(entry,
               text("it stands in [%1]; there are only [server] and [application:ID], ID being 1 "
                    "to 64 letters, digits and _ . : -")
                   .arg(entry.group));
        return nullptr;
    }
    QList<ApplicationSettings> &all = m_options->applications;
    const auto known =
        std::find_if(all.begin(), all.end(),
                     [&id](const ApplicationSettings &settings) { return settings.id == id; });
    if (known != all.end())
        return &*known;
    all.append(ApplicationSettings{id});
    return &all.last();
}

QString ConfigurationFile::resolved(const QString &path) const
{
    return QDir::cleanPath(QFileInfo(m_path).absoluteDir().absoluteFilePath(path));
}

bool ConfigurationFile::refuse(const IniFile::Entry &entry, const QString &remedy)
{
    m_error =
        text("%1 line %2: %3: %4").arg(m_path, QString::number(entry.line), entry.key, remedy);
    return false;
}
