#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Decisions by keyboard alone, in the real cometa-agent on a display of its own: no mouse, but real
key events, and what a screen reader reads on the way. --shots DIR keeps screenshots."""

import json
import subprocess
import time
from pathlib import Path

from agentcase import PROMPT, WINDOW, AgentCase, main, options
from xsession import poll

RULE = "^Rule"
FRAME = "The command, as it will be run"


class KeyboardTest(AgentCase):
    def review(self):
        """From the main window into the prompt, where the focus is on the command."""
        self.press_until("alt+v", lambda: self.session.active() in self.session.windows(PROMPT),
                         "the prompt in front")
        poll(lambda: FRAME in self.reader.focus(PROMPT), 10, "the focus on the command")

    def read(self):
        """The command as the prompt shows it."""
        return poll(lambda: self.reader.node(FRAME, window=PROMPT), 10, "the command")["text"]

    def rules(self):
        result = subprocess.run([str(options.bin / "cometactl"), "rules", "list", "--json"], timeout=30,
                                env=self.session.env, capture_output=True, text=True, check=True)
        return json.loads(result.stdout)

    def test_AC_01_AC_03_an_approval_by_keyboard_reaches_curl(self):
        session = self.session
        served = self.start_server()
        self.start_agent("--server", "127.0.0.1", "--port", str(served["port"]), "--no-tls", "--app",
                         "ops", "--device", "desk-17", "--event-interval", "0")
        window = session.window(WINDOW, timeout=30)
        poll(lambda: self.reader.node("Attached to 127.0.0.1:%d" % served["port"]), 30, "attached")
        ran = session.path / "ran"
        curl = session.start(
            ["curl", "-sS", "-H", "Authorization: OAuth geheim", "--data-binary",
             json.dumps({"cmd": "touch %s; echo by keyboard" % ran}),
             "http://127.0.0.1:%d/v1/applications/ops/devices/desk-17/send" % served["port"]],
            stdout=subprocess.PIPE)
        prompt = session.window(PROMPT, timeout=20)
        self.assertEqual(session.active(), window, "the prompt took the focus")

        # A mnemonic that is held down in another window goes on repeating in the prompt.
        session.xdotool("keydown", "alt", "keydown", "a")
        session.xdotool("windowactivate", "--sync", prompt)
        self.wait(2)
        session.xdotool("keyup", "a", "keyup", "alt")
        self.assertFalse(ran.exists(), "a key that was held down has approved")
        self.front(window)

        self.review()
        self.assertEqual(self.read(), "touch %s; echo by keyboard" % ran)
        moved = time.monotonic()
        session.xdotool("windowmove", prompt, 200, 100)
        self.key("alt+a")
        early = time.monotonic() - moved
        self.assertFalse(ran.exists())
        self.press_until("alt+a", ran.exists, "the approval")
        if early < 0.6:
            self.assertGreater(time.monotonic() - moved, 0.7)
        output, _ = curl.communicate(timeout=30)
        self.assertEqual(output, b"by keyboard\n")
        poll(lambda: not session.windows(PROMPT), what="the prompt gone")

    def start_server(self):
        """The first line that it writes: where it listens."""
        program = options.bin / "cometa-server"
        if not program.exists():
            self.skipTest("cometa-server is not built")
        server = self.session.start(
            [str(program), "--json", "--port", "0", "--app", "ops", "--secret", "geheim", "--data-dir",
             str(self.session.path / "server")], stdout=subprocess.PIPE)
        self.addCleanup(server.stdout.close)
        return json.loads(server.stdout.readline())

    def test_the_tab_key_reaches_approve_and_the_space_bar_presses_it(self):
        _, link, _ = self.attached_agent()
        prompt = self.ask(link, "echo tab")
        self.review()
        order = []
        for name in ("Deny", "Decide later", "Always…", "Approve"):
            self.tab_to(name, PROMPT)
            order.append(self.reader.focus(PROMPT))
        self.assertEqual(order, [["Deny"], ["Decide later"], ["Always…"], ["Approve"]])
        # Return is for nothing on Approve: only the space bar presses it.
        self.key("Return", "KP_Enter", "ctrl+Return")
        self.assertEqual(link.replies, [])
        self.press_until("space", lambda: link.replies, "the approval", every=0.8)
        self.assertEqual(link.replies[0].data, b"tab\n")
        poll(lambda: prompt not in self.session.windows(PROMPT), what="the prompt gone")

    def test_deny_with_a_reason(self):
        _, link, _ = self.attached_agent()
        self.ask(link, "echo no")
        self.review()
        self.press_until("alt+r", lambda: "Reason for the denial:" in self.reader.texts(PROMPT),
                         "the line for the reason")
        poll(lambda: [name for name in self.reader.focus(PROMPT) if "eason" in name], 10, "its focus")
        self.session.xdotool("type", "not on Fridays")
        poll(lambda: "not on Fridays" in self.reader.texts(PROMPT), 10, "what was typed")
        self.shot("keyboard-deny", self.session.active())
        self.key("alt+d")
        reply = json.loads(link.wait_reply(20).data)
        self.assertEqual((reply["code"], reply["detail"]), ("denied", "not on Fridays"))
        poll(lambda: not self.session.windows(PROMPT), what="the prompt gone")

    def test_escape_postpones_and_the_window_denies(self):
        _, link, window = self.attached_agent()
        self.ask(link, "echo later")
        self.review()
        self.press_until("Escape", lambda: not self.session.windows(PROMPT), "the prompt gone")
        self.assertEqual(link.replies, [])
        self.front(window)
        self.tab_to("Deny: echo later", WINDOW[1:-1])
        self.press_until("space", lambda: link.replies, "the denial", every=1)
        self.assertEqual(json.loads(link.replies[0].data)["code"], "denied")

    def test_AC_08_always_for_exactly_this_command(self):
        session = self.session
        _, link, _ = self.attached_agent()
        command = "echo always"
        self.ask(link, command)
        self.review()
        self.press_until("alt+w", lambda: session.windows(RULE), "the rule", every=0.8)
        rule = session.window(RULE)
        self.front(rule)
        read = poll(lambda: self.reader.nodes("Rule"), 10, "the rule as it is read")
        texts = "\n".join(n["name"] + "\n" + (n["text"] or "") for n in read)
        self.assertIn("From now on, run this without asking", texts)
        self.assertEqual([n["text"] for n in read if n["name"] == "Exactly this command"], [command])
        self.assertIn("127.0.0.1:%d/ops" % self.server.port, texts)
        self.assertIn("Until Cometa Agent ends", texts)  # "for good" is not what it begins with
        self.assertEqual(self.rules(), [])
        # In force: the next length; at most: once, besides this time.
        self.key("alt+i", "Down")
        poll(lambda: self.reader.node("For 1 hour", window="Rule"), 10, "another length")
        self.key("alt+m", "Up")
        poll(lambda: "1 time" in self.reader.texts("Rule").splitlines(), 10, "a number of times")
        self.key("Return")  # of no button
        self.assertEqual(self.rules(), [])
        self.shot("keyboard-always", rule)
        self.press_until("alt+r", lambda: link.replies, "the approval", every=0.8)
        self.assertEqual(link.replies[0].data, b"always\n")
        made, = self.rules()
        self.assertEqual((made["cmd"], made["verdict"], made["uses_left"]), (command, "allow", 1))
        poll(lambda: not session.windows(PROMPT), what="the prompt gone")

        self.assertEqual(link.ask({"cmd": command}, 20), b"always\n")  # by the rule, without a prompt
        self.ask(link, command)  # which is used up by that


if __name__ == "__main__":
    main(__doc__)
