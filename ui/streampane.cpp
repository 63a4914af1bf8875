// SPDX-License-Identifier: Apache-2.0
#include "streampane.h"

#include "datadirectory.h"
#include "outputview.h"
#include "plain.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

using namespace std::chrono_literals;

StreamPane::StreamPane(const QString &name, QWidget *parent)
    : QWidget(parent), m_name(name), m_title(Plain::label()), m_view(new OutputView)
{
    m_view->setAccessibleName(name);
    m_view->setMinimumHeight(m_view->fontMetrics().lineSpacing() * 2 + 12);
    m_title->setBuddy(m_view);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_title);
    column->addWidget(m_view, 1);
    column->addStretch(0);
    m_readNext.setSingleShot(true);
    connect(&m_readNext, &QTimer::timeout, this, &StreamPane::readPiece);
    connect(m_view, &OutputView::coloursChanged, this, &StreamPane::reload);
    connect(m_view, &OutputView::followsEndChanged, this, [this](bool follows) {
        if (follows && !m_hasEnded)
            showLive(m_live);
    });
}

void StreamPane::clear()
{
    m_readNext.stop();
    m_live = {};
    m_path.clear();
    m_hasEnded = false;
    m_total = m_fileSize = 0;
    m_view->begin(0, OutputView::At::End);
    showTitle();
}

// A command that writes faster than can be read is shown in leaps, unless the owner has scrolled up
// to read; then the text stays as it is.
void StreamPane::showLive(const KeptOutput &output)
{
    m_live = output;
    m_total = output.total;
    const qint64 missing = m_total - m_view->end();
    const QByteArray bytes = OutputView::piece(
        output.last(std::min(missing, OutputView::PieceSize)), OutputView::At::End);
    if (bytes.size() < missing && m_view->followsEnd())
        jumpTo(m_total - bytes.size());
    if (!bytes.isEmpty() && m_view->end() == m_total - bytes.size())
        m_view->append(bytes);
    showTitle();
}

void StreamPane::showEnded(const QString &path, qint64 total)
{
    m_live = {};
    m_path = path;
    m_hasEnded = true;
    m_fileSize = DataDirectory::fileSize(path);
    m_total = std::max(total, m_fileSize);
    if (m_view->end() == 0 && m_fileSize <= OutputView::MaximumCharacters)
        m_view->begin(0, OutputView::At::Begin); // to be read, not watched
    const qint64 newest = std::max<qint64>(0, m_fileSize - OutputView::MaximumCharacters);
    // The end that was seen live is not in the file when that is at its limit.
    const bool isBeyond = m_view->end() > m_fileSize;
    const bool hasLeapt = m_view->followsEnd() && m_view->firstShown() > newest;
    if (!isBeyond && (hasLeapt || m_view->end() < newest))
        jumpTo(newest);
    readPiece();
}

void StreamPane::readPiece()
{
    const qint64 left = m_fileSize - m_view->end();
    if (left > 0) {
        const QByteArray bytes = OutputView::piece(
            DataDirectory::read(m_path, m_view->end(), std::min(left, OutputView::PieceSize)),
            OutputView::At::Begin);
        if (bytes.isEmpty())
            m_fileSize = m_view->end(); // it is gone
        m_view->append(bytes);
    }
    if (m_view->end() < m_fileSize)
        m_readNext.start(0ms);
    else
        m_view->finish();
    showTitle();
}

void StreamPane::reload()
{
    if (m_total == 0)
        return;
    if (!m_hasEnded) {
        jumpTo(std::max<qint64>(0, m_total - OutputView::PieceSize));
        showLive(m_live);
    } else {
        jumpTo(std::max<qint64>(0, m_fileSize - OutputView::MaximumCharacters));
        readPiece();
    }
}

void StreamPane::jumpTo(qint64 offset)
{
    m_view->begin(offset, OutputView::At::End);
}

void StreamPane::showTitle()
{
    const QString size = Plain::size(m_total);
    const qint64 above = m_view->firstShown();
    const qint64 below = !m_hasEnded ? 0 : m_total - std::max(m_view->end(), m_fileSize);
    m_view->setVisible(!m_hasEnded || m_total > 0);
    if (m_total == 0)
        m_title->setText(m_hasEnded ? tr("%1: none").arg(m_name) : m_name);
    else if (m_hasEnded && m_fileSize == 0)
        m_title->setText(tr("%1, %2; not kept").arg(m_name, size));
    else if (below > 0)
        m_title->setText(
            tr("%1, %2; only the first %3 were kept").arg(m_name, size, Plain::size(m_fileSize)));
    else if (above > 0)
        m_title->setText(
            tr("%1, %2; the first %3 are not shown here").arg(m_name, size, Plain::size(above)));
    else
        m_title->setText(tr("%1, %2").arg(m_name, size));
}
