// SPDX-License-Identifier: Apache-2.0
// cometa-run LIFELINE-FD OUTPUT-FD ERROR-FD REPORT-FD
//
// Runs one command and leaves no process of it behind. It waits for the job on LIFELINE-FD,
// "REQUEST\0PROCESSES\0DIRECTORY\0COMMAND\0"; after it a byte there or its end, which comes when
// the agent dies, ends everything. Lines on REPORT-FD tell what happens:
//   failed directory|shell ERRNO     nothing was started
//   started PID
//   exit STATUS  or  signal NUMBER   of the shell
//   left COUNT FOREIGN               the end: processes that outlived the shell and were ended, and
//                                    those of another user, which cannot be
#include "processtree.h"
#include "shell.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    DrainTime = 500, // ms that processes have to end after the shell
    TermTime = 1000, // ms between TERM and KILL
    Crowd = 100, // more processes take longer to kill, and so have less time
    CrowdTime = 300, // ms
    EndTime = 1900, // ms from TERM until what cannot be killed is only tried each TermTime
    KillInterval = 10, // ms between two rounds of KILL
    EmptyRounds = 3, // without anybody to kill; a process that begins meanwhile may escape a scan
    DeadAtATime = 4096, // 20 ms
    JobSize = 80 * 1024, // bytes: a command of 64 KiB, a path, a name
};

static struct job
{
    const char *request;
    unsigned long processes; // that it may start; 0: no limit
    const char *directory;
    char *command;
    bool is_over; // the word to end everything came right behind it
} job;
static int report_fd = -1;
static int child_fd = -1; // readable when a child has ended
static pid_t shell = -1;
static bool shell_ended = false;
static bool are_more_dead = false; // than have been waited for
static char job_bytes[JobSize];
static char report_lines[256]; // not sent yet
static size_t report_size = 0;

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_BOOTTIME, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

// Lines that come together are sent together, so that the agent is woken once.
#define report(...)                                                                                \
    report_size += (size_t)snprintf(report_lines + report_size, sizeof report_lines - report_size, \
                                    __VA_ARGS__)

// Nobody may be left to read it: the end of the lifeline tells that.
static void send_report(void)
{
    (void)!write(report_fd, report_lines, report_size);
    report_size = 0;
}

static bool read_job(void)
{
    char *fields[4];
    size_t used = 0, begin = 0;
    for (int field = 0; field < 4;) {
        if (used == sizeof job_bytes)
            return false;
        const ssize_t length = read(STDIN_FILENO, job_bytes + used, sizeof job_bytes - used);
        if (length < 0 && errno == EINTR)
            continue;
        if (length <= 0)
            return false;
        used += (size_t)length;
        const char *end = NULL;
        while (field < 4 && (end = memchr(job_bytes + begin, '\0', used - begin))) {
            fields[field++] = job_bytes + begin;
            begin = (size_t)(end - job_bytes) + 1;
        }
    }
    job = (struct job){fields[0], strtoul(fields[1], NULL, 10), fields[2], fields[3], begin < used};
    return true;
}

// The lifeline is our standard input, and the command's output goes to the pipes of the agent.
static bool take_fds(char **numbers)
{
    for (int target = STDIN_FILENO; target <= STDERR_FILENO; ++target) {
        const int fd = atoi(numbers[target]);
        if (fd <= STDERR_FILENO || dup2(fd, target) < 0 || close(fd) != 0)
            return false;
    }
    report_fd = atoi(numbers[3]);
    return report_fd > STDERR_FILENO && fcntl(report_fd, F_SETFD, FD_CLOEXEC) == 0;
}

// A command runs as the same user as we do. Before it comes, we are closed to it: nobody may trace
// us, and so keep the agent waiting for our end, or open what we have open and forge a report.
static bool prepare(void)
{
    sigset_t all, child;
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    if (prctl(PR_SET_DUMPABLE, 0) != 0)
        return false;
    sigfillset(&all);
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &all, NULL);
    for (int number = 1; number < NSIG; ++number)
        signal(number, SIG_DFL); // the shell's, too; SIGCHLD ignored, its status would be lost
    child_fd = signalfd(-1, &child, SFD_NONBLOCK | SFD_CLOEXEC);
    prctl(PR_SET_PDEATHSIG, SIGCONT); // a command may have stopped us before the agent died
    setpgid(0, 0); // what is sent to the agent's process group is not meant for us
    umask(077);
    return child_fd >= 0 && prctl(PR_SET_CHILD_SUBREAPER, 1) == 0;
}

// False when there is no child any more, and so nothing below us. Some at a time: there may be no
// end of them before those that make them are killed.
static bool reap(void)
{
    struct signalfd_siginfo ignored;
    while (read(child_fd, &ignored, sizeof ignored) > 0) { }
    int status = 0;
    pid_t pid = 1;
    for (int i = 0; i < DeadAtATime && pid > 0; ++i) {
        pid = waitpid(-1, &status, WNOHANG);
        if (pid != shell || shell_ended)
            continue;
        shell_ended = true;
        if (WIFEXITED(status))
            report("exit %d\n", WEXITSTATUS(status));
        else
            report("signal %d\n", WTERMSIG(status));
    }
    are_more_dead = pid > 0;
    return pid >= 0;
}

// Waits for a child to end, for the word to end everything, or for the time; true: the word came.
static bool wait_for_event(int64_t until, bool listen)
{
    struct pollfd fds[] = {{.fd = child_fd, .events = POLLIN},
                           {.fd = listen ? STDIN_FILENO : -1, .events = POLLIN}};
    send_report();
    const int64_t left = until - now();
    const int timeout = are_more_dead || left <= 0 ? 0 : until == INT64_MAX ? -1 : (int)left;
    return poll(fds, 2, timeout) > 0 && fds[1].revents != 0;
}

// Returns the number of processes of other users that are left. Else that we have no child is the
// proof that nothing is left: whatever is below us has an ancestor, alive or dead, that is our
// child.
static int end_all(const struct process_tree *tree)
{
    int foreign = 0;
    const int64_t begin = now();
    // Root's commands have no limit of processes, and so could leave us no time to end them.
    sched_setscheduler(0, SCHED_RR | SCHED_RESET_ON_FORK, &(struct sched_param){1});
    const bool is_crowd = process_tree_signal(tree, SIGTERM, &foreign) > Crowd;
    const int64_t term_end = begin + (is_crowd ? CrowdTime : TermTime);
    while (reap() && now() < term_end)
        wait_for_event(term_end, false);
    for (int empty = 0; reap() && empty < EmptyRounds;) {
        int children = 0;
        const bool is_late = now() >= begin + EndTime;
        const int64_t next = now() + (is_late ? TermTime : KillInterval);
        while (reap() && (children = process_tree_kill_children(tree)) > 0 && now() < next)
            wait_for_event(next, false);
        const int own = process_tree_signal(tree, SIGKILL, &foreign);
        // Late: somebody else traces one that is dead, and we cannot wait for it.
        empty = own == 0 && (is_late || (foreign > 0 && children <= 0)) ? empty + 1 : 0;
        if (children <= 0 && reap())
            wait_for_event(next, false);
    }
    return reap() ? foreign : 0;
}

static void supervise(void)
{
    const struct process_tree tree = {.root = getpid()};
    int64_t drain_end = INT64_MAX;
    bool told = false;
    int left = 0, foreign = 0;
    while (reap()) {
        if (shell_ended && drain_end == INT64_MAX)
            drain_end = now() + DrainTime;
        if (!told && now() < drain_end) {
            told = wait_for_event(drain_end, true);
            continue;
        }
        if (shell_ended)
            left = process_tree_signal(&tree, 0, &foreign);
        foreign = end_all(&tree);
        break;
    }
    report("left %d %d\n", left > 0 ? left : 0, foreign);
}

static void run(void)
{
    if (job.is_over) {
        report("left 0 0\n");
    } else if (chdir(job.directory) != 0) {
        report("failed directory %d\n", errno);
    } else if (setenv("COMETA_REQUEST", job.request, 1) != 0
               || (shell = start_shell(job.command, job.processes)) < 0) {
        report("failed shell %d\n", errno);
    } else {
        report("started %d\n", shell);
        supervise();
    }
    send_report();
}

int main(int argc, char **argv)
{
    if (argc != 5 || !take_fds(argv + 1)) {
        fputs("cometa-run is started by the Cometa agent.\n", stderr);
        return 2;
    }
    if (!prepare() || !read_job())
        return 1;
    run();
    while (read(STDIN_FILENO, job_bytes, sizeof job_bytes) > 0) { } // our end costs the agent time
    return 0;
}
