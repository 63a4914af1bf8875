// SPDX-License-Identifier: Apache-2.0
#include "fileaccess.h"

#include <QFile>

#include <sys/stat.h>
#include <unistd.h>

namespace {

bool othersCan(const QString &path, mode_t what)
{
    struct stat status = {};
    if (path.isEmpty() || ::stat(QFile::encodeName(path).constData(), &status) != 0)
        return false;
    const bool isForeign = status.st_uid != ::geteuid() && status.st_uid != 0;
    return isForeign || (status.st_mode & what) != 0;
}

} // namespace

bool FileAccess::othersCanRead(const QString &path)
{
    return othersCan(path, S_IRGRP | S_IROTH);
}

bool FileAccess::othersCanChange(const QString &path)
{
    return othersCan(path, S_IWGRP | S_IWOTH);
}
