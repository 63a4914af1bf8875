// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cometaclient.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <optional>

struct CtlUsage;

// What cometactl send was told: where to, what, and how to show it.
struct SendOptions
{
    QString host; // as normalisedHost() gives it
    quint16 port = 443;
    TlsOptions tls; // on when the port is 443, or --tls, --ca-file or --pin is given
    QString application;
    QString device;
    QByteArray secret;
    QByteArray command; // UTF-8 without NUL, 1..65536 bytes
    QString reason; // empty: none
    std::optional<std::chrono::seconds> timeout; // 1..86400, that the command may run
    std::optional<std::chrono::seconds> wait; // 0..86400 for the result; not set: until it comes
    bool json = false; // the reply as it came
    bool raw = false; // control characters reach the terminal

    // The message to the device that asks it to run the command.
    [[nodiscard]] QByteArray message() const;

    // Reads standard input when the command is "-". Nothing, with one line that names the option
    // and the remedy, when something is missing or wrong.
    [[nodiscard]] static std::optional<SendOptions> read(const CtlUsage &usage,
                                                         QString *errorString);
    // Of the application's secret in the keychain. Nothing with one line, likewise.
    [[nodiscard]] static std::optional<QString> secretKey(const CtlUsage &usage,
                                                          QString *errorString);
};
