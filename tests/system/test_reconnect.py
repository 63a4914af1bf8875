#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Links that end in every way: the agent comes back, nothing runs twice, no reply goes astray."""

import json
import time
import unittest

from programs import SystemTest, poll
from chunks import refusal


class Reconnect(SystemTest):
    def append(self, word, then="true"):
        return {"cmd": "echo %s >> trace; %s" % (word, then)}

    def trace(self):
        path = self.home.path / "trace"
        return path.read_text().split() if path.exists() else []

    def test_NE_10_server_restarts_on_its_port(self):
        server, agent = self.pair()
        self.assertEqual(server.send("dev", self.append("one")), (200, b"\n"))
        port = server.port
        server.kill()
        agent.wait_state("waiting", 5)
        server = self.server(port=port)
        poll(lambda: server.attached("dev"), 15, "the attach to the new server")
        self.assertEqual(server.send("dev", {"cmd": "echo back"}), (200, b"back\n"))
        self.assertEqual(self.trace(), ["one"])

    def lost_while_running(self, lose):
        """The output of a command goes out as one result event on the next link, never as a reply."""
        peer, link, agent = self.linked()
        link.message(self.append("one", "until test -e go; do sleep 0.02; done; echo first"))
        request = agent.wait_request("running")["request"]
        lose(link)
        again = peer.attach(timeout=8)
        self.assertEqual(again.ask(self.append("two", "echo second")), b"second\n")
        self.home.file("go")
        event = again.wait_event(lambda value: value.get("event") == "result")
        self.assertEqual((event["request"], event["code"], event["exit"], event["stdout"]),
                         (request, "finished", 0, "first\n"))
        self.assertEqual(again.ask(self.append("three", "echo third")), b"third\n")
        self.assertEqual(self.trace(), ["one", "two", "three"])
        self.assertEqual([frame.data for frame in again.replies], [b"second\n", b"third\n"])
        self.assertEqual(len(again.events), 1)
        self.assertEqual(link.replies, [])
        self.assert_clean(again)
        agent.stop()
        self.assert_verifies()

    def test_NE_10_reset_while_running(self):
        self.lost_while_running(lambda link: link.reset())

    def test_NE_10_close_while_running(self):
        self.lost_while_running(lambda link: link.close())

    def test_NE_10_half_close_while_running(self):
        self.lost_while_running(lambda link: link.half_close())

    def test_NE_10_zero_chunk_while_running(self):
        self.lost_while_running(lambda link: link.send(b"0\r\n\r\n"))

    def test_NE_10_outcome_waits_while_the_link_is_down(self):
        peer, link, agent = self.linked()
        link.message(self.append("one", "until test -e go; do sleep 0.02; done; echo first"))
        agent.wait_request("running")
        link.reset()
        agent.wait_state("waiting")
        self.home.file("go")
        agent.wait_request("finished")
        again = peer.attach(timeout=8)
        event = again.wait_event(lambda value: value.get("event") == "result")
        self.assertEqual(event["stdout"], "first\n")
        self.assertEqual(again.replies, [])

    def test_NE_11_server_that_gives_up_gets_the_outcome_as_an_event(self):
        _, link, agent = self.linked()
        link.message(self.append("one", "until test -e go; do sleep 0.02; done; echo first"))
        request = agent.wait_request("running")["request"]
        began = time.monotonic()
        poll(lambda: time.monotonic() > began + 1.3, 5)
        self.assertEqual(link.ask(self.append("two", "echo second")), b"second\n")
        self.home.file("go")
        event = link.wait_event(lambda value: value.get("event") == "result")
        self.assertEqual((event["request"], event["code"], event["stdout"]),
                         (request, "finished", "first\n"))
        self.assertEqual(link.ask(self.append("three", "echo third")), b"third\n")
        self.assertEqual([frame.data for frame in link.replies], [b"second\n", b"third\n"])
        self.assertEqual(self.trace(), ["one", "two", "three"])
        self.assert_clean(link)

    def test_NE_11_budget_is_lowered_when_the_server_gave_up(self):
        """Given up after 1.3 s: 0.7 of it is below the least budget, 2 s."""
        _, link, agent = self.linked()
        link.message({"cmd": "until test -e go; do sleep 0.02; done"})
        agent.wait_request("running")
        began = time.monotonic()
        poll(lambda: time.monotonic() > began + 1.3, 5)
        link.ask({"cmd": "true"})
        began = time.monotonic()
        answer = json.loads(link.ask({"cmd": "until test -e go; do sleep 0.02; done"}))
        self.assertEqual((answer["code"], answer["state"]), ("pending", "running"))
        self.assertTrue(1.5 < time.monotonic() - began < 4, time.monotonic() - began)
        self.home.file("go")

    def test_NE_11_requests_in_quick_succession_are_answered_in_order(self):
        _, link, _ = self.linked()
        for word, delay in (("one", 0.4), ("two", 0), ("three", 0.2)):
            link.message(self.append(word, "sleep %s; echo %s" % (delay, word)))
        self.assertEqual([frame.data for frame in link.wait_replies(3)],
                         [b"one\n", b"two\n", b"three\n"])
        self.assertEqual(sorted(self.trace()), ["one", "three", "two"])
        self.assert_clean(link)

    def test_reply_budget_follows_the_server_s_time_out(self):
        _, link, _ = self.linked(hints={"timeout": 3})
        began = time.monotonic()
        answer = json.loads(link.ask({"cmd": "until test -e go; do sleep 0.02; done"}))
        self.assertEqual(answer["code"], "pending")
        self.assertTrue(1.7 < time.monotonic() - began < 3, time.monotonic() - began)
        self.home.file("go")
        link.wait_event(lambda value: value.get("request") == answer["request"]
                        and value.get("code") == "finished")
        self.assertEqual(len(link.replies), 1)

    def test_conflict_is_retried_every_5_to_10_seconds(self):
        peer, link, agent = self.linked()
        link.reset()
        for _ in range(2):
            refused = peer.accept_request(12)
            arrived = refused.accepted
            refused.send(refusal(b"409 Conflict")).collect()
            refused.wait_ended()
        again = peer.attach(timeout=12)
        gap = again.accepted - arrived
        self.assertTrue(4.5 <= gap <= 10.7, gap)
        self.assertEqual(again.ask({"cmd": "echo back"}), b"back\n")
        self.assertEqual(len([e for e in agent.events if e.get("state") == "attached"]), 2)

    def test_NE_06_server_that_drops_at_once_is_not_hammered(self):
        peer = self.peer()
        self.agent(peer.port)
        began, times = time.monotonic(), []
        while time.monotonic() < began + 6:
            if peer.quiet_for(0.2):
                continue
            times.append(peer.accept())
            times[-1].reset()
        self.assertTrue(2 <= len(times) <= 12, len(times))

    def test_agent_starts_before_its_server(self):
        peer = self.peer()
        port = peer.port
        peer.close()
        agent = self.agent(port)
        agent.wait_state("waiting")
        peer = self.peer(port=port)
        self.assertEqual(peer.attach(timeout=12).ask({"cmd": "echo up"}), b"up\n")

    def test_events_that_were_queued_while_away_go_out_in_order(self):
        peer, link, agent = self.linked()
        link.reset()
        agent.wait_state("waiting")
        for number in range(3):
            self.ctl("event", '{"n":%d}' % number)
        again = peer.attach(timeout=8)
        again.wait(lambda it: len(it.events) >= 3)
        self.assertEqual([json.loads(frame.payload)["n"] for frame in again.events], [0, 1, 2])
        poll(lambda: self.ctl_json("status", "--json")["outbox"] == 0, 5, "an empty outbox")


if __name__ == "__main__":
    unittest.main()
