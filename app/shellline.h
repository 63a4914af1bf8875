// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

// Words of a command line as one line for a POSIX shell.
namespace ShellLine {

// One word is a line of shell and stays as it is. Several are quoted so that the shell finds
// exactly these words again, and takes none of them for one of its own keywords or an assignment.
[[nodiscard]] QString joined(const QStringList &words);
[[nodiscard]] QString quoted(const QString &word);

} // namespace ShellLine
