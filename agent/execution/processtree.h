// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

// All processes below one that is their child subreaper, found by their parents in /proc: neither a
// new session nor a double fork leads out of it. Used by cometa-run and by the agent. The shell of
// a command begins a session of its own, so a child that shares the session of root is something
// else.
struct process_tree
{
    pid_t root; // the caller; never signalled itself
    unsigned long long since; // children that began earlier are left out; clock ticks of boot time
};

// Sends the signal to each living process of the tree; 0: none, only counts. SIGTERM is followed by
// SIGCONT; SIGKILL goes to their process groups too, which a fork bomb cannot outrun: all members
// of a session that was begun below root are below root. Returns the number of living processes
// that root may signal, -1 with errno when /proc cannot be read; *foreign: of those that it may
// not.
int process_tree_signal(const struct process_tree *tree, int signal, int *foreign);

// Reaps the children of root that belong to the tree and are dead, no others.
void process_tree_reap(const struct process_tree *tree);

#ifdef __cplusplus
}
#endif
