// SPDX-License-Identifier: Apache-2.0
// Preloaded into a program: its calls for files below the directory COMETA_FAULT_DIRECTORY are
// counted, and some of them fail. The file COMETA_FAULT_PLAN says which: "SERIAL CALLS FIRST LAST
// END"
//   SERIAL   another one begins to count anew
//   CALLS    names with commas around them: ",write,fsync,"; "*": all
//   FIRST LAST   of the calls so named, from 1 on
//   END      the error number; 0: the process is killed in place of the call
// Each call is written to COMETA_FAULT_LOG as "SERIAL NUMBER NAME FILE done|failed". No file, or an
// empty one: no fault. Built by test_disk_faults.py.
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

struct plan
{
    long serial;
    char calls[128];
    long first;
    long last;
    int end;
};

static bool read_plan(struct plan *plan)
{
    char text[256] = {0};
    const char *path = getenv("COMETA_FAULT_PLAN");
    const int fd = path ? (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0) : -1;
    if (fd < 0)
        return false;
    const long length = syscall(SYS_read, fd, text, sizeof text - 1);
    syscall(SYS_close, fd);
    return length > 0
        && sscanf(text, "%ld %127s %ld %ld %d", &plan->serial, plan->calls, &plan->first,
                  &plan->last, &plan->end)
        == 5;
}

static void log_call(const struct plan *plan, long number, const char *name, const char *file,
                     bool isFailed)
{
    char line[PATH_MAX + 64];
    const char *path = getenv("COMETA_FAULT_LOG");
    const int flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC;
    const int fd = path ? (int)syscall(SYS_openat, AT_FDCWD, path, flags, 0600) : -1;
    if (fd < 0)
        return;
    const int length = snprintf(line, sizeof line, "%ld %ld %s %s %s\n", plan->serial, number, name,
                                file, isFailed ? "failed" : "done");
    syscall(SYS_write, fd, line, (size_t)length);
    syscall(SYS_close, fd);
}

static bool is_named(const struct plan *plan, const char *name)
{
    char word[32];
    snprintf(word, sizeof word, ",%s,", name);
    return strcmp(plan->calls, "*") == 0 || strstr(plan->calls, word);
}

// True with errno: the call has to fail.
static bool fails(const char *name, const char *path)
{
    static long serial = -1, count = 0;
    const int before = errno;
    const char *directory = getenv("COMETA_FAULT_DIRECTORY");
    const size_t length = directory ? strlen(directory) : 0;
    struct plan plan;
    if (!length || strncmp(path, directory, length) != 0 || path[length] != '/')
        return false;
    const bool planned = read_plan(&plan) && is_named(&plan, name);
    errno = before;
    if (!planned)
        return false;
    count = plan.serial == serial ? count + 1 : 1;
    serial = plan.serial;
    const bool isFailed = count >= plan.first && count <= plan.last;
    log_call(&plan, count, name, path + length + 1, isFailed);
    errno = before;
    if (!isFailed)
        return false;
    if (plan.end == 0)
        kill(getpid(), SIGKILL);
    errno = plan.end;
    return true;
}

static bool fails_at(const char *name, int directory, const char *path)
{
    char whole[2 * PATH_MAX] = {0};
    char link[48];
    if (path[0] == '/')
        return fails(name, path);
    if (directory == AT_FDCWD)
        return false; // the agent's is /
    snprintf(link, sizeof link, "/proc/self/fd/%d", directory);
    const ssize_t length = readlink(link, whole, PATH_MAX);
    if (length <= 0)
        return false;
    snprintf(whole + length, sizeof whole - (size_t)length, "/%s", path);
    return fails(name, whole);
}

static bool fails_fd(const char *name, int fd)
{
    char path[PATH_MAX] = {0}, link[48];
    const int before = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    const bool isFile = readlink(link, path, sizeof path - 1) > 0;
    errno = before;
    return isFile && fails(name, path);
}

ssize_t write(int fd, const void *bytes, size_t size)
{
    return fails_fd("write", fd) ? -1 : syscall(SYS_write, fd, bytes, size);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t offset)
{
    return fails_fd("write", fd) ? -1 : syscall(SYS_pwrite64, fd, bytes, size, offset);
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset)
{
    return pwrite64(fd, bytes, size, offset);
}

ssize_t read(int fd, void *bytes, size_t size)
{
    return fails_fd("read", fd) ? -1 : syscall(SYS_read, fd, bytes, size);
}

ssize_t pread64(int fd, void *bytes, size_t size, off64_t offset)
{
    return fails_fd("read", fd) ? -1 : syscall(SYS_pread64, fd, bytes, size, offset);
}

ssize_t pread(int fd, void *bytes, size_t size, off_t offset)
{
    return pread64(fd, bytes, size, offset);
}

int fsync(int fd)
{
    return fails_fd("sync", fd) ? -1 : (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
    return fails_fd("sync", fd) ? -1 : (int)syscall(SYS_fdatasync, fd);
}

int ftruncate64(int fd, off64_t size)
{
    return fails_fd("truncate", fd) ? -1 : (int)syscall(SYS_ftruncate, fd, size);
}

int ftruncate(int fd, off_t size)
{
    return ftruncate64(fd, size);
}

static int open_any(int directory, const char *path, int flags, va_list arguments)
{
    const int mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(arguments, int) : 0;
    if (fails_at("open", directory, path))
        return -1;
    return (int)syscall(SYS_openat, directory, path, flags, mode);
}

#define OPEN(name)                                                                                 \
    int name(const char *path, int flags, ...)                                                     \
    {                                                                                              \
        va_list arguments;                                                                         \
        va_start(arguments, flags);                                                                \
        const int fd = open_any(AT_FDCWD, path, flags, arguments);                                 \
        va_end(arguments);                                                                         \
        return fd;                                                                                 \
    }

#define OPENAT(name)                                                                               \
    int name(int directory, const char *path, int flags, ...)                                      \
    {                                                                                              \
        va_list arguments;                                                                         \
        va_start(arguments, flags);                                                                \
        const int fd = open_any(directory, path, flags, arguments);                                \
        va_end(arguments);                                                                         \
        return fd;                                                                                 \
    }

OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

int rename(const char *from, const char *to)
{
    return fails_at("rename", AT_FDCWD, to)
        ? -1
        : (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int unlink(const char *path)
{
    return fails_at("unlink", AT_FDCWD, path) ? -1 : (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}

int mkdir(const char *path, mode_t mode)
{
    return fails_at("mkdir", AT_FDCWD, path) ? -1 : (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
}
