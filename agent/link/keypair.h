// SPDX-License-Identifier: Apache-2.0
#pragma once

class QSslConfiguration;

namespace KeyPair {

// Whether TLS works with the certificate and the private key of a configuration: the key belongs to
// the certificate, and neither is too weak for OpenSSL. Qt has no call for it, but refuses to begin
// a handshake where it does not; so one is begun with nobody. True, too, where that could not be
// tried. Takes about a millisecond.
[[nodiscard]] bool isUsable(const QSslConfiguration &configuration);

} // namespace KeyPair
