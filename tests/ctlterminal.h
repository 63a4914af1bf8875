// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ctlprogram.h"

#include <QSocketNotifier>

#include <array>
#include <cstdlib>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

// cometactl on a terminal of its own.
class Terminal final
{
public:
    Terminal()
        : m_main(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)),
          m_notifier(m_main, QSocketNotifier::Read)
    {
        if (grantpt(m_main) != 0 || unlockpt(m_main) != 0)
            qFatal("no terminal");
        m_other = ::open(ptsname(m_main), O_RDWR | O_NOCTTY | O_CLOEXEC);
        const int on = 1; // we are told when what was typed is thrown away
        if (ioctl(m_main, TIOCPKT, &on) != 0)
            qFatal("no packets");
        QObject::connect(&m_notifier, &QSocketNotifier::activated, &m_notifier, [this] { read(); });
        m_process.setChildProcessModifier([fd = m_other] {
            for (const int target : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
                ::dup2(fd, target);
        });
    }
    ~Terminal()
    {
        m_notifier.setEnabled(false);
        m_process.kill();
        (void)QTest::qWaitFor([&] { return m_process.state() == QProcess::NotRunning; });
        ::close(m_other);
        ::close(m_main);
    }
    Q_DISABLE_COPY_MOVE(Terminal)

    void setSize(ushort columns, ushort rows) const
    {
        const winsize size{rows, columns, 0, 0};
        if (ioctl(m_main, TIOCSWINSZ, &size) != 0)
            qFatal("no size");
    }
    void start(const QStringList &arguments) { m_process.start(program(), arguments); }
    void type(const QByteArray &bytes) const
    {
        (void)!::write(m_main, bytes.constData(), size_t(bytes.size()));
    }
    [[nodiscard]] bool shows(const QByteArray &text, int times = 1) const
    {
        return QTest::qWaitFor([&] { return m_shown.count(text) >= times; });
    }
    // So many questions have been open to an answer.
    [[nodiscard]] bool isOpen(int questions = 1) const
    {
        return QTest::qWaitFor([&] { return m_questions >= questions; });
    }
    [[nodiscard]] QByteArray shown() const { return m_shown; }
    [[nodiscard]] bool hasEnded() const
    {
        return QTest::qWaitFor([&] { return m_process.state() == QProcess::NotRunning; });
    }
    [[nodiscard]] int exitCode() const { return m_process.exitCode(); }

private:
    void read()
    {
        std::array<char, 4096> bytes{};
        const ssize_t size = ::read(m_main, bytes.data(), bytes.size());
        if (size > 0 && bytes[0] == TIOCPKT_DATA)
            m_shown.append(bytes.data() + 1, size - 1);
        else if (size > 0 && (bytes[0] & TIOCPKT_FLUSHREAD) != 0)
            ++m_questions;
    }

    int m_main;
    int m_other = -1;
    QSocketNotifier m_notifier;
    QProcess m_process;
    QByteArray m_shown;
    int m_questions = 0;
};
