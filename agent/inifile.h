// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>

#include <optional>

// An INI file: [group] lines, key = value lines, comments from # or ; at the beginning of a line.
// Values are taken as they stand, without quotes or escapes. Keys before any [group] are in group
// "".
class IniFile final
{
public:
    struct Entry
    {
        QString group;
        QString key;
        QString value;
        int line = 0; // from 1
        QString above = {}; // comments, blank and [group] lines between the entry before and this
    };

    struct Group
    {
        QString name;
        int line = 0; // from 1
    };

    // Nothing, with one line that names file and line, when it cannot be read or is not INI.
    [[nodiscard]] static std::optional<IniFile> read(const QString &path, QString *errorString);
    // Replaces the file in one step, mode 0600; the directory is made 0700 when it is missing. The
    // comments that were read are kept.
    [[nodiscard]] bool write(const QString &path, QString *errorString) const;

    [[nodiscard]] const QList<Entry> &entries() const { return m_entries; }
    // Those that were read, also where no entry follows.
    [[nodiscard]] const QList<Group> &groups() const { return m_groups; }
    void set(const QString &group, const QString &key, const QString &value);
    void remove(const QString &group, const QString &key);
    void setHeading(const QString &comment) { m_heading = comment; } // lines that begin with #

private:
    QString m_heading;
    QList<Group> m_groups;
    QList<Entry> m_entries;
    QString m_below; // the lines behind the last entry
};
