#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Heartbeats come at 0.8 x the server's hint, whatever else is going on (NE-09)."""

import statistics
import unittest

from programs import SystemTest


class Heartbeats(SystemTest):
    def beats(self, link, count, hint):
        """Waits for so many more beats and looks at the time between them."""
        start = len(link.heartbeats)
        link.wait(lambda it: len(it.heartbeats) >= start + count, count * hint * 2, "the beats")
        times = [frame.time for frame in link.heartbeats[start:]]
        gaps = [after - before for before, after in zip(times, times[1:])]
        self.assertAlmostEqual(statistics.median(gaps), 0.8 * hint, delta=0.16 * hint, msg=gaps)
        self.assertLess(max(gaps), 2 * hint, gaps)
        self.assert_clean(link)

    def test_NE_09_beats_of_an_idle_link(self):
        _, link, _ = self.linked(hints={"heartbeat": 2})
        self.beats(link, 4, 2)

    def test_NE_09_first_beat_comes_in_time(self):
        _, link, _ = self.linked(hints={"heartbeat": 2})
        attached = link.accepted
        link.wait(lambda it: it.heartbeats, 5)
        self.assertLess(link.heartbeats[0].time - attached, 2.2)

    def test_NE_09_beats_go_on_during_a_prompt(self):
        _, link, agent = self.linked(approve="ask", hints={"heartbeat": 1})
        link.message({"cmd": "true"})
        agent.wait_request("awaiting-approval")
        self.beats(link, 6, 1)
        self.assertEqual(link.replies, [])

    def test_NE_09_beats_go_on_during_a_command_that_floods(self):
        _, link, agent = self.linked(hints={"heartbeat": 1})
        link.message({"cmd": "until test -e go; do head -c 200000 /dev/zero; sleep 0.05; done"})
        agent.wait_request("running")
        self.beats(link, 6, 1)
        self.home.file("go")
        link.wait_replies(1)
        self.assert_clean(link)

    def test_NE_09_no_beat_is_inside_a_long_reply_to_a_slow_reader(self):
        peer = self.peer(receive_buffer=8192)
        self.home.file("output", b"\xff" + bytes(1024 * 1024 - 1))
        agent = self.agent(peer.port)
        link = peer.attach(heartbeat=1)
        agent.wait_state("attached")
        link.pause_reading()
        link.message({"cmd": "cat output"})
        agent.wait_request("finished")
        link.resume_reading(rate=300_000)
        reply = link.wait_reply(timeout=30)
        self.assertEqual(len(reply.data), 1024 * 1024)
        link.resume_reading()
        self.beats(link, 5, 1)
        self.assertIsNone(link.ended)
        link.message({"cmd": "echo still here"})
        self.assertEqual(link.wait_reply(number=2).data, b"still here\n")

    def test_silly_hints_are_clamped(self):
        """1e9 becomes 300 s, 0 the default of 60 s: in both cases no beat within 2 s."""
        for number, hint in enumerate((10**9, 0, -1)):
            _, link, _ = self.linked(data="agent%d" % number, hints={"heartbeat": hint})
            link.message({"cmd": "sleep 1; echo calm"})
            self.assertEqual(link.wait_reply().data, b"calm\n")
            self.assertEqual(link.heartbeats, [])


if __name__ == "__main__":
    unittest.main()
