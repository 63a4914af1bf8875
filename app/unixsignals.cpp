// SPDX-License-Identifier: Apache-2.0
#include "unixsignals.h"

#include <QSocketNotifier>

#include <csignal>
#include <sys/eventfd.h>
#include <unistd.h>

namespace {

int g_wakeUp = -1; // written in the signal handler, read by the event loop

// The eventfd adds up what is written: both kinds have a half of its 64 bits.
constexpr quint64 End = 1;
constexpr quint64 Reload = quint64{1} << 32;

void wakeUp(quint64 why)
{
    [[maybe_unused]] const ssize_t written = write(g_wakeUp, &why, sizeof why);
}

void handleEnd(int)
{
    wakeUp(End);
}

void handleReload(int)
{
    wakeUp(Reload);
}

void install(int signal, void (*handler)(int))
{
    struct sigaction action
    {
    };
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigaction(signal, &action, nullptr);
    sigset_t one; // whoever started us may have blocked it
    sigemptyset(&one);
    sigaddset(&one, signal);
    pthread_sigmask(SIG_UNBLOCK, &one, nullptr);
}

} // namespace

UnixSignals::UnixSignals(HangUp hangUp, QObject *parent) : QObject(parent)
{
    g_wakeUp = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    auto *notifier = new QSocketNotifier(g_wakeUp, QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this] {
        quint64 count = 0;
        if (read(g_wakeUp, &count, sizeof count) != sizeof count)
            return;
        if (count % Reload != 0)
            Q_EMIT endRequested();
        else
            Q_EMIT reloadRequested();
    });
    install(SIGTERM, handleEnd);
    install(SIGINT, handleEnd);
    install(SIGHUP, hangUp == HangUp::Reloads ? handleReload : handleEnd);
}
