#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The settings of the real cometa-agent by keyboard alone: each page, each control, a connection
test, OK and Esc, with a screen reader that reads along. --shots DIR keeps screenshots."""

import time

from agentcase import SETTINGS, AgentCase, main
from server import Server
from xsession import poll

TITLE = "Settings"


class SettingsKeyboardTest(AgentCase):
    def open_settings(self, *more):
        """An attached agent without a tray window in the way, its settings in front."""
        agent, link, window = self.attached_agent(*more)
        self.press_until("alt+t", lambda: self.session.windows(SETTINGS), "the settings", every=1)
        self.front(self.session.window(SETTINGS))
        poll(lambda: "Server" in self.reader.focus(TITLE), 10, "the focus on the server")
        return agent, link, window

    def focus(self):
        return self.reader.focus(TITLE)

    def pages(self):
        return [node["name"] for node in self.reader.nodes(TITLE) if node["role"] == "list item"]

    def go_to_page(self, name):
        """By the list of pages, which the Tab key reaches."""
        self.tab_to("Pages", TITLE)
        pages = self.pages()
        self.press_until("Home", lambda: pages[0] in self.focus(), "the first page")
        for step in pages[1:pages.index(name) + 1]:
            self.key("Down")
            poll(lambda: step in self.focus(), 10, "the page " + step)

    def stops(self):
        """What Tab leads to from the list of pages on, until it is there again."""
        seen = []
        while len(seen) < 40:
            before = self.focus()
            self.key("Tab")
            after = poll(lambda: self.focus() != before and self.focus(), 10, "a step from %r" % before)
            seen.append(after[0])
            if "Pages" in after:
                return seen
        self.fail("Tab does not come round: %r" % seen)

    def test_every_control_of_every_page_is_reached_by_tab(self):
        self.open_settings()
        pages = self.pages()
        self.assertGreaterEqual(len(pages), 6)
        for page in pages:
            with self.subTest(page=page):
                self.go_to_page(page)
                controls = [node for node in self.reader.nodes(TITLE) if node["role"] not in ("list item", "label")
                            and {"focusable", "enabled"} <= set(node["states"])]
                found = self.stops()
                self.assertEqual(sorted(found), sorted(node["name"] for node in controls))
                for node in controls:  # a choice is read by its value, and by its label beside it
                    self.assertTrue(node["name"] and (node["role"] != "combo box" or node["labels"]),
                                    node)
                self.shot("keyboard-%s" % page.lower(), self.session.active())

    def test_changes_are_tried_and_saved(self):
        session = self.session
        _, link, window = self.open_settings("--data-dir", str(self.session.path / "journal"))
        other = Server().__enter__()
        self.addCleanup(other.__exit__)
        config = session.path / "config/cometa-agent/agent.conf"

        # Each field by the letter that is underlined in its label.
        for key, text in (("alt+s", "localhost"), ("alt+p", str(other.port)), ("alt+a", "lab"),
                          ("alt+d", "bench-3"), ("alt+n", "a bench")):
            before = self.focus()
            self.press_until(key, lambda: self.focus() != before or key == "alt+s", "a field")
            self.key("ctrl+a")
            session.xdotool("type", text)
            poll(lambda: text in self.reader.texts(TITLE), 10, "what was typed")
        self.key("alt+e")
        self.press_until("Down", lambda: self.reader.node("Off", window=TITLE), "encryption off")

        self.key("alt+t")
        test = other.attach(timeout=30)
        self.assertTrue(test.path.endswith("/applications/lab/devices/bench-3"), test.path)
        self.assertEqual(test.wait_ended(20), "eof")
        poll(lambda: "Everything works." in self.reader.texts(TITLE), 20, "the result")
        self.assertIsNone(link.ended, "the test disturbed the link")
        self.assertFalse(config.exists(), "saved before OK")
        self.shot("keyboard-tested", session.active())

        self.go_to_page("Approval")
        self.key("alt+d", "ctrl+a")
        session.xdotool("type", "90")
        poll(lambda: "90" in self.reader.texts(TITLE), 10, "another deadline")
        self.key("Return")  # OK is the button of the Return key
        poll(lambda: not session.windows(SETTINGS), 20, "the settings closed")
        moved = other.attach(timeout=30)
        self.assertTrue(moved.path.endswith("/applications/lab/devices/bench-3"), moved.path)
        self.assertIn(b"a bench", moved.request)
        saved = config.read_text().splitlines()
        for line in ("server = localhost", "port = %d" % other.port, "app = lab", "device = bench-3",
                     "info = a bench", "tls = no", "approval-deadline = 90"):
            self.assertIn(line, saved)
        poll(lambda: session.active() == window, 10, "the window in front again")

    def test_a_bad_value_is_told_at_its_field_and_escape_changes_nothing(self):
        session = self.session
        _, link, window = self.open_settings()
        self.key("alt+p", "ctrl+a")
        session.xdotool("type", "99999")
        node = poll(lambda: [n for n in self.reader.nodes(TITLE) if n["name"] == "Port"
                             and "65535" in n["description"]], 10, "why the port is not good")[0]
        self.assertIn("focused", node["states"])
        ok = self.reader.node("OK", window=TITLE)
        self.assertNotIn("enabled", ok["states"])
        self.go_to_page("History")
        self.assertIn("On the page “Server” something has to be corrected.", self.reader.texts(TITLE))
        self.key("Return")
        self.shot("keyboard-bad", session.active())
        self.assertEqual(session.active(), session.window(SETTINGS))
        self.press_until("Escape", lambda: not session.windows(SETTINGS), "the settings closed")
        self.assertFalse((session.path / "config/cometa-agent/agent.conf").exists())
        self.assertIsNone(link.ended)
        end = time.monotonic() + 20
        while not session.windows(SETTINGS):  # they open again as they were
            self.assertLess(time.monotonic(), end)
            self.front(window)
            self.key("ctrl+comma", "alt+t")
            self.wait(1)
        texts = self.reader.texts(TITLE)
        self.assertNotIn("99999", texts)
        self.assertIn(str(self.server.port), texts)


if __name__ == "__main__":
    main(__doc__)
