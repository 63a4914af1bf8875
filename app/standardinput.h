// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

// Standard input to its end, however it comes in pieces: the beginning of a command is another
// command. Of what is longer than most (bytes), most + 1 are read. Nothing with one line when it
// cannot be read.
[[nodiscard]] std::optional<QByteArray> readStandardInput(qsizetype most, QString *errorString);
