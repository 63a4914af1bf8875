// SPDX-License-Identifier: Apache-2.0
#include "orphans.h"

#include "processtree.h"

#include <csignal>

#include <sys/prctl.h>
#include <unistd.h>

using namespace std::chrono_literals;

static constexpr auto RoundInterval = 10ms;
static constexpr auto EndTime = 1900ms;

// In the unit of /proc, rounded down.
static unsigned long long ticks(BootClock::time_point time)
{
    using namespace std::chrono;
    const auto hertz = sysconf(_SC_CLK_TCK);
    const auto since = duration_cast<milliseconds>(time.time_since_epoch()).count();
    return static_cast<unsigned long long>(since * hertz / 1000);
}

Orphans::Orphans(QObject *parent) : QObject(parent)
{
    m_round.setInterval(RoundInterval);
    connect(&m_round, &QTimer::timeout, this, &Orphans::handleRound);
}

void Orphans::adopt()
{
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
}

void Orphans::end(BootClock::time_point supervisorStart)
{
    m_since = supervisorStart;
    m_end = BootClock::now() + EndTime;
    m_round.start();
}

void Orphans::handleRound()
{
    const process_tree tree = {getpid(), ticks(m_since)};
    int foreign = 0;
    const int own = process_tree_signal(&tree, SIGKILL, &foreign);
    process_tree_reap(&tree);
    if (own > 0 && BootClock::now() < m_end)
        return;
    m_round.stop();
    Q_EMIT ended(std::max(own, 0) + foreign);
}

#include "moc_orphans.cpp"
