// SPDX-License-Identifier: Apache-2.0
// bench_floor PORT DIRECTORY: the least that a device must do for each request: one durable record,
// one shell, its output through a pipe, one reply. It runs `true`, whatever is asked.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static int attach(int port)
{
    static const char request[] = "POST /v1/applications/a/devices/floor HTTP/1.1\r\n"
                                  "Host: 127.0.0.1\r\nContent-Length: 1\r\n\r\nx";
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int one = 1;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0
        || write(fd, request, sizeof request - 1) < 0)
        exit(1);
    return fd;
}

static void record(int journal)
{
    static const char row[200] = "a small record";
    if (pwrite(journal, row, sizeof row, 0) < 0 || fdatasync(journal) != 0)
        exit(1);
}

static void run_true(void)
{
    char *const arguments[] = {"sh", "-c", "true", NULL};
    char buffer[65536];
    int fds[2];
    pid_t pid;
    posix_spawn_file_actions_t actions;
    if (pipe2(fds, O_CLOEXEC) != 0)
        exit(1);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, fds[1], STDOUT_FILENO);
    if (posix_spawn(&pid, "/bin/sh", &actions, NULL, arguments, environ) != 0)
        exit(1);
    posix_spawn_file_actions_destroy(&actions);
    close(fds[1]);
    while (read(fds[0], buffer, sizeof buffer) > 0) { }
    close(fds[0]);
    waitpid(pid, NULL, 0);
}

int main(int argc, char **argv)
{
    char path[4096];
    char buffer[65536];
    if (argc != 3)
        return 2;
    snprintf(path, sizeof path, "%s/floor.journal", argv[2]);
    const int journal = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    const int fd = attach(atoi(argv[1]));
    ssize_t size = read(fd, buffer, sizeof buffer); // the attach reply comes in one write
    while (size > 0 && (size = read(fd, buffer, sizeof buffer)) > 0) {
        record(journal);
        run_true();
        size = write(fd, "1\r\n\n\r\n", 6);
    }
    return 0;
}
