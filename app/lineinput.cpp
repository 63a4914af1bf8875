// SPDX-License-Identifier: Apache-2.0
#include "lineinput.h"

#include "answerdelay.h"

#include <QTimer>

#include <array>
#include <cerrno>
#include <termios.h>
#include <unistd.h>

LineInput::LineInput(Rest rest, QObject *parent)
    : QObject(parent), m_rest(rest), m_notifier(STDIN_FILENO, QSocketNotifier::Read)
{
    m_notifier.setEnabled(false);
    connect(&m_notifier, &QSocketNotifier::activated, this, &LineInput::handleReadable);
}

void LineInput::readLine()
{
    if (!takeLine())
        m_notifier.setEnabled(true);
}

void LineInput::readAnswer()
{
    QTimer::singleShot(AnswerDelay, Qt::PreciseTimer, this, [this] {
        discardTyped();
        readLine();
    });
}

void LineInput::discardTyped()
{
    tcflush(STDIN_FILENO, TCIFLUSH);
    m_buffer.clear();
}

void LineInput::handleReadable()
{
    std::array<char, 16384> bytes{};
    const ssize_t size = ::read(STDIN_FILENO, bytes.data(), bytes.size());
    if (size < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (size > 0)
        m_buffer.append(bytes.data(), size);
    m_atEnd = size <= 0 || m_buffer.size() > MaximumLine;
    if (takeLine())
        m_notifier.setEnabled(false);
}

// Later, so that whoever asked is not called back before it is ready.
bool LineInput::takeLine()
{
    const qsizetype end = m_buffer.indexOf('\n');
    if (end < 0 && !m_atEnd)
        return false;
    if (end < 0 && (m_buffer.isEmpty() || m_rest == Rest::IsDropped)) {
        QMetaObject::invokeMethod(this, &LineInput::ended, Qt::QueuedConnection);
        return true;
    }
    const QByteArray line = end < 0 ? m_buffer : m_buffer.first(end);
    m_buffer.remove(0, end < 0 ? m_buffer.size() : end + 1);
    QMetaObject::invokeMethod(
        this, [this, line] { Q_EMIT lineRead(line); }, Qt::QueuedConnection);
    return true;
}
