// SPDX-License-Identifier: Apache-2.0
#include "inifile.h"

#include "wholefile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace {

constexpr qint64 MaximumSize = 1024 * 1024; // bytes; a configuration is a few hundred

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(IniFile)
};

} // namespace

std::optional<IniFile> IniFile::read(const QString &path, QString *errorString)
{
    QFile file(path);
    // A pipe would keep us waiting for its writer.
    if (QFileInfo::exists(path) && !QFileInfo(path).isFile()
        && path != QLatin1String("/dev/null")) {
        *errorString = Text::tr("%1 is no file: give the path of a configuration file.").arg(path);
        return std::nullopt;
    }
    if (!file.open(QIODevice::ReadOnly)) {
        *errorString = Text::tr("%1 cannot be read (%2): check path and permissions.")
                           .arg(path, file.errorString());
        return std::nullopt;
    }
    const QByteArray content = file.read(MaximumSize + 1);
    if (content.size() > MaximumSize || !QByteArrayView(content).isValidUtf8()
        || content.contains('\0')) {
        *errorString =
            Text::tr("%1 is no configuration file, it is not text: choose another one.").arg(path);
        return std::nullopt;
    }
    IniFile ini;
    QString group;
    int number = 0;
    for (const QByteArray &raw : content.split('\n')) {
        ++number;
        const QString line = QString::fromUtf8(raw).trimmed();
        const qsizetype equals = line.indexOf(u'=');
        if (line.isEmpty() || line.startsWith(u'#') || line.startsWith(u';')) {
            ini.m_below += line + u'\n';
        } else if (line.startsWith(u'[') && line.endsWith(u']')) {
            group = line.sliced(1, line.size() - 2).trimmed();
            ini.m_groups.append({group, number});
            ini.m_below += line + u'\n';
        } else if (equals > 0) {
            ini.m_entries.append({group, line.first(equals).trimmed(),
                                  line.sliced(equals + 1).trimmed(), number,
                                  std::exchange(ini.m_below, {})});
        } else {
            *errorString =
                Text::tr("%1 line %2 is neither “[group]” nor “key = value”: correct or remove it.")
                    .arg(path)
                    .arg(number);
            return std::nullopt;
        }
    }
    ini.m_below.chop(1); // split() gives what is behind the last line end, too
    return ini;
}

bool IniFile::write(const QString &path, QString *errorString) const
{
    const QString directory = QFileInfo(path).absolutePath();
    if (!QFileInfo::exists(directory) && QDir().mkpath(directory))
        QFile::setPermissions(directory, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QString content = m_heading;
    for (const Entry &entry : m_entries)
        content += entry.above + entry.key + QLatin1String(" = ") + entry.value + u'\n';
    QString reason;
    if (WholeFile::replace(path, (content + m_below).toUtf8(), &reason))
        return true;
    *errorString = Text::tr("%1 cannot be written: %2.").arg(path, reason);
    return false;
}

void IniFile::set(const QString &group, const QString &key, const QString &value)
{
    const auto isGroup = [&](const Entry &entry) { return entry.group == group; };
    // The last one of a key counts.
    const auto known = std::find_if(m_entries.rbegin(), m_entries.rend(), [&](const Entry &entry) {
        return entry.group == group && entry.key == key;
    });
    if (known != m_entries.rend()) {
        known->value = value;
        return;
    }
    // Behind the last one of its group, so that a group stands in one piece.
    const auto last = std::find_if(m_entries.rbegin(), m_entries.rend(), isGroup);
    if (last != m_entries.rend())
        m_entries.insert(last.base(), {group, key, value, 0});
    else if (group.isEmpty())
        m_entries.prepend({group, key, value, 0});
    else
        m_entries.append({group, key, value, 0, u'[' + group + QLatin1String("]\n")});
}

void IniFile::remove(const QString &group, const QString &key)
{
    QString above;
    QList<Entry> kept;
    for (const Entry &entry : std::as_const(m_entries)) {
        above += entry.above;
        if (entry.group == group && entry.key == key)
            continue; // what stood above it stays: it may begin the next group
        kept.append(entry);
        kept.last().above = std::exchange(above, {});
    }
    m_below.prepend(above);
    m_entries = kept;
}
