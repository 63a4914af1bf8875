// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "outcome.h"
#include "sha256.h"

#include <QString>

// Takes one output stream as it comes: head and tail within bounds in memory, the beginning of the
// whole in a file. Memory does not grow beyond 2 * keep, whatever the command writes.
class OutputTail final
{
public:
    static constexpr qint64 DefaultKeep = 512 * 1024; // bytes of head, and of tail
    static constexpr qint64 DefaultFileLimit = 64LL * 1024 * 1024; // bytes on disk

    // path: of the file, made 0600 with the first byte; must not exist. Empty: no file.
    explicit OutputTail(const QString &path = {}, qint64 keep = DefaultKeep,
                        qint64 fileLimit = DefaultFileLimit);
    ~OutputTail();
    Q_DISABLE_COPY_MOVE(OutputTail)

    void append(QByteArrayView bytes);
    // Closes the file. After this nothing may be appended.
    void close();

    [[nodiscard]] KeptOutput kept() const;
    [[nodiscard]] qint64 total() const { return m_total; }
    [[nodiscard]] qint64 fileSize() const { return m_fileSize; }
    // Hex, of what is in the file; valid after close(). Empty without a file.
    [[nodiscard]] QByteArray fileSha256() const { return m_fileSha256; }
    // Empty, or why the file does not hold all that it should ("No space left on device").
    [[nodiscard]] QString fileError() const { return m_fileError; }

private:
    void appendToFile(QByteArrayView bytes);
    void appendToRing(QByteArrayView bytes);
    void openFile();
    void failFile();

    const QString m_path;
    const qint64 m_keep;
    const qint64 m_fileLimit;
    QByteArray m_head;
    QByteArray m_ring; // the tail; from m_ringBegin once it is full
    qint64 m_ringBegin = 0;
    qint64 m_total = 0;
    int m_file = -1;
    qint64 m_fileSize = 0;
    Sha256 m_hash;
    QByteArray m_fileSha256;
    QString m_fileError;
};
