#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The real cometa-agent with a real notification server (dunst) on a display of its own: what it
tells, that Deny denies and Review opens the prompt for exactly that request, and that nothing
approves. --shots DIR keeps screenshots."""

import argparse
import json
import subprocess
import sys
import time
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parent / "peers"))

from dunst import Dunst  # noqa: E402
from server import Server  # noqa: E402
from xsession import Session, poll  # noqa: E402

PROMPT = "A command waits for you – Cometa Agent"
WINDOW = "^Cometa Agent$"
options = argparse.Namespace(bin=HERE.parents[1] / "build/dev/bin", shots=None)


class NotificationsTest(unittest.TestCase):
    markup = "full"

    def setUp(self):
        self.session = Session().__enter__()
        self.addCleanup(self.session.__exit__)
        self.server = Server().__enter__()
        self.addCleanup(self.server.__exit__)

    def start(self, *more):
        """Agent and window, with the window in front: what the owner works in."""
        log = open(self.session.path / "agent.log", "ab")
        self.addCleanup(log.close)
        self.session.start([str(options.bin / "cometa-agent"), "--server", "127.0.0.1", "--port",
                            str(self.server.port), "--no-tls", "--app", "ops", "--device", "desk-17",
                            "--event-interval", "0", *more], stderr=log, cwd="/")
        link = self.server.attach(timeout=20)
        window = self.session.window(WINDOW)
        poll(lambda: self.session.active() == window, what="the window in front")
        return link

    def states(self):
        """Command -> state, of all requests."""
        result = subprocess.run([str(options.bin / "cometactl"), "requests", "--json"], timeout=20,
                                env=self.session.env, capture_output=True, text=True, check=True)
        return {row["cmd"]: row["state"] for row in json.loads(result.stdout)}

    def ask(self, link, *commands):
        for command in commands:
            link.message({"cmd": command})
        poll(lambda: len(self.states()) >= len(commands), what="the requests")

    def commands(self):
        """Two that can be told apart by what they leave."""
        made = [self.session.path / name for name in ("first", "second")]
        return made, ["touch %s" % path for path in made]

    def approve(self, prompt, done):
        """Clicks on Approve, at the lower right of the prompt, until it has counted."""
        width, height = self.session.size(prompt)
        poll(lambda: self.session.xdotool("mousemove", "--window", prompt, width - 64, height - 32,
                                          "click", 1) or done(), 15, "the approval", every=0.5)

    def pause(self, seconds):
        end = time.monotonic() + seconds
        poll(lambda: time.monotonic() > end, seconds + 5)

    def test_AC_06_deny_denies_exactly_its_request(self):
        dunst = Dunst(self.session)
        link = self.start()
        made, commands = self.commands()
        self.ask(link, *commands)
        dunst.note(commands[0])
        note = dunst.note(commands[1])
        self.assertIn("127.0.0.1 · application “ops”", note["body"])
        dunst.press(note, "deny")
        poll(lambda: self.states()[commands[1]] == "denied", what="the denial")
        self.assertEqual(self.states()[commands[0]], "awaiting-approval")
        poll(lambda: dunst.displayed() == 1, what="one notification left")
        dunst.press(note, "deny")  # it is gone: its button does nothing
        dunst.press(note, "review")
        self.pause(1)
        self.assertEqual(self.states()[commands[0]], "awaiting-approval")
        self.assertFalse(any(path.exists() for path in made))

    def test_AC_06_review_opens_the_prompt_for_its_request_and_approves_nothing(self):
        dunst, session = Dunst(self.session), self.session
        link = self.start()
        made, commands = self.commands()
        self.ask(link, *commands)
        note = dunst.note(commands[1])
        session.shot("two.png", options.shots)
        prompt = session.window(PROMPT)
        self.assertNotEqual(session.active(), prompt)
        dunst.press(note, "review")
        poll(lambda: session.active() == prompt, what="the prompt in front")
        poll(lambda: dunst.displayed() == 0, what="nothing over the prompt")
        session.shot("review.png", options.shots)
        self.assertEqual(set(self.states().values()), {"awaiting-approval"})
        self.approve(prompt, made[1].exists)
        self.assertFalse(made[0].exists())

    def test_AC_06_a_click_on_a_notification_only_opens_the_prompt(self):
        dunst, session = Dunst(self.session), self.session
        link = self.start()
        made, commands = self.commands()
        self.ask(link, commands[0])
        prompt = session.window(PROMPT)
        dunst.note(commands[0])
        session.xdotool("windowactivate", "--sync", prompt, "key", "Escape")
        poll(lambda: not session.windows(PROMPT), what="the prompt gone")
        self.ask(link, commands[1])
        dunst.note(commands[1])
        session.xdotool("windowactivate", "--sync", session.window(WINDOW))
        poll(lambda: dunst.displayed() == 1, what="one notification: the other was seen")
        session.xdotool("mousemove", 1100, 40, "click", 1)
        prompt = session.window(PROMPT)
        poll(lambda: session.active() == prompt, what="the prompt in front")
        self.assertEqual(set(self.states().values()), {"awaiting-approval"})
        self.approve(prompt, made[1].exists)
        self.assertFalse(made[0].exists())

    def test_closed_when_the_requester_cancels(self):
        dunst = Dunst(self.session)
        link = self.start("--reply-budget", "1")
        self.ask(link, "df -h")
        dunst.note("df -h")
        name = json.loads(link.wait_reply().data)["request"]
        self.assertEqual(dunst.displayed(), 1)
        link.message({"op": "cancel", "request": name})
        poll(lambda: dunst.displayed() == 0, what="the notification gone")

    def test_SP_05_nothing_in_a_command_is_markup(self):
        command = "uptime '<b></b><!--'; touch X #--><a href=\"http://x.example\">y</a> &amp;"
        for markup in ("full", "no", ""):  # the last one: its configuration does not say
            with self.subTest(markup=markup):
                self.doCleanups()
                self.setUp()
                dunst = Dunst(self.session, markup)
                link = self.start()
                self.ask(link, command, "ls \u202e/pmt\nrm -r x   ")
                dunst.note("pmt")
                # dunst gives the script what it shows, still escaped where it reads markup.
                body = dunst.note("uptime")["body"]
                shown = body.splitlines()[-1]
                self.assertNotIn("<", shown)
                if markup != "no" and "&lt;" in shown:
                    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"),
                                         ("&amp;", "&")):
                        shown = shown.replace(entity, sign)
                else:  # it says that it reads none, and some versions do all the same
                    self.assertNotIn("&", shown)
                    shown = shown.replace("\\u{003C}", "<").replace("\\u{0026}", "&")
                self.assertEqual(shown.replace("\u200b", ""), command)
                dunst.press({"id": 0}, "none")
                menu = poll(dunst.menu, what="the menu of actions")
                self.assertNotRegex(menu, r"(?m)^https?:", "dunst has found an address")
                self.session.shot("markup-%s.png" % markup, options.shots)

    def test_many_are_counted_and_what_expires_is_told_once(self):
        dunst = Dunst(self.session)
        link = self.start("--approval-deadline", "8")
        commands = ["echo %d" % i for i in range(6)]
        self.ask(link, *commands)
        dunst.note("3 more commands wait")
        self.session.shot("many.png", options.shots)
        self.assertEqual(dunst.displayed(), 4)
        note = poll(lambda: [n for n in dunst.notes() if "6 commands were not run" in n["summary"]], 20,
                    "what was missed")[0]
        self.assertEqual(note["urgency"], "LOW")
        poll(lambda: dunst.displayed() == 1, what="the others gone")
        self.session.shot("missed.png", options.shots)

    def test_without_a_server_the_prompt_asks_for_attention(self):
        session = self.session
        link = self.start()
        self.ask(link, "df -h")
        prompt = session.window(PROMPT)

        def properties():
            return subprocess.run(["xprop", "-id", prompt, "WM_HINTS", "_NET_WM_STATE"], env=session.env,
                                  capture_output=True, text=True, timeout=20).stdout
        poll(lambda: "DEMANDS_ATTENTION" in properties() or "urgency" in properties(),
             what="the prompt that asks for attention")
        dunst = Dunst(session)  # one that comes late
        dunst.note("df -h")

    def test_a_server_that_restarts_is_told_again(self):
        dunst = Dunst(self.session)
        link = self.start()
        made, commands = self.commands()
        self.ask(link, commands[0])
        dunst.note(commands[0])
        dunst.stop()
        (dunst.path / "notes").unlink()
        dunst.start()
        dunst.press(dunst.note(commands[0]), "deny")
        poll(lambda: self.states()[commands[0]] == "denied", what="the denial")
        self.assertFalse(made[0].exists())

    def test_turned_off_nothing_is_shown(self):
        dunst = Dunst(self.session)
        link = self.start("--notifications", "no")
        self.ask(link, "df -h")
        self.session.window(PROMPT)
        self.pause(1)
        self.assertEqual(dunst.notes(), [])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", type=Path, default=options.bin, help="directory of the programs")
    parser.add_argument("--shots", type=Path, help="keep screenshots there")
    _, rest = parser.parse_known_args(namespace=options)
    options.bin = options.bin.resolve()
    if options.shots:
        options.shots.mkdir(parents=True, exist_ok=True)
    unittest.main(argv=[sys.argv[0], *rest], verbosity=2)


if __name__ == "__main__":
    main()
