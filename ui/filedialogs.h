// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

class QFileDialog;
class QWidget;

// Every choice of a file. Qt's own dialog would open each file that it lists to find out its type,
// in the thread of the windows: one that cannot be read, as on a server that has gone, would stop
// the agent. These go by the names alone.
namespace FileDialogs {

// path: the directory to begin in, or the file that is chosen at first. They delete themselves when
// they are closed; what remains to do is to connect fileSelected() and to open() them.
[[nodiscard]] QFileDialog *toOpen(QWidget *parent, const QString &title, const QString &path,
                                  const QString &filters);
[[nodiscard]] QFileDialog *toSave(QWidget *parent, const QString &title, const QString &path,
                                  const QString &filters = {});

} // namespace FileDialogs
