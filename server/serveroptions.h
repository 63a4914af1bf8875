// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "applicationsettings.h"
#include "devicesession.h"
#include "serverlimits.h"
#include "tlsfiles.h"

#include <QHostAddress>
#include <QStringList>

#include <optional>
#include <variant>

// What cometa-server is to do: the command line and the configuration file that it names, checked.
// The command line wins.
struct ServerOptions
{
    QHostAddress address{QHostAddress::LocalHost};
    quint16 port = 7007; // 0: any that is free
    QString dataDirectory;
    // Empty: one whose id and secret are those of the data directory. That of --app is the first.
    QList<ApplicationSettings> applications;
    WebhookTarget webhook; // of --webhook
    DeviceSession::Timing timing;
    ServerLimits limits;
    TlsFiles tlsFiles;
    std::optional<QSslConfiguration> tls;
    QString requestLog; // empty: standard error; "off": nowhere
    QString errorLog; // empty: standard error
    QString configurationFile; // empty: none
    bool json = false;
    bool hasGivenSecret = false; // by --secret

    struct Exit
    {
        int code = 0; // 0: help or version; 2: wrong usage or configuration
        QString text;
    };
    // Reads the files again each time.
    [[nodiscard]] static std::variant<ServerOptions, Exit> parse(const QStringList &arguments);
    // Digits only, and within the range; else nothing.
    [[nodiscard]] static std::optional<qint64> number(const QString &text, qint64 lowest,
                                                      qint64 highest);
};
