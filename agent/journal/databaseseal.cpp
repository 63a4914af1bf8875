// SPDX-License-Identifier: Apache-2.0
#include "databaseseal.h"

#include "datadirectory.h"

#include <QFile>
#include <QRandomGenerator>

#include <optional>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 LongestSeal = 100; // bytes
constexpr quint32 NanosecondsASecond = 1'000'000'000;

QByteArray pathOf(const QString &directory, QLatin1StringView name)
{
    return QFile::encodeName(directory + u'/' + name);
}

// What the seal of the file as it is now would hold; empty: it is no regular file.
QByteArray sealOf(const QString &directory)
{
    struct stat status = {};
    if (lstat(pathOf(directory, "journal.db"_L1).constData(), &status) != 0
        || !S_ISREG(status.st_mode))
        return {};
    return QByteArray::number(qint64(status.st_mtim.tv_sec)) + ' '
        + QByteArray::number(qint64(status.st_mtim.tv_nsec)) + ' '
        + QByteArray::number(qint64(status.st_ctim.tv_sec)) + ' '
        + QByteArray::number(qint64(status.st_ctim.tv_nsec)) + ' '
        + QByteArray::number(qint64(status.st_size)) + ' '
        + QByteArray::number(quint64(status.st_ino)) + '\n';
}

bool writeSeal(const QString &directory, const QByteArray &seal)
{
    const int file =
        ::open(pathOf(directory, "seal"_L1).constData(),
               O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0)
        return false;
    const bool ok = ::write(file, seal.constData(), size_t(seal.size())) == seal.size();
    ::close(file);
    return ok;
}

} // namespace

DatabaseSeal::Finding DatabaseSeal::take(const QString &directory)
{
    struct stat status = {};
    if (lstat(pathOf(directory, "seal"_L1).constData(), &status) != 0)
        return Finding::Missing;
    const QByteArray seal = DataDirectory::read(directory + "/seal"_L1, 0, LongestSeal);
    if (seal.isEmpty() || seal != sealOf(directory)
        || DataDirectory::fileSize(directory + "/journal.db-wal"_L1) != 0)
        return Finding::Broken;
    remove(directory);
    return Finding::Fits;
}

void DatabaseSeal::remove(const QString &directory)
{
    ::unlink(pathOf(directory, "seal"_L1).constData());
}

void DatabaseSeal::put(const QString &directory)
{
    const QByteArray database = pathOf(directory, "journal.db"_L1);
    remove(directory);
    struct stat status = {};
    if (lstat(database.constData(), &status) != 0)
        return;
    // The kernel takes its times from a clock that ticks every few milliseconds: a write right
    // after ours would leave the same one, but not these nanoseconds.
    const timespec changed = {
        .tv_sec = status.st_mtim.tv_sec,
        .tv_nsec = QRandomGenerator::global()->bounded(NanosecondsASecond),
    };
    const timespec times[] = {{.tv_sec = 0, .tv_nsec = UTIME_OMIT}, changed};
    if (utimensat(AT_FDCWD, database.constData(), times, AT_SYMLINK_NOFOLLOW) != 0
        || !writeSeal(directory, sealOf(directory)))
        remove(directory);
}
