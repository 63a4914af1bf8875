// SPDX-License-Identifier: Apache-2.0
#include "shell.h"

#include "processlimit.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

struct start
{
    char *command;
    unsigned long processes;
    pid_t caller;
};

// Shares our memory until it is the shell: nothing is copied for it. When somebody kills us before
// it has a session of its own, nobody can tell it from what the agent started, so the kernel ends
// it with us; but not if we were gone before it had asked for that.
static int become_shell(void *data)
{
    const struct start *start = data;
    char *const arguments[] = {"sh", "-c", "--", start->command, NULL};
    static const sigset_t none;
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != start->caller)
        _exit(127);
    setsid();
    limit_processes(start->processes);
    close(STDIN_FILENO);
    if (open("/dev/null", O_RDONLY) == STDIN_FILENO && close_range(STDERR_FILENO + 1, ~0U, 0) == 0
        && sigprocmask(SIG_SETMASK, &none, NULL) == 0)
        execve("/bin/sh", arguments, environ);
    _exit(127);
}

// It has our errno until it is the shell; then we go on.
pid_t start_shell(char *command, unsigned long processes)
{
    static _Alignas(16) char stack[16 * 1024];
    struct start start = {command, processes, getpid()};
    errno = 0;
    const pid_t pid =
        clone(become_shell, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, &start);
    const int error = errno;
    if (error != 0 && pid > 0)
        waitpid(pid, NULL, 0);
    errno = error;
    return error == 0 ? pid : -1;
}
