#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The wall clock jumps (EX-14) or the machine sleeps (EX-15) while requests wait and run; the key of a
WebSocket grows old."""

import datetime
import json
import os
import signal
import socket
import subprocess
import time
import unittest
from pathlib import Path

import programs
from programs import SystemTest, poll
from device import Device
from websocket import Refused, WebSocket

DAY = 24 * 60 * 60


def built_shim(home):
    shim = home.path / "clockshift.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-D_GNU_SOURCE", "-o",
                    shim, Path(__file__).with_name("clockshift.c")], check=True, timeout=60)
    return shim


class WallClock(SystemTest):
    """Only the agent sees the other time: a shim, preloaded into it alone, adds an offset."""

    def setUp(self):
        super().setUp()
        shim = built_shim(self.home)
        self.offset = self.home.file("offset", b"0")
        self.shim = shim

    def shifted(self, *options, approve="all"):
        """The scripted server's end of the link and an agent with the shim."""
        peer = self.peer()
        agent = self.start("/usr/bin/env", "LD_PRELOAD=%s" % self.shim,
                           "COMETA_CLOCK_OFFSET=%s" % self.offset,
                           programs.BIN / "cometa-agentd", "-s", "127.0.0.1", "-p", peer.port,
                           "-a", "app", "-d", "dev", "--data-dir", self.home.path / "agent",
                           "--json", "--approve", approve, "--event-interval", 0, *options)
        link = peer.attach(heartbeat=1)
        agent.wait_state("attached")
        return peer, link, agent

    def jump(self, days):
        changed = self.home.file("offset.new", b"%d" % (days * DAY))
        changed.replace(self.offset)

    def assert_clock_of(self, row, days):
        """The journal shows the wall clock as the agent sees it, so the shim is at work."""
        at = datetime.datetime.fromisoformat(row["time"].replace("Z", "+00:00")).timestamp()
        self.assertAlmostEqual(at, time.time() + days * DAY, delta=60)

    def last_row(self, request, kind):
        return next(row for row in self.journal()
                    if row["request"] == request and row["kind"] == kind)

    def while_running(self, days):
        peer, link, agent = self.shifted()
        link.message({"cmd": "until test -e go; do sleep 0.02; done; echo done", "reply": "json",
                      "timeout": 30})
        request = agent.wait_request("running")["request"]
        began = time.monotonic()
        self.jump(days)
        beats = len(link.heartbeats)
        link.wait(lambda it: len(it.heartbeats) > beats, 5, "another heartbeat")
        self.assertEqual(link.replies, [])
        self.home.file("go")
        answer = json.loads(link.wait_reply().data)
        took = 1000 * (time.monotonic() - began)
        self.assertEqual((answer["code"], answer["stdout"]), ("finished", "done\n"))
        self.assertAlmostEqual(answer["duration_ms"], took, delta=1000)
        self.assert_clock_of(self.last_row(request, "finished"), days)
        self.assert_nothing_else(peer, link, agent)

    def assert_nothing_else(self, peer, link, agent):
        self.assertEqual(link.ask({"cmd": "echo alive"}), b"alive\n")
        self.assertTrue(peer.quiet_for(0))  # the link is the first one still
        self.assert_clean(link)
        self.assertEqual(agent.stop(), 0)
        self.assert_verifies()

    def test_EX_14_day_ahead_while_a_command_runs(self):
        self.while_running(+1)

    def test_EX_14_day_back_while_a_command_runs(self):
        self.while_running(-1)

    def time_limit(self, days):
        peer, link, agent = self.shifted()
        link.message({"cmd": "sleep " + programs.marker(), "reply": "json", "timeout": 1})
        agent.wait_request("running")
        began = time.monotonic()
        self.jump(days)
        answer = json.loads(link.wait_reply().data)
        took = time.monotonic() - began
        self.assertEqual(answer["code"], "timed-out")
        self.assertTrue(0.8 < took < 2.5, took)
        self.assertTrue(900 < answer["duration_ms"] < 2500, answer)
        self.assert_nothing_else(peer, link, agent)

    def test_EX_14_time_limit_after_a_day_ahead(self):
        self.time_limit(+1)

    def test_EX_14_time_limit_after_a_day_back(self):
        self.time_limit(-1)

    def while_waiting(self, days):
        """One request is approved after the jump, one expires when it is due."""
        _, link, agent = self.shifted("--approval-deadline", 2, "--reply-budget", 20,
                                      approve="ask")
        link.message({"cmd": "echo expired >> trace"})
        first = agent.wait_request("awaiting-approval")["request"]
        began = time.monotonic()
        link.message({"cmd": "echo approved >> trace"})
        second = agent.wait_event(lambda it: it.get("state") == "awaiting-approval"
                                  and it["request"] != first)["request"]
        self.jump(days)
        row = next(row for row in self.ctl_json("requests", "--json") if row["request"] == second)
        self.assertEqual(row["state"], "awaiting-approval")
        self.ctl("review", second, "--approve", row["sha256"])
        agent.wait_request("finished", request=second)
        agent.wait_request("expired", request=first)
        took = time.monotonic() - began
        self.assertTrue(1.7 < took < 3.5, took)
        answers = link.wait_replies(2)
        self.assertEqual(json.loads(answers[0].data)["code"], "expired")
        self.assertEqual(answers[1].data, b"\n")
        self.assertEqual((self.home.path / "trace").read_text(), "approved\n")
        self.assert_clock_of(self.last_row(first, "expired"), days)
        self.assert_clean(link)
        self.assertEqual(agent.stop(), 0)
        self.assert_verifies()

    def test_EX_14_day_ahead_while_a_request_waits(self):
        self.while_waiting(+1)

    def test_EX_14_day_back_while_a_request_waits(self):
        self.while_waiting(-1)


class Sleep(SystemTest):
    """The agent is stopped in place of the machine: time goes on, it does not."""

    def sleep(self, agent, seconds):
        agent.process.send_signal(signal.SIGSTOP)
        self.addCleanup(self.wake, agent)  # so that it can be ended whatever happens
        end = time.monotonic() + seconds
        poll(lambda: time.monotonic() > end, seconds + 5)
        self.wake(agent)

    @staticmethod
    def wake(agent):
        if agent.running:
            os.kill(agent.pid, signal.SIGCONT)

    def connected(self):
        """A connection to the agent's control socket that has been answered once."""
        control = socket.socket(socket.AF_UNIX)
        self.addCleanup(control.close)
        control.settimeout(10)
        control.connect(str(next((self.home.path / "run/cometa-agent").glob("*.sock"))))
        control.sendall(b'{"do":"status"}\n')
        self.assertTrue(control.recv(65536).endswith(b"\n"))
        return control

    def attaches(self, agent):
        return len([event for event in agent.events if event.get("state") == "attached"])

    def test_EX_15_deadline_passes_during_sleep(self):
        server, agent = self.pair("--approval-deadline", 1, "--reply-budget", 20, approve="ask",
                                  server_options=("--heartbeat", 60))
        done = []
        thread = programs.threading.Thread(
            target=lambda: done.append(server.send("dev", {"cmd": "echo ran >> trace"})))
        thread.start()
        self.addCleanup(thread.join)
        request = agent.wait_request("awaiting-approval")["request"]
        row = next(row for row in self.ctl_json("requests", "--json") if row["request"] == request)
        self.sleep(agent, 1.5)
        self.ctl("review", request, "--approve", row["sha256"], code=1)
        agent.wait_request("expired", request=request)
        thread.join(10)
        self.assertEqual(json.loads(done[0][1])["code"], "expired")
        self.assertFalse((self.home.path / "trace").exists())
        self.assertEqual(self.attaches(agent), 1)
        self.assertEqual(agent.stop(), 0)
        self.assert_verifies()

    def test_EX_15_approval_that_came_during_sleep_is_too_late(self):
        """It waits in the socket when the agent wakes, beside the deadline that has passed."""
        server, agent = self.pair("--approval-deadline", 1, "--reply-budget", 20,
                                          approve="ask")
        done = []
        thread = programs.threading.Thread(
            target=lambda: done.append(server.send("dev", {"cmd": "echo ran >> trace"})))
        thread.start()
        self.addCleanup(thread.join)
        request = agent.wait_request("awaiting-approval")["request"]
        row = next(row for row in self.ctl_json("requests", "--json") if row["request"] == request)
        control = self.connected()
        agent.process.send_signal(signal.SIGSTOP)
        self.addCleanup(self.wake, agent)
        control.sendall(json.dumps({"do": "approve", "request": request,
                                    "sha256": row["sha256"]}).encode() + b"\n")
        end = time.monotonic() + 1.5
        poll(lambda: time.monotonic() > end, 5)
        self.wake(agent)
        answer = json.loads(control.makefile("rb").readline())
        self.assertFalse(answer["ok"], answer)
        agent.wait_request("expired", request=request)
        thread.join(10)
        self.assertFalse((self.home.path / "trace").exists())

    def test_EX_15_time_limit_counts_the_sleep(self):
        _, link, agent = self.linked()
        link.message({"cmd": "sleep " + programs.marker(), "reply": "json", "timeout": 2})
        agent.wait_request("running")
        began = time.monotonic()
        self.sleep(agent, 2.5)
        answer = json.loads(link.wait_reply().data)
        self.assertEqual(answer["code"], "timed-out")
        self.assertLess(time.monotonic() - began, 3.5)
        self.assertGreaterEqual(answer["duration_ms"], 2400)
        self.assertEqual(self.attaches(agent), 1)

    def test_EX_15_one_reconnect_after_the_server_gave_up(self):
        server, agent = self.pair(server_options=("--heartbeat", 1))
        agent.process.send_signal(signal.SIGSTOP)
        self.addCleanup(self.wake, agent)
        poll(lambda: not server.attached("dev"), 20, "the server's end of the attachment")
        self.wake(agent)
        poll(lambda: server.attached("dev"), 20, "the new attachment")
        self.assertEqual(server.send("dev", {"cmd": "echo awake"}), (200, b"awake\n"))
        self.assertEqual(self.attaches(agent), 2)


class SteadyClock(SystemTest):
    """Only the server sees the other time."""

    def test_SV_04_key_of_a_websocket_expires(self):
        offset = self.home.file("offset", b"0")
        self.home.env.update(LD_PRELOAD=str(built_shim(self.home)), COMETA_CLOCK_STEADY="1",
                             COMETA_CLOCK_OFFSET=str(offset))
        server = self.server()
        device = Device(server.port, server.app, "dev")
        self.addCleanup(device.close)
        device.attach()

        def path():
            body = server.call("GET", server.device_path("dev", "/websocket"))[1]
            return "/websockets/dev/" + json.loads(body)["device_key"]

        young, old = path(), path()
        self.home.file("offset.new", b"20").replace(offset)
        WebSocket(server.port, young).drop()
        self.home.file("offset.new", b"31").replace(offset)
        with self.assertRaises(Refused) as caught:
            WebSocket(server.port, old)
        self.assertEqual(caught.exception.status, 403)
        WebSocket(server.port, path()).drop()


if __name__ == "__main__":
    unittest.main()
