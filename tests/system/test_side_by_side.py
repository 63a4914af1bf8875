#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Our agent and the device written from protocol.md, side by side at one cometa-server, each behind
a proxy that does what networks do. What happens to one must not be felt by the other."""

import threading
import unittest

from programs import SystemTest, poll
from chaosproxy import ChaosProxy
from device import Device, Refused

HEARTBEAT = 2  # seconds


class SideBySide(SystemTest):
    def setUp(self):
        super().setUp()
        self.the_server = self.server("--heartbeat", HEARTBEAT, "--timeout", 5)
        self.agent_way, self.device_way = self.proxy(), self.proxy()
        self.the_agent = self.agent(self.agent_way.port, app=self.the_server.app, device="agent")
        self.the_agent.wait_state("attached")
        self.stop = threading.Event()
        self.addCleanup(self.stop.set)
        self.the_device = self.attached_device()

    def proxy(self):
        proxy = ChaosProxy(self.the_server.port)
        self.addCleanup(proxy.close)
        return proxy

    def attached_device(self):
        device = Device(self.device_way.port, self.the_server.app, "device",
                        handler=lambda message: b"you said " + message)
        self.addCleanup(device.close)

        def attach():
            try:
                return device.attach()
            except Refused as error:  # the old link is not yet seen to be gone
                self.assertEqual(error.status, 409)
                return None
        poll(attach, 3 * HEARTBEAT + 5, "the attach of the device")
        beating = threading.Thread(target=self.beat, args=(device,), daemon=True)
        beating.start()
        return device

    def beat(self, device):
        while not self.stop.wait(0.7 * HEARTBEAT) and not device.ended:
            try:
                device.heartbeat()
            except OSError:
                return

    def ask_agent(self, word):
        self.assertEqual(self.the_server.send("agent", {"cmd": "echo " + word}),
                         (200, word.encode() + b"\n"))

    def ask_device(self, word):
        self.assertEqual(self.the_server.send("device", word.encode()),
                         (200, b"you said " + word.encode()))

    def ask_both(self, rounds=5):
        """At the same time, each its own questions."""
        failures = []

        def ask(question, name):
            try:
                for number in range(rounds):
                    question("%s-%d" % (name, number))
            except Exception as error:  # pylint: disable=broad-except
                failures.append((name, error))
        threads = [threading.Thread(target=ask, args=pair) for pair in
                   ((self.ask_agent, "a"), (self.ask_device, "d"))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        self.assertEqual(failures, [])

    def tell_events(self):
        """One of each, and each is kept for the one that told it."""
        self.ctl("event", '{"from":"agent"}')
        self.the_device.send_event(b'{"from":"device"}')
        for name in ("agent", "device"):
            self.the_server.wait_event_from(name, lambda value, n=name: value == {"from": n})
            self.assertEqual(self.the_server.events_of(name), [{"from": name}])

    def assert_unharmed(self):
        """The other device kept its first link, and both answer."""
        self.assertIsNone(self.the_device.error)
        self.ask_both(2)
        self.assert_verifies()

    def agent_comes_back(self):
        """Whatever ended its link; the device beside it has felt nothing."""
        poll(lambda: len(self.agent_way.seen) > 1, 30, "another link of the agent")
        poll(lambda: self.the_server.attached("agent"), 30, "the attach of the agent")
        self.assertIsNone(self.the_device.ended)
        self.assertEqual(len(self.device_way.seen), 1)
        self.assert_unharmed()

    def device_comes_back(self):
        self.the_device.wait_ended(3 * HEARTBEAT + 5)
        self.ask_agent("meanwhile")
        self.the_device = self.attached_device()
        self.assertEqual(len(self.agent_way.seen), 1)
        self.assert_unharmed()

    def test_segments_of_one_byte(self):
        self.agent_way.segment = self.device_way.segment = 1
        self.ask_both()
        self.tell_events()
        self.assertEqual((len(self.agent_way.seen), len(self.device_way.seen)), (1, 1))
        self.assert_unharmed()

    def test_coalesced_frames(self):
        self.agent_way.gather = self.device_way.gather = 0.1

        def talk(message):  # heartbeat, event and reply in one segment
            self.the_device.send_raw(b'1\r\n\x06\r\n6\r\n\x07"two"\r\n%x\r\nyou said %s\r\n'
                                     % (9 + len(message), message))
        self.the_device.handler = talk
        self.ask_both()
        self.assertEqual(self.the_server.events_of("device"), ["two"] * 5)
        self.assertEqual((len(self.agent_way.seen), len(self.device_way.seen)), (1, 1))

    def test_reset_of_either(self):
        self.agent_way.end("rst")
        self.agent_comes_back()
        before = len(self.agent_way.seen)
        self.device_way.end("rst")
        self.the_device.wait_ended()
        self.ask_agent("meanwhile")
        self.the_device = self.attached_device()
        self.assertEqual(len(self.agent_way.seen), before)
        self.assert_unharmed()

    def test_half_close_of_the_agent(self):
        self.agent_way.end("half-close")
        self.agent_comes_back()

    def test_half_close_of_the_device(self):
        self.device_way.end("half-close")
        self.device_comes_back()

    def test_reset_during_a_request(self):
        """The requester has an error in hand; nothing comes to somebody else's request."""
        self.the_device.handler = lambda message: self.device_way.end("rst")
        self.assertEqual(self.the_server.send("device", b"x")[0], 418)
        self.device_comes_back()

    def test_silence_of_the_agent(self):
        """No byte and no end: the server gives up after twice the heartbeat."""
        self.agent_way.silent = True
        poll(lambda: not self.the_server.attached("agent"), 3 * HEARTBEAT + 10, "detachment")
        self.ask_device("meanwhile")
        self.agent_way.silent = False
        self.agent_comes_back()

    def test_silence_of_the_device(self):
        self.device_way.silent = True
        poll(lambda: not self.the_server.attached("device"), 3 * HEARTBEAT + 10, "detachment")
        self.ask_agent("meanwhile")
        self.device_way.silent = False
        self.device_comes_back()


if __name__ == "__main__":
    unittest.main()
