// SPDX-License-Identifier: Apache-2.0
// bench_swarm PORT APP COUNT HEARTBEAT: attaches the devices d0 to d(COUNT-1), prints the seconds
// until all of them are, and goes on: a fixed reply to each request, and a heartbeat every
// HEARTBEAT seconds, spread evenly over the devices (0: none). Ends with its standard input.
#include "swarmnet.h"

#define IN_FLIGHT 512 // attaches at a time: no more than a listener's backlog takes
#define REPLY "{\"exit\":0,\"stdout\":\" 20:15:01 up 14:53, load average: 0.12\\n\"}"

struct device
{
    int fd;
    unsigned size; // of what came and was not taken
    unsigned char has_written, has_head, is_attached;
    char bytes[1021];
};

static struct device *devices;
static uint32_t count, opened, attached;
static int epoll, port;
static const char *app;
static char reply[256];
static size_t reply_size;
static double began;

static void open_more(void)
{
    while (opened < count && opened - attached < IN_FLIGHT) {
        devices[opened].fd = connect_to(port, epoll, opened);
        ++opened;
    }
}

static void write_attach(uint32_t number)
{
    char request[512];
    const int size = snprintf(request, sizeof request,
                              "POST /v1/applications/%s/devices/d%u HTTP/1.1\r\n"
                              "Host: 127.0.0.1\r\nContent-Length: 5\r\n\r\nswarm",
                              app, number);
    devices[number].has_written = 1;
    write_all(devices[number].fd, request, (size_t)size);
}

static void finish_attach(struct device *device)
{
    device->is_attached = 1;
    if (++attached == count) {
        printf("%.3f\n", now_seconds() - began);
        fflush(stdout);
    }
    open_more();
}

static void take_head(struct device *device)
{
    const char *end = strstr(device->bytes, "\r\n\r\n");
    if (!end)
        return;
    if (strncmp(device->bytes, "HTTP/1.1 200", 12) != 0) {
        fprintf(stderr, "refused: %s\n", device->bytes);
        exit(1);
    }
    device->has_head = 1;
    device->size -= (unsigned)(end + 4 - device->bytes);
    memmove(device->bytes, end + 4, device->size + 1);
}

// One whole frame: the rest of the attach reply, or a request. 0 when there is none yet.
static int take_frame(struct device *device)
{
    char *end;
    const unsigned long size = strtoul(device->bytes, &end, 16);
    const size_t whole = (size_t)(end - device->bytes) + 2 + size + 2;
    if (end == device->bytes || device->size < whole)
        return 0;
    device->size -= (unsigned)whole;
    memmove(device->bytes, device->bytes + whole, device->size + 1);
    if (device->is_attached)
        write_all(device->fd, reply, reply_size);
    else
        finish_attach(device);
    return 1;
}

static void read_device(struct device *device)
{
    ssize_t got;
    while ((got = read(device->fd, device->bytes + device->size,
                       sizeof device->bytes - 1 - device->size))
           > 0) {
        device->size += (unsigned)got;
        device->bytes[device->size] = 0;
        if (!device->has_head)
            take_head(device);
        while (device->has_head && take_frame(device)) { }
    }
    if (got == 0 || errno != EAGAIN)
        fail("a device was dropped");
}

// Those whose turn came since the last call.
static void beat(double heartbeat)
{
    static uint64_t beaten;
    const double turns = (now_seconds() - began) / heartbeat * count;
    for (; heartbeat > 0 && (double)beaten < turns; ++beaten) {
        const struct device *device = &devices[beaten % count];
        if (device->is_attached)
            write_all(device->fd, "1\r\n\x06\r\n", 6);
    }
}

int main(int argc, char **argv)
{
    struct epoll_event events[256];
    if (argc != 5)
        return 2;
    port = atoi(argv[1]);
    app = argv[2];
    count = (uint32_t)atoi(argv[3]);
    const double heartbeat = atof(argv[4]);
    raise_file_limit();
    reply_size = (size_t)snprintf(reply, sizeof reply, "%zx\r\n%s\r\n", sizeof REPLY - 1, REPLY);
    devices = calloc(count, sizeof *devices);
    epoll = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event end = {.events = EPOLLIN, .data.u32 = UINT32_MAX};
    epoll_ctl(epoll, EPOLL_CTL_ADD, STDIN_FILENO, &end);
    began = now_seconds();
    open_more();
    for (;;) {
        const int ready = epoll_wait(epoll, events, 256, heartbeat > 0 ? 10 : -1);
        for (int i = 0; i < ready; ++i) {
            if (events[i].data.u32 == UINT32_MAX)
                return 0;
            struct device *device = &devices[events[i].data.u32];
            if (!device->has_written && (events[i].events & EPOLLOUT))
                write_attach(events[i].data.u32);
            read_device(device);
        }
        beat(heartbeat);
    }
}
