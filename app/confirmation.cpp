// SPDX-License-Identifier: Apache-2.0
#include "confirmation.h"

#include "answerdelay.h"

#include <cerrno>
#include <fcntl.h>
#include <termios.h>
#include <thread>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype LongestAnswer = 80; // bytes

// The line that is entered, without its end; empty when the terminal went away.
QByteArray readLine(int terminal)
{
    QByteArray line;
    char letter = 0;
    while (line.size() < LongestAnswer) {
        const ssize_t size = ::read(terminal, &letter, 1);
        if (size < 0 && errno == EINTR)
            continue;
        if (size <= 0)
            return {};
        if (letter == '\n' || letter == '\r')
            return line;
        line += letter;
    }
    return {};
}

} // namespace

Confirmation::Confirmation() : m_terminal(::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)) { }

Confirmation::~Confirmation()
{
    if (m_terminal >= 0)
        ::close(m_terminal);
}

bool Confirmation::show(const QString &text) const
{
    QByteArray bytes = text.toUtf8();
    while (!bytes.isEmpty()) {
        const ssize_t size = ::write(m_terminal, bytes.constData(), size_t(bytes.size()));
        if (size < 0 && errno != EINTR)
            return false;
        bytes.remove(0, qMax(size, ssize_t(0)));
    }
    return true;
}

bool Confirmation::ask(const QString &text, const QString &question) const
{
    if (!isPossible() || !show(text + question) || tcdrain(m_terminal) != 0)
        return false;
    std::this_thread::sleep_for(AnswerDelay);
    return tcflush(m_terminal, TCIFLUSH) == 0 && readLine(m_terminal) == "yes";
}
