// SPDX-License-Identifier: Apache-2.0
#include "sendsecret.h"

#include "keychaincall.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr QFile::Permissions ofOthers = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup
    | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;

} // namespace

bool SendSecret::isSecret(const QByteArray &secret)
{
    return !secret.isEmpty() && secret.size() <= MaximumSize
        && std::all_of(secret.begin(), secret.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

std::optional<QByteArray> SendSecret::fromFile(const QString &path, QString *errorString)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        *errorString = u"--secret-file: %1 cannot be read: %2"_s.arg(path, file.errorString());
        return std::nullopt;
    }
    if (QFileInfo(file).isFile() && (file.permissions() & ofOthers)) {
        *errorString =
            u"--secret-file: others can read or change %1: chmod 600 it first, and consider a "
            "new secret"_s.arg(path);
        return std::nullopt;
    }
    const QByteArray secret = file.readLine(MaximumSize + 2).trimmed();
    if (isSecret(secret))
        return secret;
    *errorString =
        u"--secret-file: the first line of %1 is no secret: it has visible ASCII characters only"_s
            .arg(path);
    return std::nullopt;
}

std::optional<QByteArray> SendSecret::fromEnvironment(QString *errorString)
{
    const QByteArray secret = qgetenv("COMETA_SECRET");
    if (isSecret(secret))
        return secret;
    if (!secret.isEmpty())
        *errorString = u"COMETA_SECRET is no secret: it has visible ASCII characters only"_s;
    return std::nullopt;
}

std::optional<QByteArray> SendSecret::fromKeychain(const QString &key, QString *errorString)
{
    std::optional<QByteArray> secret = KeychainCall::read(key, errorString);
    if (!secret)
        *errorString = u"--keychain: "_s + *errorString;
    else if (!isSecret(*secret))
        *errorString = u"--keychain: what is stored there is no secret: store it again"_s;
    return secret && isSecret(*secret) ? secret : std::nullopt;
}
