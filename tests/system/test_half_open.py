#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A link that is dead without a word, across a veth pair in network namespaces of its own (NE-05).

The test runs itself once more in a new network namespace, where the server is; the agent is in a
second one. Both are gone with the last process in them.
"""

import os
import subprocess
import sys
import time
import unittest

import programs
from programs import SystemTest, poll

HERE, THERE = "10.77.0.1", "10.77.0.2"
MOST = 3 * 1 + 10  # seconds: three heartbeats and 10 s


def run(*command):
    subprocess.run(command, check=True, timeout=10)


class HalfOpen(SystemTest):
    def setUp(self):
        super().setUp()
        holder = subprocess.Popen(["unshare", "-n", "sleep", "300"])
        self.addCleanup(holder.wait)
        self.addCleanup(holder.kill)
        self.there = ["nsenter", "-t", str(holder.pid), "-n"]
        own = os.readlink("/proc/self/ns/net")
        poll(lambda: os.readlink("/proc/%d/ns/net" % holder.pid) != own, 5, "the namespace")
        run("ip", "link", "add", "here", "type", "veth", "peer", "name", "there", "netns",
            str(holder.pid))
        self.addCleanup(run, "ip", "link", "delete", "here")
        run("ip", "address", "add", HERE + "/30", "dev", "here")
        run("ip", "link", "set", "here", "up")
        run(*self.there, "ip", "address", "add", THERE + "/30", "dev", "there")
        run(*self.there, "ip", "link", "set", "there", "up")

    def attached(self, *options):
        peer = self.peer(host=HERE)
        agent = self.start("/usr/bin/env", *self.there, programs.BIN / "cometa-agentd", "-s", HERE,
                           "-p", peer.port, "-a", "app", "-d", "dev", "--data-dir",
                           self.home.path / "agent", "--json", "--event-interval", 0, *options)
        link = peer.attach(heartbeat=1)
        agent.wait_state("attached")
        link.wait(lambda it: it.heartbeats, 5, "a heartbeat")
        return peer, link, agent

    def assert_noticed(self, agent, since):
        agent.wait_state("waiting", MOST + 1)
        self.assertLess(time.monotonic() - since, MOST)

    def prompt_is_withdrawn(self, cut, mend):
        peer, link, agent = self.attached("--approve", "ask")
        link.message({"cmd": "echo ran >> trace"})
        waiting = agent.wait_request("awaiting-approval")["request"]
        row = next(row for row in self.ctl_json("requests", "--json") if row["request"] == waiting)
        since = time.monotonic()
        run(*cut)
        self.assert_noticed(agent, since)
        agent.wait_request("withdrawn", request=waiting)
        self.assertLess(time.monotonic() - since, MOST)
        self.ctl("review", waiting, "--approve", row["sha256"], code=1)
        run(*mend)
        again = peer.attach(timeout=20, heartbeat=1)
        again.wait(lambda it: it.heartbeats, 5, "a heartbeat")
        self.assertEqual(again.replies + again.events, [])
        self.assertEqual(link.replies, [])
        self.assertFalse((self.home.path / "trace").exists())
        self.assertEqual(agent.stop(), 0)
        self.assert_verifies()

    def test_NE_05_link_of_the_pair_goes_down(self):
        self.prompt_is_withdrawn(("ip", "link", "set", "here", "down"),
                                 ("ip", "link", "set", "here", "up"))

    def test_NE_05_nothing_comes_back(self):
        """The agent's own interface stays up; only what the server sends is lost."""
        self.prompt_is_withdrawn(("ip", "route", "add", "blackhole", THERE),
                                 ("ip", "route", "delete", "blackhole", THERE))

    def test_NE_05_running_command_goes_on(self):
        peer, link, agent = self.attached("--approve", "all", "--trust-plaintext")
        link.message({"cmd": "echo ran >> trace; until test -e go; do sleep 0.02; done; echo out"})
        request = agent.wait_request("running")["request"]
        since = time.monotonic()
        run("ip", "route", "add", "blackhole", THERE)
        self.assert_noticed(agent, since)
        self.home.file("go")
        agent.wait_request("finished", request=request)
        run("ip", "route", "delete", "blackhole", THERE)
        again = peer.attach(timeout=20, heartbeat=1)
        event = again.wait_event(lambda value: value.get("request") == request)
        self.assertEqual((event["code"], event["stdout"]), ("finished", "out\n"))
        self.assertEqual(again.replies + link.replies, [])
        self.assertEqual((self.home.path / "trace").read_text(), "ran\n")


if __name__ == "__main__":
    if os.environ.get("COMETA_NAMESPACE") != "own":
        os.environ["COMETA_NAMESPACE"] = "own"
        os.environ["PATH"] += ":/usr/sbin:/sbin"
        os.execvp("unshare", ["unshare", "-n" if os.geteuid() == 0 else "-rn", sys.executable, "-B",
                              *sys.argv])
    unittest.main()
