// SPDX-License-Identifier: Apache-2.0
#include "filedialogs.h"

#include <QFileDialog>
#include <QFileIconProvider>
#include <QFileInfo>
#include <QMimeDatabase>

namespace {

// A child of the dialog that is made after its model, and so outlives it.
class NamesAlone final : public QObject, public QFileIconProvider
{
public:
    using QFileIconProvider::icon;
    using QObject::QObject;

    [[nodiscard]] QIcon icon(const QFileInfo &info) const override
    {
        return icon(info.isDir() ? Folder : File);
    }
    [[nodiscard]] QString type(const QFileInfo &info) const override
    {
        const QMimeDatabase types;
        const QMimeType found = info.isDir()
            ? types.mimeTypeForName(QStringLiteral("inode/directory"))
            : types.mimeTypeForFile(info.fileName(), QMimeDatabase::MatchExtension);
        return found.comment();
    }
};

QFileDialog *make(QWidget *parent, const QString &title, const QString &path,
                  const QString &filters)
{
    auto *dialog = new QFileDialog(parent, title, path, filters);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setIconProvider(new NamesAlone(dialog)); // nothing is asked before the event loop
    return dialog;
}

} // namespace

QFileDialog *FileDialogs::toOpen(QWidget *parent, const QString &title, const QString &path,
                                 const QString &filters)
{
    QFileDialog *dialog = make(parent, title, path, filters);
    dialog->setFileMode(QFileDialog::ExistingFile);
    return dialog;
}

QFileDialog *FileDialogs::toSave(QWidget *parent, const QString &title, const QString &path,
                                 const QString &filters)
{
    QFileDialog *dialog = make(parent, title, path, filters);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    return dialog;
}
