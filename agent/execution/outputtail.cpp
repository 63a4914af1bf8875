// SPDX-License-Identifier: Apache-2.0
#include "outputtail.h"

#include <QFile>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

OutputTail::OutputTail(const QString &path, qint64 keep, qint64 fileLimit)
    : m_path(path), m_keep(keep), m_fileLimit(fileLimit)
{
}

OutputTail::~OutputTail()
{
    close();
}

void OutputTail::append(QByteArrayView bytes)
{
    if (bytes.isEmpty())
        return;
    appendToFile(bytes);
    m_total += bytes.size();
    const qsizetype forHead = std::min<qsizetype>(bytes.size(), m_keep - m_head.size());
    m_head.append(bytes.first(forHead));
    appendToRing(bytes.sliced(forHead));
}

void OutputTail::close()
{
    if (m_file < 0)
        return;
    ::close(m_file);
    m_file = -1;
    m_fileSha256 = m_hash.takeHex();
}

KeptOutput OutputTail::kept() const
{
    const QByteArrayView ring(m_ring);
    QByteArray tail;
    tail.reserve(m_ring.size());
    tail.append(ring.sliced(m_ringBegin)).append(ring.first(m_ringBegin));
    return {m_head, tail, m_total};
}

void OutputTail::appendToRing(QByteArrayView bytes)
{
    bytes = bytes.last(std::min<qsizetype>(bytes.size(), m_keep));
    const qsizetype room = std::min<qsizetype>(bytes.size(), m_keep - m_ring.size());
    m_ring.append(bytes.first(room));
    bytes = bytes.sliced(room);
    while (!bytes.isEmpty()) {
        const qsizetype piece = std::min<qsizetype>(bytes.size(), m_keep - m_ringBegin);
        std::memcpy(m_ring.data() + m_ringBegin, bytes.data(), static_cast<size_t>(piece));
        m_ringBegin = (m_ringBegin + piece) % m_keep;
        bytes = bytes.sliced(piece);
    }
}

void OutputTail::appendToFile(QByteArrayView bytes)
{
    if (m_path.isEmpty() || !m_fileError.isEmpty())
        return;
    if (m_file < 0)
        openFile();
    bytes = bytes.first(std::min<qsizetype>(bytes.size(), m_fileLimit - m_fileSize));
    while (!bytes.isEmpty() && m_fileError.isEmpty()) {
        const ssize_t written = ::write(m_file, bytes.data(), static_cast<size_t>(bytes.size()));
        if (written < 0 && errno != EINTR)
            failFile();
        if (written <= 0)
            continue;
        m_hash.addData(bytes.first(written));
        m_fileSize += written;
        bytes = bytes.sliced(written);
    }
}

void OutputTail::openFile()
{
    const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    m_file = ::open(QFile::encodeName(m_path).constData(), flags, S_IRUSR | S_IWUSR);
    if (m_file < 0)
        failFile();
}

void OutputTail::failFile()
{
    m_fileError = qt_error_string(errno);
}
