// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

// $XDG_RUNTIME_DIR/cometa-agent/<16 hex digits>.sock, the digits from the SHA-256 of the data
// directory's canonical path; control.sock in the data directory when there is no such variable.
// Makes the directory 0700. Empty with one line in errorString when a directory on the way is not
// ours, is open to others, or is a symbolic link.
[[nodiscard]] QString controlSocketPath(const QString &dataDirectory, QString *errorString);
