// SPDX-License-Identifier: Apache-2.0
#include "hiddeninput.h"

#include "ctlprint.h"

#include <array>
#include <csignal>
#include <cstdio>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

namespace {

constexpr qsizetype MaximumLine = 8192; // bytes
constexpr std::array endSignals{SIGINT, SIGTERM, SIGHUP, SIGQUIT};

// The terminal shows again what is typed when this goes, also after Ctrl+C, which ends only the
// reading meanwhile.
class NoEcho final
{
public:
    NoEcho()
    {
        if (tcgetattr(STDIN_FILENO, &m_before) != 0)
            return;
        m_isTerminal = true;
        struct sigaction ignored = {};
        ignored.sa_handler = [](int) {}; // it only ends the waiting
        sigset_t ends;
        sigemptyset(&ends);
        for (size_t i = 0; i < endSignals.size(); ++i) {
            sigaction(endSignals.at(i), &ignored, &m_handlers.at(i));
            sigaddset(&ends, endSignals.at(i));
        }
        sigprocmask(SIG_BLOCK, &ends, &m_mask); // until we wait, so that none gets lost
        termios quiet = m_before;
        quiet.c_lflag &= ~tcflag_t(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    }
    ~NoEcho()
    {
        if (!m_isTerminal)
            return;
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
        sigprocmask(SIG_SETMASK, &m_mask, nullptr);
        for (size_t i = 0; i < endSignals.size(); ++i)
            sigaction(endSignals.at(i), &m_handlers.at(i), nullptr);
        std::fputc('\n', stderr); // which was typed and not shown
    }
    Q_DISABLE_COPY_MOVE(NoEcho)

    // For input. False at one of the signals.
    [[nodiscard]] bool wait() const
    {
        pollfd input{STDIN_FILENO, POLLIN, 0};
        return !m_isTerminal || ppoll(&input, 1, nullptr, &m_mask) > 0;
    }

private:
    bool m_isTerminal = false;
    sigset_t m_mask = {};
    termios m_before = {};
    std::array<struct sigaction, endSignals.size()> m_handlers = {};
};

} // namespace

QByteArray HiddenInput::readLine(const QString &prompt)
{
    const NoEcho quiet;
    if (isatty(STDIN_FILENO) == 1)
        std::fputs(qUtf8Printable(CtlPrint::escaped(prompt)), stderr);
    QByteArray line;
    char letter = 0;
    while (line.size() < MaximumLine) {
        const ssize_t size = quiet.wait() ? ::read(STDIN_FILENO, &letter, 1) : -1;
        if (size < 0) // also when the terminal went away
            return {};
        if (size == 0 || letter == '\n')
            break;
        line += letter;
    }
    return line.trimmed();
}
