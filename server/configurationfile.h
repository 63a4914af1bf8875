// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inifile.h"
#include "serveroptions.h"

#include <QSet>

// cometa.conf: [server], and one [application:ID] for each application. Paths in it are relative to
// its directory. A secret in it, or in a file that it names, must be readable by its owner only.
class ConfigurationFile final
{
public:
    // False with one line that names file, line and remedy; options are then half changed.
    [[nodiscard]] static bool readInto(const QString &path, ServerOptions *options,
                                       QString *errorString);

private:
    ConfigurationFile(const QString &path, ServerOptions *options);

    [[nodiscard]] bool take(const IniFile &file);
    [[nodiscard]] bool takeGroup(const IniFile::Group &group);
    [[nodiscard]] bool takeEntry(const IniFile::Entry &entry);
    [[nodiscard]] bool takeServer(const IniFile::Entry &entry);
    [[nodiscard]] bool takeServerFile(const IniFile::Entry &entry);
    [[nodiscard]] bool takeApplication(const IniFile::Entry &entry, ApplicationSettings *settings);
    [[nodiscard]] bool takeSecret(const IniFile::Entry &entry, ApplicationSettings *settings);
    [[nodiscard]] bool takeSecretFile(const IniFile::Entry &entry, ApplicationSettings *settings);
    [[nodiscard]] bool takeNumber(const IniFile::Entry &entry, qint64 lowest, qint64 highest,
                                  qint64 *number);
    [[nodiscard]] bool isComplete();
    [[nodiscard]] ApplicationSettings *application(const IniFile::Entry &entry);
    [[nodiscard]] QString resolved(const QString &path) const;
    bool refuse(const IniFile::Entry &entry, const QString &remedy); // false, always

    QString m_path;
    ServerOptions *m_options;
    QString m_error;
    QSet<QString> m_known; // group and key of what was taken
};
