#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The agent is killed or ended while commands run: nothing is left, nothing runs again."""

import json
import signal
import unittest

import programs
from programs import SystemTest, poll, with_marker

DIEHARDS = {
    "plain": "sleep {m} & sleep {m}",
    "setsid": "setsid sleep {m} & sleep {m}",
    "nohup": "nohup sleep {m} >/dev/null 2>&1 & sleep {m}",
    "double_fork": "(setsid sh -c 'sleep {m} & sleep {m} & wait' &) ; sleep {m}",
    "trap": "trap '' TERM HUP INT; sleep {m}; sleep {m}",
}


class Crash(SystemTest):
    def running(self, link, agent, command):
        """Starts the command; the request's name, once a process of it is there."""
        mark = programs.marker()
        link.message({"cmd": "echo ran >> trace; " + command.replace("{m}", mark)})
        request = agent.wait_request("running")["request"]
        poll(lambda: any(b"sleep\0" in self.line(pid) for pid in with_marker(mark)), 5, "the sleep")
        return request, mark

    @staticmethod
    def line(pid):
        try:
            with open("/proc/%d/cmdline" % pid, "rb") as file:
                return file.read()
        except OSError:
            return b""

    def runs(self):
        return (self.home.path / "trace").read_text().split()

    def kill_and_restart(self, command):
        peer, link, agent = self.linked()
        request, mark = self.running(link, agent, command)
        self.assertEqual(agent.kill(), -signal.SIGKILL)
        self.assert_gone(mark)
        self.assert_verifies()
        again = self.agent(peer.port)
        link = peer.attach()
        again.wait_state("attached")
        self.assertEqual(link.ask({"cmd": "echo alive"}), b"alive\n")
        rows = [row for row in self.journal() if str(row["request"]) == request]
        self.assertTrue(any("interrupted" in json.dumps(row) for row in rows), rows)
        answer = json.loads(link.ask({"op": "result", "request": request}))
        self.assertEqual((answer["code"], answer["request"]), ("interrupted", request))
        self.assertEqual(again.stop(), 0)
        self.assert_verifies()
        self.assertEqual(self.runs(), ["ran"])

    def test_EX_04_requester_who_was_told_pending_gets_interrupted_as_an_event(self):
        peer, link, agent = self.linked("--reply-budget", 1)
        request, mark = self.running(link, agent, "sleep {m}")
        self.assertEqual(json.loads(link.wait_reply().data)["code"], "pending")
        agent.kill()
        self.assert_gone(mark)
        self.agent(peer.port)
        again = peer.attach()
        event = again.wait_event(lambda value: value.get("event") == "result")
        self.assertEqual((event["request"], event["code"]), (request, "interrupted"))
        self.assertEqual(again.replies, [])
        self.assertEqual(self.runs(), ["ran"])

    def test_EX_04_killed_at_many_moments(self):
        """From before the command has started to after its end."""
        peer = self.peer()
        count = 60 if programs.LONG else 12
        for number in range(count):
            agent = self.agent(peer.port)
            link = peer.attach()
            mark = programs.marker()
            link.message({"cmd": "echo n%d >> trace; timeout 0.05 sleep %s" % (number, mark)})
            end = programs.time.monotonic() + number * 0.15 / count
            poll(lambda: programs.time.monotonic() > end, 5)
            agent.kill()
            self.assert_gone(mark)
            link.close()
        self.assert_verifies()
        agent = self.agent(peer.port)
        link = peer.attach()
        self.assertEqual(link.ask({"cmd": "echo alive"}), b"alive\n")
        agent.stop()
        self.assert_verifies()
        runs = self.runs() if (self.home.path / "trace").exists() else []
        self.assertEqual(len(runs), len(set(runs)), runs)

    def test_EX_16_end_by_request_stops_what_runs_and_says_so(self):
        _, link, agent = self.linked()
        marks = []
        for command in (DIEHARDS["plain"], DIEHARDS["trap"]):
            mark = programs.marker()
            marks.append(mark)
            link.message({"cmd": command.replace("{m}", mark)})
        for mark in marks:
            poll(lambda m=mark: any(b"sleep\0" in self.line(pid) for pid in with_marker(m)), 5)
        began = programs.time.monotonic()
        self.assertEqual(agent.stop(), 0, agent.errors)
        self.assertLess(programs.time.monotonic() - began, 5)
        for mark in marks:
            self.assertEqual(with_marker(mark), [])
        answers = [json.loads(frame.data) for frame in link.wait_replies(2)]
        self.assertEqual([(answer["msg"], answer["code"]) for answer in answers],
                         [("Stopped.", "stopped")] * 2)
        self.assertEqual(link.wait_ended(), "eof")
        self.assert_clean(link)
        self.assert_verifies()

    def test_interrupt_ends_the_agent_like_terminate(self):
        _, link, agent = self.linked()
        agent.process.send_signal(signal.SIGINT)
        self.assertEqual(agent.wait_exit(), 0)
        self.assertEqual(link.wait_ended(), "eof")

    def test_ends_though_whoever_started_it_has_blocked_the_signal(self):
        for name in ("TERM", "INT"):
            agent = self.start("/usr/bin/env", "--block-signal=" + name, programs.BIN / "cometa-agentd", "-s",
                               "127.0.0.1", "-p", self.peer().port, "-a", "app", "--data-dir",
                               self.home.path / name, "--json")
            agent.wait_state("attaching")
            agent.process.send_signal(getattr(signal, "SIG" + name))
            self.assertEqual(agent.wait_exit(), 0)

    def test_ST_04_second_agent_on_the_data_directory_gives_up(self):
        peer, link, _ = self.linked()
        second = self.agent(peer.port, approve=None, device="other")
        self.assertEqual(second.wait_exit(), 1)
        self.assert_one_line(second.errors)
        self.assertEqual(link.ask({"cmd": "echo first"}), b"first\n")
        self.assertTrue(peer.quiet_for(0.1))

    def test_ST_04_lock_of_a_killed_agent_is_no_obstacle(self):
        peer, _, agent = self.linked()
        agent.kill()
        self.agent(peer.port)
        self.assertEqual(peer.attach().ask({"cmd": "echo again"}), b"again\n")

    def test_supervisor_killed_by_the_command_is_a_failure(self):
        _, link, agent = self.linked()
        mark = programs.marker()
        answer = json.loads(link.ask({"cmd": "kill -9 $PPID; sleep " + mark}))
        self.assertEqual((answer["msg"], answer["code"]), ("Failed.", "failed"))
        self.assert_gone(mark)
        self.assertTrue(agent.running)

    def test_EX_02_supervisor_stopped_when_the_agent_is_killed_leaves_nothing(self):
        _, link, agent = self.linked()
        mark = programs.marker()
        link.message({"cmd": "kill -STOP $PPID; touch %s; sleep %s"
                             % (self.home.path / "stopped", mark)})
        programs.poll((self.home.path / "stopped").exists, what="the stop")
        agent.kill()
        self.assert_gone(mark)

    def test_ST_07_files_are_private(self):
        self.linked()
        base = self.home.path / "agent"
        for path in [base, *base.rglob("*")]:
            mode = path.lstat().st_mode & 0o777
            self.assertEqual(mode & 0o077, 0, "%s has mode %o" % (path, mode))


def add_diehards():
    for name, command in DIEHARDS.items():
        def test(self, command=command):
            self.kill_and_restart(command)
        setattr(Crash, "test_EX_02_killed_during_%s_leaves_nothing" % name, test)


add_diehards()

if __name__ == "__main__":
    unittest.main()
