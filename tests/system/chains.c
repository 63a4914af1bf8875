// SPDX-License-Identifier: Apache-2.0
// chains COUNT MICROSECONDS: so many chains of processes, for 20 s. Each process of a chain starts
// the next one in a session of its own after that time, and ends.
#define _GNU_SOURCE
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static void chain(useconds_t pause, time_t end)
{
    while (time(NULL) < end) {
        if (pause > 0)
            usleep(pause);
        const pid_t next = fork(); // -1: its limit; again
        if (next > 0)
            break;
        if (next == 0)
            setsid();
    }
    _exit(0);
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    const time_t end = time(NULL) + 20;
    for (int number = 1; number < NSIG; ++number) {
        if (number != SIGCHLD)
            signal(number, SIG_IGN);
    }
    for (int i = atoi(argv[1]); i > 0; --i) {
        if (fork() == 0)
            chain((useconds_t)atoi(argv[2]), end);
    }
    while (time(NULL) < end)
        sleep(1);
    return 0;
}
