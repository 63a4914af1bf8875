// SPDX-License-Identifier: Apache-2.0
#include "tlssetup.h"

#include "keypair.h"

#include <QCryptographicHash>
#include <QFile>
#include <QHostAddress>
#include <QSslKey>
#include <QSslSocket>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

bool nameMatches(const QString &pattern, const QString &host)
{
    const QString name = pattern.toLower();
    if (!name.startsWith("*."_L1))
        return name == host;
    const qsizetype dot = host.indexOf(u'.');
    return dot > 0 && QStringView(host).sliced(dot) == QStringView(name).sliced(1)
        && name.count(u'.') >= 2;
}

// Of what OpenSSL finds too weak, Qt knows no error.
std::optional<QString> weakness(const QSslCertificate &certificate)
{
    constexpr int ShortestRsaKey = 2048; // bits
    const QSslKey key = certificate.publicKey();
    if (key.algorithm() == QSsl::Rsa && key.length() < ShortestRsaKey)
        return CometaClient::tr("its key has %1 bits, and it needs 2048 or more").arg(key.length());
    const QString text = certificate.toText();
    for (const auto &[name, shown] : {std::pair("Signature Algorithm: sha1"_L1, "SHA-1"_L1),
                                      {"Signature Algorithm: ecdsa-with-SHA1"_L1, "SHA-1"_L1},
                                      {"Signature Algorithm: md5"_L1, "MD5"_L1}}) {
        if (text.contains(name))
            return CometaClient::tr("it is signed with %1, which can be forged; it needs SHA-256")
                .arg(shown);
    }
    return std::nullopt;
}

std::optional<QByteArray> contentOf(const QString &path, QString *errorString)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        *errorString =
            CometaClient::tr("The file %1 cannot be read: %2.").arg(path, file.errorString());
        return std::nullopt;
    }
    return file.read(1024 * 1024); // no certificate file is larger
}

} // namespace

namespace TlsSetup {

QList<QSslCertificate> readCertificates(const QString &path, QString *errorString)
{
    const std::optional<QByteArray> pem = contentOf(path, errorString);
    if (!pem)
        return {};
    const QList<QSslCertificate> certificates = QSslCertificate::fromData(*pem, QSsl::Pem);
    if (certificates.isEmpty())
        *errorString =
            CometaClient::tr("%1 holds no certificate in PEM form: choose another file.").arg(path);
    return certificates;
}

std::optional<QSslKey> readKey(const QString &path, QString *errorString)
{
    const std::optional<QByteArray> pem = contentOf(path, errorString);
    if (!pem)
        return std::nullopt;
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Ec, QSsl::Rsa}) {
        const QSslKey key(*pem, algorithm, QSsl::Pem, QSsl::PrivateKey);
        if (!key.isNull())
            return key;
    }
    *errorString =
        CometaClient::tr(
            "%1 holds no private key in PEM form without a password: choose another file.")
            .arg(path);
    return std::nullopt;
}

std::optional<QSslConfiguration> configuration(const TlsOptions &options, QString *errorString)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    configuration.setCaCertificates(QSslConfiguration::systemCaCertificates());
    if (!options.caFile.isEmpty()) {
        const QList<QSslCertificate> authorities = readCertificates(options.caFile, errorString);
        if (authorities.isEmpty())
            return std::nullopt;
        configuration.setCaCertificates(authorities);
    }
    if (!options.certificateFile.isEmpty()) {
        const QList<QSslCertificate> chain = readCertificates(options.certificateFile, errorString);
        if (chain.isEmpty())
            return std::nullopt;
        const std::optional<QSslKey> key = readKey(options.keyFile, errorString);
        if (!key)
            return std::nullopt;
        configuration.setLocalCertificateChain(chain);
        configuration.setPrivateKey(*key);
        if (!KeyPair::isUsable(configuration)) {
            *errorString =
                CometaClient::tr("Key %1 and certificate %2 do not work together: give the two "
                                 "that were made together, with a key of 2048 bits or more.")
                    .arg(options.keyFile, options.certificateFile);
            return std::nullopt;
        }
    }
    return configuration;
}

bool isFor(const QSslCertificate &certificate, const QString &host)
{
    const auto names = certificate.subjectAlternativeNames();
    const QHostAddress address(host);
    if (!address.isNull()) {
        const QStringList addresses = names.values(QSsl::IpAddressEntry);
        return std::any_of(addresses.begin(), addresses.end(),
                           [&](const QString &a) { return QHostAddress(a) == address; });
    }
    const QStringList dnsNames = names.values(QSsl::DnsEntry);
    return std::any_of(dnsNames.begin(), dnsNames.end(),
                       [&](const QString &name) { return nameMatches(name, host); });
}

QString pinOf(const QSslCertificate &certificate)
{
    const QByteArray info = certificate.publicKey().toDer();
    return QString::fromLatin1(QCryptographicHash::hash(info, QCryptographicHash::Sha256).toHex());
}

QString peerProblem(const QSslCertificate &certificate, const QString &host, const QString &pin)
{
    if (!isFor(certificate, host))
        return CometaClient::tr(
                   "The server's certificate is not for %1: check the server's name, or have its "
                   "certificate made for that name.")
            .arg(host);
    if (!pin.isEmpty() && pinOf(certificate) != pin.toLower())
        return CometaClient::tr(
                   "The server's key is not the pinned one (it is %1): somebody may be in the way; "
                   "change the pin only if you know why.")
            .arg(pinOf(certificate));
    return {};
}

QString shortReason(const QString &words)
{
    if (words.contains("wrong version number"_L1))
        return CometaClient::tr("it does not speak TLS");
    if (words.contains("protocol version"_L1) || words.contains("unsupported protocol"_L1))
        return CometaClient::tr("it knows only versions of TLS before 1.2");
    if (words.contains("handshake failure"_L1))
        return CometaClient::tr("it knows no safe cipher, or wants a client certificate");
    if (words.contains("certificate required"_L1))
        return CometaClient::tr("it wants a client certificate: give its file and that of its key "
                                "in the settings (--cert-file, --key-file)");
    if (words.contains("alert"_L1) && words.contains("certificate"_L1))
        return CometaClient::tr("it does not take the client certificate");
    return words;
}

QString explain(const QList<QSslError> &errors, const QString &host)
{
    const QSslError error = errors.isEmpty() ? QSslError() : errors.first();
    switch (error.error()) {
    case QSslError::CertificateExpired:
        return CometaClient::tr(
                   "The certificate of %1 has expired: it must be renewed on the server.")
            .arg(host);
    case QSslError::CertificateNotYetValid:
        return CometaClient::tr(
                   "The certificate of %1 is not valid yet: check this computer's clock.")
            .arg(host);
    case QSslError::HostNameMismatch:
        return CometaClient::tr(
                   "The server's certificate is not for %1: check the server's name, or have its "
                   "certificate made for that name.")
            .arg(host);
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
        return CometaClient::tr(
                   "The certificate of %1 is not signed by an authority that this computer knows: "
                   "if it is your own server, give its CA certificate in the settings (--ca-file).")
            .arg(host);
    default:
        return CometaClient::tr("The certificate of %1 is not acceptable: %2.")
            .arg(host, weakness(error.certificate()).value_or(error.errorString()));
    }
}

} // namespace TlsSetup
