// SPDX-License-Identifier: Apache-2.0
#include "headrecord.h"

#include "datadirectory.h"

#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

constexpr int SeqDigits = 20;
constexpr int HashDigits = 64;
constexpr int BootIdLength = 36;
constexpr int RecordLength = SeqDigits + 1 + HashDigits + 1 + BootIdLength + 1;

QString pathIn(const QString &directory)
{
    return directory + "/head"_L1;
}

} // namespace

HeadRecord::~HeadRecord()
{
    close();
}

bool HeadRecord::open(const QString &directory)
{
    close();
    m_bootId = currentBootId();
    m_file = ::open(QFile::encodeName(pathIn(directory)).constData(),
                    O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0600);
    return m_file >= 0;
}

void HeadRecord::close()
{
    if (m_file >= 0)
        ::close(m_file);
    m_file = -1;
}

bool HeadRecord::write(qint64 seq, const QByteArray &hash)
{
    const QByteArray line =
        QByteArray::number(seq).rightJustified(SeqDigits, '0') + ' ' + hash + ' ' + m_bootId + '\n';
    return m_file >= 0 && line.size() == RecordLength
        && pwrite(m_file, line.constData(), RecordLength, 0) == RecordLength;
}

std::optional<HeadRecord::Value> HeadRecord::read(const QString &directory)
{
    const QByteArray line = DataDirectory::read(pathIn(directory), 0, RecordLength + 1);
    if (line.size() != RecordLength || !line.endsWith('\n'))
        return std::nullopt;
    bool isNumber = false;
    const Value value = {
        .seq = line.first(SeqDigits).toLongLong(&isNumber),
        .hash = line.mid(SeqDigits + 1, HashDigits),
        .bootId = line.mid(SeqDigits + 1 + HashDigits + 1, BootIdLength),
    };
    if (!isNumber || value.seq < 0)
        return std::nullopt;
    return value;
}

bool HeadRecord::exists(const QString &directory)
{
    return QFileInfo::exists(pathIn(directory));
}

QByteArray HeadRecord::currentBootId()
{
    QFile file(u"/proc/sys/kernel/random/boot_id"_s);
    QByteArray id = file.open(QIODevice::ReadOnly) ? file.readLine(64).trimmed() : QByteArray();
    return id.leftJustified(BootIdLength, '-', true);
}
