// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFile>

// Whether nobody but its owner can do anything with the file, if there is one.
[[nodiscard]] inline bool isPrivate(const QString &path)
{
    constexpr QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup
        | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    return (QFile::permissions(path) & others) == QFile::Permissions();
}
