#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Agents that go on and on: none loses, repeats or mixes up a request, and none grows. 8 agents for 20
seconds; COMETA_LONG=1: 40 agents, 5 requests a second for an hour. Half of them are reached through a
proxy that tears each message into pieces."""

import json
import os
import random
import statistics
import threading
import time
from datetime import datetime
from pathlib import Path

import programs
from chaosproxy import ChaosProxy
from programs import SystemTest, poll

AGENTS, RATE, SECONDS, WARM = (40, 5, 3600, 600) if programs.LONG else (8, 10, 20, 5)
HEARTBEAT = 5  # s; the server gives up a device that misses two, however busy the machine is
SAMPLES = 60
# KiB of one agent after it is warm: 1 MiB an hour, or what a cache may take in so short a time.
GROWTH = 1024 * (SECONDS - WARM) / 3600 if programs.LONG else 1024
ENDS = ("finished", "failed", "timed-out", "denied", "expired", "withdrawn", "busy", "stopped", "cancelled",
        "interrupted")


def commands(token):
    """(command, its raw reply); each leaves its token in the file of runs once."""
    ran = "echo %s >>runs; " % token
    return (
        (ran + "echo " + token, token + "\n"),
        (ran + "echo %s >&2; exit 3" % token, token + "\n[exit 3]\n"),
        (ran + "(sleep 0.2 &) ; printf " + token, token),
        (ran + "setsid sleep 30 >/dev/null 2>&1 & printf " + token, token),
        (ran + "yes %s | head -c 20000" % token, (token + "\n") * (20000 // (len(token) + 1) + 1)),
    )


class Process:
    """What one agent takes."""

    def __init__(self, pid):
        self.path, self.memory = Path("/proc/%d" % pid), []

    def sample(self):
        """KiB that are its own: pages of files come and go with what other programs need."""
        lines = (self.path / "status").read_text().splitlines()
        self.memory.append(sum(int(line.split()[1]) for line in lines if line.startswith("RssAnon")))

    def held(self):
        """(descriptors, threads)"""
        return len(os.listdir(self.path / "fd")), len(os.listdir(self.path / "task"))

    def zombies(self):
        dead = 0
        for task in (self.path / "task").iterdir():
            for child in (task / "children").read_text().split():
                try:
                    dead += Path("/proc", child, "stat").read_text().rpartition(")")[2].split()[0] == "Z"
                except OSError:
                    pass  # it has been waited for
        return dead

    def grown(self):
        """KiB between the first and the last quarter of the time when it is warm."""
        warm = self.memory[len(self.memory) * WARM // SECONDS:]
        part = max(1, len(warm) // 4)
        return statistics.mean(warm[-part:]) - statistics.mean(warm[:part])


class Soak(SystemTest):
    def setUp(self):
        super().setUp()
        self.the_server = self.server("--heartbeat", HEARTBEAT)
        self.names = ["dev%d" % number for number in range(AGENTS)]
        self.agents = []
        for number, name in enumerate(self.names):
            port = self.torn() if number % 2 else self.the_server.port
            self.agents.append(self.agent(port, "--automatic-runs", 1000, app=self.the_server.app, device=name,
                                          data=name, json_lines=False))
        for name in self.names:
            poll(lambda device=name: self.the_server.attached(device), 30, name + " attached")

    def torn(self):
        proxy = ChaosProxy(self.the_server.port)
        proxy.segment = 3
        self.addCleanup(proxy.close)
        return proxy.port

    def ask(self, name, token, faults):
        command, wanted = random.choice(commands(token))
        status, reply = self.the_server.send(name, {"cmd": command})
        if (status, reply[:20000].decode()) != (200, wanted[:20000]):
            faults.append((name, command, status, reply[:100]))

    def requesters(self, tokens, faults):
        """One thread for each agent, which asks at its times."""
        begin = time.monotonic()

        def work(number):
            for turn, token in enumerate(tokens[number::AGENTS]):
                time.sleep(max(0, begin + (number + turn * AGENTS) / RATE - time.monotonic()))
                self.ask(self.names[number], token, faults)
        threads = [threading.Thread(target=work, args=(number,)) for number in range(AGENTS)]
        for thread in threads:
            thread.start()
        return threads

    def check_journals(self, tokens):
        """Each request has its one end, and each agent the link that it had at first."""
        waits, ended = [], 0
        for name in self.names:
            rows = self.journal(name)
            self.assert_verifies(name)
            self.assertEqual([row["data"]["state"] for row in rows if row["kind"] == "link"], ["attached"])
            approved = {row["request"]: row["time"] for row in rows if row["kind"] == "approved"}
            ends = [row["request"] for row in rows if row["kind"] in ENDS]
            self.assertEqual(sorted(ends), sorted(approved))
            ended += len(ends)
            waits += [(datetime.fromisoformat(row["time"][:-1])
                       - datetime.fromisoformat(approved[row["request"]][:-1])).total_seconds()
                      for row in rows if row["kind"] == "running"]
        self.assertEqual(ended, len(tokens))
        return statistics.quantiles(waits, n=100)[-1]

    def test_P7_P8_nothing_is_lost_repeated_or_mixed_up_and_nothing_grows(self):
        tokens = ["t%06d" % number for number in range(RATE * SECONDS)]
        warm = ["w%06d" % number for number in range(AGENTS)]
        faults, zombies = [], 0
        for thread in self.requesters(warm, faults):
            thread.join()
        processes = [Process(agent.pid) for agent in self.agents]
        time.sleep(2)
        held = [process.held() for process in processes]
        threads = self.requesters(tokens, faults)
        for sample in range(SAMPLES):
            time.sleep(SECONDS / SAMPLES)
            for process in processes:
                process.sample()
                zombies = max(zombies, process.zombies())
        for thread in threads:
            thread.join()
        slowest = self.check_journals(warm + tokens)
        grown = [process.grown() for process in processes]
        print("%d agents, %d requests: from the decision to the start %.0f ms (99 of 100); KiB more: median %.0f, "
              "most %.0f" % (AGENTS, len(tokens), slowest * 1000, statistics.median(grown), max(grown)))
        self.assertEqual(faults, [])
        self.assertEqual(sorted((self.home.path / "runs").read_text().split()), sorted(warm + tokens))
        for process, before in zip(processes, held):
            poll(lambda now=process, most=before: now.held() <= most, 10, "an agent that holds no more than before")
        self.assertLessEqual(zombies, 1)  # one may have just ended
        self.assertLess(max(grown), GROWTH)


if __name__ == "__main__":
    programs.main()
