// SPDX-License-Identifier: Apache-2.0
#include "outputfiles.h"

#include "chain.h"
#include "datadirectory.h"

#include <QDirIterator>
#include <QFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr std::array Streams{OutputFiles::Stream::Output, OutputFiles::Stream::Error};

} // namespace

OutputFiles::OutputFiles(const QString &directory) : m_directory(directory) { }

QString OutputFiles::path(const QString &request, Stream stream) const
{
    return m_directory + u'/' + request + (stream == Stream::Output ? ".out"_L1 : ".err"_L1);
}

qint64 OutputFiles::size(const QString &request, Stream stream) const
{
    // A name comes from the database; whatever stands there, it leads nowhere else.
    return Chain::isWord(request) ? DataDirectory::fileSize(path(request, stream)) : 0;
}

KeptOutput OutputFiles::read(const QString &request, Stream stream, qint64 total) const
{
    const qint64 size = this->size(request, stream);
    KeptOutput kept;
    kept.total = std::max(total, size);
    if (size == 0)
        return kept;
    const QString file = path(request, stream);
    kept.head = DataDirectory::read(file, 0, Keep);
    if (size >= total && size > kept.head.size()) {
        const qint64 offset = std::max<qint64>(size - Keep, kept.head.size());
        kept.tail = DataDirectory::read(file, offset, Keep);
    }
    return kept;
}

void OutputFiles::sweep(const std::function<bool(const QString &)> &isRequest,
                        const std::function<QSet<QString>(const QSet<QString> &)> &requestsAmong)
{
    const auto count = [this](const QFileInfo &file) {
        m_total += file.isSymLink() ? 0 : file.size();
    };
    m_total = 0;
    QFileInfoList others;
    QSet<QString> names;
    QDirIterator files(m_directory, QDir::Files | QDir::Hidden | QDir::System);
    while (files.hasNext()) {
        const QFileInfo file = files.nextFileInfo();
        if (isRequest(file.baseName())) {
            count(file);
        } else {
            others.append(file);
            names.insert(file.baseName());
        }
    }
    if (others.isEmpty())
        return;
    const QSet<QString> requests = requestsAmong(names);
    for (const QFileInfo &file : std::as_const(others)) {
        if (requests.contains(file.baseName()))
            count(file);
        else
            QFile::remove(file.filePath());
    }
}

void OutputFiles::count(const QString &request)
{
    for (const Stream stream : Streams)
        m_total += size(request, stream);
}

void OutputFiles::remove(const QString &request)
{
    if (!Chain::isWord(request))
        return;
    for (const Stream stream : Streams) {
        const qint64 bytes = size(request, stream);
        if (QFile::remove(path(request, stream)))
            m_total -= bytes;
    }
}
