// SPDX-License-Identifier: Apache-2.0
#include "standardinput.h"

#include <QFile>

#include <cstdio>

std::optional<QByteArray> readStandardInput(qsizetype most, QString *errorString)
{
    QByteArray all;
    QFile input;
    for (bool more = input.open(stdin, QIODevice::ReadOnly | QIODevice::Unbuffered); more;) {
        const QByteArray piece = input.read(most + 1 - all.size());
        all += piece;
        more = !piece.isEmpty();
    }
    if (input.isOpen() && input.error() == QFile::NoError)
        return all;
    *errorString = QStringLiteral("standard input cannot be read: ") + input.errorString();
    return std::nullopt;
}
