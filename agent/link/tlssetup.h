// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cometaclient.h"

#include <QList>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslError>
#include <QSslKey>

#include <optional>

// TLS as the link uses it: 1.2 or later, the whole chain, an explicit list of certificate
// authorities, the name among the certificate's subjectAltNames, and the owner's pin.
namespace TlsSetup {

// Nothing, with one line that names the file and the remedy, when a file cannot be used.
[[nodiscard]] std::optional<QSslConfiguration> configuration(const TlsOptions &options,
                                                             QString *errorString);
// Of a PEM file. Empty, with one line that names the file and the remedy, when it holds none.
[[nodiscard]] QList<QSslCertificate> readCertificates(const QString &path, QString *errorString);
[[nodiscard]] std::optional<QSslKey> readKey(const QString &path, QString *errorString);
// Whether one of the certificate's subjectAltNames is host (a name in ASCII form or an address).
// A name may begin with "*." for exactly one label. The common name does not count.
[[nodiscard]] bool isFor(const QSslCertificate &certificate, const QString &host);
[[nodiscard]] QString pinOf(const QSslCertificate &certificate); // 64 lower-case hex digits
// Why the peer is not the one that the owner means; empty when it is.
[[nodiscard]] QString peerProblem(const QSslCertificate &certificate, const QString &host,
                                  const QString &pin);
// Why there was no handshake, for a sentence in brackets, by OpenSSL's words about it.
[[nodiscard]] QString shortReason(const QString &words);
// One sentence for the errors of a handshake.
[[nodiscard]] QString explain(const QList<QSslError> &errors, const QString &host);

} // namespace TlsSetup
