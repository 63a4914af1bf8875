// SPDX-License-Identifier: Apache-2.0
#include "knownservers.h"

#include "wholefile.h"

#include <QFile>
#include <QFileInfo>

KnownServers::KnownServers(const QString &path) : m_path(path)
{
    const QFileInfo info(path);
    if (!info.exists() && !info.isSymLink())
        return;
    QFile file(path);
    m_isReadable = info.isFile() && !info.isSymLink() && file.open(QIODevice::ReadOnly);
    if (m_isReadable)
        m_hosts = QString::fromLatin1(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
}

void KnownServers::add(const QString &host)
{
    if (!m_hosts.contains(host)) {
        m_hosts.append(host);
        m_isSaved = false;
    }
    (void)save(); // where that fails it holds as long as the agent runs, and is tried again
}

bool KnownServers::save()
{
    QString ignored;
    if (!m_isSaved && m_isReadable)
        m_isSaved = WholeFile::replace(m_path, m_hosts.join(u'\n').toLatin1() + '\n', &ignored);
    return m_isSaved;
}
