#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Fork bombs stop at their limit, take nobody with them, and are gone 2 s after their end (P9, P10)."""

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import time
import unittest
from pathlib import Path

import programs
from programs import SystemTest, poll

LIMIT = 1024 if programs.LONG else 150
SESSIONS = "trap '' TERM HUP\nwhile :; do (setsid sh \"$0\" &) 2>/dev/null; sleep 0.1; done\n"


def processes():
    """pid -> (name, state, parent, owner) of all that are not dead."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            before, behind = (entry / "stat").read_text().rsplit(")", 1)
            state, parent = behind.split()[:2]
            if state not in "ZX":
                found[int(entry.name)] = before.split("(", 1)[1], state, int(parent), entry.stat().st_uid
        except OSError:
            continue
    return found


def below(root):
    """Pids of what is below a process, but for the supervisors."""
    every = processes()
    inside = {root}
    while True:
        more = {pid for pid, it in every.items() if it[2] in inside} - inside
        if not more:
            return [pid for pid in inside - {root} if every[pid][0] != "cometa-run"]
        inside |= more


class ForkBomb(SystemTest):
    """As an ordinary user, since root has no such limit."""

    def setUp(self):
        super().setUp()
        self.bin = self.home.path / "bin"
        self.bin.mkdir()
        for name in ("cometa-agentd", "cometactl", "cometa-run"):
            shutil.copy2(programs.BIN / name, self.bin / name)
        self.bomb = self.home.file("bomb", SESSIONS.encode())
        self.become, self.uid = [], None
        if os.geteuid() == 0:
            self.uid = random.randrange(100_000, 60_000_000)  # one that runs nothing else
            for path in [self.home.path, *self.home.path.rglob("*")]:
                os.chown(path, self.uid, self.uid)
            self.become = ["/usr/bin/setpriv", "--reuid", str(self.uid), "--regid", str(self.uid),
                           "--clear-groups"]
            self.home.env["GCOV_PREFIX"] = str(self.home.path / "tmp")

    def attached(self, limit=LIMIT):
        peer = self.peer()
        command = [*self.become, self.bin / "cometa-agentd", "-s", "127.0.0.1", "-p", peer.port, "-a",
                   "app", "-d", "dev", "--data-dir", self.home.path / "agent", "--json", "--approve",
                   "all", "--event-interval", 0, "--process-limit", limit]
        agent = self.start(str(command[0]), *command[1:])
        self.addCleanup(self.sweep)
        link = peer.attach()
        agent.wait_state("attached")
        return agent, link

    def sweep(self):
        """Whatever a failed test has left, of a user that is only ours: stopped first, since a bomb outruns a killer."""
        def send(number):
            own = [pid for pid, it in processes().items() if self.uid and it[3] == self.uid]
            for pid in own:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, number)
            return own

        def are_gone():
            for _ in range(3):
                send(signal.SIGSTOP)
            return not send(signal.SIGKILL)

        poll(are_gone, 60, "the end of what a bomb has left")

    def assert_gone(self, agent, timeout=2.0):
        poll(lambda: not below(agent.pid), timeout, "the end of the bomb")
        if self.uid:
            others = [it for pid, it in processes().items() if it[3] == self.uid and pid != agent.pid
                      and it[0] != "cometa-run"]
            self.assertEqual(others, [])

    def status(self):
        done = subprocess.run([*self.become, self.bin / "cometactl", "--data-dir",
                               self.home.path / "agent", "status", "--json"], env=self.home.env,
                              capture_output=True, timeout=30, check=True)
        return json.loads(done.stdout)["state"]

    def explode(self, command, stays):
        """stays: at the limit; another bomb dies out there by itself."""
        agent, link = self.attached()
        before = int(Path("/proc/loadavg").read_text().split()[3].split("/")[1])
        link.message({"cmd": command, "reply": "json", "timeout": 4})
        began = time.monotonic()
        most = 0
        while time.monotonic() < began + 2.5:
            most = max(most, len(below(agent.pid)))
        self.assertGreater(most, LIMIT // 3 if stays else 0)
        self.assertLessEqual(most, before + LIMIT + 100)  # what began beside it
        # Others run beside it, and the agent answers its owner.
        self.assertEqual(link.ask({"cmd": "/bin/true; /bin/echo alive"}, 30), b"alive\n")
        self.assertEqual(self.status(), "attached")
        event = link.wait_event(lambda value: value.get("event") == "result", 30)
        took = time.monotonic() - began
        self.assert_gone(agent, max(0.1, 6.2 - took))
        print("%d processes, all gone %.1f s after the time limit"
              % (most, max(took, time.monotonic() - began) - 4), flush=True)
        self.assertEqual(event["code"], "timed-out", event)
        self.assertEqual(link.ask({"cmd": "echo again"}), b"again\n")
        self.assert_clean(link)
        self.assertEqual(agent.stop(), 0)

    def limits(self, link):
        """Soft and hard limit of a command, as numbers."""
        line = link.ask({"cmd": "grep 'Max processes' /proc/self/limits"}).split()
        return [int(word) if word.isdigit() else word.decode() for word in line[2:4]]

    def own_limits(self, pid):
        line = next(line for line in Path("/proc/%d/limits" % pid).read_text().splitlines()
                    if line.startswith("Max processes"))
        return [int(word) if word.isdigit() else word for word in line.split()[2:4]]

    def test_P10_a_command_has_a_limit_that_it_cannot_raise(self):
        agent, link = self.attached()
        soft, hard = self.limits(link)
        self.assertEqual(soft, hard)
        self.assertGreater(soft, LIMIT)
        self.assertNotEqual(self.own_limits(agent.pid)[0], soft)

    def test_P10_no_limit_leaves_that_of_the_agent(self):
        agent, link = self.attached(0)
        self.assertEqual(self.limits(link), self.own_limits(agent.pid))

    def test_EX_02_P9_P10_bomb_of_a_function(self):
        self.explode("b() { b | b & }; b & exec sleep 60", False)

    def test_EX_02_P9_P10_bomb_that_ignores_signals(self):
        self.explode("trap '' TERM HUP INT QUIT; b() { b & b & while :; do sleep 1; done; }; "
                     "b & exec sleep 60", True)

    def test_EX_02_P9_P10_bomb_of_sessions(self):
        self.explode("sh %s & exec sleep 60" % self.bomb, True)

    # Chains of processes: none of them lives long enough to be found by a look at all.
    def build_chains(self):
        program = self.home.path / "chains"
        subprocess.run([os.environ.get("CC", "cc"), "-O1", "-o", program, Path(__file__).with_name("chains.c")],
                       check=True, timeout=60)
        return program

    def assert_no_chains(self):
        """None that is dead and waits for nobody either."""
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                name = Path("/proc", pid, "comm").read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue
            self.assertNotEqual(name, "chains\n")

    def break_chains(self, *chains):
        agent, link = self.attached()
        program = self.build_chains()
        for count, pause in chains:
            with self.subTest(count=count, pause=pause):
                began = time.monotonic()
                answer = json.loads(link.ask({"cmd": "%s %d %d" % (program, count, pause), "timeout": 1,
                                              "reply": "json"}, 30))
                took = time.monotonic() - began
                self.assert_no_chains()
                print("%d chains: %.1f s after the time limit" % (count, took - 1), flush=True)
                self.assertEqual((answer["code"], answer.get("detail")), ("timed-out", None), answer)
                self.assertLess(took, 1 + 2.0 + 1.0)  # the agent itself gets little time beside them
        self.assert_clean(link)
        self.assertEqual(agent.stop(), 0)

    def test_EX_02_P9_chains(self):
        self.break_chains((1, 0), (8, 500), (100, 2000))

    @unittest.skipUnless(os.geteuid() == 0, "only root has no limit of processes")
    def test_EX_02_P9_chains_of_root(self):
        self.become_root()
        self.break_chains(*((100, 2000), (300, 2000)) if programs.LONG else ((30, 2000),))

    def become_root(self):
        for path in [self.home.path, *self.home.path.rglob("*")]:
            os.chown(path, 0, 0)
        self.become, self.uid = [], None

    def test_EX_02_P9_chains_without_their_supervisor(self):
        self.break_orphaned_chains(1, 4, 60 if programs.LONG else 20)

    @unittest.skipUnless(os.geteuid() == 0, "only root has no limit of processes")
    def test_EX_02_P9_chains_of_root_without_their_supervisor(self):
        self.become_root()
        self.break_orphaned_chains(1, 4, *(4, 4, 60) if programs.LONG else ())

    def break_orphaned_chains(self, *counts):
        agent, link = self.attached()
        program = self.build_chains()
        for count in counts:
            with self.subTest(count=count):
                answer = json.loads(link.ask({"cmd": "%s %d %d & sleep 0.4; kill -9 $PPID; sleep 60"
                                              % (program, count, 2000 if count > 4 else 0)}, 30))
                self.assertEqual(answer["detail"], "supervisor was killed or stopped while the command ran")
                self.assert_no_chains()
        self.assert_clean(link)
        self.assertEqual(agent.stop(), 0)


if __name__ == "__main__":
    unittest.main()
