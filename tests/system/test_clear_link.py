#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""In the clear to another machine nothing runs without the owner, and the warning stays (P14)."""

import json
import unittest

import ownnetwork
from programs import SystemTest, poll

THERE = "192.0.2.1"  # not loopback, though nothing leaves this machine
WARNING = "The link is not encrypted"


class ClearLink(SystemTest):
    def setUp(self):
        super().setUp()
        if not ownnetwork.add_address(THERE):
            self.fail("needs the right to a network namespace of its own")

    def attached(self, *options, **settings):
        peer = self.peer(host=THERE)
        agent = self.agent(peer.port, *options, server=THERE, **settings)
        link = peer.attach()
        agent.wait_state("attached")
        return peer, link, agent

    @property
    def made(self):
        return self.home.path / "made"

    def warning(self):
        return WARNING in self.ctl("status")

    def test_P14_approve_all_asks(self):
        _, link, agent = self.attached(approve="all")
        agent.wait_error_line(WARNING)
        link.message({"cmd": "touch %s" % self.made})
        request = agent.wait_request("awaiting-approval")["request"]
        self.assertFalse(self.made.exists())
        row, = self.ctl_json("requests", "--json")
        self.ctl("review", request, "--approve", row["sha256"])
        agent.wait_request("finished")
        self.assertTrue(self.made.exists())

    def test_P14_nothing_but_a_rule_and_nobody_asked_is_denied(self):
        _, link, agent = self.attached(approve="rules")
        answer = json.loads(link.ask({"cmd": "touch %s" % self.made}))
        self.assertEqual((answer["code"], answer["by"]), ("denied", "policy"))
        agent.stop()
        self.assertFalse(self.made.exists())

    def test_P14_the_warning_stays_while_the_link_is_down(self):
        peer, link, agent = self.attached()
        self.assertTrue(self.warning())
        link.close()
        agent.wait_state("waiting")
        self.assertTrue(self.warning())
        peer.close()
        poll(lambda: agent.events[-1].get("state") in ("waiting", "connecting"), 10, "nobody there")
        self.assertTrue(self.warning())
        self.ctl("pause")
        self.assertTrue(self.warning())

    def test_P14_the_owner_may_trust_the_network_and_is_warned_still(self):
        _, link, agent = self.attached("--trust-plaintext", approve="all")
        agent.wait_error_line(WARNING)
        self.assertEqual(link.ask({"cmd": "echo ran"}), b"ran\n")
        self.assertTrue(self.warning())

    def test_P14_no_warning_where_the_link_stays_on_this_machine(self):
        peer = self.peer()
        agent = self.agent(peer.port, approve="all")
        link = peer.attach()
        agent.wait_state("attached")
        self.assertEqual(link.ask({"cmd": "echo ran"}), b"ran\n")
        self.assertFalse(self.warning())


if __name__ == "__main__":
    unittest.main()
