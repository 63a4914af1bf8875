// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

class QSaveFile;

// Files that are replaced as a whole or not at all.
namespace WholeFile {

// Puts the bytes in the file's place, for the owner alone (0600). False, and the file is as it was,
// with the system's words for why.
[[nodiscard]] bool replace(const QString &path, const QByteArray &bytes, QString *errorString);
// The same for what was written piece by piece. QSaveFile::commit() of Qt 6.4 does not notice that
// the disk is full when the last bytes leave its buffer, and puts what is cut off in the place.
[[nodiscard]] bool commit(QSaveFile *file);

} // namespace WholeFile
