// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

// All processes below one that is their child subreaper, found by their parents in /proc: neither a
// new session nor a double fork leads out of it. Used by cometa-run and by the agent. The shell of
// a command begins a session of its own, so a child that shares the session of root is something
// else, unless it is of the process group that is named.
struct process_tree
{
    pid_t root; // the caller; never signalled itself
    unsigned long long since; // children that began earlier are left out; clock ticks of boot time
    pid_t group; // of a supervisor that is gone, without itself; 0: none
};

// Sends the signal to each living process of the tree; 0: none, only counts. SIGTERM is followed by
// SIGCONT; SIGKILL goes to their process groups too, which a fork bomb cannot outrun: all members
// of a session that was begun below root are below root. Returns the number of living processes
// that root may signal, -1 with errno when /proc cannot be read; *foreign: of those that it may
// not.
int process_tree_signal(const struct process_tree *tree, int signal, int *foreign);

// Sends SIGKILL to the children of root alone, which takes no look at each process of the machine:
// a chain of processes each of which starts the next and ends outruns that, but always has one that
// is a child of root. Returns how many root may signal, dead ones that nobody has waited for among
// them; -1 where the kernel does not tell the children.
int process_tree_kill_children(const struct process_tree *tree);

// Reaps the children of root that belong to the tree and are dead, no others. Returns how many.
int process_tree_reap(const struct process_tree *tree);

#ifdef __cplusplus
}
#endif
