// SPDX-License-Identifier: Apache-2.0
#include "inifile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>

namespace {

constexpr qint64 MaximumSize = 1024 * 1024; // bytes; a configuration is a few hundred

QString text(const char *source)
{
    return QCoreApplication::translate("IniFile", source);
}

} // namespace

std::optional<IniFile> IniFile::read(const QString &path, QString *errorString)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        *errorString = text("%1 cannot be read: %2.").arg(path, file.errorString());
        return std::nullopt;
    }
    const QByteArray content = file.read(MaximumSize + 1);
    if (content.size() > MaximumSize || !QByteArrayView(content).isValidUtf8()
        || content.contains('\0')) {
        *errorString = text("%1 is no configuration file: it is not text.").arg(path);
        return std::nullopt;
    }
    IniFile ini;
    QString group;
    int number = 0;
    for (const QByteArray &raw : content.split('\n')) {
        ++number;
        const QString line = QString::fromUtf8(raw).trimmed();
        if (line.isEmpty() || line.startsWith(u'#') || line.startsWith(u';'))
            continue;
        const qsizetype equals = line.indexOf(u'=');
        if (line.startsWith(u'[') && line.endsWith(u']')) {
            group = line.sliced(1, line.size() - 2).trimmed();
        } else if (equals > 0) {
            ini.m_entries.append(
                {group, line.first(equals).trimmed(), line.sliced(equals + 1).trimmed(), number});
        } else {
            *errorString =
                text("%1 line %2 is neither “[group]” nor “key = value”: correct or remove it.")
                    .arg(path)
                    .arg(number);
            return std::nullopt;
        }
    }
    return ini;
}

bool IniFile::write(const QString &path, QString *errorString) const
{
    const QString directory = QFileInfo(path).absolutePath();
    if (!QFileInfo::exists(directory) && QDir().mkpath(directory))
        QFile::setPermissions(directory, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QSaveFile file(path);
    bool written = file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    QString group;
    for (const Entry &entry : m_entries) {
        if (entry.group != group)
            written = written && file.write("[" + entry.group.toUtf8() + "]\n") > 0;
        group = entry.group;
        written =
            written && file.write(entry.key.toUtf8() + " = " + entry.value.toUtf8() + '\n') > 0;
    }
    if (!written || !file.commit()) {
        *errorString = text("%1 cannot be written: %2.").arg(path, file.errorString());
        return false;
    }
    return true;
}

void IniFile::set(const QString &group, const QString &key, const QString &value)
{
    const auto known = std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry &entry) {
        return entry.group == group && entry.key == key;
    });
    if (known != m_entries.end()) {
        known->value = value;
        return;
    }
    // Behind the last one of its group, so that a group stands in one piece.
    const auto last = std::find_if(m_entries.rbegin(), m_entries.rend(),
                                   [&](const Entry &entry) { return entry.group == group; });
    m_entries.insert(last == m_entries.rend() ? m_entries.end() : last.base(),
                     {group, key, value, 0});
}
