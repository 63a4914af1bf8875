#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""swarm.py BIN [ROUNDS]: what cometa-server carries, beside a plain Node.js server of the same function.

Both servers have one core, the simulated devices and requesters another. Each round measures both, one after the
other; what is printed are the medians of the rounds. Prints a table; judges nothing.
"""

import atexit
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
SECRET = "0123456789abcdef0123456789abcdef"
MANY, SOME = 5000, 500  # devices
HEARTBEAT = 60  # seconds between those of one device
LISTENING = 15  # seconds for which heartbeats are measured
AT_ONCE = 10  # requests under way
ASKING = 5  # seconds of requests
TICK = os.sysconf("SC_CLK_TCK")
CORES = (sorted(os.sched_getaffinity(0)) * 2)[:2]


def row(name, ours, node, ratio, target):
    print("%-40s %14s %14s %7s   %s" % (name, ours, node, ratio, target), flush=True)


def start(core, arguments, **more):
    process = subprocess.Popen(["taskset", "-c", str(core), *map(str, arguments)], text=True, **more)
    atexit.register(process.kill)
    return process


def end(process):
    process.terminate()
    process.wait(20)


class Server:
    def __init__(self, arguments, port_of):
        self.process = start(CORES[0], arguments, stdout=subprocess.PIPE)
        self.port = port_of(self.process.stdout.readline())
        time.sleep(0.5)
        self.empty = self.memory()

    def memory(self):
        """Bytes in RAM."""
        with open("/proc/%d/statm" % self.process.pid) as file:
            return int(file.read().split()[1]) * resource.getpagesize()

    def seconds(self):
        """Time of a core that it took so far."""
        with open("/proc/%d/stat" % self.process.pid) as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK


class Devices:
    """Attached ones of a server."""

    def __init__(self, bin_dir, server, count):
        self.process = start(CORES[1], [bin_dir / "bench_swarm", server.port, "bench", count, HEARTBEAT],
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.attached = float(self.process.stdout.readline())

    def leave(self):
        self.process.stdin.close()
        self.process.wait(20)


class Bench:
    def __init__(self, bin_dir, rounds):
        self.bin, self.rounds = Path(bin_dir), int(rounds)
        self.home = Path(tempfile.mkdtemp(prefix="cometa-swarm."))
        config = self.home / "cometa.conf"
        config.touch(0o600)
        config.write_text("[server]\nrequest_log = off\nerror_log = %s\n[application:bench]\nsecret = %s\n"
                          % (self.home / "errors.log", SECRET))
        self.makers = [self.ours] + ([self.node] if shutil.which("node") else [])
        if len(self.makers) == 1:
            print("There is no Node.js here (package nodejs): nothing to compare with.")
        if CORES[0] == CORES[1]:
            print("There is one core only: servers and devices share it.")

    def ours(self):
        return Server([self.bin / "cometa-server", "--config", self.home / "cometa.conf", "--port", 0, "--json",
                       "--data-dir", self.home], lambda line: json.loads(line)["port"])

    @staticmethod
    def node():
        return Server(["node", HERE / "plainnode.js", "bench", SECRET], int)

    def requests(self, kind, server):
        """Answers a second, mean and p99 in ms."""
        with start(CORES[1], [self.bin / "bench_requesters", kind, server.port, "bench", SECRET, SOME, AT_ONCE, ASKING],
                   stdout=subprocess.PIPE) as process:
            rate, mean, p99, refused = map(float, process.stdout.readline().split())
        if refused:
            sys.exit("%d requests of the bench were refused." % refused)
        return rate, mean, p99

    def attach_many(self, maker):
        """Seconds until all are attached, kB for each, and the share of a core that heartbeats take."""
        server = maker()
        devices = Devices(self.bin, server, MANY)
        before = server.seconds()
        time.sleep(LISTENING)
        figures = (devices.attached, (server.memory() - server.empty) / MANY / 1000,
                   (server.seconds() - before) / LISTENING)
        devices.leave()
        end(server.process)
        return figures

    def ask_some(self):
        """For each server the figures of requests by HTTP; those by WebSocket last."""
        servers = [maker() for maker in self.makers]
        swarms = [Devices(self.bin, server, SOME) for server in servers]
        rounds = [[self.requests("http", server) for server in servers] + [self.requests("websocket", servers[0])]
                  for _ in range(self.rounds)]
        for swarm, server in zip(swarms, servers):
            swarm.leave()
            end(server.process)
        return [[statistics.median(values) for values in zip(*runs)] for runs in zip(*rounds)]

    def compare(self, name, form, values, target):
        node = form % values[1] if len(values) > 1 else ""
        ratio = "%.2f" % (values[0] / values[1]) if len(values) > 1 and values[1] else ""
        row(name, form % values[0], node, ratio, target)

    def run(self):
        row("", "cometa-server", "plain Node.js", "ratio", "wanted")
        rounds = [[self.attach_many(maker) for maker in self.makers] for _ in range(self.rounds)]
        many = list(zip(*[[statistics.median(values) for values in zip(*runs)] for runs in zip(*rounds)]))
        self.compare("%d devices attached within" % MANY, "%.2f s", many[0], "<= 2 s")
        self.compare("memory for each", "%.1f kB", many[1], "<= 8 kB")
        self.compare("a core for their heartbeats at %d s" % HEARTBEAT, "%.3f", many[2], "<= 0.15")
        *http, websocket = self.ask_some()
        rates, means, p99s = zip(*http)
        self.compare("HTTP over %d devices, %d at once" % (SOME, AT_ONCE), "%.0f/s", rates, ">= Node's")
        self.compare("  mean", "%.2f ms", means, "")
        self.compare("  99th percentile", "%.2f ms", p99s, "<= Node's")
        self.compare("the same by WebSocket", "%.0f/s", websocket[:1], ">= HTTP")
        self.compare("  mean", "%.2f ms", websocket[1:2], "")
        self.compare("  99th percentile", "%.2f ms", websocket[2:], "")
        shutil.rmtree(self.home)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < MANY + 100:
        sys.exit("Each device is an open file, and the limit of them is %d (ulimit -Hn)." % hard)
    Bench(sys.argv[1], *(sys.argv[2:] or ["5"])).run()
