// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

// The server's name as it goes to the resolver, into TLS and into the Host field: an IP address, or
// a DNS name in its ASCII form (punycode), lower case, without a trailing dot. Empty when host is
// neither: a URL, user@host, host:port, blanks, control characters.
[[nodiscard]] QString normalisedHost(const QString &host);

// "name:port", an IPv6 address in brackets. host as normalisedHost() gave it.
[[nodiscard]] QByteArray hostField(const QString &host, quint16 port);
