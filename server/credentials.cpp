// SPDX-License-Identifier: Apache-2.0
#include "credentials.h"

#include "privatefile.h"
#include "wholefile.h"
#include "wire.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QRandomGenerator>

#include <array>

using namespace Qt::StringLiterals;

namespace {

QByteArray randomHex(qsizetype bytes)
{
    QByteArray random(bytes, Qt::Uninitialized);
    for (char &byte : random)
        byte = static_cast<char>(QRandomGenerator::system()->bounded(256));
    return random.toHex();
}

} // namespace

std::optional<Credentials> Credentials::keptIn(const QString &directory, QString *errorString)
{
    const QString path = QDir(directory).filePath(u"application"_s);
    QFile known(path);
    if (known.open(QIODevice::ReadOnly)) {
        const QList<QByteArray> words = known.read(1024).simplified().split(' ');
        const Credentials kept{QString::fromLatin1(words.value(0)), words.value(1)};
        const bool isWhole = Wire::isApplicationId(kept.applicationId) && !kept.secret.isEmpty();
        if (isWhole && isPrivate(path))
            return kept;
        // Another one in its place would lock out each device.
        *errorString = isWhole ? QCoreApplication::translate(
                                     "Credentials", "Others can read the secret; run: chmod 600 %1")
                                     .arg(path)
                               : QCoreApplication::translate(
                                     "Credentials",
                                     "%1 holds no id and secret; put it back, or remove it and "
                                     "a new application is made up.")
                                     .arg(path);
        return std::nullopt;
    }
    const Credentials made{QString::fromLatin1(randomHex(10)), randomHex(20)};
    if (!QDir().mkpath(directory)
        || !QFile::setPermissions(directory,
                                  QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner)) {
        *errorString =
            QCoreApplication::translate("Credentials",
                                        "%1 cannot be made a directory of our own; choose "
                                        "another --data-dir.")
                .arg(directory);
        return std::nullopt;
    }
    QString reason;
    if (!WholeFile::replace(path, made.applicationId.toLatin1() + ' ' + made.secret + '\n',
                            &reason)) {
        *errorString = QCoreApplication::translate(
                           "Credentials", "%1 cannot be written: %2; choose another --data-dir.")
                           .arg(path, reason);
        return std::nullopt;
    }
    return made;
}
