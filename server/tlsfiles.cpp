// SPDX-License-Identifier: Apache-2.0
#include "tlsfiles.h"

#include "keypair.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QSslCertificate>
#include <QSslKey>

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("TlsFiles", source);
}

} // namespace

std::optional<QSslConfiguration> TlsFiles::read(const QString &certificateLabel,
                                                const QString &keyLabel, QString *errorString) const
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    const QList<QSslCertificate> chain = QSslCertificate::fromPath(certificate);
    QFile file(key);
    const QByteArray pem = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    QSslKey privateKey(pem, QSsl::Ec);
    if (privateKey.isNull())
        privateKey = QSslKey(pem, QSsl::Rsa);
    if (!QFileInfo(certificate).isReadable())
        *errorString =
            text("%1: %2 cannot be read; check the path.").arg(certificateLabel, certificate);
    else if (!QFileInfo(key).isReadable())
        *errorString = text("%1: %2 cannot be read; check the path.").arg(keyLabel, key);
    else if (chain.isEmpty())
        *errorString =
            text("%1: %2 holds no certificate in PEM form.").arg(certificateLabel, certificate);
    else if (privateKey.isNull())
        *errorString = text("%1: %2 holds no private key in PEM form.").arg(keyLabel, key);
    if (chain.isEmpty() || privateKey.isNull())
        return std::nullopt;
    configuration.setLocalCertificateChain(chain);
    configuration.setPrivateKey(privateKey);
    if (KeyPair::isUsable(configuration))
        return configuration;
    *errorString =
        text("%1: %2 and the certificate %3 do not work together; give the two that were "
             "made together, with a key of 2048 bits or more.")
            .arg(keyLabel, key, certificate);
    return std::nullopt;
}
