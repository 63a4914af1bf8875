// SPDX-License-Identifier: Apache-2.0
#include "ownprogram.h"

#include <QCoreApplication>
#include <QFileInfo>

QString ownProgram(const QString &name)
{
    const QStringList directories = {QCoreApplication::applicationDirPath(),
                                     QStringLiteral(COMETA_LIBEXECDIR)};
    for (const QString &directory : directories) {
        const QString path = directory + QLatin1Char('/') + name;
        if (QFileInfo(path).isExecutable())
            return path;
    }
    return {};
}
