// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

// The servers that were once reached by TLS. They are never spoken to in the clear afterwards,
// unless the owner says so in the settings. Kept in a file, a host a line. While that cannot be
// read any server may be one of them.
class KnownServers final
{
public:
    explicit KnownServers(const QString &path);

    [[nodiscard]] bool contains(const QString &host) const
    {
        return !m_isReadable || m_hosts.contains(host);
    }
    [[nodiscard]] bool isReadable() const { return m_isReadable; }
    void add(const QString &host);
    // Whatever could not be written when it was added. False: it cannot now either.
    bool save();

private:
    QString m_path;
    QStringList m_hosts;
    bool m_isReadable = true;
    bool m_isSaved = true;
};
