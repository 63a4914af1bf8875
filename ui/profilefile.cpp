// SPDX-License-Identifier: Apache-2.0
#include "profilefile.h"

#include "inifile.h"

#include <QCoreApplication>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ProfileFile)
};

// Where a computer keeps its private key is nobody else's business, and the certificate is of no
// use without it. The same holds for who logs in to a proxy.
bool isPrivate(const QString &option)
{
    return option == "cert-file"_L1 || option == "key-file"_L1 || option == "proxy-user"_L1
        || option == "proxy-password-file"_L1 || option == "proxy-keychain"_L1;
}

// Why an entry cannot be taken; empty when it can.
QString entryProblem(const IniFile::Entry &entry)
{
    if (!entry.group.isEmpty())
        return Text::tr("a profile has no groups.");
    if (!Settings::optionNames().contains(entry.key))
        return Text::tr("there is no such setting.");
    Settings trial;
    const std::optional<QString> problem = trial.set(entry.key, entry.value);
    if (trial.approval == Settings::Approval::All)
        return Text::tr("approving everything is not taken from a file.");
    // Of a file that is not there its field tells, and the owner chooses another.
    return entry.key.endsWith("-file"_L1) ? QString() : problem.value_or(QString());
}

} // namespace

namespace ProfileFile {

std::optional<QHash<QString, QString>> read(const QString &path, QString *errorString)
{
    const QString name = QFileInfo(path).fileName();
    QString problem;
    const std::optional<IniFile> file = IniFile::read(path, &problem);
    if (!file) {
        const bool readable = QFileInfo(path).isFile() && QFileInfo(path).isReadable();
        *errorString =
            (readable ? Text::tr("“%1” is no profile of Cometa Agent. Nothing was changed.")
                      : Text::tr("“%1” cannot be read. Nothing was changed."))
                .arg(name);
        return std::nullopt;
    }
    QHash<QString, QString> values;
    for (const IniFile::Entry &entry : file->entries()) {
        problem =
            values.contains(entry.key) ? Text::tr("it stands there twice.") : entryProblem(entry);
        if (!problem.isEmpty()) {
            *errorString = Text::tr("“%1” was not taken, and nothing was changed: line %2, %3: %4")
                               .arg(name, QString::number(entry.line), entry.key.left(40), problem);
            return std::nullopt;
        }
        values.insert(entry.key, entry.value);
    }
    if (values.isEmpty()) {
        *errorString =
            Text::tr("“%1” is no profile: there is no setting in it. Nothing was changed.")
                .arg(name);
        return std::nullopt;
    }
    return values;
}

bool write(const QString &path, const Settings &settings, QString *errorString)
{
    IniFile file;
    file.setHeading(Text::tr("# Cometa Agent profile. Import it in the settings.") + u'\n');
    for (const QString &option : settings.differencesTo({})) {
        const bool all = option == "approve"_L1 && settings.approval == Settings::Approval::All;
        if (!all && !isPrivate(option))
            file.set({}, option, settings.get(option));
    }
    return file.write(path, errorString);
}

} // namespace ProfileFile
