// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSslConfiguration>
#include <QString>

#include <optional>

// Certificate chain and private key of the server, as PEM files.
struct TlsFiles
{
    QString certificate;
    QString key;

    // TLS 1.2 or later. Nothing, with one line that begins with the label of the one at fault, when
    // they cannot be used.
    [[nodiscard]] std::optional<QSslConfiguration>
    read(const QString &certificateLabel, const QString &keyLabel, QString *errorString) const;
};
