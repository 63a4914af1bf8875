// SPDX-License-Identifier: Apache-2.0
#include "knownservers.h"

#include <QFile>
#include <QSaveFile>

KnownServers::KnownServers(const QString &path) : m_path(path)
{
    QFile file(path);
    if (file.open(QIODevice::ReadOnly))
        m_hosts = QString::fromLatin1(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
}

void KnownServers::add(const QString &host)
{
    if (m_hosts.contains(host))
        return;
    m_hosts.append(host);
    QSaveFile file(m_path);
    if (file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        && file.write(m_hosts.join(u'\n').toLatin1() + '\n') > 0)
        file.commit(); // where that fails it holds as long as the agent runs
}
