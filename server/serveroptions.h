// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "devicesession.h"

#include <QHostAddress>
#include <QSslConfiguration>
#include <QStringList>

#include <optional>
#include <variant>

// The command line of cometa-server, checked.
struct ServerOptions
{
    QHostAddress address{QHostAddress::LocalHost};
    quint16 port = 7007; // 0: any that is free
    QString dataDirectory;
    QString applicationId; // empty, with the secret: those of the data directory
    QByteArray secret;
    DeviceSession::Timing timing;
    std::optional<QSslConfiguration> tls;
    bool json = false;

    struct Exit
    {
        int code = 0; // 0: help or version; 2: wrong usage
        QString text;
    };
    [[nodiscard]] static std::variant<ServerOptions, Exit> parse(const QStringList &arguments);
};
