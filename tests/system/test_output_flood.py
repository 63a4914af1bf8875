#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Commands that write without end: the agent stays small, goes on answering, and says in its reply how
much was left out (EX-05). 5 s each; with COMETA_LONG=1 60 s."""

import json
import re
import socket
import time
import unittest
from pathlib import Path

import programs
from programs import SystemTest

SECONDS = 60 if programs.LONG else 5
MEBIBYTE = 1 << 20
CUT = re.compile(rb"\n?\[\xe2\x80\xa6 (\d+) bytes left out; request (\w+) \xe2\x80\xa6\]\n")
END = b"[timed out after %d s]\n" % SECONDS


class OutputFlood(SystemTest):
    def control(self):
        """A connection to the agent's control socket."""
        control = socket.socket(socket.AF_UNIX)
        self.addCleanup(control.close)
        control.settimeout(30)
        control.connect(str(next((self.home.path / "run/cometa-agent").glob("*.sock"))))
        return control, control.makefile("rb")

    @staticmethod
    def memory(agent, name):
        """A value of /proc/PID/status, in bytes."""
        lines = Path("/proc/%d/status" % agent.pid).read_text().splitlines()
        return 1024 * int(next(line for line in lines if line.startswith(name + ":")).split()[1])

    def flood(self, name, command):
        _, link, agent = self.linked("--reply-budget", SECONDS + 30)
        self.assertEqual(link.ask({"cmd": "echo before"}), b"before\n")
        control, answers = self.control()
        before = self.memory(agent, "VmRSS")
        link.message({"cmd": command, "timeout": SECONDS})
        times = []
        while len(link.replies) < 2:
            asked = time.monotonic()
            control.sendall(b'{"do":"status"}\n')
            self.assertTrue(json.loads(answers.readline())["ok"])
            times.append(1000 * (time.monotonic() - asked))
            time.sleep(0.01)
        growth = self.memory(agent, "VmHWM") - before
        reply = link.replies[1].data
        row = next(row for row in self.ctl_json("requests", "--json") if row["cmd"].startswith(
            command.split()[0]))
        times.sort()
        print("%s: %.0f MB, memory +%.1f MiB, status within %.1f ms (99 %%: %.1f ms)"
              % (name, (row["stdout_bytes"] + row["stderr_bytes"]) / 1e6, growth / MEBIBYTE, times[-1],
                 times[len(times) * 99 // 100]), flush=True)
        self.assertLess(growth, 32 * MEBIBYTE)
        self.assert_marked(reply, row)
        self.assertEqual(link.ask({"cmd": "echo behind"}), b"behind\n")
        self.assert_clean(link)
        self.assertEqual(agent.stop(), 0)
        self.assert_verifies()

    def assert_marked(self, reply, row):
        """What is there, and what is told to be left out, is all that the command wrote."""
        self.assertEqual(row["state"], "timed-out")
        self.assertLessEqual(len(reply), MEBIBYTE)
        self.assertTrue(reply.endswith(END), reply[-100:])
        cut = CUT.search(reply)
        self.assertTrue(cut, reply[:100])
        self.assertEqual(cut[2].decode(), row["request"])
        kept = len(reply) - len(cut[0]) - len(END)
        whole = row["stdout_bytes"] + row["stderr_bytes"]
        self.assertGreater(whole, 10 * MEBIBYTE)
        self.assertAlmostEqual(int(cut[1]) + kept, whole, delta=2)  # line ends around what we add

    def test_EX_05_P10_yes(self):
        self.flood("yes", "yes")

    def test_EX_05_P10_zeros(self):
        self.flood("zeros", "cat /dev/zero")

    def test_EX_05_P10_without_a_newline(self):
        self.flood("without a newline", "tr '\\0' x </dev/zero | head -c 1000000000; "
                   "exec tr '\\0' y </dev/zero")

    @unittest.skipUnless(programs.LONG, "as long as the others, and no other way of the bytes")
    def test_EX_05_P10_both_streams(self):
        self.flood("both streams", "yes >&2 & exec cat /dev/zero")


if __name__ == "__main__":
    unittest.main()
