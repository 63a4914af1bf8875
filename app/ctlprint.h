// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "terminalrows.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

// What cometactl shows to people. Whatever came from outside is escaped by VisibleText: a terminal
// obeys control characters.
namespace CtlPrint {

void out(const QString &text); // standard output, as it is
void error(const QString &line); // standard error, behind the program's name
void json(const QJsonValue &value); // standard output, a line

[[nodiscard]] QString status(const QJsonObject &status);
[[nodiscard]] QString requests(const QJsonArray &requests);
// Who asks, the whole command line by line, and what to beware of. status: of the same agent.
[[nodiscard]] TerminalRows prompt(const QJsonObject &request, const QJsonObject &status,
                                  int columns);
// The same in short, for below the command: what is above it can have left the screen.
[[nodiscard]] TerminalRows summary(const QJsonObject &request, const QJsonObject &status,
                                   int columns);
[[nodiscard]] QString escaped(const QString &text);
[[nodiscard]] QString length(qint64 seconds); // "5 s", "2 min 5 s"
[[nodiscard]] QString measure(const QByteArray &command); // "1 line, 5 bytes"

// The bytes of the request's command, from its escaped form; null when that is broken.
[[nodiscard]] QByteArray command(const QJsonObject &request);

} // namespace CtlPrint
