// SPDX-License-Identifier: Apache-2.0
#include "processlimit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

// The line of /proc/loadavg tells it, where counting those of the user alone would take
// milliseconds; 0: unknown.
static unsigned long running_now(void)
{
    char line[128] = {0};
    unsigned long count = 0;
    const int fd = open("/proc/loadavg", O_RDONLY | O_CLOEXEC);
    const ssize_t length = fd >= 0 ? read(fd, line, sizeof line - 1) : -1;
    if (fd >= 0)
        close(fd);
    return length > 0 && sscanf(line, "%*s %*s %*s %*u/%lu", &count) == 1 ? count : 0;
}

void limit_processes(unsigned long more)
{
    const int before = errno; // cometa-run looks at it
    const unsigned long now = more > 0 ? running_now() : 0;
    struct rlimit limit;
    if (now > 0 && getrlimit(RLIMIT_NPROC, &limit) == 0) {
        if (limit.rlim_cur > now + more)
            limit.rlim_cur = now + more;
        limit.rlim_max = limit.rlim_cur;
        setrlimit(RLIMIT_NPROC, &limit);
    }
    errno = before;
}
