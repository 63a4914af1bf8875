// SPDX-License-Identifier: Apache-2.0
#include "unixsignals.h"

#include <QSocketNotifier>

#include <csignal>
#include <sys/eventfd.h>
#include <unistd.h>

namespace {

int g_wakeUp = -1; // written in the signal handler, read by the event loop

void handleSignal(int)
{
    const quint64 one = 1;
    [[maybe_unused]] const ssize_t written = write(g_wakeUp, &one, sizeof one);
}

} // namespace

UnixSignals::UnixSignals(QObject *parent) : QObject(parent)
{
    g_wakeUp = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    auto *notifier = new QSocketNotifier(g_wakeUp, QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this] {
        quint64 count = 0;
        if (read(g_wakeUp, &count, sizeof count) == sizeof count)
            Q_EMIT endRequested();
    });
    struct sigaction action
    {
    };
    action.sa_handler = handleSignal;
    action.sa_flags = SA_RESTART;
    for (const int number : {SIGTERM, SIGINT, SIGHUP})
        sigaction(number, &action, nullptr);
}
