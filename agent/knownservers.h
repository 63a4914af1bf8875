// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

// The servers that were once reached by TLS. They are never spoken to in the clear afterwards,
// unless the owner says so in the settings. Kept in a file, a host a line.
class KnownServers final
{
public:
    explicit KnownServers(const QString &path);

    [[nodiscard]] bool contains(const QString &host) const { return m_hosts.contains(host); }
    void add(const QString &host);

private:
    QString m_path;
    QStringList m_hosts;
};
