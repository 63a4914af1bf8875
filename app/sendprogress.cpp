// SPDX-License-Identifier: Apache-2.0
#include "sendprogress.h"

#include "ctlprint.h"

#include <unistd.h>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QByteArray emptyLine("\r\x1b[K");
constexpr qsizetype lineLength = 68; // with the time it fits into 80 columns: one line is cleared

} // namespace

SendProgress::SendProgress(QObject *parent)
    : SendProgress(isatty(STDERR_FILENO) == 1 ? Medium::Terminal : Medium::File, parent)
{
}

SendProgress::SendProgress(Medium medium, QObject *parent) : QObject(parent), m_medium(medium)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &SendProgress::write);
}

void SendProgress::show(const QString &text, std::chrono::milliseconds after)
{
    if (text == m_text)
        return;
    m_text = text;
    if (!m_since.isValid())
        m_since.start();
    if (m_medium == Medium::File)
        m_isShown = false;
    m_timer.start(m_isShown ? 0ms : after);
}

void SendProgress::clear()
{
    m_timer.stop();
    m_text.clear();
    m_since.invalidate();
    if (m_isShown && m_medium == Medium::Terminal)
        Q_EMIT written(emptyLine);
    m_isShown = false;
}

void SendProgress::write()
{
    if (m_medium == Medium::File) {
        Q_EMIT written("cometactl: " + m_text.toUtf8() + '\n');
    } else {
        const bool fits = m_text.size() <= lineLength;
        const QString text = fits ? m_text : m_text.left(lineLength - 1) + u'…';
        Q_EMIT written(emptyLine + text.toUtf8() + ' '
                       + CtlPrint::length(m_since.elapsed() / 1000).toUtf8());
        m_timer.start(1s);
    }
    m_isShown = true;
}
