#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Accidental approval, in the real cometa-agent on a display of its own, with real mouse and key
events: what must not approve. --shots DIR keeps screenshots."""

import json
import subprocess
import time

from agentcase import ENDED, PROMPT, AgentCase, main
from screenreader import PYTHON
from xsession import poll

FRAME = "The command, as it will be run"
# A screen saver that is told on its standard input whether it is on.
SAVER = """
import sys
from gi.repository import Gio, GLib
bus = Gio.bus_get_sync(Gio.BusType.SESSION)
ask = GLib.Variant("(su)", ("org.gnome.ScreenSaver", 0))
bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName", ask,
              None, 0, -1)
print("ready", flush=True)
for line in sys.stdin:
    bus.emit_signal(None, "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged",
                    GLib.Variant("(b)", (line.strip() == "on",)))
    bus.flush_sync()
"""


class AccidentTest(AgentCase):
    def where(self, name, window=PROMPT):
        """The middle of a control of the prompt."""
        x, y, width, height = poll(lambda: self.reader.node(name, window=window), 10, name)["box"]
        return x + width // 2, y + height // 2

    def point_at(self, name):
        self.session.xdotool("mousemove", *self.where(name))

    def approve(self, done):
        """By the mouse, as the owner does it; half a second apart, so that none is a double click."""
        def clicked():
            if not done():
                self.session.xdotool("mousemove", *self.where("Approve"), "click", 1)
            return done()
        poll(clicked, 20, "the approval", every=0.6)

    def command(self, number):
        path = self.session.path / ("ran%d" % number)
        return path, "touch %s" % path

    def frame(self):
        node = self.reader.node(FRAME, window=PROMPT)
        return node and (node["text"], node["box"])

    def test_AC_01_keys_typed_elsewhere_while_it_appears_approve_nothing(self):
        session = self.session
        _, link, window = self.attached_agent()
        ran, command = self.command(1)
        link.message({"cmd": command})
        for _ in range(30):  # before, while and after it appears
            self.key("y", "Return", "space", "ctrl+Return")
        session.window(PROMPT)
        session.xdotool("keydown", "space", "keydown", "ctrl", "keydown", "Return")
        self.wait(1.5)
        session.xdotool("keyup", "Return", "keyup", "ctrl", "keyup", "space")
        self.assertEqual(session.active(), window)
        self.assertFalse(ran.exists())
        self.assertEqual(self.states(), [(command, "awaiting-approval")])

    def test_AC_02_alt_f4_and_close_leave_it_waiting(self):
        session = self.session
        _, link, window = self.attached_agent()
        ran, command = self.command(1)
        prompt = self.ask(link, command)
        self.front(prompt)
        self.press_until("alt+F4", lambda: prompt not in session.windows(PROMPT), "the prompt closed",
                         every=1)
        self.front(window)
        self.press_until("alt+v", lambda: session.windows(PROMPT), "the prompt again", every=1)
        self.assertEqual(self.states(), [(command, "awaiting-approval")])
        self.assertFalse(ran.exists())
        self.assertEqual(link.replies, [])

    def test_AC_03_AC_04_the_second_click_of_a_double_click_approves_nothing(self):
        _, link, _ = self.attached_agent()
        (_, one), (second, two) = self.command(1), self.command(2)
        prompt = self.ask(link, one)
        link.message({"cmd": two})
        poll(lambda: len(self.states()) == 2, 10, "both requests")
        self.front(prompt)
        self.point_at("Approve")
        # Only as a whole: two clicks 60 ms apart, until the first of them counts.
        def approved():
            if dict(self.states())[one] != "awaiting-approval":
                return True
            self.session.xdotool("click", "--repeat", 2, "--delay", 60, 1)
            return False
        poll(approved, 20, "the approval", every=1.2)
        poll(lambda: self.frame() and self.frame()[0] == two, 10, "the second request")
        self.assertFalse(second.exists())
        self.assertEqual(dict(self.states())[two], "awaiting-approval")
        self.approve(second.exists)

    def test_AC_04_a_second_request_only_counts(self):
        session = self.session
        _, link, _ = self.attached_agent()
        ran, command = self.command(1)
        prompt = self.ask(link, command)
        self.front(prompt)
        self.point_at("Approve")
        before, place = self.frame(), self.where("Approve")
        size = session.size(prompt)
        for number in range(3):
            link.message({"cmd": "echo %d\n%s" % (number, "x\n" * 30), "reason": "longer " * 20})
        poll(lambda: "1 of 4" in self.reader.texts(PROMPT), 20, "the counter")
        self.shot("AC-04", prompt)
        self.assertEqual((self.frame(), self.where("Approve"), session.size(prompt)),
                         (before, place, size))
        self.approve(ran.exists)
        self.assertEqual(sorted(set(state for _, state in self.states())),
                         ["awaiting-approval", "finished"])

    def test_AC_05_what_expires_under_the_pointer_is_not_run(self):
        _, link, _ = self.attached_agent("--approval-deadline", "4")
        ran, command = self.command(1)
        prompt = self.ask(link, command)
        self.front(prompt)
        self.point_at("Approve")
        place, size = self.where("Approve"), self.session.size(prompt)
        poll(lambda: self.states() == [(command, "expired")], 30, "the deadline")
        poll(lambda: "nobody decided in time" in self.reader.texts(ENDED), 10, "what the prompt says")
        self.assertIn("This command was not run", self.reader.texts(ENDED))
        self.assertNotIn("wants to run", self.reader.texts(ENDED))
        self.assertEqual((self.where("Approve", ENDED), self.session.size(prompt)), (place, size))
        self.session.xdotool("click", 1)
        self.key("alt+a", "space", "Return")
        self.shot("AC-05-expired", prompt)
        self.assertEqual(json.loads(link.wait_reply(10).data)["code"], "expired")
        self.wait(0.5)
        self.assertFalse(ran.exists())
        self.assertEqual(len(link.replies), 1)

    def test_AC_05_what_the_requester_cancels_is_not_run(self):
        _, link, _ = self.attached_agent("--reply-budget", "1")
        ran, command = self.command(1)
        prompt = self.ask(link, command)
        self.front(prompt)
        self.point_at("Approve")
        pending = json.loads(link.wait_reply(20).data)
        self.assertEqual(pending["code"], "pending")
        link.ask({"op": "cancel", "request": pending["request"]})
        poll(lambda: "Cancelled by the requester" in self.reader.texts(ENDED), 20,
             "what the prompt says")
        self.session.xdotool("click", 1)
        self.key("alt+a", "space", "Return")
        self.shot("AC-05-cancelled", prompt)
        self.wait(0.8)
        self.session.xdotool("click", 1)
        self.assertEqual(self.states(), [(command, "cancelled")])
        self.assertFalse(ran.exists())
        outcome = link.wait_event(lambda value: value["event"] == "result", 20)
        self.assertEqual(outcome["code"], "cancelled")

    def test_AC_05_after_the_link_is_lost_it_is_not_run(self):
        _, link, _ = self.attached_agent()
        ran, command = self.command(1)
        prompt = self.ask(link, command)
        self.front(prompt)
        self.point_at("Approve")
        link.close()
        again = self.server.attach(timeout=30)
        poll(lambda: self.reader.is_enabled("Approve", ENDED) is False, 20,
             "that it can be approved no more")
        self.session.xdotool("click", 1)
        self.key("alt+a")
        self.shot("AC-05-lost", prompt)
        self.wait(0.8)
        self.session.xdotool("click", 1)
        self.assertEqual(self.states(), [(command, "withdrawn")])
        self.assertFalse(ran.exists())
        self.assertEqual(again.replies, [])
        self.key("Escape")

    def saver(self):
        """A function that locks and unlocks the screen."""
        saver = self.session.start([PYTHON, "-c", SAVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   text=True)
        self.addCleanup(saver.stdout.close)
        self.addCleanup(saver.stdin.close)
        self.assertEqual(saver.stdout.readline(), "ready\n")

        def lock(state):
            saver.stdin.write(state + "\n")
            saver.stdin.flush()
        return lock

    def allow_everything(self):
        """For five minutes, from the main window."""
        def asked():
            self.key("Escape", "alt+a", "Down", "Return")
            return self.reader.node("Allow for 5 min")
        poll(asked, 20, "the question", every=0.8)
        self.press_until("alt+a", lambda: "End “allow everything”" in self.reader.texts(), "the window")

    def test_AC_07_a_locked_screen_holds_and_afterwards_it_arms_anew(self):
        lock = self.saver()
        _, link, _ = self.attached_agent()
        self.allow_everything()
        self.assertEqual(link.ask({"cmd": "echo unasked"}, 20), b"unasked\n")
        lock("on")
        poll(lambda: "End “allow everything”" not in self.reader.texts(), 20, "the lock is heard of")
        ran, command = self.command(1)
        prompt = self.ask(link, command)
        self.front(prompt)
        self.point_at("Approve")
        self.wait(1)  # longer than it takes to arm
        self.assertEqual(dict(self.states())[command], "awaiting-approval")
        unlocked = time.monotonic()
        lock("off")
        self.wait(0.2)
        self.session.xdotool("click", 1)
        early = time.monotonic() - unlocked < 0.6
        self.assertFalse(early and ran.exists())
        self.approve(ran.exists)

    def test_AC_07_a_locked_screen_denies_where_that_is_set(self):
        lock = self.saver()
        _, link, _ = self.attached_agent("--locked", "deny")
        lock("on")
        denied = poll(lambda: json.loads(link.ask({"cmd": "echo locked"}, 20)), 20, "a reply")
        self.assertEqual(denied["code"], "denied", denied)
        lock("off")
        ran, command = self.command(1)

        def asked():
            """Until it has heard that the screen is free again."""
            link.message({"cmd": command})
            try:
                return self.session.window("%s|%s" % (PROMPT, ENDED), timeout=2)
            except AssertionError:
                return None
        prompt = poll(asked, 20, "the prompt")
        self.front(prompt)
        # What was asked before the lock was heard of has ended in the prompt: on to the next.
        self.press_until("alt+n", lambda: self.frame() and self.frame()[0] == command, "the command", every=1)
        self.assertFalse(ran.exists())
        self.approve(ran.exists)


if __name__ == "__main__":
    main(__doc__)
