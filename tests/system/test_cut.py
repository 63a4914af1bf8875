#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""NE-12: one session, cut after every 16th byte (COMETA_LONG=1: every byte), in both directions, by
FIN, RST and stall. Each time: nothing runs twice, no request gets two replies or another's, the
journal verifies."""

import concurrent.futures
import itertools
import json
import unittest

import programs
from programs import Program, SystemTest, poll
from chaosproxy import KINDS, ChaosProxy
from chunks import WireError
from server import Server

WORDS = ("alpha", "bravo", "charlie")
AT_ONCE = 6


class Session:
    """An agent behind a proxy, two requests on the link that is cut, one on the next."""

    def __init__(self, cut=None):
        self.home, self.server = programs.Home(), Server()
        self.proxy, self.cut = ChaosProxy(self.server.port), cut
        if cut:
            self.proxy.cut(*cut)
        self.links = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.proxy.close()
        self.server.close()
        self.home.remove()

    def command(self, word):
        return {"cmd": "echo %s >> trace; echo %s" % (word, word), "id": word}

    def run(self):
        agent = Program("cometa-agentd", ["--json", "-s", "127.0.0.1", "-p", self.proxy.port, "-a",
                                          "app", "-d", "dev", "--approve", "all",
                                          "--event-interval", "0", "-i", "Linux", "--data-dir",
                                          self.home.path / "agent"], self.home)
        try:
            if self.first_link():
                self.talk(self.links[0])
            if self.cut:
                poll(self.proxy.was_cut.is_set, 10, "the cut")
                self.last_link(agent)
            code = agent.stop()
            assert code == 0, "exit code %d; %s" % (code, agent.words())
        finally:
            agent.discard()
        self.check()

    def first_link(self):
        """False when the attach itself was cut off."""
        link = self.server.accept(10)
        try:
            link.read_request(5).answer()
        except (OSError, AssertionError, WireError):
            return False
        self.links.append(link)
        return True

    def talk(self, link):
        for number, word in enumerate(WORDS[:2]):
            try:
                link.message(self.command(word))
                link.wait_reply(5, number + 1)
            except (OSError, AssertionError):
                if not self.cut:
                    raise
                return

    def last_link(self, agent):
        link = self.server.attach(timeout=15)
        self.links.append(link)
        link.message(self.command(WORDS[2]))
        reply = link.wait_reply(10).data
        assert reply == WORDS[2].encode() + b"\n", "reply %r; %s" % (reply, agent.words())

    def check(self):
        trace = self.home.path / "trace"
        ran = trace.read_text().split() if trace.exists() else []
        assert len(ran) == len(set(ran)), "ran twice: %r" % ran
        for link in self.links:
            expected = [word.encode() + b"\n" for word in WORDS]
            replies = [frame.data for frame in link.replies]
            assert len(replies) == len(set(replies)), "two replies: %r" % replies
            assert all(reply in expected for reply in replies), replies
        for link in self.links[1:]:
            assert [frame.data for frame in link.replies] == [b"charlie\n"], link.frames
            assert link.error is None, link.error
            for frame in link.events:
                event = json.loads(frame.payload)
                assert event["id"] + "\n" == event["stdout"], event
        done = programs.subprocess.run(
            [str(programs.BIN / "cometactl"), "--data-dir", str(self.home.path / "agent"), "log",
             "verify"], env=self.home.env, capture_output=True, check=False, timeout=60)
        assert done.returncode == 0, "log verify: %r" % (done.stdout + done.stderr)


def outcome(cut):
    """Nothing, or what went wrong with this cut."""
    try:
        with Session(cut) as session:
            session.run()
    except Exception as error:  # pylint: disable=broad-except
        return "%s: %r" % (" ".join(map(str, cut)), error)
    return None


class Cut(SystemTest):
    def recorded(self):
        with Session() as session:
            session.run()
            return {way: len(data) for way, data in session.proxy.seen[0].items()}

    def sweep(self, direction):
        step = 1 if programs.LONG else 16
        length = self.recorded()[direction]
        self.assertGreater(length, 100)
        cuts = itertools.product((direction,), range(step, length, step), KINDS)
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            failures = [text for text in pool.map(outcome, cuts) if text]
        self.assertEqual(failures, [])

    def test_NE_12_cut_on_the_way_to_the_server(self):
        self.sweep("up")

    def test_NE_12_cut_on_the_way_to_the_agent(self):
        self.sweep("down")


if __name__ == "__main__":
    unittest.main()
