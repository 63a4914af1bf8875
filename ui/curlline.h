// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

class Agent;

// A line for a shell that sends the command to this device, by the settings of the agent. Empty
// while they have problems.
[[nodiscard]] QString curlLine(const Agent &agent, const QByteArray &command,
                               const QString &secret = QStringLiteral("APPLICATION-SECRET"));
// Where requests for this device go, on the server that "host:port/application" names.
[[nodiscard]] QString sendUrl(const Agent &agent, const QString &scope);
