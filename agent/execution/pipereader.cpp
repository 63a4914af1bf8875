// SPDX-License-Identifier: Apache-2.0
#include "pipereader.h"

#include <QSocketNotifier>

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace {

constexpr int PipeSize = 256 * 1024; // bytes; fewer turns than with the 64 KiB of the system
constexpr size_t PieceSize = 64 * 1024;
constexpr int PiecesInTurn = PipeSize / static_cast<int>(PieceSize);

void closeEnd(int *end)
{
    if (*end >= 0)
        ::close(*end);
    *end = -1;
}

} // namespace

PipeReader::PipeReader(QObject *parent) : QObject(parent) { }

PipeReader::~PipeReader()
{
    close();
}

bool PipeReader::open()
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return false;
    m_end = ends[0];
    m_childEnd = ends[1];
    ::fcntl(m_end, F_SETFL, O_NONBLOCK);
    ::fcntl(m_end, F_SETPIPE_SZ, PipeSize); // when refused, it goes without
    m_notifier = new QSocketNotifier(m_end, QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &PipeReader::handleReadable);
    return true;
}

void PipeReader::inheritChildEnd()
{
    ::fcntl(m_childEnd, F_SETFD, 0);
}

void PipeReader::closeChildEnd()
{
    closeEnd(&m_childEnd);
}

void PipeReader::drain()
{
    // Once more than the pipe holds, in case that its size was not granted; then it is somebody
    // who writes on, and whom nobody waits for.
    for (int i = 0; i <= PiecesInTurn && readPiece(); ++i) { }
}

void PipeReader::close()
{
    if (m_notifier) {
        m_notifier->setEnabled(false);
        m_notifier->deleteLater(); // it may be telling us something right now
        m_notifier = nullptr;
    }
    closeEnd(&m_end);
    closeEnd(&m_childEnd);
}

void PipeReader::handleReadable()
{
    for (int i = 0; i < PiecesInTurn && readPiece(); ++i) { }
}

bool PipeReader::readPiece()
{
    char piece[PieceSize];
    ssize_t length = -1;
    do {
        length = m_end < 0 ? 0 : ::read(m_end, piece, sizeof piece);
    } while (length < 0 && errno == EINTR);
    if (length == 0 && m_notifier)
        m_notifier->setEnabled(false); // the end would be told over and over
    if (length > 0)
        Q_EMIT arrived(QByteArrayView(piece, length));
    return length == static_cast<ssize_t>(sizeof piece);
}

#include "moc_pipereader.cpp"
