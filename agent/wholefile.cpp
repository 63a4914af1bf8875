// SPDX-License-Identifier: Apache-2.0
#include "wholefile.h"

#include <QFile>
#include <QSaveFile>

bool WholeFile::replace(const QString &path, const QByteArray &bytes, QString *errorString)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        && file.write(bytes) == bytes.size() && commit(&file))
        return true;
    *errorString = file.errorString();
    return false;
}

bool WholeFile::commit(QSaveFile *file)
{
    return file->flush() && file->commit();
}
