// SPDX-License-Identifier: Apache-2.0
#include "outputcopy.h"

#include "datadirectory.h"
#include "wholefile.h"

using namespace std::chrono_literals;

namespace {

constexpr qint64 PieceSize = 256 * 1024; // bytes

} // namespace

OutputCopy::OutputCopy(QObject *parent) : QObject(parent)
{
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &OutputCopy::copyPiece);
}

void OutputCopy::start(const QString &source, const QString &target, Form form)
{
    m_source = source;
    m_target = target;
    m_form = form;
    m_decoder = {};
    m_offset = 0;
    m_file = std::make_unique<QSaveFile>(target);
    if (!m_file->open(QIODevice::WriteOnly)
        || !m_file->setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return end(tr("%1 cannot be written: %2.").arg(target, m_file->errorString()));
    m_next.start(0ms);
}

void OutputCopy::copyPiece()
{
    const QByteArray piece = DataDirectory::read(m_source, m_offset, PieceSize);
    const bool isLast = piece.isEmpty();
    m_offset += piece.size();
    const QByteArray bytes =
        m_form == Form::Exact ? piece : textOf(isLast ? m_decoder.finish() : m_decoder.feed(piece));
    const bool ok = m_file->write(bytes) == bytes.size();
    if (ok && !isLast) {
        m_next.start(0ms);
        return;
    }
    end(ok && WholeFile::commit(m_file.get())
            ? QString()
            : tr("%1 cannot be written: %2.").arg(m_target, m_file->errorString()));
}

QByteArray OutputCopy::textOf(const QList<AnsiText::Piece> &pieces) const
{
    QString text;
    for (const AnsiText::Piece &piece : pieces)
        text += piece.text;
    return text.toUtf8();
}

void OutputCopy::end(const QString &errorString)
{
    m_file.reset(); // without a commit nothing is left of it
    Q_EMIT finished(m_target, errorString);
}
