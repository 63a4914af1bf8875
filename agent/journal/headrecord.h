// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

// The newest row of the chain, kept outside the database so that a cut-off end is seen. One line of
// fixed length, "SEQ HASH BOOT\n": 20 digits, 64 hex digits, the 36 characters of the kernel's boot
// id. Written after the commit; it may lag one row behind after a crash. After a power cut, which
// shows in the boot id, it may also be ahead of rows that had not reached the disk.
class HeadRecord final
{
public:
    struct Value
    {
        qint64 seq = 0; // 0: the chain is empty
        QByteArray hash;
        QByteArray bootId;
    };

    HeadRecord() = default;
    ~HeadRecord();
    Q_DISABLE_COPY_MOVE(HeadRecord)

    // Makes the file when it is missing. False when it cannot be opened for writing.
    [[nodiscard]] bool open(const QString &directory);
    void close();
    // False when it could not be written; the chain itself is whole all the same.
    bool write(qint64 seq, const QByteArray &hash);

    // Nothing when there is no such file or it does not hold a record.
    [[nodiscard]] static std::optional<Value> read(const QString &directory);
    [[nodiscard]] static bool exists(const QString &directory);
    [[nodiscard]] static QByteArray currentBootId();

private:
    int m_file = -1;
    QByteArray m_bootId;
};
