// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "settings.h"

#include <QHash>

// Settings in a file that can be handed on: INI, with the keys of agent.conf. Nothing secret is in
// it, nor where the private key is kept, nor that everything is approved.
namespace ProfileFile {

// Option -> value, each of which fits; only the files it names may be missing on this computer.
// Nothing, with one line that says why the file is no profile.
[[nodiscard]] std::optional<QHash<QString, QString>> read(const QString &path,
                                                          QString *errorString);
// What differs from the defaults; mode 0600, in one step. False with one line.
[[nodiscard]] bool write(const QString &path, const Settings &settings, QString *errorString);

} // namespace ProfileFile
