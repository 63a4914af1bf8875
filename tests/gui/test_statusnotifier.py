#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The icon of the real cometa-agent in a panel that takes StatusNotifierItem: it comes whenever the
panel does, tells the state, and its entries act on the request that they were drawn for."""

from agentcase import PROMPT, WINDOW, AgentCase, main
from notifierhost import NotifierHost
from xsession import Session, poll


class NotifierTest(AgentCase):
    def setUp(self):
        super().setUp()
        self.session.__exit__()  # with a panel of another kind
        self.session = Session(tray=False).__enter__()
        self.addCleanup(self.session.__exit__)

    def host(self):
        host = NotifierHost(self.session)
        self.addCleanup(host.close)
        return host

    def start(self, *more):
        self.start_agent("--server", "127.0.0.1", "--port", str(self.server.port), "--app", "ops", "--device",
                         "desk-17", "--event-interval", "0", "--minimised", *more)
        return self.server.attach(timeout=30)

    def says(self, host, words):
        poll(lambda: words in host.tip(), 20, "“%s” in the tool tip" % words)

    def test_P21_the_icon_tells_the_state_and_opens_the_window(self):
        host = self.host()
        link = self.start()
        host.wait()
        self.says(host, "Attached to 127.0.0.1")
        seen = {bytes(host.get("IconPixmap")[0][2])}
        link.message({"cmd": "uptime"})
        self.says(host, "uptime")
        self.says(host, "Waiting for you")
        seen.add(bytes(host.get("IconPixmap")[0][2]))
        self.assertEqual(len(seen), 2, "two states look the same")
        self.assertEqual(self.session.windows(WINDOW), [])
        host.activate()
        self.session.window(WINDOW)

    def test_P21_the_icon_comes_when_the_panel_does(self):
        link = self.start()
        link.message({"cmd": "uptime"})
        self.session.window(PROMPT, timeout=20)
        host = self.host()
        host.wait()
        self.says(host, "Waiting for you")
        host.close()
        again = self.host()
        again.wait()
        self.says(again, "Waiting for you")

    def test_AC_06_an_entry_acts_on_the_request_that_it_was_drawn_for(self):
        host = self.host()
        link = self.start()
        host.wait()
        link.message({"cmd": "echo first"})
        self.says(host, "A command waits for you")
        entries = host.entries()
        self.assertFalse([label for label in entries if "pprove" in label])
        link.message({"cmd": "echo second"})
        self.says(host, "2 commands wait for you")
        host.press(entries["echo first/Deny"])  # of a menu that was drawn before the second came
        poll(lambda: dict(self.states())["echo first"] == "denied", 20, "the denial")
        self.says(host, "A command waits for you")
        for label in ("echo first/Deny", "echo first/Review…"):
            host.press(entries[label])
        self.wait(1)
        self.assertEqual(dict(self.states())["echo second"], "awaiting-approval")
        self.assertEqual(len(link.replies), 1)
        host.press(host.entries()["echo second/Deny"])
        poll(lambda: dict(self.states())["echo second"] == "denied", 20, "the denial")


if __name__ == "__main__":
    main(__doc__)
