// SPDX-License-Identifier: Apache-2.0
// bench_requesters http|websocket PORT APP SECRET DEVICES AT-ONCE SECONDS: sends requests to the
// devices d0 to d(DEVICES-1) in turn, always AT-ONCE of them under way, and prints how many a
// second were answered, the mean and the 99th percentile in milliseconds, and how many were
// refused. http: AT-ONCE connections that are kept. websocket: one for each device.
#include "swarmnet.h"

#define COMMAND "{\"cmd\":\"uptime\",\"reason\":\"a look\"}"
#define LONGEST (1u << 20) // microseconds that are told apart

struct link // an HTTP connection, or a WebSocket
{
    int fd;
    uint32_t device; // that is asked, or is next
    double asked;
    unsigned size;
    unsigned char is_open; // TCP; with a WebSocket its handshake was answered too
    char bytes[2031];
};

static struct link *links;
static uint32_t links_count, devices, at_once;
static int epoll, is_websocket;
static const char *app, *secret;
static uint32_t latencies[LONGEST + 1];
static uint64_t answered, refused;
static double latency_sum, measured_from, measured_to;

static void ask(struct link *link)
{
    char request[1024];
    int size;
    if (is_websocket) {
        memcpy(request, "\x81\0\0\0\0\0" COMMAND, 6 + sizeof COMMAND); // a mask of zeros
        request[1] = (char)(0x80 | (sizeof COMMAND - 1));
        size = 6 + (int)sizeof COMMAND - 1;
    } else {
        size = snprintf(request, sizeof request,
                        "POST /v1/applications/%s/devices/d%u/send HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                        "Authorization: OAuth %s\r\nContent-Length: %zu\r\n\r\n" COMMAND,
                        app, link->device, secret, sizeof COMMAND - 1);
    }
    link->asked = now_seconds();
    write_all(link->fd, request, (size_t)size);
}

static void count_answer(const struct link *link, int is_good)
{
    const double now = now_seconds(), took = now - link->asked;
    if (now < measured_from || now >= measured_to)
        return;
    const double microseconds = took * 1e6;
    ++answered;
    refused += !is_good;
    latency_sum += took;
    ++latencies[microseconds < LONGEST ? (uint32_t)microseconds : LONGEST];
}

// The next question of the same turn. Turns never meet at a device: each has those of its own.
static void ask_next(struct link *link)
{
    if (now_seconds() >= measured_to)
        return;
    uint32_t next = link->device + at_once;
    if (next >= devices)
        next = link->device % at_once;
    if (!is_websocket)
        link->device = next;
    ask(is_websocket ? &links[next] : link);
}

static size_t http_answer_size(const struct link *link)
{
    const char *end = strstr(link->bytes, "\r\n\r\n");
    const char *length = end ? strcasestr(link->bytes, "content-length:") : NULL;
    return length ? (size_t)(end + 4 - link->bytes) + strtoul(length + 15, NULL, 10) : SIZE_MAX;
}

static size_t websocket_answer_size(const struct link *link)
{
    const unsigned char *head = (const unsigned char *)link->bytes;
    if (link->size < 2 || (head[1] == 126 && link->size < 4))
        return SIZE_MAX;
    return head[1] < 126 ? 2u + head[1] : 4u + (head[2] << 8 | head[3]);
}

static void read_link(struct link *link)
{
    const ssize_t got =
        read(link->fd, link->bytes + link->size, sizeof link->bytes - 1 - link->size);
    if (got < 0 && errno == EAGAIN)
        return;
    if (got <= 0)
        fail("a requester was dropped");
    link->size += (unsigned)got;
    link->bytes[link->size] = 0;
    if (link->size < (is_websocket ? websocket_answer_size(link) : http_answer_size(link)))
        return;
    link->size = 0;
    count_answer(link,
                 is_websocket ? !strstr(link->bytes, "{\"msg\":\"")
                              : strncmp(link->bytes, "HTTP/1.1 200", 12) == 0);
    ask_next(link);
}

// A request of the opening, one connection after the other; the answer's head, or its body.
static void exchange(int fd, const char *request, int size, char *answer, size_t room)
{
    size_t got = 0;
    write_all(fd, request, (size_t)size);
    while (got == 0 || !strstr(answer, "\r\n\r\n")
           || (strncmp(answer, "HTTP/1.1 200", 12) == 0 && answer[got - 1] != '}')) {
        const ssize_t more = read(fd, answer + got, room - 1 - got);
        if (more == 0 || (more < 0 && errno != EAGAIN))
            fail("opening a WebSocket");
        got += more > 0 ? (size_t)more : 0;
        answer[got] = 0;
    }
}

static void open_websocket(struct link *link)
{
    char request[1024], answer[2048];
    int size =
        snprintf(request, sizeof request,
                 "GET /v1/applications/%s/devices/d%u/websocket HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                 "Authorization: OAuth %s\r\n\r\n",
                 app, link->device, secret);
    exchange(link->fd, request, size, answer, sizeof answer);
    const char *key = strstr(answer, "\"device_key\":\"");
    if (!key)
        fail("no key");
    size =
        snprintf(request, sizeof request,
                 "GET /websockets/d%u/%.40s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\n"
                 "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                 "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
                 link->device, key + 14);
    exchange(link->fd, request, size, answer, sizeof answer);
    if (strncmp(answer, "HTTP/1.1 101", 12) != 0)
        fail("no WebSocket");
}

static void open_links(int port)
{
    struct epoll_event events[256];
    for (uint32_t i = 0; i < links_count; ++i) {
        links[i].device = i;
        links[i].fd = connect_to(port, epoll, i);
        while (!links[i].is_open) {
            const int ready = epoll_wait(epoll, events, 256, -1);
            for (int e = 0; e < ready; ++e)
                links[events[e].data.u32].is_open |= (events[e].events & EPOLLOUT) != 0;
        }
        if (is_websocket)
            open_websocket(&links[i]);
    }
}

static void print_result(double seconds)
{
    uint64_t below = 0;
    uint32_t p99 = 0;
    while (p99 < LONGEST && (below += latencies[p99]) * 100 < answered * 99)
        ++p99;
    printf("%.0f %.3f %.3f %llu\n", (double)answered / seconds,
           answered ? latency_sum / (double)answered * 1000 : 0, p99 / 1000.0,
           (unsigned long long)refused);
}

int main(int argc, char **argv)
{
    struct epoll_event events[256];
    if (argc != 8)
        return 2;
    is_websocket = strcmp(argv[1], "websocket") == 0;
    app = argv[3];
    secret = argv[4];
    devices = (uint32_t)atoi(argv[5]);
    at_once = (uint32_t)atoi(argv[6]);
    const double seconds = atof(argv[7]);
    raise_file_limit();
    links_count = is_websocket ? devices : at_once;
    links = calloc(links_count, sizeof *links);
    epoll = epoll_create1(EPOLL_CLOEXEC);
    open_links(atoi(argv[2]));
    measured_from = now_seconds() + 1; // a second to get warm
    measured_to = measured_from + seconds;
    for (uint32_t i = 0; i < at_once; ++i)
        ask(&links[i]);
    while (now_seconds() < measured_to) {
        const int ready = epoll_wait(epoll, events, 256, 100);
        for (int i = 0; i < ready; ++i)
            read_link(&links[events[i].data.u32]);
    }
    print_result(seconds);
    return 0;
}
