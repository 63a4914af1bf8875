// SPDX-License-Identifier: Apache-2.0
#include "datadirectory.h"

#include "sha256.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

constexpr mode_t DirectoryMode = 0700;
constexpr mode_t FileMode = 0600;
constexpr mode_t AnyMode = 07777;
constexpr qint64 PieceSize = 64 * 1024;

QString systemError()
{
    return qt_error_string(errno);
}

// A regular file, opened for reading without following a symbolic link.
bool openRegular(QFile *file, const QString &path)
{
    const int fd =
        ::open(QFile::encodeName(path).constData(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    struct stat status = {};
    if (fd < 0)
        return false;
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode)
        && file->open(fd, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle))
        return true;
    ::close(fd);
    return false;
}

} // namespace

DataDirectory::~DataDirectory()
{
    close();
}

bool DataDirectory::open(const QString &path, QString *errorString)
{
    close();
    umask(AnyMode & ~DirectoryMode & 0777);
    m_path = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
    if (!QDir().mkpath(QFileInfo(m_path).path())) {
        *errorString =
            tr("%1 cannot be made (%2): choose another data directory.").arg(m_path, systemError());
        return false;
    }
    struct stat before = {};
    m_wasOpenToOthers = stat(QFile::encodeName(m_path).constData(), &before) == 0
        && (before.st_mode & (S_IWGRP | S_IWOTH)) != 0;
    m_directory = openDirectory(m_path, errorString);
    return m_directory >= 0 && takeLock(errorString) && makeOutputs(errorString);
}

void DataDirectory::close()
{
    for (int *fd : {&m_lock, &m_directory}) {
        if (*fd >= 0)
            ::close(*fd);
        *fd = -1;
    }
}

QString DataDirectory::databasePath() const
{
    return m_path + "/journal.db"_L1;
}

QString DataDirectory::outputPath() const
{
    return m_path + "/outputs"_L1;
}

bool DataDirectory::makeOutputs(QString *errorString) const
{
    const int fd = openDirectory(outputPath(), errorString);
    if (fd < 0)
        return false;
    ::close(fd);
    return true;
}

int DataDirectory::openDirectory(const QString &path, QString *errorString) const
{
    const QByteArray name = QFile::encodeName(path);
    if (mkdir(name.constData(), DirectoryMode) != 0 && errno != EEXIST) {
        *errorString =
            tr("%1 cannot be made (%2): choose another data directory.").arg(path, systemError());
        return -1;
    }
    const int fd = ::open(name.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) {
        const QString reason = systemError();
        *errorString = QFileInfo(path).isSymbolicLink()
            ? tr("%1 is a symbolic link; name the directory itself.").arg(path)
            : tr("%1 cannot be used (%2): choose another data directory.").arg(path, reason);
        return -1;
    }
    struct stat status = {};
    if (fstat(fd, &status) != 0 || status.st_uid != geteuid()) {
        *errorString = tr("%1 belongs to another user; use a directory of your own.").arg(path);
    } else if ((status.st_mode & AnyMode) != DirectoryMode && fchmod(fd, DirectoryMode) != 0) {
        *errorString = tr("%1 cannot be closed to others: %2.").arg(path, systemError());
    } else {
        return fd;
    }
    ::close(fd);
    return -1;
}

bool DataDirectory::takeLock(QString *errorString)
{
    if (!secureFile("lock", errorString))
        return false;
    m_lock = openat(m_directory, "lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK,
                    FileMode);
    if (m_lock < 0) {
        *errorString = tr("%1/lock cannot be opened (%2): choose another data directory.")
                           .arg(m_path, systemError());
        return false;
    }
    if (flock(m_lock, LOCK_EX | LOCK_NB) != 0) {
        const QByteArray pid = read(m_path + "/lock"_L1, 0, 16).trimmed();
        *errorString = tr("Another agent (pid %1) uses %2; end it or use another data directory.")
                           .arg(QString::fromLatin1(pid.isEmpty() ? QByteArray("?") : pid), m_path);
        return false;
    }
    const QByteArray pid = QByteArray::number(getpid()) + '\n';
    // The process id is for people only: the lock holds without it, on a full disk too.
    if (ftruncate(m_lock, 0) != 0 || pwrite(m_lock, pid.constData(), size_t(pid.size()), 0) < 0)
        errno = 0;
    return true;
}

bool DataDirectory::secureFile(const QByteArray &name, QString *errorString) const
{
    struct stat status = {};
    const QString path = m_path + u'/' + QFile::decodeName(name);
    if (fstatat(m_directory, name.constData(), &status, AT_SYMLINK_NOFOLLOW) != 0)
        return true; // not there yet
    if (S_ISLNK(status.st_mode))
        *errorString = tr("%1 is a symbolic link; remove it.").arg(path);
    else if (!S_ISREG(status.st_mode))
        *errorString = tr("%1 is no file; remove it.").arg(path);
    else if (status.st_uid != geteuid())
        *errorString = tr("%1 belongs to another user; remove it.").arg(path);
    else if ((status.st_mode & AnyMode) != FileMode
             && fchmodat(m_directory, name.constData(), FileMode, 0) != 0)
        *errorString = tr("%1 cannot be closed to others: %2.").arg(path, systemError());
    else
        return true;
    return false;
}

// The log of a database that was to be moved aside, but not moved after it.
void DataDirectory::takeLogBack() const
{
    static const QLatin1StringView suffix = "-wal"_L1;
    // Without a filter for names: that is a regular expression, half a MiB more in each agent.
    const QStringList names = QDir(m_path).entryList(QDir::Files | QDir::System);
    for (const QString &log : names) {
        if (!log.startsWith("journal.db.damaged-"_L1) || !log.endsWith(suffix))
            continue;
        const QString path = m_path + u'/' + log;
        if (!QFileInfo::exists(path.chopped(suffix.size())) && QFileInfo::exists(databasePath())
            && !QFileInfo::exists(databasePath() + suffix))
            (void)::rename(QFile::encodeName(path).constData(),
                           QFile::encodeName(databasePath() + suffix).constData());
    }
}

bool DataDirectory::secureFiles(QString *errorString)
{
    takeLogBack();
    for (const char *name :
         {"journal.db", "journal.db-wal", "journal.db-shm", "journal.db-journal", "head"}) {
        if (!secureFile(name, errorString))
            return false;
    }
    const int fd =
        openat(m_directory, "journal.db", O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, FileMode);
    if (fd < 0 && errno != EEXIST) {
        *errorString = tr("%1 cannot be made (%2): choose another data directory.")
                           .arg(databasePath(), systemError());
        return false;
    }
    if (fd >= 0)
        ::close(fd);
    return true;
}

QString DataDirectory::setAside(QString *errorString)
{
    const QString stamp = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd'T'HHmmss'Z'");
    QString mark = u".damaged-"_s + stamp;
    const QDir directory(m_path);
    const auto isTaken = [&] {
        return !directory.entryList({u'*' + mark + u'*'}, QDir::AllEntries | QDir::System)
                    .isEmpty();
    };
    for (int number = 2; isTaken(); ++number)
        mark = u".damaged-%1-%2"_s.arg(stamp).arg(number);
    const QString target = databasePath() + mark;
    // The log first: SQLite removes one that has no database. By the head the next start sees that
    // this one ended half-way.
    const QList<std::pair<QString, QString>> renames = {
        {databasePath() + "-wal"_L1, target + "-wal"_L1},
        {databasePath() + "-journal"_L1, target + "-journal"_L1},
        {databasePath() + "-shm"_L1, target + "-shm"_L1},
        {databasePath(), target},
        {outputPath(), outputPath() + mark},
        {m_path + "/head"_L1, m_path + "/head"_L1 + mark},
    };
    for (const auto &[from, to] : renames) {
        if (::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) != 0
            && errno != ENOENT) {
            *errorString = tr("The damaged %1 cannot be moved aside: %2.").arg(from, systemError());
            return {};
        }
    }
    return target;
}

void DataDirectory::sync() const
{
    if (m_directory >= 0)
        fsync(m_directory);
}

qint64 DataDirectory::fileSize(const QString &path)
{
    struct stat status = {};
    const QByteArray name = QFile::encodeName(path);
    return lstat(name.constData(), &status) == 0 && S_ISREG(status.st_mode) ? status.st_size : 0;
}

QByteArray DataDirectory::read(const QString &path, qint64 offset, qint64 length)
{
    QFile file;
    return openRegular(&file, path) && file.seek(offset) ? file.read(length) : QByteArray();
}

QByteArray DataDirectory::sha256(const QString &path)
{
    QFile file;
    Sha256 hash;
    if (!openRegular(&file, path))
        return {};
    while (!file.atEnd()) {
        const QByteArray piece = file.read(PieceSize);
        if (piece.isEmpty())
            return {};
        hash.addData(piece);
    }
    return hash.takeHex();
}
