// SPDX-License-Identifier: Apache-2.0
#include "confirmation.h"

#include "answerdelay.h"
#include "ctlprint.h"
#include "pagedquestion.h"

#include <cerrno>
#include <fcntl.h>
#include <termios.h>
#include <thread>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype LongestAnswer = 80; // bytes

// The line that is entered, without its end; nothing when the terminal went away.
std::optional<QByteArray> readLine(int terminal)
{
    QByteArray line;
    char letter = 0;
    while (line.size() < LongestAnswer) {
        const ssize_t size = ::read(terminal, &letter, 1);
        if (size < 0 && errno == EINTR)
            continue;
        if (size <= 0)
            return std::nullopt;
        if (letter == '\n' || letter == '\r')
            return line;
        line += letter;
    }
    return std::nullopt;
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

std::optional<QByteArray> Confirmation::answer() const
{
    if (tcdrain(m_terminal) != 0)
        return std::nullopt;
    std::this_thread::sleep_for(AnswerDelay);
    return tcflush(m_terminal, TCIFLUSH) == 0 ? readLine(m_terminal) : std::nullopt;
}

bool Confirmation::ask(const TerminalRows &text, const TerminalRows &question) const
{
    if (!isPossible())
        return false;
    if (const QString fault = size().fault(); !fault.isEmpty()) {
        CtlPrint::error(fault);
        return false;
    }
    PagedQuestion paged(text.list(), question.list(), u"Return: go on, else leave it: "_s);
    while (show(paged.next(size()))) {
        const std::optional<QByteArray> line = answer();
        if (paged.asks() || !line || !line->isEmpty())
            return paged.asks() && line == "yes";
    }
    return false;
}
