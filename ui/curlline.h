// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

class Agent;

// A line for a shell that sends the command to this device, by the settings of the agent. Empty
// while they have problems.
[[nodiscard]] QString curlLine(const Agent &agent, const QByteArray &command,
                               const QString &secret = QStringLiteral("APPLICATION-SECRET"));
// The same with a first command to try, and with the secret where the server runs on this computer
// for trying out.
[[nodiscard]] QString exampleLine(const Agent &agent);
// Where requests for this device go, on the server that "host:port/application" names.
[[nodiscard]] QString sendUrl(const Agent &agent, const QString &scope);
