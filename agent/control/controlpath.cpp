// SPDX-License-Identifier: Apache-2.0
#include "controlpath.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>

#include <cerrno>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

constexpr int nameDigits = 16;
constexpr mode_t othersBits = 077;

QString tr(const char *text)
{
    return QCoreApplication::translate("ControlPath", text);
}

// Empty, or why nobody but us can be sure of what is in that directory.
QString faultOf(const QString &directory)
{
    struct stat status = {};
    if (lstat(QFile::encodeName(directory).constData(), &status) != 0)
        return tr("%1 cannot be used: %2.").arg(directory, qt_error_string(errno));
    if (S_ISLNK(status.st_mode))
        return tr("%1 is a symbolic link: use the directory it points to.").arg(directory);
    if (!S_ISDIR(status.st_mode))
        return tr("%1 is not a directory.").arg(directory);
    if (status.st_uid != geteuid())
        return tr("%1 belongs to another user.").arg(directory);
    if ((status.st_mode & othersBits) != 0)
        return tr("%1 is open to other users: chmod 700 %1").arg(directory);
    return {};
}

bool check(const QString &directory, QString *errorString)
{
    *errorString = faultOf(directory);
    return errorString->isEmpty();
}

QString socketName(const QString &dataDirectory)
{
    const QString canonical = QDir(dataDirectory).canonicalPath();
    const QString path = canonical.isEmpty() ? QDir(dataDirectory).absolutePath() : canonical;
    const QByteArray digest =
        QCryptographicHash::hash(QFile::encodeName(path), QCryptographicHash::Sha256).toHex();
    return QString::fromLatin1(digest.first(nameDigits)) + u".sock"_s;
}

// Of a socket's address a limited number of bytes fits into the system call.
QString checkedLength(const QString &path, QString *errorString)
{
    if (QFile::encodeName(path).size() < qsizetype(sizeof(sockaddr_un::sun_path)))
        return path;
    *errorString =
        tr("%1 is too long for a socket: use a directory with a shorter name.").arg(path);
    return {};
}

} // namespace

QString controlSocketPath(const QString &dataDirectory, QString *errorString)
{
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    if (!runtime.startsWith(u'/')) { // not set; a relative one is to be ignored
        if (!check(QDir::cleanPath(dataDirectory), errorString))
            return {};
        return checkedLength(QDir(dataDirectory).absoluteFilePath(u"control.sock"_s), errorString);
    }
    if (!check(QDir::cleanPath(runtime), errorString)) {
        *errorString += tr(" Set XDG_RUNTIME_DIR to a directory of your own, or unset it.");
        return {};
    }
    const QString directory = QDir(QDir::cleanPath(runtime)).filePath(u"cometa-agent"_s);
    if (mkdir(QFile::encodeName(directory).constData(), S_IRWXU) != 0 && errno != EEXIST) {
        *errorString = tr("%1 could not be made: %2").arg(directory, qt_error_string(errno));
        return {};
    }
    if (!check(directory, errorString))
        return {};
    return checkedLength(QDir(directory).filePath(socketName(dataDirectory)), errorString);
}
