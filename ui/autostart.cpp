// SPDX-License-Identifier: Apache-2.0
#include "autostart.h"

#include "wholefile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr auto FileName = "/autostart/cometa-agent.desktop"_L1;
constexpr qint64 MaximumSize = 64 * 1024; // bytes; a desktop file is a few hundred

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Autostart)
};

// The administrator's or the distribution's; empty when there is none.
QString systemFile()
{
    const QString own = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    for (const QString &directory :
         QStandardPaths::standardLocations(QStandardPaths::GenericConfigLocation)) {
        if (directory != own && QFileInfo::exists(directory + FileName))
            return directory + FileName;
    }
    return {};
}

// The value of a key in the group [Desktop Entry].
QByteArray valueIn(const QString &path, const QByteArray &key)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    bool inEntry = false;
    for (const QByteArray &raw : file.read(MaximumSize).split('\n')) {
        const QByteArray line = raw.trimmed();
        if (line.startsWith('['))
            inEntry = line == "[Desktop Entry]";
        const qsizetype equals = line.indexOf('=');
        if (inEntry && equals > 0 && line.first(equals).trimmed() == key)
            return line.sliced(equals + 1).trimmed();
    }
    return {};
}

bool starts(const QString &path)
{
    return !path.isEmpty() && !valueIn(path, "Exec").isEmpty() && valueIn(path, "Hidden") != "true"
        && valueIn(path, "X-GNOME-Autostart-enabled") != "false";
}

} // namespace

Autostart::Autostart(const QString &program, const QStringList &arguments)
    : m_program(program), m_arguments(arguments)
{
}

QString Autostart::path()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + FileName;
}

QString Autostart::ownProgram()
{
    const QString own = QCoreApplication::applicationFilePath();
    const QString found = QStandardPaths::findExecutable(u"cometa-agent"_s);
    const bool same = !found.isEmpty()
        && QFileInfo(found).canonicalFilePath() == QFileInfo(own).canonicalFilePath();
    return same ? u"cometa-agent"_s : own;
}

// Quoted for the Exec key, then escaped as every string in a desktop file is.
QString Autostart::execValue(const QStringList &words)
{
    QStringList quoted;
    for (const QString &word : words) {
        const bool plain = !word.isEmpty() && std::all_of(word.begin(), word.end(), [](QChar c) {
            return c.isLetterOrNumber() || u"/-_.:+,@="_s.contains(c);
        });
        QString value = word;
        if (!plain) {
            for (const QChar special : u"\\\"`$"_s)
                value.replace(special, u'\\' + QString(special));
            value = u'"' + value + u'"';
        }
        quoted.append(value.replace(u'%', "%%"_L1));
    }
    return quoted.join(u' ').replace(u'\\', "\\\\"_L1);
}

bool Autostart::isEnabled() const
{
    const QString own = path();
    return starts(QFileInfo::exists(own) ? own : systemFile());
}

bool Autostart::setEnabled(bool enabled, QString *errorString) const
{
    if (enabled == isEnabled())
        return true;
    if (enabled)
        return write("Terminal=false\nX-GNOME-Autostart-enabled=true\n", errorString);
    if (!systemFile().isEmpty())
        return write("Hidden=true\n", errorString); // only this outweighs the file of the system
    QFile file(path());
    if (!file.remove()) {
        *errorString = Text::tr("%1 cannot be removed: %2.").arg(path(), file.errorString());
        return false;
    }
    return true;
}

bool Autostart::write(const QByteArray &more, QString *errorString) const
{
    const QStringList words = QStringList{m_program, u"--minimised"_s} + m_arguments;
    const QByteArray content = "[Desktop Entry]\nType=Application\nName=Cometa Agent\n"
                               "Icon=cometa-agent\nExec="
        + execValue(words).toUtf8() + '\n' + more;
    QDir().mkpath(QFileInfo(path()).absolutePath());
    QString reason;
    if (WholeFile::replace(path(), content, &reason))
        return true;
    *errorString = Text::tr("%1 cannot be written: %2.").arg(path(), reason);
    return false;
}
