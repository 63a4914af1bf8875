// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ansitext.h"

#include <QObject>
#include <QSaveFile>
#include <QTimer>

#include <memory>

// Copies the file of an output to where the owner wants it, a piece a turn of the event loop. The
// copy is for the owner alone (0600) and complete, or not there.
class OutputCopy final : public QObject
{
    Q_OBJECT

public:
    enum class Form {
        Exact, // the bytes of the command
        Text, // nothing in it acts on a terminal or hides: as it is shown, without colours
    };

    explicit OutputCopy(QObject *parent = nullptr);

    // Ends the copy that is under way, if any, without a word.
    void start(const QString &source, const QString &target, Form form);

Q_SIGNALS:
    // errorString: empty, or one line that says why there is no copy.
    void finished(const QString &target, const QString &errorString);

private:
    void copyPiece();
    [[nodiscard]] QByteArray textOf(const QList<AnsiText::Piece> &pieces) const;
    void end(const QString &errorString);

    QString m_source;
    QString m_target;
    Form m_form = Form::Exact;
    AnsiText m_decoder;
    std::unique_ptr<QSaveFile> m_file;
    QTimer m_next;
    qint64 m_offset = 0;
};
