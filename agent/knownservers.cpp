// SPDX-License-Identifier: Apache-2.0
#include "knownservers.h"

#include "wholefile.h"

#include <QFile>

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
    QString ignored; // where that fails it holds as long as the agent runs
    (void)WholeFile::replace(m_path, m_hosts.join(u'\n').toLatin1() + '\n', &ignored);
}
