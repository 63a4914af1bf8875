// SPDX-License-Identifier: Apache-2.0
// What the swarm and its requesters share: many sockets that never block, and one epoll.
#pragma once

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static inline double now_seconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static inline void fail(const char *what)
{
    perror(what);
    exit(1);
}

// Each connection is a file descriptor; the usual 1,024 are too few.
static inline void raise_file_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

// A connection to 127.0.0.1, still on its way, that epoll reports as number.
static inline int connect_to(int port, int epoll, uint32_t number)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    struct epoll_event wanted = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.u32 = number};
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int one = 1;
    if (fd < 0)
        fail("socket");
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0 && errno != EINPROGRESS)
        fail("connect");
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &wanted) != 0)
        fail("epoll_ctl");
    return fd;
}

// All messages of a bench are small: one that does not go out whole is a mistake.
static inline void write_all(int fd, const char *data, size_t size)
{
    if (send(fd, data, size, MSG_NOSIGNAL) != (ssize_t)size)
        fail("send");
}
