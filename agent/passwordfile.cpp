// SPDX-License-Identifier: Apache-2.0
#include "passwordfile.h"

#include "wholefile.h"

#include <QCoreApplication>
#include <QFile>

#include <sys/stat.h>
#include <unistd.h>

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PasswordFile)
};

bool isPrivate(int fd)
{
    struct stat status = {};
    return ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode)
        && (status.st_uid == ::geteuid() || status.st_uid == 0)
        && (status.st_mode & (S_IRWXG | S_IRWXO)) == 0;
}

} // namespace

namespace PasswordFile {

std::optional<QString> read(const QString &path, QString *errorString)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        *errorString = Text::tr("The file %1 cannot be read: %2.").arg(path, file.errorString());
        return std::nullopt;
    }
    if (!isPrivate(file.handle())) {
        *errorString = Text::tr("Others can read or change %1: make it yours alone (chmod 600) "
                                "first, and consider a new password.")
                           .arg(path);
        return std::nullopt;
    }
    QByteArray line = file.readLine(MaximumSize + 3);
    while (line.endsWith('\n') || line.endsWith('\r'))
        line.chop(1);
    if (line.isEmpty() || line.size() > MaximumSize || line.contains('\0')) {
        *errorString = Text::tr("The first line of %1 is no password: 1 to %2 bytes.")
                           .arg(path)
                           .arg(MaximumSize);
        return std::nullopt;
    }
    return QString::fromUtf8(line);
}

bool write(const QString &path, const QString &password, QString *errorString)
{
    QString reason;
    if (WholeFile::replace(path, password.toUtf8() + '\n', &reason))
        return true;
    *errorString = Text::tr("The file %1 could not be written: %2.").arg(path, reason);
    return false;
}

} // namespace PasswordFile
