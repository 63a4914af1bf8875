// SPDX-License-Identifier: Apache-2.0
#include "orphans.h"

#include "processtree.h"

#include <csignal>

#include <sys/prctl.h>
#include <unistd.h>

using namespace std::chrono_literals;

static constexpr auto RoundInterval = 10ms;
static constexpr auto BurstTime = 5ms; // in a round; the other half is the agent's
static constexpr auto EndTime = 1900ms;
// A scan misses a process when the parent that it was found with is waited for by another one of
// them meanwhile, so one that finds nobody proves nothing. That is a matter of microseconds, which
// does not happen three times, 10 ms apart.
static constexpr int EmptyRounds = 3;

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

void Orphans::end(pid_t supervisor, BootClock::time_point supervisorStart)
{
    m_supervisor = supervisor;
    m_emptyRounds = 0;
    m_since = supervisorStart;
    m_end = BootClock::now() + EndTime;
    m_round.start();
}

// All of them, and then in short turns those that have lost their parents meanwhile: what makes a
// new process and ends itself, again and again, is gone before a look at all processes is over.
void Orphans::handleRound()
{
    const process_tree tree = {getpid(), ticks(m_since), m_supervisor};
    int foreign = 0;
    const int own = process_tree_signal(&tree, SIGKILL, &foreign);
    int dead = process_tree_reap(&tree);
    const auto burstEnd = BootClock::now() + BurstTime;
    while (process_tree_kill_children(&tree) > 0 && BootClock::now() < burstEnd)
        dead += process_tree_reap(&tree);
    m_emptyRounds = own == 0 && dead == 0 ? m_emptyRounds + 1 : 0;
    if (m_emptyRounds < EmptyRounds && BootClock::now() < m_end)
        return;
    m_round.stop();
    Q_EMIT ended(std::max(own, 0), foreign);
}

#include "moc_orphans.cpp"
