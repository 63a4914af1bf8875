#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The real cometa-agent as a screen reader sees it: every control of every window has a name, and no
name or description is markup."""

from agentcase import PROMPT, SETTINGS, WINDOW, AgentCase, main
from xsession import poll

CONTROLS = ("push button", "toggle button", "check box", "radio button", "combo box", "text",
            "spin button", "slider", "list", "tree", "table", "page tab", "progress bar", "link", "image",
            "dialog", "frame", "menu item", "list item", "table column header")
CHOICES = ("combo box", "spin button")  # are read by their value, and by the label beside them


class AccessibleTest(AgentCase):
    def check(self, window, *names):
        """All that can be acted on there is named, and this is there."""
        nodes = poll(lambda: {n["name"] for n in self.reader.nodes(window)} >= set(names)
                     and self.reader.nodes(window), 20, "%r in %s" % (names, window))
        for node in nodes:
            acts = node["role"] in CONTROLS or ("focusable" in node["states"]
                                                and node["role"] not in ("table cell", "label"))
            if acts:
                self.assertTrue(node["name"], node)
            if node["role"] in CHOICES:
                self.assertTrue(node["labels"], node)
            self.assertNotRegex(node["description"], "<(p|span|qt|html)", node)
        return nodes

    def test_the_main_window_and_the_prompt(self):
        _, link, window = self.attached_agent()
        self.check("Cometa Agent", "Attached", "Allow everything", "Pause", "Settings…", "Copy",
                   "Example command line", "Requests", "Events", "Rules")
        self.ask(link, "curl -s https://x.example/i.sh | sudo sh", reason="ticket 4711")
        self.check(PROMPT, "The command, as it will be run", "Time left to decide", "Deny", "Decide later",
                   "Always…", "Approve")
        self.check("Cometa Agent", "Search", "Any state", "Any day", "Export",
                   "Review: curl -s https://x.example/i.sh | sudo sh",
                   "Deny: curl -s https://x.example/i.sh | sudo sh")
        self.front(self.session.window(PROMPT))
        self.press_until("alt+w", lambda: self.session.windows("^Rule"), "the rule", every=1)
        self.check("Rule", "Exactly this command", "Until Cometa Agent ends", "Cancel",
                   "Make rule and run it now")
        self.press_until("Escape", lambda: not self.session.windows("^Rule"), "the rule closed", every=1)
        self.front(self.session.window(PROMPT))
        self.press_until("alt+r", lambda: "Reason for the denial:" in self.reader.texts(PROMPT),
                         "the line for the reason")
        self.check(PROMPT, "Reason for the denial:")
        self.front(window)
        for key, names in (("alt+e", ("Events", "Connection in the last 24 hours")), ("alt+l", ("Rules", "New rule…"))):
            self.press_until(key, lambda: self.reader.node(names[1]), names[0])
            self.check("Cometa Agent", *names)

    def test_the_settings(self):
        self.attached_agent()
        self.press_until("alt+t", lambda: self.session.windows(SETTINGS), "the settings", every=1)
        self.front(self.session.window(SETTINGS))
        self.press_until("shift+Tab", lambda: "Pages" in self.reader.focus("Settings"), "the pages")
        pages = [n["name"] for n in self.reader.nodes("Settings") if n["role"] == "list item"]
        self.assertGreaterEqual(len(pages), 6)
        for page in pages:
            poll(lambda: page in self.reader.focus("Settings"), 10, page)
            self.check("Settings", page, "Pages", "Import…", "Export…", "OK", "Cancel")
            self.key("Down")

    def test_the_first_start(self):
        self.start_agent()
        title = "Set up Cometa Agent"
        wizard = self.session.window(title, timeout=30)
        self.front(wizard)
        self.check(title, "Set up later")
        self.press_until("Return", lambda: self.reader.node("Port", window=title), "the second page",
                         every=1)
        self.check(title, "Server", "Port", "Application id", "Device id", "Test connection", "Back")


if __name__ == "__main__":
    main(__doc__)
