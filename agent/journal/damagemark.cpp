// SPDX-License-Identifier: Apache-2.0
#include "damagemark.h"

#include "datadirectory.h"

#include <QFile>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 LongestMark = 1000; // bytes

QString pathOf(const QString &directory)
{
    return directory + "/damaged"_L1;
}

QByteArray inodeOf(const QString &directory)
{
    struct stat status = {};
    const QByteArray path = QFile::encodeName(directory + "/journal.db"_L1);
    return lstat(path.constData(), &status) == 0 && S_ISREG(status.st_mode)
        ? QByteArray::number(quint64(status.st_ino))
        : QByteArray();
}

} // namespace

void DamageMark::put(const QString &directory, const QString &words)
{
    const QByteArray path = QFile::encodeName(pathOf(directory));
    const int file = ::open(path.constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                            S_IRUSR | S_IWUSR);
    if (file < 0)
        return; // also when there is one already
    const QByteArray mark =
        (inodeOf(directory) + ' ' + words.simplified().toUtf8()).left(LongestMark);
    if (::write(file, mark.constData(), size_t(mark.size())) != mark.size() || fsync(file) != 0)
        ::unlink(path.constData());
    ::close(file);
}

QString DamageMark::words(const QString &directory)
{
    const QByteArray mark = DataDirectory::read(pathOf(directory), 0, LongestMark);
    const qsizetype blank = mark.indexOf(' ');
    return blank > 0 && mark.first(blank) == inodeOf(directory)
        ? QString::fromUtf8(mark.sliced(blank + 1))
        : QString();
}

void DamageMark::remove(const QString &directory)
{
    QFile::remove(pathOf(directory));
}
