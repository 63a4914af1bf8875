// SPDX-License-Identifier: Apache-2.0
#include "processtree.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct process
{
    pid_t pid;
    pid_t parent;
    pid_t group;
    pid_t session;
    unsigned long long start;
    bool alive;
    bool inside;
};

struct scan
{
    struct process *processes; // in the order of their pids
    size_t count;
    size_t capacity;
};

static ssize_t read_stat(pid_t pid, char *buffer, size_t size)
{
    char path[32];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    const ssize_t length = read(fd, buffer, size - 1);
    close(fd);
    if (length >= 0)
        buffer[length] = '\0';
    return length;
}

// A name may hold blanks and parentheses; what follows its last one is numbers.
static bool read_process(pid_t pid, struct process *process)
{
    char buffer[1024];
    if (read_stat(pid, buffer, sizeof buffer) <= 0)
        return false;
    const char *end = strrchr(buffer, ')');
    if (!end)
        return false;
    char state = 0;
    int threads = 0;
    *process = (struct process){.pid = pid};
    const int fields = sscanf(end + 1,
                              " %c %d %d %d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %d"
                              " %*d %llu",
                              &state, &process->parent, &process->group, &process->session,
                              &threads, &process->start);
    // The first thread may be gone while others go on.
    process->alive = (state != 'Z' && state != 'X') || threads > 1;
    return fields == 6;
}

static bool add(struct scan *scan, const struct process *process)
{
    if (scan->count == scan->capacity) {
        const size_t capacity = scan->capacity ? 2 * scan->capacity : 512;
        struct process *grown = realloc(scan->processes, capacity * sizeof *grown);
        if (!grown)
            return false;
        scan->processes = grown;
        scan->capacity = capacity;
    }
    scan->processes[scan->count++] = *process;
    return true;
}

static int by_pid(const void *left, const void *right)
{
    const pid_t a = ((const struct process *)left)->pid;
    const pid_t b = ((const struct process *)right)->pid;
    return (a > b) - (a < b);
}

static bool is_child_inside(const struct process_tree *tree, const struct process *process)
{
    return process->start >= tree->since
        && (process->session != getsid(0)
            || (process->group == tree->group && process->pid != tree->group));
}

static bool belongs(const struct process_tree *tree, const struct scan *scan,
                    const struct process *process)
{
    if (process->parent == tree->root)
        return is_child_inside(tree, process);
    const struct process key = {.pid = process->parent};
    const struct process *parent = bsearch(&key, scan->processes, scan->count, sizeof key, by_pid);
    return parent && parent->inside;
}

static void mark_tree(const struct process_tree *tree, struct scan *scan)
{
    bool changed = true;
    while (changed) {
        changed = false;
        for (size_t i = 0; i < scan->count; ++i) {
            struct process *process = &scan->processes[i];
            if (!process->inside && belongs(tree, scan, process))
                process->inside = changed = true;
        }
    }
}

static bool scan_tree(const struct process_tree *tree, struct scan *scan)
{
    DIR *directory = opendir("/proc");
    if (!directory)
        return false;
    const struct dirent *entry = NULL;
    while ((entry = readdir(directory))) {
        struct process process;
        if (!isdigit((unsigned char)entry->d_name[0]))
            continue;
        const pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10);
        if (pid != tree->root && read_process(pid, &process) && !add(scan, &process))
            break;
    }
    closedir(directory);
    if (scan->count > 0)
        qsort(scan->processes, scan->count, sizeof *scan->processes, by_pid);
    mark_tree(tree, scan);
    return true;
}

// The pid may have passed to somebody else since the scan. It cannot any more once there is a
// descriptor for it: so open, look again, and only then signal.
static bool signal_process(const struct process *process, int signal)
{
    struct process again;
    bool allowed = true;
    const int fd = (int)syscall(SYS_pidfd_open, process->pid, 0);
    if (fd < 0)
        return true;
    if (read_process(process->pid, &again) && again.start == process->start) {
        allowed = syscall(SYS_pidfd_send_signal, fd, signal, NULL, 0) == 0 || errno != EPERM;
        if (signal == SIGTERM) // it hears that only when it is not stopped
            (void)syscall(SYS_pidfd_send_signal, fd, SIGCONT, NULL, 0);
    }
    close(fd);
    return allowed;
}

// Before all else: it takes one call, and whoever has been sent SIGKILL forks no more.
static void kill_groups(const struct scan *scan)
{
    for (size_t i = 0; i < scan->count; ++i) {
        const struct process *process = &scan->processes[i];
        if (process->inside && process->alive && process->group > 1 && process->session > 1
            && process->session != getsid(0))
            kill(-process->group, SIGKILL);
    }
}

int process_tree_signal(const struct process_tree *tree, int signal, int *foreign)
{
    struct scan scan = {0};
    if (!scan_tree(tree, &scan))
        return -1;
    int own = 0;
    *foreign = 0;
    if (signal == SIGKILL)
        kill_groups(&scan);
    for (size_t i = 0; i < scan.count; ++i) {
        const struct process *process = &scan.processes[i];
        if (!process->inside || !process->alive)
            continue;
        if (signal_process(process, signal)) {
            ++own;
        } else {
            ++*foreign;
        }
    }
    free(scan.processes);
    return own;
}

static FILE *open_children(const struct process_tree *tree)
{
    char path[48];
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", tree->root, tree->root);
    return fopen(path, "re");
}

// The next child that belongs to the tree; 0: there is none. Its pid cannot pass to somebody else:
// nobody but the caller can wait for it.
static pid_t next_child(const struct process_tree *tree, FILE *children)
{
    pid_t pid = 0;
    while (fscanf(children, "%d", &pid) == 1) {
        struct process process = {.pid = pid, .group = getpgid(pid), .session = getsid(pid)};
        if (tree->since > 0 && !read_process(pid, &process))
            continue;
        if (is_child_inside(tree, &process))
            return pid;
    }
    return 0;
}

int process_tree_kill_children(const struct process_tree *tree)
{
    FILE *children = open_children(tree);
    if (!children)
        return -1;
    int count = 0;
    pid_t pid = 0;
    while ((pid = next_child(tree, children)) > 0)
        count += kill(pid, SIGKILL) == 0;
    fclose(children);
    return count;
}

// Where the kernel does not tell the children.
static int reap_by_scan(const struct process_tree *tree)
{
    struct scan scan = {0};
    int count = 0;
    if (!scan_tree(tree, &scan))
        return 0;
    for (size_t i = 0; i < scan.count; ++i) {
        const struct process *process = &scan.processes[i];
        if (process->inside && !process->alive && process->parent == tree->root)
            count += waitpid(process->pid, NULL, WNOHANG) > 0;
    }
    free(scan.processes);
    return count;
}

int process_tree_reap(const struct process_tree *tree)
{
    FILE *children = open_children(tree);
    if (!children)
        return reap_by_scan(tree);
    int count = 0;
    pid_t pid = 0;
    while ((pid = next_child(tree, children)) > 0)
        count += waitpid(pid, NULL, WNOHANG) > 0;
    fclose(children);
    return count;
}
