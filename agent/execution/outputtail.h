// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "outcome.h"

#include <QFile>
#include <QString>

// Takes one output stream as it comes: head and tail within bounds in memory, the beginning of the
// whole in a file. Memory does not grow beyond 2 * keep, whatever the command writes.
class OutputTail final
{
public:
    static constexpr qint64 DefaultKeep = 512 * 1024;              // bytes of head, and of tail
    static constexpr qint64 DefaultFileLimit = 64LL * 1024 * 1024; // bytes on disk

    // path: of the file, made 0600 with the first byte; empty: none.
    explicit OutputTail(const QString &path = {}, qint64 keep = DefaultKeep,
                        qint64 fileLimit = DefaultFileLimit);

    void append(QByteArrayView bytes);
    // Closes the file. After this nothing may be appended.
    void close();

    [[nodiscard]] KeptOutput kept() const;
    [[nodiscard]] qint64 total() const { return m_total; }
    [[nodiscard]] qint64 fileSize() const;
    [[nodiscard]] QByteArray fileSha256() const; // hex, of what is in the file; valid after close()
    // Empty, or why the file does not hold all that it should ("No space left on device").
    [[nodiscard]] QString fileError() const;

private:
    qint64 m_total = 0;
};
